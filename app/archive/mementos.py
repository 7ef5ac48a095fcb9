"""Reads in which versions an interview or a turn has a page, and since when; what these say is read elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select

from app.archive.addresses import HAS_PAGE
from app.archive.prepared import Prepared
from app.archive.tables import interviews, passages, turns, versions


@dataclass(frozen=True, slots=True)
class Memento:
    """One version as it can be had again."""

    version: int
    since: str
    """When it came in: ISO 8601, UTC, to the second."""


_OF_INTERVIEW = Prepared(
    select(versions.c.number, versions.c.imported_at)
    .join(interviews, interviews.c.id == versions.c.interview_id)
    .where(interviews.c.slug == bindparam("slug"), interviews.c.withdrawal.is_(None))
    .order_by(versions.c.imported_at, versions.c.number)
)
_OF_TURN = Prepared(
    select(versions.c.number, versions.c.imported_at)
    .join(passages, passages.c.version_id == versions.c.id)
    .join(turns, turns.c.id == passages.c.turn_id)
    .where(turns.c.public_id == bindparam("public_id"), HAS_PAGE)
    .order_by(versions.c.imported_at, versions.c.number)
)


def of_interview(c: Connection, slug: str) -> tuple[Memento, ...]:
    """Return the versions of an interview, the first one first; none where it is not held, or withheld."""
    return tuple(Memento(*row) for row in _OF_INTERVIEW.all(c, slug=slug))


def of_turn(c: Connection, id: str) -> tuple[Memento, ...]:
    """Return the versions in which a turn has a page of its own, the first one first, also where its id has ended."""
    return tuple(Memento(*row) for row in _OF_TURN.all(c, public_id=id))
