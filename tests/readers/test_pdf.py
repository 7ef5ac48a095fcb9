"""PDF: what pages repeat is set aside, broken sentences and words are whole again, and a bad file is refused."""

from __future__ import annotations

import pytest

from app.errors import SourceRefused
from app.readers.pdf import read
from app.records import Block
from tests.printing import Printed, pdf


def page(*lines: str, top: float = 760, left: float = 72) -> list[Printed]:
    return [Printed(left, top - 14 * number, line) for number, line in enumerate(lines)]


def blocks(*pages: list[Printed]) -> list[Block]:
    return list(read(pdf(pages)).blocks)


def text_of(found: list[Block]) -> list[str]:
    whole: list[str] = []
    for block in found:
        if block.kind == "furniture":
            continue
        if block.continues:
            whole[-1] += " " + block.text
        else:
            whole.append(block.text)
    return whole


FULL = "This line is as long as the lines of this page are, from one margin to the other"


def test_lines_are_counted_through_all_pages() -> None:
    assert [(block.line, block.text) for block in blocks(page("one", "two"), page("three"))] == [
        (1, "one"),
        (2, "two"),
        (3, "three"),
    ]


def test_bold_is_known() -> None:
    (block,) = blocks([Printed(72, 700, "Ann Bo:", bold=True), Printed(124, 700, "Yes, (to you).")])
    assert block.text == "Ann Bo: Yes, (to you)."
    assert [block.text[start:end] for start, end in block.strong] == ["Ann Bo:"]


@pytest.mark.parametrize("footer", ["Page {} of 3", "- {} -", "{}"])
def test_headers_and_footers_are_set_aside_and_the_sentence_between_them_is_whole(footer: str) -> None:
    pages = [
        [*page("Board meeting, 4 June", f"{FULL} {words},", f"and {words}"), Printed(300, 40, footer.format(number))]
        for number, words in ((1, "one"), (2, "other"), (3, "third"))
    ]
    found = blocks(*pages)
    assert [block.reason for block in found if block.kind == "furniture"] == ["page header", "page footer"] * 3
    assert text_of(found)[0].startswith(f"{FULL} one, and one")


def test_a_label_at_the_top_of_many_pages_is_no_header() -> None:
    pages = [page("Question:", f"What is {thing}?", f"It is {thing}.") for thing in ("this", "that", "it")]
    assert all(block.kind == "text" for block in blocks(*pages))


def test_words_broken_at_the_end_of_a_line_are_whole_as_the_document_writes_them_elsewhere() -> None:
    found = blocks(
        page(
            f"{FULL} of the inter-",
            "national plan, which is a long-",
            "term plan. The international plan is long-term.",
        )
    )
    whole = " ".join(block.text for block in found)
    assert "the international plan, which is a long-term plan." in whole


def test_a_hyphen_that_nothing_decides_is_told() -> None:
    document = read(pdf([page(f"{FULL} of the inter-", "national plan")]))
    assert [finding.code for finding in document.findings] == ["hyphen-at-line-end"]


def test_paragraphs_that_are_set_in_are_known_also_where_lines_are_short() -> None:
    lines = [
        Printed(
            108 if number % 3 == 0 else 72, 760 - 14 * number, f"line {number} of some words" + " more" * (number % 2)
        )
        for number in range(9)
    ]
    assert [block.continues for block in blocks(lines)] == [False, True, True] * 3


def test_a_gap_parts_paragraphs() -> None:
    lines = page(FULL, FULL) + page(FULL, FULL, top=700)
    assert [block.continues for block in blocks(lines)] == [False, True, False, True]


def test_the_witness_has_every_letter() -> None:
    document = read(pdf([page("Question: Why – “now”?", f"{FULL} of inter-", "national (x) \\ words"), page("Page 2")]))
    kept = sorted("".join("".join(block.text.split()) for block in document.blocks))
    assert kept == sorted("".join(document.witness.split()))


def good() -> bytes:
    return pdf([page("Question: why?", "Ann: so.")])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "binary"),
        (b"Question: why?", "binary"),
        (b"%PDF-1.7\n", "damaged"),
        (pdf([[]]), "no-text"),
        (pdf([[] for _ in range(2001)]), "too-large"),
    ],
)
def test_what_cannot_be_read_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(SourceRefused) as refused:
        read(data)
    assert refused.value.code == code


def test_a_broken_table_of_contents_is_mended_or_refused() -> None:
    data = good().replace(b"startxref\n", b"startxref\n9999")
    assert [block.text for block in read(data).blocks] == ["Question: why?", "Ann: so."]


def test_a_page_of_pictures_among_others_is_told() -> None:
    document = read(pdf([page("Question: why?"), [], page("Ann: so.")]))
    assert [(finding.code, finding.line) for finding in document.findings] == [("page-without-text", 2)]
