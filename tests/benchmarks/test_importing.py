"""Importing is measured step by step, and the least it is measured by leaves an archive of the very same rows."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.benchmarks import importing

COLLECTION = Path(__file__).parent.parent / "collection" / "transcripts"


def test_the_least_inserts_what_the_import_does(tmp_path: Path) -> None:
    paths = importing.chosen([COLLECTION], 3)
    costs = importing.measure(paths, 1, tmp_path)
    assert {step: len(each) for step, each in costs.items()} == dict.fromkeys(importing.STEPS, 1)
    assert all(cost.seconds > 0 and cost.cpu > 0 for each in costs.values() for cost in each)
    made, least = (_held(tmp_path / name) for name in ("archive.db", "least.db"))
    assert made == least
    assert len(made["search_index_words"]) > 500
    through = importing.size_of(paths, tmp_path / "archive.db")
    assert (through.files, through.interviews) == (3, 3)
    told = importing.table(through, costs)
    assert told.startswith("3 files of 0.0")
    assert "| whole import | " in told


def test_the_same_files_are_chosen_each_time_and_no_sidecar_among_them() -> None:
    assert importing.chosen([COLLECTION], 5) == importing.chosen([COLLECTION], 5)
    assert len(importing.chosen([COLLECTION], 5)) == 5
    everything = importing.chosen([COLLECTION], None)
    assert importing.chosen([COLLECTION], 1000) == everything
    assert not [path for path in everything if path.suffix == ".toml"]


def _held(file: Path) -> dict[str, list[str]]:
    """Return the rows of all tables but those that the index keeps for itself, with every token of the index."""
    with closing(sqlite3.connect(file)) as c:
        names = [row[1] for row in c.execute("PRAGMA table_list") if row[2] in ("table", "virtual")]
        tables = [name for name in names if not name.startswith("sqlite_") and name != "search_index"]
        return {name: sorted(map(repr, c.execute(f"SELECT * FROM {name}"))) for name in tables}
