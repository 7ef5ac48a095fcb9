"""Opens a published archive for reading: one lease for one response, and no way to write; what is read is elsewhere."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from app.archive import header, tables
from app.archive.holdings import Generation
from app.errors import ArchiveMissing, ArchiveUnreadable, QueryTimeout

Identity = tuple[int, ...]
"""What tells one published file from another: device, inode, bytes, modification time in nanoseconds."""

_IDLE = 16
_STEPS = 1000
_CLOCK = "verbatim.clock"
_READS = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE})
_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}

_GENERATION = select(tables.generation)


class _Clock:
    """When the query of one connection has to stop, by the monotonic clock."""

    __slots__ = ("end", "seconds")

    def __init__(self) -> None:
        self.end, self.seconds = float("inf"), 0.0

    def is_over(self) -> bool:
        return time.monotonic() > self.end


@dataclass(frozen=True, slots=True)
class Lease:
    """One connection for one response, all of whose reads see one generation."""

    connection: Connection
    generation: Generation
    identity: Identity


class _File:
    """One published file and its connections that nobody uses now."""

    __slots__ = ("dropped", "generation", "identity", "idle")

    def __init__(self, identity: Identity, generation: Generation) -> None:
        self.identity, self.generation = identity, generation
        self.idle: list[Connection] = []
        self.dropped = False


class Library:
    """The archive at a path, whichever generation is published there; safe to use from many threads."""

    def __init__(self, path: Path, query_seconds: float = 2.0) -> None:
        self.path, self.query_seconds = path, query_seconds
        self._engine = _engine(path)
        self._lock = threading.Lock()
        self._file: _File | None = None

    def identity(self) -> Identity:
        """Return the identity of the file that is published now; raises ArchiveMissing, ArchiveUnreadable."""
        return _identify(self.path)

    @contextmanager
    def lease(self, seconds: float | None = None) -> Iterator[Lease]:
        """Lend a connection to the newest generation, with a deadline of `seconds` from now; else of `query_seconds`.

        Raises ArchiveMissing, ArchiveUnreadable and, from the queries within, QueryTimeout.
        """
        file, connection = self._take()
        try:
            with _told_apart(self.path), deadline(connection, self.query_seconds if seconds is None else seconds):
                yield Lease(connection, file.generation, file.identity)
        finally:
            self._give_back(file, connection)

    def close(self) -> None:
        """Close the connections that nobody uses; those on loan are closed when they come back."""
        with self._lock:
            file, self._file = self._file, None
        if file is not None:
            self._drop(file)

    def _take(self) -> tuple[_File, Connection]:
        while True:
            identity = self.identity()
            with self._lock:
                file = self._file
                if file is not None and file.identity == identity and file.idle:
                    return file, file.idle.pop()
            with _told_apart(self.path):
                header.require_current(self.path)
                connection = self._engine.connect()
            try:
                with _told_apart(self.path):
                    generation = Generation(**connection.execute(_GENERATION).mappings().one())
                settled = self.identity() == identity
            except BaseException:
                connection.close()
                raise
            if settled:
                return self._file_of(identity, generation), connection
            connection.close()

    def _file_of(self, identity: Identity, generation: Generation) -> _File:
        """Return the record of the file just opened, and drop the one before it if it is another."""
        with self._lock:
            old = self._file
            if old is not None and old.identity == identity:
                return old
            self._file = file = _File(identity, generation)
        if old is not None:
            self._drop(old)
        return file

    def _drop(self, file: _File) -> None:
        with self._lock:
            file.dropped = True
            idle, file.idle = file.idle, []
        for connection in idle:
            connection.close()

    def _give_back(self, file: _File, connection: Connection) -> None:
        connection.rollback()
        with self._lock:
            kept = not file.dropped and len(file.idle) < _IDLE
            if kept:
                file.idle.append(connection)
        if not kept:
            connection.close()


@contextmanager
def deadline(connection: Connection, seconds: float) -> Iterator[None]:
    """Stop what runs on a leased connection `seconds` from now, or earlier where a deadline around it says so.

    The query that is stopped raises; it leaves this context, or the lease, as QueryTimeout.
    """
    clock: _Clock = connection.info[_CLOCK]
    before = clock.end, clock.seconds
    clock.end, clock.seconds = min(clock.end, time.monotonic() + seconds), seconds
    try:
        yield
    except DatabaseError as error:
        if _code(error) == sqlite3.SQLITE_INTERRUPT:
            raise QueryTimeout(seconds) from error
        raise
    finally:
        clock.end, clock.seconds = before


@contextmanager
def for_checking(path: Path) -> Iterator[Connection]:
    """Open the published file read-only, but without deadline and authorizer: for checks, which also need pragmas and
    temporary tables, and not for a site.

    Raises ArchiveMissing and ArchiveUnreadable.
    """
    header.require_current(path)
    with _told_apart(path), _engine(path, closed=False).connect() as connection:
        yield connection


def _identify(path: Path) -> Identity:
    try:
        stat = path.stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise ArchiveMissing(path) from error
    except OSError as error:
        raise ArchiveUnreadable(path, f"cannot be read: {error.strerror}") from error
    return identity_of(stat)


def identity_of(stat: os.stat_result) -> Identity:
    """Return what the state of a file tells of it."""
    return stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns


def _engine(path: Path, *, closed: bool = True) -> Engine:
    engine = create_engine(
        "sqlite://", creator=lambda: _connect(path), poolclass=NullPool, isolation_level="AUTOCOMMIT"
    )

    def close_off(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
        clock = record.info[_CLOCK] = _Clock()
        connection.set_progress_handler(clock.is_over, _STEPS)
        connection.execute("PRAGMA query_only=1")
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        connection.set_authorizer(_authorize)

    if closed:
        # This runs after SQLAlchemy has asked its own questions of the engine's first connection.
        event.listen(engine, "connect", close_off)
    return engine


@contextmanager
def _told_apart(path: Path) -> Iterator[None]:
    """Say of a file that SQLite finds damaged that it is; let every other error be what it is."""
    try:
        yield
    except DatabaseError as error:
        if _code(error) not in _DAMAGE:
            raise
        raise ArchiveUnreadable(path, f"is damaged: {error.orig}. Restore it from a copy") from error


def _code(error: DatabaseError) -> int:
    return int(getattr(error.orig, "sqlite_errorcode", 0)) & 0xFF


def _connect(path: Path) -> sqlite3.Connection:
    """Open the file itself as what it is: read only, never changing, and not to be trusted."""
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        connection = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)
    except sqlite3.Error as error:
        raise ArchiveUnreadable(path, f"cannot be opened: {error}") from error
    try:
        connection.execute("PRAGMA trusted_schema=0")
        connection.execute("PRAGMA cell_size_check=1")
        connection.execute("PRAGMA cache_size=-8192")
        # FTS5 and JSON declare their tables when they are first named, which counts as an update of sqlite_master: they
        # are made to do so now, before the authorizer, which then need not allow any update at all.
        connection.execute("SELECT rowid FROM search_index LIMIT 0")
        connection.execute("SELECT term FROM search_index_words LIMIT 0")
        connection.execute("SELECT value FROM json_each('[]')")
    except (sqlite3.Error, UnicodeDecodeError) as error:  # the second where the damaged words stand in SQLite's message
        connection.close()
        raise ArchiveUnreadable(path, f"is damaged: {error}. Restore it from a copy") from error
    return connection


def _authorize(action: int, first: str | None, second: str | None, _schema: str | None, _within: str | None) -> int:
    """Answer what SQLite asks as it compiles a statement: reads and functions, and the one pragma that FTS5 needs."""
    allowed = (
        action in _READS
        or (action == sqlite3.SQLITE_FUNCTION and second != "load_extension")
        or (action == sqlite3.SQLITE_PRAGMA and first == "data_version" and second is None)
    )
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY
