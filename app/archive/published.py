"""Opens the published file itself, for whoever hands on or counts its bytes; what is in it is read through a lease."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

from app.archive.holdings import Generation
from app.archive.opening import Identity, Library, identity_of


def opened(path: Path, identity: Identity) -> BinaryIO | None:
    """Open the file at `path` where it is the one of that identity; None where another has been published since."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return None
    if identity_of(os.fstat(file.fileno())) == identity:
        return file
    file.close()
    return None


def open_newest(library: Library) -> tuple[BinaryIO, Identity, Generation]:
    """Open the file that is published now, and tell its generation; whatever is published after changes no byte of it.

    Raises ArchiveMissing, ArchiveUnreadable.
    """
    while True:
        with library.lease() as lease:
            file = opened(library.path, lease.identity)
        if file is not None:
            return file, lease.identity, lease.generation
