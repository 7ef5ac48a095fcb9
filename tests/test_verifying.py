"""Verifying reads every source anew: a word that the record lost, or never had, is found."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from app.errors import ArchiveMissing
from app.verifying import verify


@pytest.fixture
def copy(archive: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(archive, tmp_path / "archive.db"))


def test_the_provided_transcript_verifies(archive: Path) -> None:
    assert verify(archive) == ()


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE passages SET text = replace(text, 'ineffective', 'effective')", "ineffective"),
        ("UPDATE passages SET text = text || ' indeed' WHERE id = 1", "indeed"),
        ("DELETE FROM margins WHERE kind = 'furniture'", "lost"),
        ("UPDATE versions SET word_count = 1", "is said to have 1 words"),
        ("UPDATE sources SET data = CAST('Question: Why?' AS BLOB)", "other bytes"),
        ("DELETE FROM search_rows WHERE id = (SELECT max(id) FROM search_rows)", "index"),
    ],
)
def test_every_change_to_the_record_is_found(copy: Path, statement: str, told: str) -> None:
    raw = sqlite3.connect(copy, isolation_level=None)
    raw.execute(statement)
    raw.close()
    faults = verify(copy)
    assert any(told in fault for fault in faults), faults


def test_verifying_writes_nothing(copy: Path) -> None:
    before = copy.read_bytes(), copy.stat().st_mtime_ns
    verify(copy)
    assert (copy.read_bytes(), copy.stat().st_mtime_ns) == before
    assert [path.name for path in copy.parent.iterdir()] == ["archive.db"]


def test_no_archive_is_told(tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissing):
        verify(tmp_path / "none.db")
