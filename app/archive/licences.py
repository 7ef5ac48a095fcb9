"""Reads under which terms the sources were published, as their sidecars state it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, and_, func, select

from app.archive.tables import interviews, versions

_MANY = func.count().label("many")
_LICENCES = (
    select(versions.c.licence, _MANY)
    .select_from(interviews)
    .join(versions, and_(versions.c.interview_id == interviews.c.id, versions.c.number == interviews.c.version))
    .where(interviews.c.withdrawal.is_(None))
    .group_by(versions.c.licence)
    .order_by(_MANY.desc(), versions.c.licence)
)


@dataclass(frozen=True, slots=True)
class Licence:
    """The terms of some interviews."""

    licence: str | None
    """None where nothing is stated."""
    interviews: int


def licences(c: Connection) -> tuple[Licence, ...]:
    """Return the licences that the sources of today state, those of most interviews first."""
    return tuple(Licence(*row) for row in c.execute(_LICENCES))
