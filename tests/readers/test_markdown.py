"""Markdown: its marks are no words, its words are all kept, and front matter states facts without being run."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.readers.markdown import read
from app.records import Block


def blocks(text: str) -> list[Block]:
    return list(read(text.encode()).blocks)


def texts(text: str) -> list[str]:
    return [block.text for block in blocks(text) if block.kind != "furniture"]


@pytest.mark.parametrize(
    ("text", "strong"),
    [
        ("**Ann Bo:** Yes.", ["Ann Bo:"]),
        ("**Ann Bo**: Yes.", ["Ann Bo"]),
        ("**Ann** **Bo**: Yes.", ["Ann Bo"]),
        ("__Ann Bo :__ Oui.", ["Ann Bo :"]),
        ("***Ann Bo:*** Yes, **yes**.", ["Ann Bo:", "yes"]),
        ("<b>Ann Bo:</b> Yes.", ["Ann Bo:"]),
    ],
)
def test_bold_is_known(text: str, strong: list[str]) -> None:
    (block,) = blocks(text)
    assert [block.text[start:end] for start, end in block.strong] == strong


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_each_block_knows_its_line_in_the_file(end: str) -> None:
    lines = ["---", "title: x", "---", "# One", "", "two", "three", "> four", "", "- five", "- six"]
    assert [(block.line, block.text) for block in blocks(end.join(lines))] == [
        (1, "---"),
        (2, "title: x"),
        (3, "---"),
        (4, "One"),
        (6, "two"),
        (7, "three"),
        (8, "four"),
        (10, "- five"),
        (11, "- six"),
    ]


def test_a_heading_is_one_and_a_quote_is_speech() -> None:
    assert [(block.kind, block.text) for block in blocks("### Ann Bo:\n\n> Yes.")] == [
        ("heading", "Ann Bo:"),
        ("text", "Yes."),
    ]


def test_escapes_and_references_are_undone_once() -> None:
    assert texts(r"\[laughs\] a \* b &amp;amp; c \\n") == [r"[laughs] a * b &amp; c \n"]


@pytest.mark.parametrize(
    "text",
    ["    Q    Indented as speech.", "[Q]: Why?", "`quoted'' as of old", "~~~", "<laughter>", "1968. It was."],
)
def test_what_transcripts_never_mean_as_markup_stays_text(text: str) -> None:
    assert texts(text) == [text.strip()]


def test_a_rule_under_a_line_parts_turns_and_makes_no_heading() -> None:
    found = blocks("Ann Bo: Yes.\n---\nQ: Why?")
    assert [(block.kind, block.reason) for block in found] == [("text", ""), ("furniture", "separator"), ("text", "")]


def test_lines_of_one_paragraph_go_on_and_two_spaces_at_the_end_of_wrapped_lines_mean_nothing() -> None:
    assert [block.continues for block in blocks("one\ntwo\n\nthree")] == [False, True, False]
    wrapped = [
        "MS. BO:  The first paragraph of this text is wrapped at some sixty or",
        "so characters, each line with two spaces at its end, and it goes on so",
        "for a good while, since there is always something more to be said of",
        "it.",
    ]
    assert [block.continues for block in blocks("  \n".join(wrapped))] == [False, True, True, True]
    assert [block.continues for block in blocks("7:08 P.M.  \nQ  Why?  \nBO:  So.")] == [False] * 3


def test_pictures_are_furniture_and_links_are_their_words() -> None:
    found = blocks("![The lamp](a.png) See [the lamp](http://x.invalid/a_b).")
    assert [(block.kind, block.text) for block in found] == [("text", "See the lamp."), ("furniture", "The lamp")]


def test_front_matter_states_simple_facts_and_all_of_it_is_kept() -> None:
    document = read(
        b"---\ntitle: \"A \\u201Ctalk\\u201D of\\_May, which\\\n  \\ goes on\"\ndate: '2025-03-09'\n"
        b"lang: en # English\npublished_time: 2025-03-10 14:21:37\ntags: [a, b]\nauthor:\n  - name: x\n"
        b"run: !!python/object:os.system\n---\nWords"
    )
    assert [(item.name, item.value) for item in document.fields] == [
        ("title", "A “talk” of\u00a0May, which goes on"),
        ("date", "2025-03-09"),
        ("language", "en"),
        ("published", "2025-03-10 14:21:37"),
    ]
    assert [block.text for block in document.blocks if block.kind == "text"] == ["Words"]
    assert sum(block.reason == "front matter" for block in document.blocks) == 11


@pytest.mark.parametrize("text", ["---\nnever ends", "---\n\nAnn: yes.\n\n---\nQ: why?", "Q: why?\n---\ntitle: x\n---"])
def test_rules_around_speech_are_no_front_matter(text: str) -> None:
    assert not read(text.encode()).fields


@settings(max_examples=400, deadline=None)
@given(st.text(alphabet="ab1 \n\t*_-+#>[]()!<>\\`&;:.|~=/\"'~^", max_size=80))
def test_no_letter_is_lost_whatever_marks_stand_around_it(text: str) -> None:
    if not text.strip():
        return
    document = read(("x " + text).encode())
    kept = "".join(block.text for block in document.blocks)
    seen = "".join(letter for letter in document.witness if not letter.isspace())
    assert sorted("".join(kept.split())) == sorted(seen)
    if not set(text) & set("<![&\\"):
        assert [letter for letter in kept if letter in "ab"] == [letter for letter in "x " + text if letter in "ab"]
