"""Selected words are copied as a quotation or as a link; whoever opens that sees them marked, with no script."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.test_script import CLIPBOARD, INTERVIEW, copied

_SELECT = """([from, to]) => {
  const paragraph = (id) => document.getElementById(id).firstChild;
  const range = document.createRange();
  range.setStart(paragraph(from.id), from.at);
  range.setEnd(paragraph(to.id), to.at);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


def paragraphs(page: Page, role: str) -> list[str]:
    """Return the ids of all paragraphs of the turns of a role."""
    found: list[str] = page.locator(f".turn.{role} .paragraph > p").evaluate_all("all => all.map((each) => each.id)")
    return found


def select(page: Page, start: str, first: int, end: str, last: int) -> None:
    page.evaluate(_SELECT, [{"id": start, "at": first}, {"id": end, "at": last}])


def test_a_link_to_selected_words_marks_them_without_a_script(opened: Open, filled_site: str) -> None:
    with opened(INTERVIEW, **CLIPBOARD) as watched:
        page = watched.page
        id = paragraphs(page, "answer")[0]
        text = page.locator(f"[id='{id}']").inner_text()
        select(page, id, 4, id, 30)
        bar = page.get_by_role("toolbar", name="The selected words")
        expect(bar).to_be_visible()
        bar.get_by_role("button", name="Copy link to quote").click()
        expect(page.get_by_role("status")).to_have_text("It is copied.")
        link = copied(page)
        assert link.startswith(f"{filled_site}/a/{id.partition('.')[0]}?quote=")
        assert "v=1" in link
    with opened(link.removeprefix(filled_site), java_script_enabled=False) as watched:
        page = watched.page
        expect(page.locator(".transcript mark")).to_have_text(text[4:30].strip())
        expect(page.locator(".notice").first).to_contain_text("The quoted words are marked")


def test_a_quotation_is_copied_with_whose_it_is_and_its_address(opened: Open, filled_site: str) -> None:
    with opened(INTERVIEW, **CLIPBOARD) as watched:
        page = watched.page
        id = paragraphs(page, "answer")[1]
        select(page, id, 0, id, 20)
        bar = page.get_by_role("toolbar")
        bar.get_by_role("button", name="Copy quote").click()
        expect(page.get_by_role("status")).to_have_text("It is copied.")
        words, author, address = copied(page).split("\n")
        assert words == f"“{page.locator(f'[id={chr(34)}{id}{chr(34)}]').inner_text()[:20].strip()}”"
        assert author.startswith("— Petra Lindgate")
        assert author.endswith("8 June 2011, version 1")
        assert address.startswith(f"{filled_site}/a/")
        html = page.evaluate(
            """async () => {
              const [item] = await navigator.clipboard.read();
              return (await item.getType("text/html")).text();
            }"""
        )
        assert "<blockquote" in html
        assert "cite=" in html
        bar.get_by_role("button", name="as Markdown").click()
        for _ in range(600):
            if copied(page).startswith("> "):
                break
            page.wait_for_timeout(100)
        assert copied(page).startswith("> ")


def test_words_of_two_turns_are_refused_with_the_reason(opened: Open) -> None:
    with opened(INTERVIEW, **CLIPBOARD) as watched:
        page = watched.page
        select(page, paragraphs(page, "question")[0], 3, paragraphs(page, "answer")[0], 9)
        bar = page.get_by_role("toolbar")
        expect(bar).to_contain_text("These words are of more than one turn")
        expect(bar.get_by_role("button")).to_have_count(0)


def test_the_bar_goes_when_nothing_is_selected(opened: Open) -> None:
    with opened(INTERVIEW) as watched:
        page = watched.page
        id = paragraphs(page, "answer")[0]
        select(page, id, 0, id, 10)
        expect(page.locator(".quoting")).to_be_visible()
        page.evaluate("getSelection().removeAllRanges()")
        expect(page.locator(".quoting")).to_be_hidden()


def test_a_paragraph_selected_to_its_end_is_of_one_turn(opened: Open) -> None:
    with opened(INTERVIEW) as watched:
        page = watched.page
        first, second = paragraphs(page, "question")[0], paragraphs(page, "answer")[0]
        select(page, first, 0, second, 0)
        expect(page.get_by_role("toolbar").get_by_role("button", name="Copy quote")).to_be_visible()
