"""What the tests of faults stand on: an archive to be broken, and new transcripts for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

TALK = """Interview with Minister Anna Petrova by the Daily News, {} May 2020

Question: What of the border between the two countries?

Anna Petrova: It stays where it is, {} posts and all, as both sides have always said.
"""


@pytest.fixture
def transcripts(tmp_path: Path) -> Path:
    """A folder of a few new transcripts."""
    folder = tmp_path / "new"
    folder.mkdir()
    for day in range(1, 10):
        (folder / f"{day}.txt").write_text(TALK.format(day, 100 * day), encoding="utf-8")
    return folder


@pytest.fixture
def place(tmp_path: Path, filled_archive: Path) -> Iterator[Path]:
    """An archive of the invented collection in a folder of its own, whose rights a test may take away."""
    folder = tmp_path / "place"
    folder.mkdir()
    (folder / "archive.db").write_bytes(filled_archive.read_bytes())
    yield folder / "archive.db"
    folder.chmod(0o755)
