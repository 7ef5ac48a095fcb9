"""Reads what is lawfully withheld: why and since when; words are withheld elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, exists, select, union

from app.archive.tables import endings, interviews, sources, turns, versions

IS_WITHHELD = exists().where(endings.c.turn_id == turns.c.id, endings.c.kind == "withheld").correlate(turns)
"""Of a turn: its words are withheld. It may stand in the current version all the same, without them."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """Why something is withheld, and since when."""

    reason: str
    since: str
    """ISO 8601, UTC."""

    def __str__(self) -> str:
        return f"{self.since[:10]}: {self.reason}"


_TURNS_OF = (
    select(endings.c.reason, endings.c.ended_at.label("since"), turns.c.interview_id)
    .join(turns, turns.c.id == endings.c.turn_id)
    .where(endings.c.kind == "withheld")
)
_WHOLE = select(interviews.c.withdrawal, interviews.c.withdrawn_at, interviews.c.id).where(
    interviews.c.withdrawal.is_not(None)
)
_ALL = union(_TURNS_OF, _WHOLE).subquery("withheld")
_OF_INTERVIEW = (
    select(_ALL.c.reason, _ALL.c.since).where(_ALL.c.interview_id == bindparam("row")).order_by(_ALL.c.since)
)
_OF_BYTES = (
    select(_ALL.c.reason, _ALL.c.since)
    .join(versions, versions.c.interview_id == _ALL.c.interview_id)
    .join(sources, sources.c.id == versions.c.source_id)
    .where(sources.c.sha256 == bindparam("sha256"), sources.c.data.is_(None))
    .order_by(_ALL.c.since)
)
_BARE = select(sources.c.id).where(sources.c.sha256 == bindparam("sha256"), sources.c.data.is_(None))


def of_interview(c: Connection, row: int) -> Withheld | None:
    """Return why an interview, or any words in it, were first withheld; None where none are."""
    found = c.execute(_OF_INTERVIEW, {"row": row}).first()
    return None if found is None else Withheld(*found)


def of_bytes(c: Connection, sha256: str) -> Withheld | None:
    """Return why the bytes with this SHA-256 were withheld; None where they are not."""
    if c.execute(_BARE, {"sha256": sha256}).first() is None:
        return None
    found = c.execute(_OF_BYTES, {"sha256": sha256}).first()
    return Withheld("the reason is not kept", "an unknown day") if found is None else Withheld(*found)
