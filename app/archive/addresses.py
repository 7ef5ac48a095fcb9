"""Reads which interviews and answers have a page, in parts of bounded size, and when each came in: for sitemaps."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, and_, bindparam, exists, func, or_, select

from app.archive.holdings import Addressed
from app.archive.tables import endings, interviews, passages, turns, versions
from app.archive.withheld import IS_WITHHELD

PART = 20_000
"""How many rows make a part; so many addresses it has at most."""

_MOST_INTERVIEWS = select(func.max(interviews.c.id))
_MOST_TURNS = select(func.max(turns.c.id))
_CURRENT = and_(versions.c.interview_id == interviews.c.id, versions.c.number == interviews.c.version)
_INTERVIEWS = (
    select(interviews.c.slug, versions.c.imported_at)
    .join(versions, _CURRENT)
    .where(interviews.c.id > bindparam("low"), interviews.c.id <= bindparam("high"), interviews.c.withdrawal.is_(None))
    .order_by(interviews.c.id)
)
_BESIDE, _SAID, _GONE = passages.alias("beside"), turns.alias("said"), endings.alias("gone")
_IS_ANSWERED = exists().where(
    _BESIDE.c.version_id == passages.c.version_id,
    _BESIDE.c.exchange == passages.c.exchange,
    _SAID.c.id == _BESIDE.c.turn_id,
    _SAID.c.role == "answer",
    ~exists().where(_GONE.c.turn_id == _SAID.c.id, _GONE.c.kind == "withheld"),
)
HAS_PAGE = and_(
    or_(turns.c.role.in_(("answer", "statement")), and_(turns.c.role == "question", ~_IS_ANSWERED)), ~IS_WITHHELD
)
"""Of a turn and its passage in a version: answers, statements and questions without an answer, that is not withheld,
have a page of their own, unless they are withheld."""
_ANSWERS = (
    select(turns.c.public_id, versions.c.imported_at)
    .join(interviews, interviews.c.id == turns.c.interview_id)
    .join(versions, _CURRENT)
    .join(passages, and_(passages.c.turn_id == turns.c.id, passages.c.version_id == versions.c.id))
    .where(
        turns.c.id > bindparam("low"),
        turns.c.id <= bindparam("high"),
        HAS_PAGE,
    )
    .order_by(turns.c.id)
)


def interview_parts(c: Connection) -> int:
    """Return how many parts the interviews make."""
    return -(-(c.execute(_MOST_INTERVIEWS).scalar() or 0) // PART)


def answer_parts(c: Connection) -> int:
    """Return how many parts the answers make."""
    return -(-(c.execute(_MOST_TURNS).scalar() or 0) // PART)


def interviews_in(c: Connection, part: int) -> tuple[Addressed, ...]:
    """Return the interviews of a part, counted from 1: their slugs."""
    return tuple(Addressed(*row) for row in c.execute(_INTERVIEWS, _range(part)))


def slugs(c: Connection) -> Iterator[str]:
    """Yield the slug of every interview that is not lawfully withheld, in the order they came in."""
    for part in range(1, interview_parts(c) + 1):
        yield from (each.key for each in interviews_in(c, part))


def answers_in(c: Connection, part: int) -> tuple[Addressed, ...]:
    """Return the answers, statements and unanswered questions of a part, counted from 1: their ids."""
    return tuple(Addressed(*row) for row in c.execute(_ANSWERS, _range(part)))


def _range(part: int) -> dict[str, int]:
    return {"low": (part - 1) * PART, "high": part * PART}
