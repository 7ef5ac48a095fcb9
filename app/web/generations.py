"""From which generation of the archive a response is made, told by whoever makes it to whoever sends it."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.types import Scope

from app.archive.holdings import Generation
from app.archive.opening import Identity, Lease, Library

_KEY = "verbatim.made_from"


class MadeFrom:
    """The archive file and generation that one response was read from; None where it read nothing."""

    def __init__(self) -> None:
        self.identity: Identity | None = None
        self.generation: Generation | None = None


def made_from(scope: Scope) -> MadeFrom:
    """Return what is known of the response to this request, one object for all layers."""
    known = scope.setdefault(_KEY, MadeFrom())
    assert isinstance(known, MadeFrom)  # noqa: S101
    return known


def note(scope: Scope, lease: Lease) -> None:
    """Record that the response to this request is read through `lease`."""
    known = made_from(scope)
    known.identity, known.generation = lease.identity, lease.generation


class Current:
    """The generation published now, read once for each file that appears."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._known: tuple[Identity, Generation] | None = None

    async def generation(self) -> Generation:
        """Return the current generation; raises ArchiveMissing or ArchiveUnreadable."""
        known = self._known
        if known is None or known[0] != self._library.identity():
            known = self._known = await run_in_threadpool(self._read)
        return known[1]

    def _read(self) -> tuple[Identity, Generation]:
        with self._library.lease() as lease:
            return lease.identity, lease.generation


def stamp(generation: Generation) -> str:
    """Return the value of X-Archive-Generation."""
    return f"{generation.number}-{generation.token}"
