"""bibtexparser reads back what is cited, and no character of a source can break an entry."""

from __future__ import annotations

from pathlib import Path

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware

from app.exports.bibtex import escaped, key, write
from app.exports.transcripts import Transcript
from tests.exports.conftest import every


def _fields(transcript: Transcript) -> dict[str, str]:
    library = parse_string(write(transcript), append_middleware=[LatexDecodingMiddleware()])
    assert not library.failed_blocks, transcript.work.key
    (entry,) = library.entries
    assert entry.entry_type == "misc"
    assert entry.key == key(transcript)
    return {field.key: field.value for field in entry.fields}


def test_every_entry_is_read_back_by_another_parser(all_of_them: list[Transcript]) -> None:
    for transcript in all_of_them:
        fields = _fields(transcript)
        assert fields["url"] == transcript.work.url
        assert fields.get("date") == transcript.work.date
        assert fields.get("year") == (transcript.work.date[:4] if transcript.work.date else None)
        assert fields["version"] == str(transcript.work.version)
        assert bool(fields.get("author")) == bool(transcript.work.authors)


def test_a_title_of_special_characters_comes_back_as_it_was(nasty: list[Transcript]) -> None:
    title = _fields(nasty[0])["title"].strip("{}").replace("ˆ", "^")
    for words in ("R&D", "50%", "#1_a^b", "$x$", "\\today"):
        assert words in nasty[0].work.title
        assert words in title


def test_braces_stay_balanced_whatever_a_source_says() -> None:
    assert escaped("} { \\} %") == r"\textbraceright{} \textbraceleft{} \textbackslash{}\textbraceright{} \%"
    assert escaped("a\nb\x00c\td") == "a b c d"


def test_the_provided_answer_names_speaker_date_outlet_and_place_in_the_interview(archive: Path) -> None:
    fields = _fields(every(archive)[3])
    assert fields["author"] == "Lavrov, Sergey"
    assert (fields["date"], fields["year"], fields["month"]) == ("2015-12-11", "2015", "dec")
    assert fields["note"] == "Rossiya Segodnya. Answer 3"
    assert fields["langid"] == "english"
