"""Readers see one generation in one response, and can write nothing."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, insert, text
from sqlalchemy.exc import DatabaseError

from app.archive import tables
from app.archive.opening import Identity, Lease, Library, deadline
from app.archive.publishing import PAGE_SIZE, building
from app.errors import ArchiveUnreadable, NotHeld, QueryTimeout

Publish = Callable[..., Any]
Make = Callable[..., Any]


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def spoil(path: Path) -> None:
    """Overwrite the head of the page on which the passages begin."""
    raw = sqlite3.connect(path)
    (page,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'passages'").fetchone()
    raw.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * PAGE_SIZE)
        file.write(bytes(range(1, 201)))


COUNT = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT {}) SELECT count(*) FROM n"


@pytest.fixture
def library(tmp_path: Path, publish: Publish, receipt: Make) -> Iterator[Library]:
    publish(receipt())
    with building(tmp_path / "archive.db") as c:
        c.exec_driver_sql("INSERT INTO search_index(rowid, answer, question) VALUES (1, 'peace talks', 'why')")
    library = Library(tmp_path / "archive.db", query_seconds=30)
    yield library
    library.close()


WRITES = [
    "INSERT INTO outlets (slug, name) VALUES ('x', 'x')",
    "UPDATE interviews SET slug = 'x'",
    "DELETE FROM notes",
    "DROP TABLE notes",
    "CREATE TABLE x (y)",
    "CREATE TEMP TABLE x (y)",
    "CREATE VIEW x AS SELECT 1",
    "ALTER TABLE notes ADD COLUMN x",
    "ATTACH ':memory:' AS other",
    "ATTACH '{elsewhere}' AS other",
    "VACUUM",
    "VACUUM INTO '{elsewhere}'",
    "PRAGMA writable_schema=1",
    "PRAGMA query_only=0",
    "PRAGMA journal_mode=WAL",
    "PRAGMA trusted_schema=1",
    "PRAGMA data_version=1",
    "PRAGMA table_info(notes)",
    "SELECT * FROM pragma_table_info('notes')",
    "SELECT load_extension('x')",
    "INSERT INTO search_index(search_index) VALUES ('delete-all')",
    "INSERT INTO search_index(search_index, rowid, answer) VALUES ('delete', 1, 'peace talks')",
    "UPDATE sqlite_master SET sql = ''",
    "REINDEX",
    "ANALYZE",
    "BEGIN IMMEDIATE",
]


@pytest.mark.parametrize("statement", WRITES)
def test_nothing_said_on_a_lease_can_write(library: Library, tmp_path: Path, statement: str) -> None:
    before, names = library.path.read_bytes(), names_in(tmp_path)
    with library.lease() as lease, pytest.raises(DatabaseError):
        lease.connection.exec_driver_sql(statement.format(elsewhere=tmp_path / "elsewhere.db")).all()
    assert library.path.read_bytes() == before
    assert names_in(tmp_path) == names


def test_every_lock_holds_alone(library: Library, tmp_path: Path) -> None:
    names = names_in(tmp_path)
    attach, vacuum = f"ATTACH '{tmp_path / 'x.db'}' AS other", f"VACUUM INTO '{tmp_path / 'x.db'}'"
    with library.lease() as lease:
        raw = lease.connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        raw.set_authorizer(None)
        for statement in ("DELETE FROM notes", "CREATE TEMP TABLE x (y)", attach, vacuum):
            with pytest.raises(sqlite3.Error):
                raw.execute(statement)
        raw.execute("PRAGMA query_only=0")
        for statement in ("DELETE FROM notes", attach, vacuum):
            with pytest.raises(sqlite3.Error):
                raw.execute(statement)
    assert names_in(tmp_path) == names


def test_the_full_text_index_is_read_all_the_same(library: Library) -> None:
    with library.lease() as lease:
        found = lease.connection.exec_driver_sql(
            "SELECT rowid FROM search_index WHERE search_index MATCH '\"peace talks\"' ORDER BY bm25(search_index)"
        )
        assert found.scalars().all() == [1]


@pytest.mark.parametrize(
    "name", ["an archive.db", "what?.db", "a#b.db", "100%.db", "%41.db", "архив.db", "a;b&c=d.db", "-.db"]
)
def test_any_path_opens(tmp_path: Path, publish: Publish, receipt: Make, name: str) -> None:
    publish(receipt())
    (tmp_path / "archive.db").rename(tmp_path / name)
    library = Library(tmp_path / name)
    with library.lease() as lease:
        assert lease.connection.scalar(text("SELECT count(*) FROM interviews")) == 1
    library.close()
    assert names_in(tmp_path) == [name]


def test_a_relative_path_opens(
    tmp_path: Path, publish: Publish, monkeypatch: pytest.MonkeyPatch, receipt: Make
) -> None:
    publish(receipt())
    monkeypatch.chdir(tmp_path)
    with Library(Path("archive.db")).lease() as lease:
        assert lease.generation.number == 1


def test_a_query_is_stopped_at_the_deadline_of_its_lease(library: Library) -> None:
    library.query_seconds = 0.2
    start = time.monotonic()
    with pytest.raises(QueryTimeout, match=r"0\.2"), library.lease() as lease:
        lease.connection.exec_driver_sql(COUNT.format(10**9)).all()
    assert time.monotonic() - start < 5


def test_a_tighter_deadline_stops_its_query_and_the_lease_goes_on(library: Library) -> None:
    with library.lease() as lease:
        with pytest.raises(QueryTimeout), deadline(lease.connection, 0.05):
            lease.connection.exec_driver_sql(COUNT.format(10**9)).all()
        assert lease.connection.exec_driver_sql(COUNT.format(10**5)).scalar() == 10**5


def test_a_looser_deadline_does_not_loosen_that_of_the_lease(library: Library) -> None:
    library.query_seconds = 0.1
    start = time.monotonic()
    with pytest.raises(QueryTimeout), library.lease() as lease, deadline(lease.connection, 20):
        lease.connection.exec_driver_sql(COUNT.format(10**9)).all()
    assert time.monotonic() - start < 10


def test_a_connection_is_used_again_after_a_page_that_was_not_found(library: Library) -> None:
    seen = set()

    def miss() -> None:
        with library.lease() as lease:
            seen.add(id(lease.connection))
            raise NotHeld("answer", "x")

    for _ in range(5):
        with pytest.raises(NotHeld):
            miss()
    assert len(seen) == 1


def test_damage_met_while_reading_is_told(library: Library) -> None:
    spoil(library.path)
    with pytest.raises(ArchiveUnreadable, match="Restore"), library.lease() as lease:
        lease.connection.exec_driver_sql("SELECT text FROM passages").all()


def test_a_lease_may_be_used_in_another_thread(library: Library) -> None:
    with library.lease() as lease, ThreadPoolExecutor(1) as threads:
        found = threads.submit(lambda: lease.connection.scalar(text("SELECT count(*) FROM turns")))
        assert found.result() == 5


def marked(path: Path, number: int) -> None:
    """Publish a generation in which every one of many rows carries the same number."""
    with building(path) as c:
        c.execute(tables.sources.delete())
        rows = [{"sha256": f"{number} {n}", "size": number, "media_type": "x", "data": bytes(500)} for n in range(300)]
        c.execute(insert(tables.sources), rows)


def numbers_in(c: Connection) -> set[int]:
    return set(c.exec_driver_sql("SELECT size FROM sources").scalars())


def test_a_new_generation_is_seen_at_the_next_lease_and_a_lease_keeps_its_own(tmp_path: Path) -> None:
    marked(tmp_path / "archive.db", 1)
    library = Library(tmp_path / "archive.db")
    with library.lease() as old:
        assert numbers_in(old.connection) == {1}
        marked(tmp_path / "archive.db", 2)
        assert numbers_in(old.connection) == {1}
        with library.lease() as new:
            assert numbers_in(new.connection) == {2}
            assert new.identity == library.identity() != old.identity
            assert (old.generation.number, new.generation.number) == (1, 2)
        assert numbers_in(old.connection) == {1}
    library.close()


def test_a_file_that_is_replaced_while_it_is_opened_is_not_taken_for_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    marked(path, 1)

    class Raced(Library):
        """A library that is overtaken by a publication between looking at the file and opening it."""

        waiting = True

        def identity(self) -> Identity:
            found = super().identity()
            if self.waiting:
                self.waiting = False
                marked(path, 2)
            return found

    library = Raced(path)
    for _ in range(2):
        with library.lease() as lease:
            assert (lease.generation.number, lease.identity) == (2, Library(path).identity())
    library.close()


def open_archives(tmp_path: Path) -> list[str]:
    links = [link for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
    return [str(link.readlink()) for link in links if str(tmp_path) in str(link.readlink())]


def test_old_generations_are_let_go(tmp_path: Path) -> None:
    library = Library(tmp_path / "archive.db")
    for number in range(5):
        marked(tmp_path / "archive.db", number)
        with library.lease(), library.lease():
            pass
    assert len(open_archives(tmp_path)) == 2
    with library.lease():
        marked(tmp_path / "archive.db", 5)
        with library.lease():
            pass
    assert len(open_archives(tmp_path)) == 1, "a lease of the generation before is closed when it comes back"
    library.close()
    assert open_archives(tmp_path) == []


def test_generations_change_under_readers_and_no_lease_mixes_two(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    marked(path, 1)
    library = Library(path, query_seconds=30)
    finished = threading.Event()

    def one(lease: Lease) -> int:
        first = numbers_in(lease.connection)
        time.sleep(0.001)
        second = numbers_in(lease.connection)
        assert first == second == {lease.generation.number}
        return lease.generation.number

    def read() -> list[int]:
        seen: list[int] = []
        while not finished.is_set():
            with library.lease() as lease:
                seen.append(one(lease))
        return seen

    with ThreadPoolExecutor(4) as threads:
        readers = [threads.submit(read) for _ in range(4)]
        try:
            for number in range(2, 32):
                marked(path, number)
                with library.lease() as lease:
                    assert one(lease) == number
        finally:
            finished.set()
        for reader in readers:
            seen = reader.result()
            assert seen == sorted(seen)
            assert len(set(seen)) > 5
    assert len(open_archives(tmp_path)) <= 5
    library.close()
