"""rispy reads back what is cited, a value a line."""

from __future__ import annotations

from pathlib import Path

import rispy

from app.exports.ris import write
from app.exports.transcripts import Transcript
from tests.exports.conftest import every


def test_every_record_is_read_back_by_another_parser(all_of_them: list[Transcript]) -> None:
    for transcript in all_of_them:
        (record,) = rispy.loads(write(transcript))
        assert record["type_of_reference"] == "PCOMM"
        assert record["title"] == " ".join(transcript.work.title.split())
        assert record["urls"] == [transcript.work.url]
        assert record.get("year") == (transcript.work.date[:4] if transcript.work.date else None)
        assert len(record.get("authors", [])) == len(transcript.work.authors)
        assert len(record.get("secondary_authors", [])) == len(transcript.work.interviewers)


def test_lines_end_as_the_specification_has_it_and_no_value_begins_one(nasty: list[Transcript]) -> None:
    for transcript in nasty:
        lines = write(transcript).split("\r\n")
        assert lines[0] == "TY  - PCOMM"
        assert lines[-2:] == ["ER  - ", ""]
        assert all(line[2:6] == "  - " for line in lines[:-1])
        assert "\n" not in "".join(lines)


def test_a_date_is_told_at_its_own_precision(filled: list[Transcript]) -> None:
    dates = {transcript.work.date: write(transcript) for transcript in filled}
    assert "\r\nDA  - 2013/05/15/\r\n" in dates["2013-05-15"]
    assert "\r\nDA  - 2014/10//\r\n" in dates["2014-10"]
    assert "\r\nDA  - 2012///\r\n" in dates["2012"]
    assert "DA  - " not in dates[None]
    assert "PY  - " not in dates[None]


def test_the_provided_answer_names_speaker_outlet_version_and_part(archive: Path) -> None:
    (record,) = rispy.loads(write(every(archive)[3]))
    assert record["authors"] == ["Lavrov, Sergey"]
    assert record["secondary_title"] == "Rossiya Segodnya"
    assert record["edition"] == "Version 1"
    assert record["notes"] == ["Answer 3"]
