"""Inspecting shows what the importer sees, or why it would refuse, as a record that is JSON at once."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from app.inspecting import inspect
from app.records import Provenance, Source


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
