"""Builds a new generation of the archive beside the one that is published, and puts it in its place or leaves none."""

from __future__ import annotations

import errno
import fcntl
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, insert, select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

from app.archive import completing, digest, header, lapsing, previous, tables
from app.archive.copying import copy
from app.errors import ArchiveBusy, ArchiveMissing, PublishingFailed, PublishingUnconfirmed
from app.resources import migrations

Connected = Connection
"""A connection to an archive, for those layers that only hand it on."""
PAGE_SIZE = 16384
"""Bytes of a page of a fresh archive; measured best for rows of this length."""
_SIDES = ("", "-journal", "-wal", "-shm", "-forgetful")
_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_FULL = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}

_GENERATION = select(tables.generation)
_UNPUBLISHED = {"number": 0, "token": "", "published_at": "", "program": "", "analysis": ""}


class NothingToPublish(Exception):
    """Raised inside `building` to leave the published generation as it is."""


@contextmanager
def building(path: Path, *, forgetting: bool = False, returning: bool = False) -> Iterator[Connection]:
    """Yield a connection that writes to a copy of the archive, or to a fresh one; at its end the copy is published.

    Everything within is one transaction. When the block raises, or the process is killed at any moment, the published
    file is what it was; NothingToPublish ends quietly. The generation that was published is kept as the one before;
    `forgetting` keeps none, and leaves nothing of what was deleted in the bytes of the file. `returning` starts from
    the generation before instead of the published one. Raises ArchiveBusy, ArchiveUnreadable and PublishingFailed,
    NothingBefore where there is none to return to, and PublishingUnconfirmed where the new generation is published and
    the disk does not say that it will stay.
    """
    with _told_apart(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    origin = previous.path_of(path) if returning else path
    with _locked(path) as folder, _told_apart(path, origin):
        build = path.with_name(f"{path.name}.building")
        _remove(build)
        previous.settle(path)
        if returning:
            previous.require(path)
        try:
            _start(origin, build)
            with _writing(build) as connection:
                digest.watch(connection)
                lapsing.watch(connection)
                yield connection
                completing.complete(connection, origin)
            if forgetting:
                _forget(build)
            _put_in_place(build, path, folder, forgetting=forgetting)
        except NothingToPublish:
            return
        finally:
            _remove(build)


@contextmanager
def rehearsing(path: Path) -> Iterator[Connection]:
    """Yield what `building` yields, on a copy in a temporary folder that is thrown away: nothing is ever published."""
    with _told_apart(path), tempfile.TemporaryDirectory(prefix="verbatim-") as folder:
        build = Path(folder) / "rehearsal.db"
        _start(path, build)
        with _writing(build) as connection:
            yield connection


@contextmanager
def _locked(path: Path) -> Iterator[int]:
    """Hold the lock of the archive's folder; it belongs to the open folder, so no file of it remains."""
    with _told_apart(path):
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ArchiveBusy(path) from error
        yield folder
    finally:
        os.close(folder)


@contextmanager
def _told_apart(path: Path, origin: Path | None = None) -> Iterator[None]:
    """Say of what the disk refuses that nothing was published, of a damaged file that it is; let other errors be.

    `origin` is the file that is read, where it is not the one at `path`.
    """
    try:
        yield
    except OSError as error:
        raise PublishingFailed(path, error.strerror or str(error)) from error
    except DatabaseError as error:
        code = int(getattr(error.orig, "sqlite_errorcode", 0)) & 0xFF
        if code in _FULL:
            raise PublishingFailed(path, str(error.orig)) from error
        if code in _DAMAGE:
            raise completing.damaged(origin or path, str(error.orig)) from error
        raise


def _remove(build: Path) -> None:
    for side in _SIDES:
        build.with_name(build.name + side).unlink(missing_ok=True)


def _start(path: Path, build: Path) -> None:
    """Make `build` a copy of the archive, of today's schema, or a fresh archive where there is none."""
    try:
        schema = header.schema_of(path)
    except ArchiveMissing:
        schema = 0
        with _fresh(build) as raw:
            raw.execute(f"PRAGMA page_size={PAGE_SIZE}")
            raw.execute(f"PRAGMA application_id={tables.APPLICATION_ID}")
    else:
        copy(path, build)
    if schema < header.CURRENT:
        with _writing(build, foreign_keys=False) as connection:
            _migrate(connection)
            connection.exec_driver_sql(f"PRAGMA user_version={header.CURRENT}")
            if connection.execute(_GENERATION).one_or_none() is None:
                connection.execute(
                    insert(tables.generation),
                    {"number": 0, "token": "", "published_at": "", "program": "", "analysis": ""},
                )
            digest.settle(connection, digest.everything(connection))


@contextmanager
def _fresh(build: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(build, isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()


def _migrate(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations()).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _forget(build: Path) -> None:
    """Write the build anew from what is in it: the pages of a file keep much of what was deleted from them."""
    anew = build.with_name(f"{build.name}-forgetful")
    with closing(sqlite3.connect(build, isolation_level=None)) as connection:
        connection.execute("VACUUM INTO ?", (str(anew),))
    anew.replace(build)


@contextmanager
def _writing(build: Path, *, foreign_keys: bool = True) -> Iterator[Connection]:
    """Open the build for one transaction. It is fsynced as a whole later, so nothing waits for the disk here."""
    opened = _BUILD.set((build, foreign_keys))
    try:
        connecting = _engine().connect()
    finally:
        _BUILD.reset(opened)
    with connecting as connection, connection.begin():
        yield connection


_BUILD: ContextVar[tuple[Path, bool]] = ContextVar("build")


@cache
def _engine() -> Engine:
    """Return the one engine of all builds: statements are compiled once, which is most of a small import's work."""
    engine = create_engine("sqlite://", creator=_open, poolclass=NullPool)
    # Python's sqlite3 would begin and commit by itself, around single statements; savepoints need it to keep out.
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def _open() -> sqlite3.Connection:
    build, foreign_keys = _BUILD.get()
    raw = sqlite3.connect(build, isolation_level=None)
    raw.execute("PRAGMA synchronous=OFF")
    raw.execute("PRAGMA cache_size=-65536")
    raw.execute("PRAGMA cell_size_check=1")
    raw.execute(f"PRAGMA foreign_keys={int(foreign_keys)}")
    return raw


def _put_in_place(build: Path, path: Path, folder: int, *, forgetting: bool) -> None:
    with build.open("rb") as file:
        os.fsync(file.fileno())
    if forgetting:
        previous.drop(path)
    else:
        previous.hold(path)
    build.replace(path)
    try:
        previous.settle(path)
        os.fsync(folder)
    except OSError as error:
        if error.errno != errno.EINVAL:  # as where folders cannot be brought to the disk by themselves
            raise PublishingUnconfirmed(path, error.strerror or str(error)) from error
