"""A reference is copied with its italics, GOST gets the day of today, and none of it is printed."""

from __future__ import annotations

import re
from datetime import date

from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.test_script import ANSWER, CLIPBOARD, copied, open_answer

HTML = """async () => {
  const [item] = await navigator.clipboard.read();
  return await (await item.getType("text/html")).text();
}"""


def _reference(page: Page, style: str) -> tuple[str, str]:
    """Copy a reference and return what the clipboard then holds, as text and as HTML."""
    row = page.locator(".citing dl > div").filter(has=page.get_by_text(style, exact=True))
    row.get_by_role("button", name=f"Copy the reference, {style}").click()
    expect(page.get_by_role("status")).to_have_text("The reference is copied.")
    expect(row.get_by_role("button")).to_have_text(f"Copied the reference, {style}")
    return copied(page), page.evaluate(HTML)


def test_a_reference_is_copied_as_text_and_with_its_italics(opened: Open) -> None:
    with opened(ANSWER, **CLIPBOARD) as watched:
        page = watched.page
        open_answer(page)
        page.get_by_text("Chicago, APA, MLA").click()
        text, html = _reference(page, "APA")
        assert re.search(r"/a/\w{13}\?v=\d+$", text)
        assert "[Transcript]" in text
        assert "Copy" not in text + html
        assert "<em>" in html or "font-style" in html or "<i" in html


def test_gost_has_the_day_of_today(opened: Open) -> None:
    with opened(ANSWER, **CLIPBOARD) as watched:
        page = watched.page
        open_answer(page)
        page.get_by_text("Chicago, APA, MLA").click()
        before = date.today()
        text, _ = _reference(page, "ГОСТ")
        days = {before, date.today()}
        assert any(text.endswith(f"(дата обращения: {day:%d.%m.%Y}).") for day in days)


def test_all_references_stand_there_without_any_script(opened: Open) -> None:
    with opened(ANSWER, java_script_enabled=False) as watched:
        page = watched.page
        open_answer(page)
        page.get_by_text("Chicago, APA, MLA").click()
        references = page.locator(".citing details").first.locator(".reference")
        expect(references).to_have_count(5)
        expect(references.last).to_be_visible()
        expect(page.locator(".citing").get_by_role("button")).to_have_count(0)


def test_how_to_cite_is_not_printed(opened: Open) -> None:
    with opened(ANSWER) as watched:
        page = watched.page
        open_answer(page)
        page.emulate_media(media="print")
        expect(page.locator(".citing")).to_be_hidden()
