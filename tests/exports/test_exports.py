"""Every form is found by its file, gives every word, and changes only where somebody accepts it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from app.exports import forms
from app.exports.transcripts import Transcript, of_interview
from tests.exports.conftest import every

HERE = Path(__file__).resolve().parent
SUFFIXES = {".txt", ".md", ".bib", ".ris", ".csl.json", ".xml", ".tei.xml"}
WRITE = {form.suffix: form.write for form in forms()}


def test_the_forms_are_those_that_are_promised() -> None:
    assert {form.suffix for form in forms()} == SUFFIXES
    assert {form.suffix for form in forms() if form.is_citation} == {".bib", ".ris", ".csl.json"}
    assert len({form.media_type for form in forms()}) == len({form.name for form in forms()}) == len(SUFFIXES)


def test_a_longer_suffix_is_known_before_the_one_that_it_ends_with() -> None:
    order = [form.suffix for form in forms()]
    assert order.index(".tei.xml") < order.index(".xml")


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
@pytest.mark.parametrize("which", ["interview", "answer"])
def test_the_provided_interview_is_written_as_it_was_accepted(
    which: str, suffix: str, archive: Path, request: pytest.FixtureRequest
) -> None:
    transcript = every(archive)[0 if which == "interview" else 3]
    # When it was imported is another moment in every run of the tests.
    written = WRITE[suffix](transcript).replace(transcript.head.source.imported_at, "2026-01-02T03:04:05Z")
    written = written.replace(transcript.head.source.imported_at[:10], "2026-01-02")
    golden = HERE / "golden" / f"{which}{suffix}"
    if request.config.getoption("--accept"):
        golden.write_bytes(written.encode())
    assert golden.is_file(), f"{golden} is missing: read what --accept would write, then accept it"
    assert written == golden.read_bytes().decode()


def test_every_accepted_file_is_of_a_form() -> None:
    names = {f"{which}{suffix}" for which in ("interview", "answer") for suffix in SUFFIXES}
    assert {path.name for path in (HERE / "golden").iterdir()} == names


@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_a_text_for_people_says_where_it_is_from_and_leaves_out_no_word(
    suffix: str, all_of_them: list[Transcript]
) -> None:
    for transcript in all_of_them:
        written = WRITE[suffix](transcript)
        shown = written if suffix == ".txt" else _shown(written)
        words = " ".join(shown.split())
        for fact in (transcript.work.url, transcript.head.source.sha256, transcript.work.title):
            assert " ".join(fact.split()) in words, transcript.work.key
        at = 0
        for turn in transcript.turns:
            for line in transcript.lines(turn):
                said = " ".join((line if isinstance(line, str) else line.text).split())
                at = words.index(said, at) + len(said)


def _shown(markdown: str) -> str:
    """Return the words that a reader of CommonMark sees."""
    parts = []
    for token in MarkdownIt().parse(markdown):
        assert token.type not in ("html_block", "code_block", "fence", "blockquote_open", "hr"), token
        for child in token.children or ():
            assert child.type not in ("html_inline", "code_inline", "image"), child
            parts.append("\n" if child.type == "softbreak" else child.content)
        parts.append("\n")
    return "".join(parts)


def test_markdown_makes_no_list_and_no_heading_of_what_was_said(nasty: list[Transcript]) -> None:
    for transcript in nasty:
        tokens = MarkdownIt().parse(WRITE[".md"](transcript))
        lists = [token for token in tokens if token.type in ("bullet_list_open", "ordered_list_open")]
        headings = [token for token in tokens if token.type == "heading_open"]
        assert len(lists) == 1
        assert len(headings) == (2 if transcript.work.kind == "interview" else 1)


def test_words_that_are_withheld_are_said_to_be(archive: Path) -> None:
    found = every(archive)[3]
    gone = tuple(replace(turn, paragraphs=(), lines=(), withheld="Order of a court") for turn in found.turns)
    for suffix in (".txt", ".md", ".xml", ".tei.xml"):
        assert "Withheld: Order of a court" in WRITE[suffix](replace(found, turns=gone))


def test_a_title_in_columns_is_cited_in_one_line(archive: Path) -> None:
    found = every(archive)[0]
    head = replace(found.head, title="Transcript of \t the   Minister\u00a0 at work")
    again = of_interview(head, found.turns, found.notes, "https://v.example")
    assert again.work.title == "Transcript of the Minister at work"
    assert "{{Transcript of the Minister at work}}" in WRITE[".bib"](again)
