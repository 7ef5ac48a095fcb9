"""The one script copies links and leads to the search box, and says so; nothing is missing without it."""

from __future__ import annotations

import gzip

import pytest
from playwright.sync_api import Page, expect

from app import resources
from tests.browser.conftest import Open

ANSWER = "/search?q=lighthouse+profitable"
INTERVIEW = "/interviews/2011-06-08-lindgate-morning-ledger"
CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}
MOST = 4096
"""Bytes, compressed."""


def open_answer(page: Page) -> None:
    """Go from the results to the first answer."""
    page.locator("main ol.hits > li").get_by_role("heading").get_by_role("link").first.click()
    page.wait_for_url(lambda url: "/a/" in url)


def copied(page: Page) -> str:
    """Return what the clipboard holds."""
    found: str = page.evaluate("navigator.clipboard.readText()")
    return found


def test_it_is_small() -> None:
    assert len(gzip.compress((resources.static() / "verbatim.js").read_bytes())) < MOST


def test_the_permanent_address_of_an_answer_is_copied_and_that_is_said(opened: Open, filled_site: str) -> None:
    with opened(ANSWER, **CLIPBOARD) as watched:
        page = watched.page
        open_answer(page)
        button = page.get_by_role("button", name="Copy link", exact=True)
        button.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_have_text("The link is copied.")
        expect(page.get_by_role("button", name="Copied")).to_be_visible()
        assert copied(page) == filled_site + page.url.removeprefix(filled_site).partition("?")[0]
        expect(button).to_have_text("Copy link")


def test_each_turn_of_an_interview_has_its_link_copied(opened: Open, filled_site: str) -> None:
    with opened(INTERVIEW, **CLIPBOARD) as watched:
        page = watched.page
        links = page.locator(".turn-link a")
        buttons = page.locator(".turn-link").get_by_role("button")
        expect(buttons).to_have_count(links.count())
        expect(buttons.nth(2)).to_have_accessible_name("Copy the permanent link to what Petra Lindgate says here")
        buttons.nth(2).click()
        expect(page.get_by_role("status")).to_have_text("The link is copied.")
        assert copied(page) == f"{filled_site}{links.nth(2).get_attribute('href')}"


def test_where_the_clipboard_is_closed_a_selection_is_copied(opened: Open) -> None:
    with opened(INTERVIEW, **CLIPBOARD) as watched:
        page = watched.page
        page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('closed')); }")
        page.locator(".turn-link").get_by_role("button").first.click()
        expect(page.get_by_role("status")).to_have_text("The link is copied.")
        assert "/a/" in copied(page)
        assert page.evaluate("document.activeElement.className") == "copy", "the focus stays where it was"


@pytest.mark.parametrize(("address", "box"), [("/", "q"), ("/search?q=ferry", "q"), (INTERVIEW, "quick-q")])
def test_the_slash_leads_to_the_search_box(opened: Open, address: str, box: str) -> None:
    with opened(address) as watched:
        page = watched.page
        expect(page.locator(f"#{box}")).to_have_attribute("aria-keyshortcuts", "/")
        page.keyboard.press("/")
        expect(page.locator(f"#{box}")).to_be_focused()
        page.keyboard.type("and/or")
        expect(page.locator(f"#{box}")).to_have_value("and/or")


@pytest.mark.parametrize("modifier", ["Control", "Alt", "Meta"])
def test_the_slash_with_another_key_is_left_alone(opened: Open, modifier: str) -> None:
    with opened(INTERVIEW) as watched:
        watched.page.keyboard.press(f"{modifier}+/")
        expect(watched.page.locator("#quick-q")).not_to_be_focused()


def test_the_slash_is_typed_in_other_fields(opened: Open) -> None:
    with opened(INTERVIEW) as watched:
        field = watched.page.locator("#find-q")
        field.focus()
        watched.page.keyboard.type("US/Russia")
        expect(field).to_have_value("US/Russia")
        expect(field).to_be_focused()


def test_the_slash_can_be_turned_off_and_on_again(opened: Open) -> None:
    with opened("/search/help") as watched:
        page = watched.page
        page.get_by_role("button", name="Turn it off").click()
        expect(page.get_by_role("status")).to_have_text("The key is off.")
        page.goto(INTERVIEW)
        page.keyboard.press("/")
        expect(page.locator("#quick-q")).not_to_be_focused()
        expect(page.locator("#quick-q")).not_to_have_attribute("aria-keyshortcuts", "/")
        page.goto("/search/help")
        page.get_by_role("button", name="Turn it on").click()
        page.goto(INTERVIEW)
        page.keyboard.press("/")
        expect(page.locator("#quick-q")).to_be_focused()


def test_without_it_nothing_is_shown_that_does_nothing(opened: Open) -> None:
    for address in (INTERVIEW, "/search/help"):
        with opened(address, java_script_enabled=False) as watched:
            expect(watched.page.get_by_role("main").get_by_role("button", name="Copy")).to_have_count(0)
            expect(watched.page.get_by_role("button", name="Turn it off")).to_have_count(0)
            expect(watched.page.get_by_role("status")).to_have_count(0)
