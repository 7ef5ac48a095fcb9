"""Every document is well-formed TEI with a header of provenance; each reference in it leads to something."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from app.exports.tei import write
from app.exports.transcripts import Transcript
from tests.exports.conftest import every

TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"


def test_every_document_is_well_formed_and_its_references_lead_somewhere(all_of_them: list[Transcript]) -> None:
    for transcript in all_of_them:
        document = etree.fromstring(write(transcript).encode())
        ids = [each.get(ID) for each in document.iter() if each.get(ID)]
        assert len(ids) == len(set(ids))
        # An XML id is a name without colons: a letter first.
        assert all(id[0].isalpha() and ":" not in id for id in ids)
        for name in ("who", "ana", "ref"):
            assert {each.get(name)[1:] for each in document.iter() if each.get(name)} <= set(ids)


def test_the_header_says_whose_words_they_are_and_what_they_are_taken_from(all_of_them: list[Transcript]) -> None:
    for transcript in all_of_them:
        document = etree.fromstring(write(transcript).encode())
        (header,) = document.iter(f"{TEI}teiHeader")
        assert [part.tag for part in header] == [f"{TEI}fileDesc", f"{TEI}encodingDesc", f"{TEI}profileDesc"]
        ids = {each.get("type"): each.text for each in header.iter(f"{TEI}idno")}
        assert ids["SHA-256"] == transcript.head.source.sha256
        assert ids["URI"] == transcript.work.url
        authors = [each.text for each in header.iter(f"{TEI}author")]
        assert authors == [person.written for person in transcript.work.authors]


def test_every_word_stands_in_it_in_order_once(all_of_them: list[Transcript]) -> None:
    for transcript in all_of_them:
        body = etree.fromstring(write(transcript).encode()).find(f".//{TEI}body")
        words = [each.text for each in body.iter(f"{TEI}p", f"{TEI}stage") if each.text]
        lines = [note.text for note in transcript.notes_before()]
        for turn in transcript.turns:
            lines += [line if isinstance(line, str) else line.text for line in transcript.lines(turn)]
        assert words == [line.replace("\x0b", "\ufffd").replace("\x08", "\ufffd") for line in lines]


def test_the_provided_interview_is_in_its_parts(archive: Path) -> None:
    document = etree.fromstring(write(every(archive)[0]).encode())
    assert [each.get("n") for each in document.iter(f"{TEI}div")] == ["1", "2", "3", "4", "5", "6"]
    (person,) = document.iter(f"{TEI}person")
    assert person.findtext(f"{TEI}persName") == "Sergey Lavrov"
    assert person.findtext(f"{TEI}occupation") == "Foreign Minister"
    assert document.find(f"{TEI}text").get("{http://www.w3.org/XML/1998/namespace}lang") == "en"


def test_a_licence_that_is_stated_stands_in_the_header(nasty: list[Transcript]) -> None:
    (availability,) = etree.fromstring(write(nasty[0]).encode()).iter(f"{TEI}availability")
    assert "".join(availability.itertext()).strip() == "<free> & clear"
    assert availability.get("status") is None
