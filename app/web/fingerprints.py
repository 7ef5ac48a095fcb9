"""The SHA-256 of the published file: counted once for each generation, aside, since a large one takes a while."""

from __future__ import annotations

import hashlib
import logging
import threading
from typing import BinaryIO

from app.archive.opening import Identity, Lease, Library
from app.archive.published import opened

_CHUNK = 1 << 20
PATIENCE = 1.0
"""Seconds that the first to ask waits: of a file that is not large, nobody is told that it is being counted."""


class _Count:
    """The counting of one file."""

    def __init__(self, identity: Identity) -> None:
        self.identity = identity
        self.sha256: str | None = None
        self.is_over, self.is_unwanted = threading.Event(), threading.Event()

    def run(self, file: BinaryIO) -> None:
        digest = hashlib.sha256()
        try:
            with file:
                while not self.is_unwanted.is_set() and (chunk := file.read(_CHUNK)):
                    digest.update(chunk)
            if not self.is_unwanted.is_set():
                self.sha256 = digest.hexdigest()
        except OSError:
            logging.getLogger("verbatim.web").exception("the archive file could not be read to its end")
        finally:
            self.is_over.set()


class Fingerprints:
    """What is known of the bytes of the published file; safe to use from many threads."""

    def __init__(self, library: Library, patience: float = PATIENCE) -> None:
        self._library, self._patience = library, patience
        self._lock = threading.Lock()
        self._count: _Count | None = None

    def of(self, lease: Lease) -> str | None:
        """Return the SHA-256 of the leased file in hexadecimal; None while it is counted, which this begins."""
        begun = self._begin(lease)
        if begun is not None:
            begun.is_over.wait(self._patience)
        return self.known(lease.identity)

    def known(self, identity: Identity) -> str | None:
        """Return the SHA-256 of that file where it has been counted; this begins nothing."""
        count = self._count
        return count.sha256 if count is not None and count.identity == identity else None

    def close(self) -> None:
        """Count no further."""
        with self._lock:
            if self._count is not None:
                self._count.is_unwanted.set()

    def _begin(self, lease: Lease) -> _Count | None:
        """Begin to count the leased file; None where it is being counted, or was, or is no longer the published one."""
        with self._lock:
            last = self._count
            if last is not None and last.identity == lease.identity and (last.sha256 or not last.is_over.is_set()):
                return None
            file = opened(self._library.path, lease.identity)
            if file is None:
                return None
            if last is not None:
                last.is_unwanted.set()
            count = self._count = _Count(lease.identity)
        threading.Thread(target=count.run, args=(file,), name="sha256", daemon=True).start()
        return count
