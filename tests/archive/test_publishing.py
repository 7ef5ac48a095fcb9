"""A generation is put in place whole or not at all."""

from __future__ import annotations

import fcntl
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, pool

from app.archive import checking, header, reading, tables
from app.archive.opening import Library, for_checking
from app.archive.publishing import PAGE_SIZE, NothingToPublish, building, rehearsing
from app.errors import ArchiveBusy, ArchiveMissing, ArchiveUnreadable, PublishingFailed
from app.resources import migrations

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


def tokens(path: Path) -> tuple[int, str]:
    library = Library(path)
    with library.lease() as lease:
        library.close()
        return lease.generation.number, lease.generation.token


def test_a_fresh_archive_is_one_file_with_its_own_mark_and_no_side_files(
    tmp_path: Path, publish: Publish, receipt: Make
) -> None:
    publish(receipt())
    raw = sqlite3.connect(tmp_path / "archive.db")
    facts = [raw.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_size", "application_id", "journal_mode")]
    raw.close()
    assert facts == [PAGE_SIZE, tables.APPLICATION_ID, "delete"]
    assert names_in(tmp_path) == ["archive.db"]


def test_each_publication_has_the_next_number_and_a_token_of_its_own(
    tmp_path: Path, publish: Publish, receipt: Make
) -> None:
    publish(receipt())
    first = tokens(tmp_path / "archive.db")
    publish(receipt("other.txt"))
    second = tokens(tmp_path / "archive.db")
    assert (first[0], second[0]) == (1, 2)
    assert first[1] != second[1]


@pytest.mark.parametrize("error", [NothingToPublish, KeyboardInterrupt, ZeroDivisionError])
def test_a_block_that_does_not_end_well_leaves_the_published_file_as_it_was(
    tmp_path: Path, publish: Publish, receipt: Make, error: type[BaseException]
) -> None:
    publish(receipt())
    path = tmp_path / "archive.db"
    before = path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino

    def fail() -> None:
        with building(path) as c:
            c.exec_driver_sql("DELETE FROM notes")
            c.exec_driver_sql("UPDATE interviews SET slug = 'other'")
            raise error

    if error is NothingToPublish:
        fail()
    else:
        with pytest.raises(error):
            fail()
    assert (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino) == before
    assert names_in(tmp_path) == ["archive.db"]


def test_nothing_to_publish_makes_no_archive_where_there_is_none(tmp_path: Path) -> None:
    def publish_nothing() -> None:
        with building(tmp_path / "archive.db"):
            raise NothingToPublish

    publish_nothing()
    assert names_in(tmp_path) == []


def test_a_rehearsal_publishes_nothing(tmp_path: Path, publish: Publish, receipt: Make) -> None:
    publish(receipt())
    before = (tmp_path / "archive.db").read_bytes()
    with rehearsing(tmp_path / "archive.db") as c:
        c.exec_driver_sql("UPDATE interviews SET slug = 'other'")
        assert reading.generation(c).number == 1
    with rehearsing(tmp_path / "none.db") as c:
        assert reading.generation(c).number == 0
    assert (tmp_path / "archive.db").read_bytes() == before
    assert names_in(tmp_path) == ["archive.db"]


def test_two_importers_are_kept_apart(tmp_path: Path, publish: Publish, receipt: Make) -> None:
    publish(receipt())
    with building(tmp_path / "archive.db"):
        with pytest.raises(ArchiveBusy), building(tmp_path / "archive.db"):
            pass
        assert tokens(tmp_path / "archive.db")[0] == 1
    assert tokens(tmp_path / "archive.db")[0] == 2


def test_the_lock_is_free_again_after_a_failure(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), building(tmp_path / "archive.db"):
        raise ZeroDivisionError
    folder = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(folder)


def test_what_a_killed_import_left_is_removed(tmp_path: Path, publish: Publish, receipt: Make) -> None:
    for side in ("", "-journal", "-wal", "-shm"):
        (tmp_path / f"archive.db.building{side}").write_bytes(b"left by a process that was killed")
    publish(receipt())
    assert names_in(tmp_path) == ["archive.db"]


def test_a_disk_that_takes_no_more_leaves_the_old_generation(tmp_path: Path, publish: Publish, receipt: Make) -> None:
    publish(receipt())
    path = tmp_path / "archive.db"
    before = path.read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 2 * PAGE_SIZE, hard))
    try:
        with pytest.raises(PublishingFailed, match="as it was"), building(path) as c:
            c.exec_driver_sql("INSERT INTO sources VALUES (99, 'x', 1, 'text/plain', zeroblob(90000000))")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert path.read_bytes() == before
    assert names_in(tmp_path) == ["archive.db"]


def test_a_place_that_is_no_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(PublishingFailed), building(tmp_path / "file" / "archive.db"):
        pass


CHILD = """
import sys
from pathlib import Path
from sqlalchemy import insert
from app.archive import tables
from app.archive.publishing import building
print("ready", flush=True)
for turn in range(10000):
    with building(Path(sys.argv[1])) as c:
        rows = [{"sha256": f"{turn} {n}", "size": 1, "media_type": "x", "data": bytes(2000)} for n in range(200)]
        c.execute(tables.sources.delete().where(tables.sources.c.sha256.contains(" ")))
        c.execute(insert(tables.sources), rows)
    print("published", flush=True)
"""


def test_a_kill_at_any_moment_leaves_a_whole_generation(tmp_path: Path, publish: Publish, receipt: Make) -> None:
    publish(receipt())
    path = tmp_path / "archive.db"
    seed = random.Random(7)
    numbers = [tokens(path)[0]]
    for turn in range(6):
        child = subprocess.Popen([sys.executable, "-c", CHILD, str(path)], stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        # Every other child is let publish once, however slow the machine is, so that there is something to lose.
        assert turn % 2 == 0 or child.stdout.readline() == "published\n"
        time.sleep(seed.uniform(0, 0.25))
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        numbers.append(tokens(path)[0])
        with for_checking(path) as c:
            assert c.exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]
            shas = c.exec_driver_sql("SELECT sha256 FROM sources").scalars().all()
        runs = [sha.split()[0] for sha in shas if " " in sha]
        assert (len(runs), len(set(runs))) in {(0, 0), (200, 1)}
    assert numbers == sorted(numbers)
    assert numbers[-1] > 1, "no generation was published before a kill: the test saw nothing"
    publish(receipt("after.txt"))
    assert sorted(names_in(tmp_path)) == ["archive.db", "archive.db.previous"]


# What is no archive, or not one of today.


def made(path: Path, *statements: str) -> Path:
    raw = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        raw.execute(statement)
    raw.close()
    return path


def refused_everywhere(path: Path) -> str:
    before = path.read_bytes()
    with pytest.raises(ArchiveUnreadable), Library(path).lease():
        pass
    with pytest.raises(ArchiveUnreadable), for_checking(path):
        pass
    with pytest.raises(ArchiveUnreadable) as told, building(path):
        pass
    assert path.read_bytes() == before
    return str(told.value)


def test_a_foreign_sqlite_file_is_told_from_an_archive_and_never_written_to(tmp_path: Path) -> None:
    path = made(tmp_path / "theirs.db", "CREATE TABLE bookmarks (url)")
    assert "not a Verbatim archive" in refused_everywhere(path)


@pytest.mark.parametrize("data", [b"", b"SQL", b"Dear archive,\n" * 100, bytes(5000)])
def test_a_file_of_another_kind_is_told(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "archive.db"
    path.write_bytes(data)
    refused_everywhere(path)


@pytest.mark.parametrize("share", [0.001, 0.3, 0.99])
def test_a_file_that_is_cut_short_is_told(tmp_path: Path, publish: Publish, receipt: Make, share: float) -> None:
    publish(receipt())
    path = tmp_path / "archive.db"
    data = path.read_bytes()
    path.write_bytes(data[: max(20, int(len(data) * share))])
    assert "Restore it" in refused_everywhere(path)


def test_an_archive_of_a_newer_program_is_left_alone(tmp_path: Path, publish: Publish, receipt: Make) -> None:
    publish(receipt())
    made(tmp_path / "archive.db", f"PRAGMA user_version={header.CURRENT + 1}")
    assert "newer version" in refused_everywhere(tmp_path / "archive.db")


def test_an_archive_of_an_older_schema_says_what_to_do_and_the_next_import_migrates_it(
    tmp_path: Path, publish: Publish, receipt: Make
) -> None:
    path = made(tmp_path / "archive.db", f"PRAGMA application_id={tables.APPLICATION_ID}", "VACUUM")
    with pytest.raises(ArchiveUnreadable, match="verbatim import"), Library(path).lease():
        pass
    publish(receipt())
    assert tokens(path)[0] == 1


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    with pytest.raises(ArchiveUnreadable), Library(tmp_path).lease():
        pass


def test_no_file_is_told_with_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissing, match="verbatim import"), Library(tmp_path / "archive.db").lease():
        pass


def test_damage_is_found_where_something_is_written(tmp_path: Path, publish: Publish, receipt: Make) -> None:
    publish(receipt())
    path = tmp_path / "archive.db"
    spoil(path)
    data = path.read_bytes()
    with pytest.raises(ArchiveUnreadable, match="damaged"):
        publish(receipt("other.txt"))
    assert path.read_bytes() == data


def test_what_was_changed_behind_the_back_of_the_program_is_not_published_as_if_it_had_been_said(
    tmp_path: Path, publish: Publish, receipt: Make
) -> None:
    (stored,) = publish(receipt())
    path = made(tmp_path / "archive.db", "UPDATE passages SET text = text || '!' WHERE position = 1")
    data = path.read_bytes()
    with pytest.raises(ArchiveUnreadable, match=f"interview {stored.slug} is not as it was published"):
        publish(receipt(time="10:00"))
    assert path.read_bytes() == data


def test_damage_where_nothing_is_written_is_found_by_verifying(tmp_path: Path, publish: Publish, receipt: Make) -> None:
    publish(receipt(data=bytes(range(256)) * 400))
    path = tmp_path / "archive.db"
    whole = path.read_bytes()
    at = whole.index(bytes(range(256)) * 2) + 300
    path.write_bytes(whole[:at] + b"!" + whole[at + 1 :])
    publish(receipt("other.txt", date="2021-01-01"))
    with for_checking(path) as c:
        assert [fault for fault in checking.check(c) if "other bytes" in fault]


def test_what_is_written_and_does_not_add_up_is_not_published(tmp_path: Path, publish: Publish, receipt: Make) -> None:
    publish(receipt())
    path = tmp_path / "archive.db"
    data = path.read_bytes()
    with pytest.raises(ArchiveUnreadable, match="has lost a turn"), building(path) as c:
        c.exec_driver_sql("DELETE FROM passages WHERE position = 2")
    assert path.read_bytes() == data


# The migrations.


def scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(migrations()))
    return ScriptDirectory.from_config(config)


def test_the_schema_of_the_program_is_the_newest_migration() -> None:
    assert scripts().get_current_head() == tables.SCHEMA


def test_the_migrations_make_exactly_the_tables_of_the_program(tmp_path: Path, publish: Publish) -> None:
    publish()
    engine = create_engine(f"sqlite:///{tmp_path / 'archive.db'}", poolclass=pool.NullPool)
    with engine.connect() as c:
        ours = {
            "include_object": lambda item, name, kind, *_: not (kind == "table" and name.startswith("search_index"))
        }
        assert compare_metadata(MigrationContext.configure(c, opts=ours), tables.metadata) == []
        made = {row[0]: row[1] for row in c.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'table'")}
        for table in tables.metadata.tables.values():
            without = table.dialect_options["sqlite"]["with_rowid"] is False
            assert ("WITHOUT ROWID" in made[table.name]) == without, table.name
    assert "search_index" in made
