"""Readers find an answer and come back: with and without scripts, by keyboard alone, on a phone, on paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import takewhile
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Open
from tests.browser.test_every_page import KINDS, sticking_out
from tests.browser.walking import Walked

LONG_INTERVIEW = "/interviews/2018-03-22-marwick-morning-ledger"
STILL = {"viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce"}
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 3, "is_mobile": True, "has_touch": True}

scripts = pytest.mark.parametrize("java_script_enabled", [True, False], ids=["scripts", "no scripts"])


def path_of(address: str) -> str:
    """Return the path of an address."""
    return urlsplit(address).path


def wait_at(page: Page, path: str, *, exactly: bool = True) -> str:
    """Wait until the page is at this path, or at one that begins so, and return it."""
    page.wait_for_url(lambda url: path_of(url) == path if exactly else path_of(url).startswith(path))
    return path_of(page.url)


def search(page: Page, words: str) -> None:
    """Type words into the page's own search box and send them off."""
    box = page.get_by_role("search").last.get_by_role("searchbox")
    box.fill(words)
    box.press("Enter")
    wait_at(page, "/search")


def hits(page: Page) -> Locator:
    """Return the links of what was found."""
    return page.locator("main ol.hits > li").get_by_role("heading").get_by_role("link")


@scripts
def test_from_home_to_an_answer_its_place_in_the_interview_and_back(opened: Open, java_script_enabled: bool) -> None:
    with opened("/", java_script_enabled=java_script_enabled) as watched:
        page = watched.page
        search(page, "lighthouse profitable")
        expect(hits(page)).to_have_count(1)
        expect(page.locator("main mark").first).to_be_visible()
        hits(page).first.click()

        answer = wait_at(page, "/a/", exactly=False)
        expect(page.locator(".answer .turn-text")).to_contain_text(
            "We do not ask the lighthouse whether it is profitable."
        )
        page.locator(f'main a[href*="/interviews/"][href$="#{answer.removeprefix("/a/")}"]').first.click()

        wait_at(page, LONG_INTERVIEW)
        place = page.locator(f'[id="{answer.removeprefix("/a/")}"]')
        expect(place).to_be_in_viewport()
        expect(place).to_contain_text("We do not ask the lighthouse whether it is profitable.")
        page.go_back()
        wait_at(page, answer)
        page.go_back()
        wait_at(page, "/search")
        expect(page.get_by_role("searchbox").last).to_have_value("lighthouse profitable")
        page.go_back()
        wait_at(page, "/")


@scripts
def test_from_one_answer_to_the_next_and_back(opened: Open, walked: list[Walked], java_script_enabled: bool) -> None:
    (text,) = [page.text for page in walked if page.address == LONG_INTERVIEW]
    first = next(found for found in re.findall(r'href="(/a/\w+)"', text))
    with opened(first, java_script_enabled=java_script_enabled) as watched:
        page = watched.page
        page.locator('a[rel="next"]').click()
        page.wait_for_url(lambda url: path_of(url).startswith("/a/") and path_of(url) != first)
        page.locator('a[rel="prev"]').click()
        wait_at(page, first)
        expect(page.locator('a[rel="prev"]')).to_have_count(0)


@scripts
def test_the_list_is_turned_narrowed_and_widened_again(opened: Open, java_script_enabled: bool) -> None:
    with opened("/interviews", java_script_enabled=java_script_enabled) as watched:
        page = watched.page
        entries = page.locator("main ol.entries > li")
        expect(entries).to_have_count(50)
        page.locator('a[rel="next"]').click()
        expect(entries).to_have_count(6)
        page.locator('a[rel="prev"]').click()
        page.get_by_label("Year").select_option("2018")
        page.get_by_label("Outlet").select_option("lakeside-gazette")
        page.get_by_role("button", name="Show").click()
        expect(entries).to_have_count(14)
        page.get_by_role("link", name="Remove: Outlet").click()
        expect(entries).to_have_count(16)
        expect(page.get_by_label("Year")).to_have_value("2018")
        entries.first.get_by_role("link").first.click()
        wait_at(page, "/interviews/2018-12-11", exactly=False)


@scripts
def test_results_are_turned_ordered_and_narrowed_by_a_facet(opened: Open, java_script_enabled: bool) -> None:
    with opened(
        "/search?q=harbour+OR+ferry+OR+barley+OR+crowns+OR+bridge", java_script_enabled=java_script_enabled
    ) as seen:
        page = seen.page
        expect(hits(page)).to_have_count(20)
        page.locator('a[rel="next"]').click()
        assert hits(page).count() > 0
        page.get_by_role("link", name="oldest first").click()
        expect(page.locator("main ol.hits time").first).to_contain_text("2009")
        facet = page.get_by_role("complementary").get_by_role("link", name="Tobin Ashgrove")
        facet.click()
        people = page.locator("main ol.hits > li .byline strong")
        assert set(people.all_inner_texts()) == {"Tobin Ashgrove"}
        page.get_by_role("link", name="Remove: Speaker").click()
        expect(hits(page)).to_have_count(20)


@scripts
def test_the_matches_of_a_search_are_stepped_through_and_lead_back(opened: Open, java_script_enabled: bool) -> None:
    with opened("/search?q=hundred+children", java_script_enabled=java_script_enabled) as watched:
        page = watched.page
        hits(page).first.click()
        wait_at(page, "/a/", exactly=False)
        marks = page.locator("main mark[id]")
        assert marks.count() > 1
        expect(marks.first).to_be_in_viewport()
        page.get_by_role("link", name="Next match").first.click()
        expect(marks.nth(1)).to_be_in_viewport()
        assert page.url.endswith("#m2")
        page.get_by_role("navigation", name="Matches of the search").locator('a[href^="/search"]').click()
        wait_at(page, "/search")
        assert hits(page).count() > 0


@scripts
def test_a_calendar_leads_from_a_year_to_a_day_and_its_interview(opened: Open, java_script_enabled: bool) -> None:
    with opened("/", java_script_enabled=java_script_enabled) as watched:
        page = watched.page
        page.get_by_role("banner").get_by_role("link", name="Dates").click()
        for path in ("/dates/2013", "/dates/2013/05", "/dates/2013/05/14"):
            page.locator(f'main a[href="{path}"]').first.click()
            wait_at(page, path)
        entries = page.locator("main ol.entries > li")
        expect(entries).to_have_count(2)
        entries.first.get_by_role("heading").get_by_role("link").click()
        wait_at(page, "/interviews/2013-05-14-", exactly=False)


@scripts
@pytest.mark.parametrize(("way", "name"), [("Speakers", "Ilse Marwick"), ("Outlets", "Lakeside Gazette")])
def test_a_name_leads_to_its_page_and_to_what_is_held_of_it(
    opened: Open, way: str, name: str, java_script_enabled: bool
) -> None:
    with opened("/", java_script_enabled=java_script_enabled) as watched:
        page = watched.page
        page.get_by_role("banner").get_by_role("link", name=way).click()
        wait_at(page, f"/{way.lower()}")
        page.get_by_role("main").get_by_role("link", name=name).click()
        wait_at(page, f"/{way.lower()}/{name.lower().replace(' ', '-')}")
        expect(page.get_by_role("heading", level=1)).to_contain_text(name)
        page.locator("main ol.entries > li").first.get_by_role("heading").get_by_role("link").click()
        wait_at(page, "/interviews/", exactly=False)
        page.locator("main .facts").get_by_role("link", name=name).click()
        wait_at(page, f"/{way.lower()}/{name.lower().replace(' ', '-')}")


@dataclass(frozen=True, slots=True)
class Stop:
    """What has the focus after a press of the Tab key."""

    name: str
    """Its tag, and its name or its words."""
    path: str
    """Where it leads; empty where it is no link."""
    is_shown: bool
    """Whether it, or what stands around it, is outlined and in the window."""


_STOP = """() => { const e = document.activeElement, box = e.getBoundingClientRect();
const isOutlined = style => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
const shows = n => !!n && n !== document.body && (isOutlined(getComputedStyle(n)) || shows(n.parentElement));
const isIn = box.bottom > 0 && box.top < innerHeight && box.width > 0 && box.height > 0;
const name = `${e.tagName} ${e.name || e.textContent.trim().replace(/\\s+/g, " ")}`;
return e === document.body ? null : [name, e.href || "", shows(e) && isIn]; }"""


def tab(page: Page) -> Stop | None:
    """Press the Tab key and return where the focus is; None where it has left the page."""
    page.keyboard.press("Tab")
    stop = page.evaluate(_STOP)
    return None if stop is None else Stop(stop[0], path_of(stop[1]), stop[2])


def tab_to(page: Page, is_it: Callable[[Stop], bool]) -> None:
    """Press the Tab key until what is looked for has the focus; all on the way show that they have it."""
    for _ in range(60):
        stop = tab(page)
        assert stop is not None
        assert stop.is_shown, stop
        if is_it(stop):
            return
    raise AssertionError("not to be reached by the Tab key")


def test_the_skip_link_is_first_and_leads_past_the_masthead(opened: Open) -> None:
    with opened(LONG_INTERVIEW, **STILL) as watched:
        page = watched.page
        first = tab(page)
        assert first is not None
        assert first.name.startswith("A Skip")
        assert first.is_shown
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_an_answer_is_found_by_keyboard_alone(opened: Open) -> None:
    with opened("/", **STILL) as watched:
        page = watched.page
        tab_to(page, lambda stop: stop.name == "INPUT q")
        page.keyboard.type("lighthouse profitable")
        page.keyboard.press("Enter")
        wait_at(page, "/search")
        target = path_of(str(hits(page).first.get_attribute("href")))
        tab_to(page, lambda stop: stop.path == target)
        page.keyboard.press("Enter")
        wait_at(page, target)


@pytest.mark.parametrize("kind", KINDS)
def test_everything_that_can_be_reached_by_tab_shows_that_it_is(opened: Open, walked: list[Walked], kind: str) -> None:
    smallest = min((page for page in walked if page.kind == kind), key=lambda page: page.plain)
    with opened(smallest.address, **STILL) as watched:
        page = watched.page
        stops = list(takewhile(lambda stop: stop is not None, (tab(page) for _ in range(400))))
        assert [stop for stop in stops if stop is None or not stop.is_shown] == []
        able = page.locator("a[href]:visible, button:visible, input:visible, select:visible, summary:visible").count()
        assert len(stops) >= able
        assert stops[0] is not None
        # What is put into another page has nothing to skip.
        assert kind == "embed" or stops[0].name.startswith("A Skip")


def test_on_a_phone_an_answer_is_found_and_nothing_needs_scrolling_sideways(opened: Open) -> None:
    with opened("/", **PHONE) as watched:
        page = watched.page
        search(page, "barley")
        assert sticking_out(page) == []
        hits(page).first.tap()
        wait_at(page, "/a/", exactly=False)
        assert sticking_out(page) == []
        page.locator("main").get_by_role("link").first.tap()
        wait_at(page, "/interviews/", exactly=False)
        assert sticking_out(page) == []
        sizes = "[...document.querySelectorAll('.turn-text p')].map(p => parseFloat(getComputedStyle(p).fontSize))"
        assert min(page.evaluate(sizes)) >= 13


def test_on_a_phone_the_questions_lead_to_their_places(opened: Open) -> None:
    with opened(LONG_INTERVIEW, **PHONE) as watched:
        page = watched.page
        contents = page.locator("nav.contents")
        contents.locator("summary").tap()
        contents.get_by_role("link", name="Who follows her?").tap()
        expect(page.locator(":target")).to_be_in_viewport()
        expect(page.locator(":target")).to_contain_text("Who follows her?")


@pytest.mark.parametrize("kind", ["interview", "answer"])
def test_paper_has_the_words_and_their_address_and_no_ways_in(opened: Open, walked: list[Walked], kind: str) -> None:
    seen = max((page for page in walked if page.kind == kind and "?" not in page.address), key=lambda page: page.plain)
    with opened(seen.address) as watched:
        page = watched.page
        hash = page.locator(".hash").first.inner_text()
        page.emulate_media(media="print")
        for way in ("nav", "form", "button", ".skip", ".paragraph-link", ".turn-link"):
            for each in page.locator(way).all():
                expect(each).to_be_hidden()
        expect(page.locator(".transcript .turn-text p").last).to_be_visible()
        foot = page.locator(".running-foot")
        expect(foot).to_be_visible()
        expect(foot).to_contain_text(f"{seen.address}?v=1")
        expect(foot).to_contain_text(hash)
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_a_mistyped_id_leads_to_the_one_that_was_meant_and_to_a_search(opened: Open, walked: list[Walked]) -> None:
    right = next(page.address for page in walked if re.fullmatch("/a/[^?]*[01][^?]*", page.address))
    typed = right[:3] + right[3:].replace("0", "O").replace("1", "l")
    with opened(typed) as watched:
        page = watched.page
        watched.faults.clear()
        page.locator("main").get_by_role("link", name=right).click()
        wait_at(page, right)
        other = right[:-1] + ("a" if right[-1] != "a" else "b")
        page.goto(other)
        watched.faults.clear()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        search(page, "barley")
        assert hits(page).count() > 0


def test_text_can_be_four_times_as_large(browser: Browser, filled_site: str) -> None:
    # 1280 px at 400 % are 320 px of four pixels each.
    context = browser.new_context(base_url=filled_site, viewport={"width": 320, "height": 256}, device_scale_factor=4)
    page = context.new_page()
    for address in ("/", LONG_INTERVIEW, "/search?q=barley"):
        page.goto(address)
        assert sticking_out(page) == []
        covered = page.evaluate(
            """() => [...document.querySelectorAll("*")]
            .filter(e => ["sticky", "fixed"].includes(getComputedStyle(e).position))
            .filter(e => e.getBoundingClientRect().height > innerHeight / 3).map(e => e.className)"""
        )
        assert covered == [], address
    context.close()
