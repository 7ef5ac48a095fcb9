"""CSV: columns for the speaker and the words make turns; another table is refused with line and reason."""

from __future__ import annotations

import pytest

from app.errors import SourceRefused
from app.readers.csv import read


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_rows_are_turns_with_the_line_they_begin_on(delimiter: str, end: str) -> None:
    rows = ["No{0}Speaker{0}Words", '1{0}Ann{0}"Why', 'now, ""Bo""?"', "", "2{0}Bo{0}So."]
    found = read(end.join(rows).format(delimiter).encode()).blocks
    assert [(block.line, block.speaker, block.text) for block in found if block.kind == "text"] == [
        (2, "Ann", "Why"),
        (2, None, 'now, "Bo"?'),
        (5, "Bo", "So."),
    ]


def test_every_cell_is_kept_and_facts_are_fields() -> None:
    document = read(b"title,speaker,text,at\nT,Ann,Why?,1\nT,Bo,,2\n")
    assert [(item.name, item.value, item.line) for item in document.fields] == [("title", "T", 2)]
    kept = sorted(word for block in document.blocks for word in (block.speaker or "", block.text) if word)
    assert kept == sorted(document.witness.split())


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("|\n", 1, "empty"),
        ("a,b\n1,2\n", 1, "not-understood"),
        ("\nspeaker,age\nAnn,3\n", 2, "not-understood"),
        ("speaker,text\nAnn,Why?,stray\n", 2, "damaged"),
        ('speaker,text\nAnn,"never ends\n', 2, "damaged"),
        ("date,speaker,text\n2001,Ann,Why?\n2002,Ann,Why?\n", 3, "several"),
    ],
)
def test_what_is_not_understood_is_refused_with_its_line(text: str, line: int, code: str) -> None:
    with pytest.raises(SourceRefused) as refused:
        read(text.encode())
    assert (refused.value.line, refused.value.code) == (line, code), refused.value.reason
