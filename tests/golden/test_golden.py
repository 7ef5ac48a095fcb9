"""Each golden document gives exactly its recorded interview; records change only by --accept."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from app.inspecting import inspect
from app.readers import media_type, suffixes
from app.records import Source

HERE = Path(__file__).resolve().parent
PROVIDED = HERE.parent.parent / "data" / "transcripts"


def is_record(path: Path) -> bool:
    """Say whether a file is a record: NAME.json, but of a document in JSON NAME.record.json."""
    return path.suffix == ".json" and (path.parent.name != "json" or path.stem.endswith(".record"))


def documents() -> dict[Path, Path]:
    """Each document and the file that holds its record."""
    found = [path for path in sorted(HERE.glob("*/*")) if path.suffix in suffixes() and not is_record(path)]
    own = {path: path.with_name(f"{path.stem}{'.record' if path.suffix == '.json' else ''}.json") for path in found}
    given = {
        path: HERE / path.suffix.lstrip(".") / f"{path.stem}.json"
        for path in sorted(PROVIDED.iterdir())
        if path.suffix in suffixes()
    }
    return {**given, **own}


@pytest.mark.parametrize(("document", "record"), documents().items(), ids=lambda path: path.name)
def test_a_golden_document_gives_its_recorded_interview(
    document: Path, record: Path, request: pytest.FixtureRequest
) -> None:
    seen = asdict(inspect(Source(document.name, document.read_bytes(), media_type(document.name))))
    text = json.dumps(seen, ensure_ascii=False, indent=1) + "\n"
    if request.config.getoption("--accept"):
        record.write_text(text, encoding="utf-8")
    assert record.is_file(), f"{record} is missing: read what --accept would write, then accept it"
    assert json.loads(text) == json.loads(record.read_text(encoding="utf-8"))


def test_every_record_has_its_document() -> None:
    assert sorted(filter(is_record, HERE.glob("*/*.json"))) == sorted(documents().values())


def test_the_provided_transcript_is_read_as_people_count_it() -> None:
    path = PROVIDED / "2015-12-11-lavrov-rossiya-segodnya.txt"
    seen = inspect(Source(path.name, path.read_bytes(), "text/plain"))
    assert seen.refused is None
    assert seen.title == "Foreign Minister Sergey Lavrov’s interview with Rossiya Segodnya, December 11, 2015"
    assert (seen.date, seen.time, seen.language, seen.also_in) == ("2015-12-11", "18:47", "en", ("ru",))
    assert seen.outlets == ("Rossiya Segodnya",)
    assert [(one.name, one.office) for one in seen.speakers] == [("Sergey Lavrov", "Foreign Minister")]
    assert [(len(one.questions), len(one.answers)) for one in seen.exchanges] == [(1, 1)] * 6
    assert [len(turn.paragraphs) for turn in seen.turns if turn.role == "answer"] == [4, 4, 3, 3, 4, 5]
    assert [line.text for line in seen.furniture] == ["• en-GB1 ru-RU1", "Advanced settings"]
    assert seen.notes == ()
    assert seen.warnings == ()
