"""Verifies a published archive: the file, the index, and that each source's words are all in its record."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from app import readers
from app.archive import checking, reading, restoring
from app.archive.opening import for_checking
from app.archive.publishing import Connected
from app.errors import ArchiveError, SourceRefused
from app.parsing import conservation
from app.search import index


def verify(archive: Path) -> tuple[str, ...]:
    """Return what is wrong with an archive, one sentence a fault; empty where all is right.

    Of each kind of fault the first twenty are told. Raises ArchiveMissing and ArchiveUnreadable.
    """
    with for_checking(archive) as c:
        return faults(c)


def faults(c: Connected) -> tuple[str, ...]:
    """Return what is wrong with the archive of a connection that may make temporary tables; see verify."""
    found: list[str] = []
    for check in (checking.check, index.check, _unaccounted):
        try:
            found.extend(islice(check(c), checking.MOST))
        except ArchiveError:
            raise
        except Exception as error:
            # What is damaged may be of any shape, so that reading it may fail in any way; what could not be checked
            # is never said to be sound.
            found.append(f"the rest could not be checked: {type(error).__name__}: {error}")
            break
    return tuple(found)


def digest(archive: Path) -> str:
    """Return the digest of all that an archive holds, in hexadecimal, as it was published; verify compares it."""
    with for_checking(archive) as c:
        return reading.generation(c).digest


def _unaccounted(c: Connected) -> Iterator[str]:
    """Yield where a stored record does not have the words of its source, read anew from the bytes."""
    for held in restoring.restored(c):
        if held.source is None:
            continue
        where = f"version {held.number} of interview {held.slug}"
        try:
            words = conservation.check(readers.read(held.source), held.interview, held.source.name)
        except SourceRefused as refused:
            yield f"{where}: {refused}"
            continue
        if words != held.interview.words:
            yield f"{where} is said to have {held.interview.words} words and has {words}"
