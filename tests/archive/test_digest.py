"""One digest stands for all that is held: it follows every change, and nothing but changes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from app.archive import digest, history, reading, tables
from app.archive.opening import for_checking
from app.archive.publishing import building

Publish = Callable[..., Any]
Make = Callable[..., Any]

COVERED = {
    *("interviews", "versions", "sources", "turns", "passages", "notes", "margins", "findings", "endings"),
    *("appearances", "version_outlets", "speakers", "speaker_labels", "outlets", "redirects", "lapses"),
}
MADE = {"listed_speakers", "listed_outlets", "tallies", "cross_tallies", "search_rows", "digests", "generation"}


def test_every_table_is_in_the_history_or_made_of_others() -> None:
    assert set(tables.metadata.tables) == COVERED | MADE


def test_the_digest_is_that_of_the_lines_of_the_history(counted: Connection) -> None:
    lines = [history.line(record) for scope in history.SCOPES for record in history.records(counted, scope)]
    assert len(lines) == 3 + 3 + 2
    assert history.digest(iter(lines)) == reading.generation(counted).digest
    assert list(digest.faults(counted)) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE passages SET text = text || '.' WHERE id = 2",
        "UPDATE turns SET public_id = '0000000000004' WHERE id = 1",
        "UPDATE versions SET imported_at = '2001-01-01' WHERE id = 1",
        "UPDATE sources SET data = NULL WHERE id = 1",
        "UPDATE interviews SET slug = 'other' WHERE id = 1",
        "UPDATE speakers SET name = 'Ann' WHERE id = 1",
        "UPDATE speakers SET slug = 'ann' WHERE id = 1",
        "UPDATE outlets SET slug = 'paper' WHERE id = 1",
        "DELETE FROM speaker_labels",
        "DELETE FROM notes",
        "UPDATE appearances SET office = 'Mayor'",
        "INSERT INTO redirects VALUES ('interview', 'old', 'new', 'a better name', '2026')",
        "INSERT INTO lapses VALUES ('turn', '0000000000000', 'x', 2, '2026', NULL, '2027')",
        "INSERT INTO endings VALUES (1, NULL, 'withheld', 'a court said so', NULL, '2026')",
    ],
)
def test_what_is_touched_is_counted_anew_and_nothing_else(
    tmp_path: Path, publish: Publish, receipt: Make, talk: Any, statement: str
) -> None:
    path = tmp_path / "archive.db"
    publish(receipt(), receipt("b.txt", said=talk[:2], date="2019"))
    with building(path):
        pass
    with for_checking(path) as c:
        before = reading.generation(c).digest
    with building(path) as c:
        c.exec_driver_sql(statement)
    with for_checking(path) as c:
        assert list(digest.faults(c)) == []
        whole = [history.line(record) for scope in history.SCOPES for record in history.records(c, scope)]
        assert reading.generation(c).digest == history.digest(iter(whole))
        if statement != "DELETE FROM notes":
            assert reading.generation(c).digest != before


def test_what_was_not_published_is_named(tmp_path: Path, publish: Publish, receipt: Make) -> None:
    (stored,) = publish(receipt())
    raw = sqlite3.connect(tmp_path / "archive.db", isolation_level=None)
    raw.execute("UPDATE margins SET line = 77 WHERE position = 0")
    raw.execute("UPDATE speakers SET name = 'Ann' WHERE slug = 'anna-petrova'")
    raw.close()
    with for_checking(tmp_path / "archive.db") as c:
        assert list(digest.faults(c)) == [
            "speaker anna-petrova is not as it was published",
            f"interview {stored.slug} is not as it was published",
        ]
