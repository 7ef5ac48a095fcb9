"""One changed value, or one changed byte, anywhere in an archive is found and named."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from app.errors import ArchiveUnreadable
from app.verifying import verify

FLIPS = 60
INTERNAL = ("search_index", "search_index_words", "search_index_content")


def columns(path: Path) -> Iterator[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as raw:
        for (table,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            if table not in INTERNAL:
                for row in raw.execute(f"PRAGMA table_info({table})").fetchall():
                    yield table, row[1]


def other(value: Any) -> Any:
    if isinstance(value, int):
        return value + 1
    if isinstance(value, bytes):
        return value[:-1] + bytes([value[-1] ^ 1]) if value else b"x"
    return "x" if not value else value[:-1] + chr(ord(value[-1]) ^ 1)


def test_a_changed_value_in_any_column_of_any_table_is_found(told: Path, tmp_path: Path) -> None:
    unseen, seen = [], 0
    for table, column in columns(told):
        path = Path(shutil.copy(told, tmp_path / "archive.db"))
        with closing(sqlite3.connect(path, isolation_level=None)) as raw:
            held = [row[0] for row in raw.execute(f'SELECT "{column}" FROM "{table}"')]
            assert held, f"{table} is empty: nothing of it is tried"
            was = next((value for value in held if value is not None), None)
            raw.execute(f'UPDATE OR REPLACE "{table}" SET "{column}" = ? WHERE "{column}" IS ?', (other(was), was))
        seen += 1
        try:
            found = verify(path)
        except ArchiveUnreadable:
            continue
        if not found:
            unseen.append((table, column, was))
    assert seen > 100
    assert unseen == []


def everything(path: Path) -> dict[str, list[Any]]:
    with closing(sqlite3.connect(path)) as raw:
        names = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        held: dict[str, list[Any]] = {
            name: raw.execute(f'SELECT * FROM "{name}"').fetchall()
            for name in names
            if name not in (*INTERNAL, "search_index_data")
        }
        # Of the index itself, each place of each token; its pages also hold counters that nobody reads.
        held["tokens"] = raw.execute("SELECT * FROM search_index_words").fetchall()
        held["sqlite_master"] = raw.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
        return held


def test_a_flipped_byte_is_found_unless_nothing_that_is_held_changed(told: Path, tmp_path: Path) -> None:
    seed, data, before = random.Random(20), told.read_bytes(), everything(told)
    found = 0
    written = [at for at, byte in enumerate(data) if byte]  # most of a small file is pages that are not full
    for at in seed.sample(written, FLIPS):
        path = tmp_path / "archive.db"
        path.write_bytes(data[:at] + bytes([data[at] ^ 1 << seed.randrange(8)]) + data[at + 1 :])
        try:
            faults = verify(path)
        except ArchiveUnreadable:
            found += 1
            continue
        if faults:
            found += 1
        else:
            assert everything(path) == before, f"byte {at} was changed, and nobody saw it"
    assert found > FLIPS * 0.8
