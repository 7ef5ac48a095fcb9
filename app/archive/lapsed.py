"""Reads what was published in a generation that was rolled back, and has not been since; what does so is in lapsing."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, bindparam, select

from app.archive.tables import lapses

Kind = Literal["turn", "interview", "speaker", "outlet"]


@dataclass(frozen=True, slots=True)
class Lapse:
    """When an id or a slug was published, and when it was withdrawn with all that was published with it."""

    generation: int
    published_at: str
    """ISO 8601, UTC."""
    lapsed_at: str
    """ISO 8601, UTC."""
    reason: str | None


_OF = select(lapses.c.generation, lapses.c.published_at, lapses.c.lapsed_at, lapses.c.reason).where(
    lapses.c.kind == bindparam("kind"), lapses.c.gone == bindparam("gone")
)
_MARK = select(lapses.c.known_by).where(lapses.c.kind == bindparam("kind"), lapses.c.gone == bindparam("gone"))
_SLUG = select(lapses.c.gone).where(lapses.c.kind == bindparam("kind"), lapses.c.known_by == bindparam("mark"))


def of(c: Connection, kind: Kind, gone: str) -> Lapse | None:
    """Return how an id or a slug lapsed; None where it did not, or was published again."""
    row = c.execute(_OF, {"kind": kind, "gone": gone}).first()
    return None if row is None else Lapse(*row)


def is_others(c: Connection, kind: str, gone: str, mark: str) -> bool:
    """Say whether an id or a slug has lapsed that was of another thing than the one that is known by `mark`."""
    was = c.execute(_MARK, {"kind": kind, "gone": gone}).scalar()
    return was is not None and was != mark


def slug_of(c: Connection, kind: Kind, mark: str) -> str | None:
    """Return the slug that has lapsed of the thing that is known by `mark`; None where there is none."""
    found = c.execute(_SLUG, {"kind": kind, "mark": mark}).scalar()
    return None if found is None else str(found)


def mark_of_turn(before: str | None) -> str:
    """Return what a turn is known by, beside what its id is made of: the words before it, None at the beginning.

    "Yes." to another question is another answer, though it may be given the same id.
    """
    return hashlib.sha256(b"" if before is None else b"\n" + before.encode()).hexdigest()
