"""One invented interview as ten kinds of program and editor save a page: the same words are spoken in all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.readers.html import read

PAGES = sorted((Path(__file__).resolve().parent / "pages").glob("*.html"))
TURNS = [
    ("Question", "Minister, the ferry to Tarn has not sailed for nine days, and people want to know why that is. Why?"),
    (
        "Lio Tarn",
        "It has not sailed because the harbour is closed; the harbour is closed because the crane fell into it in the "
        "storm.",
    ),
    ("Question", "When will it sail again, then?"),
    (
        "Lio Tarn",
        "It will sail on Monday, if the crane is out of the water by Sunday evening, and I am told that it will be.",
    ),
    ("Question", "And who pays?"),
    (
        "Lio Tarn",
        "We do. That was never in doubt, whatever some newspapers chose to print about it in the past week.",
    ),
]


def test_there_are_pages_of_many_kinds() -> None:
    assert len(PAGES) > 12


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_words_of_the_page_are_the_turns_and_all_else_is_head_or_furniture(page: Path) -> None:
    document = read(page.read_bytes())
    pieces: list[str] = []
    for block in document.blocks:
        if block.kind == "furniture":
            continue
        text = f"{block.speaker}: {block.text}" if block.speaker else block.text
        bare = text.rstrip(":")
        pieces.append(f"{bare}:" if bare in dict(TURNS) else text)
    start = next(number for number, text in enumerate(pieces) if text.startswith("Question:"))
    assert " ".join(pieces[start:]) == " ".join(f"{label}: {words}" for label, words in TURNS)
    assert "Interview with Foreign Minister Lio Tarn" in pieces[:start]
    assert len(pieces[:start]) <= 3, pieces[:start]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_letter_of_the_page_is_in_a_block(page: Path) -> None:
    document = read(page.read_bytes())
    kept = "".join((block.speaker or "") + block.text for block in document.blocks)
    assert sorted("".join(kept.split())) == sorted("".join(document.witness.split()))


def rows(*pairs: tuple[str, str]) -> str:
    return "<table>" + "".join(f"<tr><td>{one}</td><td>{other}</td></tr>" for one, other in pairs) + "</table>"


def test_a_table_of_other_things_names_no_speakers() -> None:
    table = rows(("2001", "twelve ships"), ("2002", "nine ships"), ("2001", "one boat"), ("2002", "no boat"))
    prose = "<p>Question: how many ships were there in those two years, and how many boats, as far as you know?</p>"
    for html in (table, table + prose * 4, rows(("Ann:", "Why?"), ("Bo:", "So."), ("Ann:", "And?"), ("Bo:", "No."))):
        stated = [block for block in read(f"<h1>T</h1>{html}".encode()).blocks if block.speaker]
        assert not stated or html == table


def test_a_name_whose_words_are_furniture_is_kept_as_text() -> None:
    table = rows(("Ann", "Why is it so, and for how long?"), ("Bo", "<nav>menu</nav>"), ("Ann", "And?"), ("Bo", "No."))
    document = read(f"<h1>T</h1>{table}".encode())
    assert [(block.speaker, block.text) for block in document.blocks if block.kind == "text"][1] == (None, "Bo")


PROSE = "The tunnel will be built, and it will be built in our lifetime, since the money is there and the rock is soft."


@pytest.mark.parametrize(
    ("html", "is_set_aside"),
    [
        ("<blockquote>It will be built in our lifetime</blockquote>", True),
        ("<div class='pull-quote'>it will be built in our lifetime</div>", True),
        ("<p>“It will be built in our lifetime.”</p>", True),
        ("<p>It will be built in our lifetime.</p>", False),
        ("<p>“It will be built in your lifetime.”</p>", False),
        ("<blockquote>Very soft.</blockquote>", False),
    ],
)
def test_words_that_a_page_shows_a_second_time_are_set_aside(html: str, is_set_aside: bool) -> None:
    document = read(f"<h1>T</h1><p>Question: Will it?</p>{html}<p>Ann: {PROSE}</p><p>Q: so?</p><p>A: So.</p>".encode())
    assert [block.reason for block in document.blocks if block.kind == "furniture"] == ["pull quote"] * is_set_aside


def test_a_transcript_that_is_one_quotation_loses_nothing() -> None:
    turns = f"<p>Will it be built in our lifetime?</p><p>Ann: {PROSE}</p><p>It will be built in our lifetime.</p>"
    assert all(block.kind == "text" for block in read(f"<blockquote>{turns}</blockquote>".encode()).blocks)
