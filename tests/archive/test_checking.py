"""Whatever is wrong with a file that can still be opened is told."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.archive import checking
from app.archive.opening import for_checking

Publish = Callable[..., Any]
Make = Callable[..., Any]


@pytest.fixture
def path(tmp_path: Path, publish: Publish, receipt: Make, talk: Any) -> Path:
    publish(receipt(), receipt("b.txt"))
    (stored,) = publish(receipt(said=[*talk[:4], ("answer", "John Brown", "No more.")]))
    assert stored.outcome == "held back"
    publish(receipt(said=talk[:4]), retire=stored.ended, reason="Not said")
    return tmp_path / "archive.db"


def faults(path: Path) -> tuple[str, ...]:
    with for_checking(path) as c:
        return checking.check(c)


def test_a_sound_archive_has_no_faults(path: Path) -> None:
    assert faults(path) == ()


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE sources SET data = CAST('changed' AS BLOB) WHERE id = 1", "other bytes"),
        ("UPDATE sources SET size = size + 1 WHERE id = 1", "not as long"),
        ("UPDATE turns SET public_id = '0000000000001' WHERE id = 1", "not an id"),
        ("DELETE FROM passages WHERE id = 2", "lost a turn"),
        ("UPDATE versions SET answer_count = 9 WHERE id = 1", "lost a turn"),
        ("UPDATE versions SET exchange_count = 9 WHERE id = 1", "lost a turn"),
        ("UPDATE interviews SET version = 3 WHERE id = 1", "does not have the versions"),
        ("DELETE FROM endings", "neither stands"),
        ("INSERT INTO endings VALUES (1, NULL, 'retired', 'x', NULL, 'x')", "does both"),
        ("UPDATE passages SET turn_id = 999 WHERE id = 2", "not there"),
        (
            "PRAGMA writable_schema=1; UPDATE sqlite_master "
            "SET sql = 'CREATE INDEX turns_by_interview ON turns (role)' WHERE name = 'turns_by_interview'",
            "damaged",
        ),
    ],
)
def test_every_fault_is_found(path: Path, statement: str, told: str) -> None:
    raw = sqlite3.connect(path, isolation_level=None)
    raw.executescript(statement)
    raw.close()
    assert any(told in fault for fault in faults(path)), faults(path)


def test_many_faults_are_told_in_part(path: Path) -> None:
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute(
        "INSERT INTO turns (public_id, interview_id, role) SELECT value, 1, 'answer' FROM json_each(?)",
        (str(list(range(99))),),
    )
    raw.close()
    assert len(faults(path)) == checking.MOST
