"""Files made to exhaust or stop whoever reads them end in a refusal or a document, in bounded time, one by one."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from app.errors import SourceRefused
from app.importer import import_paths
from app.readers import isolation
from tests.printing import Printed, docx, pdf

MB = 2**20
MODULES = {"md": "markdown"}
DEEP = "<w:sdt><w:sdtContent>" * 3000 + "</w:sdtContent></w:sdt>" * 3000
HOSTILE: dict[str, bytes] = {
    "pages.pdf": pdf([[]] * 10_000),
    "loop.pdf": pdf([[]]).replace(b"/Count 1/Kids[6 0 R]", b"/Count 9/Kids[2 0 R]"),
    "xref.pdf": pdf([[Printed(72, 700, "Question: why?")]]).replace(b"0000000", b"9999999"),
    "length.pdf": pdf([[Printed(72, 700, "Question: why?")]]).replace(b"/Length ", b"/Length 99999999"),
    "picture.pdf": b"\x89PNG\r\n\x1a\n" + b"\0" * 1000,
    "picture.docx": b"\x89PNG\r\n\x1a\n" + b"\0" * 1000,
    "bomb.docx": docx("<w:p><w:r><w:t>" + " " * (10 * MB) + "x</w:t></w:r></w:p>"),
    "paragraphs.docx": docx("<w:p/>" * 500_000),
    "deep.docx": docx(DEEP),
    "entities.docx": docx(
        "<w:p>&c;</w:p>", prolog='<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;"><!ENTITY c "&b;&b;">]>'
    ),
    "tags.html": b"<b>" * (2 * MB),
    "siblings.html": b"<p>x" * MB,
    "tables.html": b"<table><tr><td>" * 100_000,
    "entities.html": b"&amp;#38;" * (2 * MB),
    "attributes.html": b"<p " + b"a=b " * MB + b">x",
    "lists.md": b"- " * 200_000 + b"x",
    "quotes.md": b">" * 500_000 + b"x",
    "stars.md": b"*a **b " * 300_000,
    "brackets.md": b"[" * 500_000,
    "links.md": b"[a](" * 200_000,
    "deep.json": b"[" * (2 * MB),
    "values.json": b"[" + b'"x",' * (3 * MB) + b'"x"]',
    "keys.json": json.dumps({str(number): "x" for number in range(300_000)}).encode(),
    "digits.json": b'[{"speaker": "A", "text": ' + b"9" * (2 * MB) + b"}]",
    "quotes.csv": b"speaker,text\nA," + b'"' * (5 * MB + 1),
    "commas.csv": b"speaker,text\n" + b"," * (10 * MB),
    "cues.srt": b"00:00:00,000 --> 00:00:01,000\nx\n\n" * 100_000,
    "arrows.vtt": b"WEBVTT\n\n" + b"<v " * (2 * MB),
    "line.txt": b"Question: a " * (500_000),
    "lines.txt": b"A: b\n" * (2 * MB),
    "bytes.txt": b"b'" + rb"\x41\n" * (2 * MB) + b"'",
    "marks.txt": b"&" * (10 * MB),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_in_a_document_or_a_refusal_in_bounded_time(name: str) -> None:
    suffix = name.rpartition(".")[2]
    began = time.monotonic()
    try:
        isolation.read_alone(f"app.readers.{MODULES.get(suffix, suffix)}", HOSTILE[name], seconds=1)
    except SourceRefused as refused:
        assert refused.reason  # noqa: PT017 - a document is as good
    assert time.monotonic() - began < 10


def test_one_bad_file_never_stops_the_others(tmp_path: Path) -> None:
    folder = tmp_path / "given"
    folder.mkdir()
    for name in ("pages.pdf", "loop.pdf", "picture.pdf", "picture.docx", "deep.docx", "entities.docx", "deep.json"):
        (folder / name).write_bytes(HOSTILE[name])
    (folder / "z.txt").write_text("Interview with Lio Tarn\n\nQuestion: Why?\n\nLio Tarn: So.\n")
    (folder / "link.txt").symlink_to("/etc/passwd")
    report = import_paths([folder], tmp_path / "archive.db")
    outcomes = {Path(file.name).name: file.outcome for file in report.files}
    assert outcomes.pop("z.txt") == "new"
    assert set(outcomes.values()) == {"refused"}
    assert all(file.reason and ":1: " in file.reason for file in report.files if file.outcome == "refused")
