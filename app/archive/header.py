"""Tells an archive from another file, a whole one from a cut one, by SQLite's file header; the pages are not read."""

from __future__ import annotations

from pathlib import Path

from app.archive.tables import APPLICATION_ID, SCHEMA
from app.errors import ArchiveMissing, ArchiveUnreadable

CURRENT = int(SCHEMA)
"""The schema that this program reads and writes."""
_MAGIC = b"SQLite format 3\x00"
_OTHER = "Name another file after --archive, or in VERBATIM_ARCHIVE"


def schema_of(path: Path) -> int:
    """Return the number of the migration the archive at `path` is at: the current one or an older one.

    The header is that of https://www.sqlite.org/fileformat.html, section 1.3. Raises ArchiveMissing, and
    ArchiveUnreadable where the file is no archive, is cut short, or was made by a newer program.
    """
    try:
        with path.open("rb") as file:
            header = file.read(100)
            size = file.seek(0, 2)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise ArchiveMissing(path) from error
    except IsADirectoryError as error:
        raise ArchiveUnreadable(path, f"is a folder, not an archive. {_OTHER}") from error
    except OSError as error:
        raise ArchiveUnreadable(path, f"cannot be read: {error.strerror}") from error
    if not header:
        raise ArchiveUnreadable(path, "is an empty file, not an archive. Remove it, or restore it from a copy")
    if not header.startswith(_MAGIC[: len(header)]):
        raise ArchiveUnreadable(path, f"is not a Verbatim archive. {_OTHER}")
    if len(header) < 100 or size != _pages(header) * _page_size(header):
        raise ArchiveUnreadable(path, "is damaged: it is not as long as it says it is. Restore it from a copy")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise ArchiveUnreadable(path, f"is an SQLite file, but not a Verbatim archive. {_OTHER}")
    schema = int.from_bytes(header[60:64], "big")
    if schema > CURRENT:
        raise ArchiveUnreadable(
            path,
            f"was made by a newer version of Verbatim (schema {schema}, this one knows {CURRENT}). Update Verbatim",
        )
    return schema


def require_current(path: Path) -> None:
    """Raise ArchiveUnreadable, saying what to do, where the archive is of an older schema than this program's."""
    schema = schema_of(path)
    if schema < CURRENT:
        raise ArchiveUnreadable(
            path,
            f"was made by an older version of Verbatim (schema {schema}, this one reads {CURRENT}). "
            f"Any import brings it up to date: verbatim import data/transcripts --archive {path}",
        )


def _page_size(header: bytes) -> int:
    size = int.from_bytes(header[16:18], "big")
    return 65536 if size == 1 else size


def _pages(header: bytes) -> int:
    return int.from_bytes(header[28:32], "big")
