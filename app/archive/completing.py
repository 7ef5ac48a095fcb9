"""Completes a generation before it is published: what was touched is checked and counted, the whole is sealed."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection, select, update

import app
from app.archive import checking, dates, digest, header, opening, recounting
from app.archive.tables import generation
from app.errors import ArchiveMissing, ArchiveUnreadable

_NUMBER = select(generation.c.number)
_NAME = update(generation)


def complete(c: Connection, origin: Path) -> None:
    """Complete what `c` has written to since `digest.watch`; `origin` is the file it began as a copy of, if any.

    What was touched is checked as it was before and as it is now. All pages are where there is no such file, or one of
    an older schema; else `verify` does that. Raises ArchiveUnreadable.
    """
    touched = digest.touched(c)
    slugs = {key for scope, key in touched if scope == "interview"}
    with _published(origin) as before:
        if before is None:
            _stop_at(origin, [str(found) for (found,) in c.exec_driver_sql("PRAGMA quick_check(10)") if found != "ok"])
        else:
            # What is damaged must not be sealed as if it had been published so.
            _stop_at(origin, list(islice(digest.faults_of(before, touched), checking.MOST)))
        _stop_at(origin, checking.check_some(c, slugs))
        recounting.recount(c, before, slugs)
    digest.settle(c, touched)
    name = {"token": secrets.token_hex(8), "published_at": dates.now(), "program": app.__version__}
    c.execute(_NAME, {"number": c.execute(_NUMBER).scalar_one() + 1, **name})
    digest.seal(c)


@contextmanager
def _published(origin: Path) -> Iterator[Connection | None]:
    """Open the file that a build began as a copy of; None where there is none, or one of an older schema."""
    try:
        is_current = header.schema_of(origin) == header.CURRENT
    except ArchiveMissing:
        is_current = False
    if not is_current:
        yield None
        return
    with opening.for_checking(origin) as c:
        yield c


def _stop_at(file: Path, faults: list[str] | tuple[str, ...]) -> None:
    if faults:
        raise damaged(file, "; ".join(faults))


def damaged(file: Path, how: str) -> ArchiveUnreadable:
    """Return the error that says of a file how it is damaged, and what to do."""
    return ArchiveUnreadable(file, f"is damaged: {how}. Restore it from a copy")
