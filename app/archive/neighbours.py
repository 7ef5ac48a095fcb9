"""Reads what stands beside an interview in time, and what stands beside an answer in its interview."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, select

from app.archive.dates import BEYOND
from app.archive.heads import version_row
from app.archive.holdings import Named
from app.archive.prepared import Prepared
from app.archive.tables import interviews, listed_speakers, passages, speakers, turns, versions

FIRST_DATED = "00000001"
"""Keys below are of undated interviews, which stand beside none."""


@dataclass(frozen=True, slots=True)
class NearbyInterview:
    """An interview as one beside it names it."""

    slug: str
    title: str
    date: str | None
    language: str


@dataclass(frozen=True, slots=True)
class Beside:
    """The interviews before and after one in time, in its language."""

    speaker: Named | None
    """Whose interviews they are; None for everybody's."""
    previous: NearbyInterview | None
    next: NearbyInterview | None


@dataclass(frozen=True, slots=True)
class NearbyTurn:
    """A turn as a page beside its own names it."""

    id: str
    role: str
    speaker: str | None
    """How whoever speaks is called."""
    words: str
    """What was asked: the first question of its exchange; of a statement, its own words. Paragraphs are lines."""


_HERE = Prepared(select(interviews.c.sort_key, interviews.c.language).where(interviews.c.slug == bindparam("slug")))
_LISTED = (
    select(interviews.c.slug, versions.c.title, versions.c.date, interviews.c.language)
    .join(versions, (versions.c.interview_id == interviews.c.id) & (versions.c.number == interviews.c.version))
    .where(interviews.c.language == bindparam("language"))
    .limit(1)
)
_SPEAKER = select(speakers.c.id).where(speakers.c.slug == bindparam("speaker")).scalar_subquery()
_THEIRS = _LISTED.join(listed_speakers, listed_speakers.c.interview_id == interviews.c.id).where(
    listed_speakers.c.speaker_id == _SPEAKER, listed_speakers.c.answers > 0
)


def _before(statement: Select[*tuple[Any, ...]], key: ColumnElement[str]) -> Select[*tuple[Any, ...]]:
    return statement.where(key < bindparam("key"), key >= FIRST_DATED).order_by(key.desc())


def _after(statement: Select[*tuple[Any, ...]], key: ColumnElement[str]) -> Select[*tuple[Any, ...]]:
    return statement.where(key > bindparam("key"), key < BEYOND).order_by(key)


_EVERYBODYS = tuple(Prepared(beside(_LISTED, interviews.c.sort_key)) for beside in (_before, _after))
_ONES = tuple(Prepared(beside(_THEIRS, listed_speakers.c.sort_key)) for beside in (_before, _after))

_SPOKEN = (
    select(
        turns.c.public_id,
        turns.c.role,
        passages.c.label,
        passages.c.text,
        passages.c.exchange,
        speakers.c.name,
    )
    .join(turns, turns.c.id == passages.c.turn_id)
    .outerjoin(speakers, speakers.c.id == turns.c.speaker_id)
    .where(passages.c.version_id == bindparam("version_id"))
)
_TURNS = _SPOKEN.where(turns.c.public_id.in_(bindparam("ids", expanding=True)))
_ASKED = _SPOKEN.where(
    turns.c.role == "question", passages.c.exchange.in_(bindparam("exchanges", expanding=True))
).order_by(passages.c.position.desc())


def beside(c: Connection, slug: str, speakers_: Sequence[Named] = ()) -> tuple[Beside, ...]:
    """Return what stands beside an interview by date, and for each of `speakers_` beside it among their own.

    Only in the interview's own language, so that no interview is its own neighbour in translation. Left out is who has
    no other interview, and all where the interview has no date or is unknown.
    """
    here = _HERE.first(c, slug=slug)
    if here is None or not FIRST_DATED <= here.sort_key < BEYOND:
        return ()
    at = {"key": here.sort_key, "language": here.language}
    found = [Beside(None, *(_nearest(c, statement, at) for statement in _EVERYBODYS))]
    for who in speakers_:
        theirs = at | {"speaker": who.slug}
        found.append(Beside(Named(who.slug, who.name), *(_nearest(c, statement, theirs) for statement in _ONES)))
    return tuple(each for each in found if each.previous or each.next)


def named(c: Connection, slug: str, version: int, ids: Iterable[str]) -> dict[str, NearbyTurn]:
    """Return the turns with these ids, as far as that version has them; raises NotHeld for an unknown version."""
    version_id = version_row(c, slug, version).id
    found = c.execute(_TURNS, {"version_id": version_id, "ids": list(ids)}).all()
    exchanges = [turn.exchange for turn in found if turn.role == "answer"]
    # The first question of an exchange comes last here, and stays.
    asked = {turn.exchange: turn.text for turn in c.execute(_ASKED, {"version_id": version_id, "exchanges": exchanges})}
    return {
        turn.public_id: NearbyTurn(
            turn.public_id,
            turn.role,
            turn.name or turn.label or None,
            asked.get(turn.exchange, turn.text) if turn.role == "answer" else turn.text,
        )
        for turn in found
    }


def _nearest(c: Connection, statement: Prepared, at: dict[str, object]) -> NearbyInterview | None:
    row = statement.first(c, **at)
    return None if row is None else NearbyInterview(*row)
