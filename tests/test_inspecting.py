"""Inspecting shows what the importer sees, or why it would refuse, as a record that is JSON at once."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from app.inspecting import inspect
from app.records import Provenance, Source
from app.terminal import show_inspection


def test_the_record_has_the_promised_keys(transcript: Path) -> None:
    seen = json.loads(json.dumps(asdict(inspect(Source(transcript.name, transcript.read_bytes(), "text/plain")))))
    assert {
        "title",
        "date",
        "time",
        "language",
        "outlets",
        "speakers",
        "turns",
        "notes",
        "furniture",
        "warnings",
    } < set(seen)
    assert seen["refused"] is None
    assert len(seen["turns"]) == 12
    assert seen["turns"][0]["line"] == 8
    assert {"role", "speaker", "label", "paragraphs", "line"} <= set(seen["turns"][0])
    assert {key: seen["furniture"][0][key] for key in ("text", "line")} == {"text": "• en-GB1 ru-RU1", "line": 6}
    assert seen["words"] == 1975


def test_a_refusal_is_part_of_the_record() -> None:
    seen = inspect(Source("a.txt", b"Ladies and gentlemen, good day.\n", "text/plain"))
    assert seen.refused == "a.txt:1: not a transcript: nobody is seen to speak"
    assert (seen.refused_code, seen.turns, seen.title) == ("no-turns", (), None)


def test_what_the_sidecar_states_goes_before_what_the_text_shows(transcript: Path) -> None:
    stated = Provenance(outlets=("Another",), language="en-GB")
    seen = inspect(Source(transcript.name, transcript.read_bytes(), "text/plain", stated))
    assert (seen.outlets, seen.language, seen.also_in) == (("Another",), "en-GB", ("ru",))


@pytest.mark.parametrize(
    ("name", "text", "evidence"),
    [
        (
            "a.txt",
            "Q: Why?\n\nMinister Tarn: So.\n\nQ: And?\n\nMinister Tarn: No.",
            ("stands 2 times", "holds an office"),
        ),
        ("a.md", "**Q:** Why?\n\n**Lio Tarn:** So.\n\n**Q:** And?\n\n**Lio Tarn:** No.", ("bold", "stands 2 times")),
        ("a.md", "### Q:\n\nWhy?\n\n### Lio Tarn:\n\nSo.\n\n### Q:\n\nAnd?", ("a heading", "stands once")),
        ("a.json", '[{"question": "Why?", "answer": "So."}]', ("named by the format", "a word for who answers")),
    ],
)
def test_each_turn_has_the_evidence_it_was_taken_on(name: str, text: str, evidence: tuple[str, ...]) -> None:
    seen = inspect(Source(name, text.encode(), "text/plain"))
    found = "; ".join(seen.turns[1].evidence)
    assert all(one in found for one in evidence), found


def test_a_person_is_shown_each_line_with_why_and_a_summary(capsys: pytest.CaptureFixture[str]) -> None:
    text = (
        "Interview with Minister Lio Tarn\n\n12 May 2014\n\nQuestion: Why?\n\nLio Tarn: So.\n\n(Laughter.)\n\n* * *\n"
    )
    show_inspection(inspect(Source("a.txt", text.encode(), "text/plain")))
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "    1  title       Interview with Minister Lio Tarn"
    assert lines[2].startswith("    5  question    Question: Why?  [a word for who asks")
    assert "    9  note        (Laughter.)" in lines
    assert any(line.startswith("   11  furniture") and line.endswith("[separator]") for line in lines)
    assert "date      2014-05-12" in lines
    assert "place     not known" in lines
    assert lines[-1].startswith("1 exchange, 1 question, 1 answer, 1 note, ")
