"""Keeps the generation before the published one as a file beside it; how it is published again is elsewhere."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, create_engine, select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

from app.archive import header, tables
from app.archive.copying import copy
from app.errors import ArchiveUnreadable, NothingBefore

_ONE = select(tables.generation.c.number, tables.generation.c.token)


def path_of(archive: Path) -> Path:
    """Return where the generation before the published one is kept."""
    return archive.with_name(f"{archive.name}.previous")


def drop(archive: Path) -> None:
    """Remove the generation before, for good, and whatever was to become it."""
    for file in (path_of(archive), _leaving(archive), _copying(archive)):
        file.unlink(missing_ok=True)


def hold(archive: Path) -> None:
    """Give the published file, where there is one, a second name that it keeps when another takes its place.

    It is a second link; a copy, brought to the disk, where the file system has no links.
    """
    try:
        os.link(archive, _leaving(archive))
    except FileNotFoundError:
        return
    except OSError:
        copy(archive, _copying(archive))
        with _copying(archive).open("rb") as file:
            os.fsync(file.fileno())
        _copying(archive).replace(_leaving(archive))


def settle(archive: Path) -> None:
    """Make what was held the generation before, if another was published since; else let go of it.

    What a process that was killed left behind comes to the same.
    """
    _copying(archive).unlink(missing_ok=True)
    leaving = _leaving(archive)
    if leaving.exists():
        if generation_of(leaving) in (None, generation_of(archive)):
            leaving.unlink()
        else:
            leaving.replace(path_of(archive))


def require(archive: Path) -> None:
    """Raise NothingBefore where what is kept is not the generation before the one that is published.

    Every page of it is read, since it was kept for long. Raises ArchiveMissing where nothing is published, and
    ArchiveUnreadable where either is damaged.
    """
    header.schema_of(archive)
    now, before = generation_of(archive), generation_of(path_of(archive))
    if now is None:
        raise ArchiveUnreadable(archive, "is damaged: it does not say which generation it is. Restore it from a copy")
    if not path_of(archive).exists():
        raise NothingBefore(archive, "it is the first one, or the last was made to leave nothing behind it")
    if before is None or before[0] != now[0] - 1:
        told = "not a whole archive" if before is None else f"generation {before[0]}"
        raise NothingBefore(archive, f"{path_of(archive).name} is {told}, and here is generation {now[0]}")
    with opened(path_of(archive)) as c:
        faults = [fault for (fault,) in c.exec_driver_sql("PRAGMA quick_check(10)") if fault != "ok"]
    if faults:
        raise ArchiveUnreadable(path_of(archive), f"is damaged: {'; '.join(faults)}")


def generation_of(file: Path) -> tuple[int, str] | None:
    """Return number and token of the generation that a file is; None where it is none, or damaged."""
    try:
        with opened(file) as c:
            row = c.execute(_ONE).first()
    except DatabaseError:
        return None
    return None if row is None else (row.number, row.token)


@contextmanager
def opened(file: Path) -> Iterator[Connection]:
    """Open an archive file of any schema for reading; raises what SQLAlchemy does where it is none."""
    address = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(address, uri=True), poolclass=NullPool)
    with engine.connect() as connection:
        yield connection


def _leaving(archive: Path) -> Path:
    return archive.with_name(f"{archive.name}.leaving")


def _copying(archive: Path) -> Path:
    return archive.with_name(f"{archive.name}.leaving-copy")
