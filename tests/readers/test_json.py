"""JSON: the usual shapes give turns with the speakers they name; any other shape is refused with line and reason."""

from __future__ import annotations

import json

import pytest

from app.errors import SourceRefused
from app.readers.json import read

TURNS = [{"speaker": "Ann", "text": "Why?"}, {"speaker": "Bo", "text": "So."}]


def said(record: object) -> list[tuple[str | None, str]]:
    return [(block.speaker, block.text) for block in read(json.dumps(record).encode()).blocks if block.kind == "text"]


@pytest.mark.parametrize(
    "record",
    [
        TURNS,
        {"turns": TURNS},
        {"title": "T", "segments": TURNS},
        {"Transcript": {"sections": [{"turns": TURNS[:1]}, {"turns": TURNS[1:]}]}},
        {"turns": [{"speaker": {"name": "Ann", "id": 7}, "text_blocks": [{"text": "Why?"}]}, TURNS[1]]},
        {"turns": [{"name": "Ann", "role": "host", "words": "Why?"}, {"Speaker Name": "Bo", "content": ["So."]}]},
        [TURNS[:1], TURNS[1:]],
    ],
)
def test_the_usual_shapes_are_understood(record: object) -> None:
    assert said(record) == [("Ann", "Why?"), ("Bo", "So.")]


def test_questions_and_answers_in_pairs_have_their_key_as_label_in_that_order() -> None:
    assert said([{"answer": ["So.", "And so."], "question": "Why?"}, {"question": "And?", "answer": None}]) == [
        ("question", "Why?"),
        ("answer", "So."),
        (None, "And so."),
        ("question", "And?"),
    ]


def test_a_whole_text_is_left_to_the_labels_in_it() -> None:
    assert said({"title": "T", "date": "2001-02-03", "body": "Q: Why?\n\nAnn: So."}) == [
        (None, "Q: Why?"),
        (None, "Ann: So."),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_each_value_knows_its_line(end: str) -> None:
    lines = [
        "[",
        '{"id": -1.5e3, "text": "a \\"b\\": [1,',
        '2]", "speaker":',
        '"Ann"},',
        '{"speaker": "Bo",',
        '"text": "c"}]',
    ]
    with pytest.raises(SourceRefused):
        read(end.join(lines).encode())
    whole = end.join(lines).replace(f"[1,{end}2]", "[1,2]")
    assert [(block.line, block.text) for block in read(whole.encode()).blocks if block.kind == "text"] == [
        (2, 'a "b": [1,2]'),
        (5, "c"),
    ]


def test_every_value_is_kept_and_facts_are_fields() -> None:
    record = {
        "title": "T",
        "date": "2001-02-03",
        "outlets": ["O", "P"],
        "x": {"y": [1, "z"]},
        "turns": [{**TURNS[0], "at": 3}],
    }
    document = read(json.dumps(record).encode())
    assert [(item.name, item.value) for item in document.fields] == [
        ("title", "T"),
        ("date", "2001-02-03"),
        ("outlet", "O"),
        ("outlet", "P"),
    ]
    kept = sorted(word for block in document.blocks for word in (block.speaker or "", block.text) if word)
    assert kept == sorted(document.witness.split())


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("{", 1, "damaged"),
        ('[\n{"speaker": "A", "text": "x",}]', 2, "damaged"),
        ('{"text": NaN}', 1, "damaged"),
        ('[{"speaker": "A", "speaker": "B", "text": "x"}]', 1, "damaged"),
        ('"words"', 1, "not-understood"),
        ('[\n{"text": "Who says this?"}]', 2, "not-understood"),
        ('[{"speaker": "A",\n"text": "<p>x</p>"}]', 2, "not-understood"),
        ('[\n{"speaker": ["A"], "text": "x"}]', 2, "not-understood"),
        ('[{"speaker": "A", "text": {"odd":\n"x"}}]', 2, "not-understood"),
        ('[{"odd":\n"x"}]', 2, "not-understood"),
        ('{"odd": [\n{"speaker": "A", "text": "x"}], "turns": []}', 2, "not-understood"),
        ('{"features": [{"type": "point"}]}', 1, "not-understood"),
        ('[{"date": "1", "turns": [\n]}, {"date": "2", "turns": []}]', 1, "several"),
        ('[{"speaker": "A",\n"text": "\\ud800"}]', 2, "undecodable"),
        ("[" * 200 + '"x"' + "]" * 200, 1, "nesting"),
        ("[" * 100_000, 1, "nesting"),
    ],
)
def test_what_is_not_understood_is_refused_with_its_line(text: str, line: int, code: str) -> None:
    with pytest.raises(SourceRefused) as refused:
        read(text.encode())
    assert (refused.value.line, refused.value.code) == (line, code), refused.value.reason
