"""Says of a page when what it shows was last changed, and why; what changed is told on the pages of versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.archive import versions
from app.archive.mementos import Memento
from app.archive.opening import Lease
from app.archive.versions import Origin


@dataclass(frozen=True, slots=True)
class Revision:
    """That the words shown are not the first ones."""

    version: int
    """The first version that has them."""
    at: str
    """When that came in: ISO 8601, UTC."""
    origin: Origin


def of_interview(lease: Lease, slug: str, shown: int, held: Sequence[Memento]) -> Revision | None:
    """Return how version `shown` came after another; None where it is the first one."""
    return None if shown == held[0].version else _revision(lease, slug, shown, held)


def of_turn(lease: Lease, slug: str, id: str, shown: int, held: Sequence[Memento]) -> Revision | None:
    """Return how the wording of version `shown` came after another; None where it is the first one.

    A question's wording is its answer's too: they are cited together.
    """
    if len(held) < 2:
        return None
    runs = versions.runs(versions.of_turn(lease.connection, id))
    first = next(run[0] for run in runs if shown in run)
    return None if first == runs[0][0] else _revision(lease, slug, first, held)


def _revision(lease: Lease, slug: str, version: int, held: Sequence[Memento]) -> Revision:
    since = next(each.since for each in held if each.version == version)
    return Revision(version, since, versions.origin(lease.connection, slug, version))
