"""Reads the versions of an interview and the wordings of a turn; how they differ is told in comparing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

from sqlalchemy import Connection, Row, and_, bindparam, or_, select

from app.archive import lapsed
from app.archive.heads import source_of, version_row
from app.archive.holdings import Appearance, HeldNote, HeldSource, HeldTurn, Named
from app.archive.pairing import End
from app.archive.reading import PASSAGES, turn_of
from app.archive.tables import (
    appearances,
    endings,
    interviews,
    notes,
    outlets,
    passages,
    sources,
    speakers,
    turns,
    version_outlets,
    versions,
)

Origin = Literal["first", "corrected", "restated", "reparsed"]
"""Why there is a version: the first one; of another file; of the same file with another sidecar; of the same file,
taken apart anew."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an interview, without its words."""

    number: int
    origin: Origin
    source: HeldSource
    title: str
    date: str | None
    time: str | None
    place: str | None
    language: str
    also_in: tuple[str, ...]
    outlets: tuple[Named, ...]
    people: tuple[Appearance, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """The words of one version."""

    turns: tuple[HeldTurn, ...]
    notes: tuple[HeldNote, ...]


_HEADS = (
    select(
        versions,
        sources.c.sha256,
        sources.c.size,
        sources.c.media_type,
        sources.c.data.is_(None).label("withheld"),
    )
    .join(interviews, interviews.c.id == versions.c.interview_id)
    .join(sources, sources.c.id == versions.c.source_id)
    .where(interviews.c.slug == bindparam("slug"))
    .order_by(versions.c.number)
)
_ORIGINS = (
    _HEADS.with_only_columns(versions.c.number, sources.c.sha256, versions.c.sidecar)
    .where(versions.c.number <= bindparam("number"))
    .order_by(None)
    .order_by(versions.c.number.desc())
    .limit(2)
)
_OF = and_(versions.c.interview_id == interviews.c.id, interviews.c.slug == bindparam("slug"))
_OUTLETS = (
    select(versions.c.number, outlets.c.slug, outlets.c.name)
    .select_from(interviews)
    .join(versions, _OF)
    .join(version_outlets, version_outlets.c.version_id == versions.c.id)
    .join(outlets, outlets.c.id == version_outlets.c.outlet_id)
    .order_by(versions.c.number, version_outlets.c.position)
)
_PEOPLE = (
    select(versions.c.number, speakers.c.slug, speakers.c.name, appearances.c.office, appearances.c.answers)
    .select_from(interviews)
    .join(versions, _OF)
    .join(appearances, appearances.c.version_id == versions.c.id)
    .join(speakers, speakers.c.id == appearances.c.speaker_id)
    .order_by(versions.c.number, appearances.c.position)
)
_TEXT = (
    PASSAGES.add_columns(versions.c.number)
    .join(versions, versions.c.id == passages.c.version_id)
    .join(interviews, interviews.c.id == versions.c.interview_id)
    .where(interviews.c.slug == bindparam("slug"), versions.c.number.in_(bindparam("numbers", expanding=True)))
)
_NOTES = (
    select(versions.c.number, notes.c.text, notes.c.line, turns.c.public_id, notes.c.paragraph)
    .select_from(interviews)
    .join(versions, _OF)
    .join(notes, notes.c.version_id == versions.c.id)
    .outerjoin(passages, and_(passages.c.version_id == notes.c.version_id, passages.c.position == notes.c.after))
    .outerjoin(turns, turns.c.id == passages.c.turn_id)
    .where(versions.c.number.in_(bindparam("numbers", expanding=True)))
    .order_by(versions.c.number, notes.c.position)
)
_successors = turns.alias("successors")
_ENDS = (
    select(
        turns.c.public_id,
        endings.c.kind,
        endings.c.reason,
        endings.c.ended_at,
        _successors.c.public_id.label("successor"),
    )
    .join(interviews, interviews.c.id == turns.c.interview_id)
    .join(endings, endings.c.turn_id == turns.c.id)
    .outerjoin(_successors, _successors.c.id == endings.c.successor_id)
    .where(interviews.c.slug == bindparam("slug"))
)
_own, _here = turns.alias("own"), passages.alias("here")
_STANDS = (
    PASSAGES.add_columns(versions.c.number)
    .join(versions, versions.c.id == passages.c.version_id)
    .join(_here, _here.c.version_id == passages.c.version_id)
    .join(_own, _own.c.id == _here.c.turn_id)
    .where(
        _own.c.public_id == bindparam("public_id"),
        or_(
            passages.c.id == _here.c.id,
            and_(_own.c.role == "answer", turns.c.role == "question", passages.c.exchange == _here.c.exchange),
        ),
    )
)


def of_interview(c: Connection, slug: str) -> tuple[Version, ...]:
    """Return the versions of an interview, the first one first; raises what `version_row` raises."""
    version_row(c, slug, None)
    rows = c.execute(_HEADS, {"slug": slug}).all()
    asked: dict[int, list[Named]] = defaultdict(list)
    for number, *named in c.execute(_OUTLETS, {"slug": slug}):
        asked[number].append(Named(*named))
    people: dict[int, list[Appearance]] = defaultdict(list)
    for number, *appeared in c.execute(_PEOPLE, {"slug": slug}):
        people[number].append(Appearance(*appeared))
    origins: list[Origin] = ["first", *(_origin(before, row) for before, row in pairwise(rows))]
    return tuple(
        Version(
            number=row.number,
            origin=origin,
            source=source_of(row),
            title=row.title,
            date=row.date,
            time=row.time,
            place=row.place,
            language=row.language,
            also_in=tuple(row.also_in.split()),
            outlets=tuple(asked[row.number]),
            people=tuple(people[row.number]),
        )
        for row, origin in zip(rows, origins, strict=True)
    )


def texts(c: Connection, slug: str, numbers: tuple[int, ...]) -> Mapping[int, Text]:
    """Return the words of versions that are held, by their numbers."""
    asked = {"slug": slug, "numbers": numbers}
    said: dict[int, list[HeldTurn]] = {number: [] for number in numbers}
    for row in c.execute(_TEXT, asked):
        said[row.number].append(turn_of(row))
    noted: dict[int, list[HeldNote]] = {number: [] for number in numbers}
    for number, *note in c.execute(_NOTES, asked):
        noted[number].append(HeldNote(*note))
    return {number: Text(tuple(said[number]), tuple(noted[number])) for number in numbers}


def ends(c: Connection, slug: str) -> Mapping[str, End]:
    """Return how ids of an interview ended, by the ids."""
    return {id: End(*how) for id, *how in c.execute(_ENDS, {"slug": slug})}


def of_turn(c: Connection, id: str) -> Mapping[int, tuple[HeldTurn, ...]]:
    """Return by the numbers of the versions that have a turn, in order, the turn behind the questions it answers."""
    found: dict[int, list[HeldTurn]] = defaultdict(list)
    for row in c.execute(_STANDS, {"public_id": id}):
        found[row.number].append(turn_of(row))
    return {number: tuple(found[number]) for number in sorted(found)}


def runs(stands: Mapping[int, Sequence[HeldTurn]]) -> tuple[tuple[int, ...], ...]:
    """Return the numbers of the versions in runs of one wording: the same turns with the same words and labels."""
    found: list[list[int]] = []
    before: list[tuple[str, str, tuple[str, ...]]] = []
    for number, turns_ in stands.items():
        here = [(turn.id, turn.label, turn.paragraphs) for turn in turns_]
        if not found or here != before:
            found.append([])
        found[-1].append(number)
        before = here
    return tuple(map(tuple, found))


def origin(c: Connection, slug: str, number: int) -> Origin:
    """Return why there is a version; raises NotHeld."""
    rows = c.execute(_ORIGINS, {"slug": slug, "number": number}).all()
    if not rows or rows[0].number != number:
        raise lapsed.missing_version(c, slug, number)
    return "first" if len(rows) == 1 else _origin(rows[1], rows[0])


def _origin(before: Row[*tuple[Any, ...]], row: Row[*tuple[Any, ...]]) -> Origin:
    if row.sha256 != before.sha256:
        return "corrected"
    return "restated" if row.sidecar != before.sidecar else "reparsed"
