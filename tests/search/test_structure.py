"""What the index keeps for itself is checked, however large the index is and however it came to be so."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.archive.publishing import building
from app.importer import import_paths
from app.verifying import verify

# Words that nobody said. Each run of the importer adds a segment to the index; they are merged, 16 pages of them.
INTERVIEWS, EXCHANGES, WORDS, RUNS = 10, 10, 120, 5
ASTRAY = """
    SELECT segid, term, pgno FROM search_index_idx WHERE pgno >> 1 {} (
        SELECT min(id & 0x7fffffff) FROM search_index_data WHERE id >> 37 = segid AND id & 0x1f80000000 = 0
    )
"""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive whose index has been merged in parts."""
    folder, chance = tmp_path_factory.mktemp("large"), random.Random(4)
    words = ["".join(chance.choices("abdeiklmnorstu", k=chance.randint(3, 9))) for _ in range(20_000)]

    def sentence() -> str:
        return " ".join(chance.choices(words, k=WORDS))

    for number in range(INTERVIEWS):
        turns = [f"Question: {sentence()}?\n\nAnna Petrova: {sentence()}." for _ in range(EXCHANGES)]
        title = f"Interview with Minister Anna Petrova by the Daily News, {number % 28 + 1} May 2020"
        (folder / f"{number}.txt").write_text("\n\n".join([title, *turns]))
    path, files = folder / "archive.db", sorted(folder.glob("*.txt"))
    for run in range(RUNS):
        assert {file.outcome for file in import_paths(files[run::RUNS], path).files} == {"new"}
    with building(path) as c:
        c.exec_driver_sql("INSERT INTO search_index (search_index, rank) VALUES ('merge', 16)")
    return path


def test_an_index_that_was_merged_in_parts_is_sound(large: Path) -> None:
    with closing(sqlite3.connect(large)) as raw:
        assert raw.execute(ASTRAY.format("<")).fetchall(), "no part of a merge is left: the archive is too small"
    assert verify(large) == ()


@pytest.mark.parametrize("where", ["<", "="])
def test_a_way_whose_pages_are_merged_away_still_keeps_its_order(large: Path, tmp_path: Path, where: str) -> None:
    path = Path(shutil.copy(large, tmp_path / "archive.db"))
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        segment, term, place = raw.execute(ASTRAY.format(where) + "ORDER BY pgno DESC").fetchone()
        raw.execute("UPDATE search_index_idx SET term = ? WHERE segid = ? AND pgno = ?", (b"~" + term, segment, place))
    assert any("the index leads astray" in fault for fault in verify(path))
