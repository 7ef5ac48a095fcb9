"""Reads what is counted of one speaker or one outlet; their interviews are in listing."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, select

from app.archive.holdings import ListedInterview
from app.archive.listing import listed
from app.archive.overviews import Count, OutletProfile, SpeakerProfile
from app.archive.tables import (
    appearances,
    cross_tallies,
    interviews,
    outlets,
    speakers,
    tallies,
    version_outlets,
    versions,
)
from app.errors import NotHeld

FORMER = 50
"""How many interviews are told of somebody who stands in none today."""

_NAMES = {
    "speaker": select(speakers.c.name).where(speakers.c.slug == bindparam("slug")),
    "outlet": select(outlets.c.name).where(outlets.c.slug == bindparam("slug")),
}
_COUNT = select(
    tallies.c.value, tallies.c.name, tallies.c.interviews, tallies.c.answers, tallies.c.first, tallies.c.last
).where(tallies.c.kind == bindparam("kind"), tallies.c.value == bindparam("slug"))
_WITHIN = (
    select(
        cross_tallies.c.by,
        cross_tallies.c.key,
        cross_tallies.c.name,
        cross_tallies.c.interviews,
        cross_tallies.c.answers,
        cross_tallies.c.first,
        cross_tallies.c.last,
    )
    .where(cross_tallies.c.kind == bindparam("kind"), cross_tallies.c.value == bindparam("slug"))
    .order_by(cross_tallies.c.by, cross_tallies.c.key)
)
_FORMER = {
    "speaker": select(interviews.c.id)
    .join(versions, versions.c.interview_id == interviews.c.id)
    .join(appearances, appearances.c.version_id == versions.c.id)
    .join(speakers, speakers.c.id == appearances.c.speaker_id)
    .where(speakers.c.slug == bindparam("slug")),
    "outlet": select(interviews.c.id)
    .join(versions, versions.c.interview_id == interviews.c.id)
    .join(version_outlets, version_outlets.c.version_id == versions.c.id)
    .join(outlets, outlets.c.id == version_outlets.c.outlet_id)
    .where(outlets.c.slug == bindparam("slug")),
}


def speaker(c: Connection, slug: str) -> SpeakerProfile:
    """Return what is counted of a speaker, nothing where they stand in earlier versions alone; raises NotHeld."""
    count, within = _read(c, "speaker", slug)
    parts = {part.value: part.interviews for part in within.get("part", ())}
    return SpeakerProfile(
        count=count,
        answered=parts.get("answers", 0),
        asked=parts.get("asks", 0),
        offices=tuple(
            sorted(within.get("office", ()), key=lambda office: (office.last or "", office.first or ""))[::-1]
        ),
        years=tuple(within.get("year", ())),
        languages=_most_first(within.get("language", ())),
        outlets=_most_first(within.get("outlet", ())),
        askers=_most_first(within.get("asker", ())),
        asks=_most_first(within.get("asked", ())),
    )


def outlet(c: Connection, slug: str) -> OutletProfile:
    """Return what is counted of an outlet, nothing where it stands in earlier versions alone; raises NotHeld."""
    count, within = _read(c, "outlet", slug)
    people = _most_first(within.get("speaker", ()))
    return OutletProfile(
        count=count,
        years=tuple(within.get("year", ())),
        languages=_most_first(within.get("language", ())),
        speakers=tuple(person for person in people if person.answers),
        askers=tuple(person for person in people if not person.answers),
    )


def former(c: Connection, kind: str, slug: str) -> tuple[ListedInterview, ...]:
    """Return the interviews any version of which names this speaker or outlet, the newest first."""
    statement = _FORMER[kind].distinct().order_by(interviews.c.sort_key.desc()).limit(FORMER)
    return listed(c, list(c.execute(statement, {"slug": slug}).scalars()))


def _read(c: Connection, kind: str, slug: str) -> tuple[Count, dict[str, list[Count]]]:
    name = c.execute(_NAMES[kind], {"slug": slug}).scalar()
    if name is None:
        raise NotHeld(kind, slug)
    row = c.execute(_COUNT, {"kind": kind, "slug": slug}).first()
    within: dict[str, list[Count]] = {}
    for by, *counted in c.execute(_WITHIN, {"kind": kind, "slug": slug}):
        within.setdefault(by, []).append(Count(*counted))
    return Count(slug, name, 0, 0) if row is None else Count(*row), within


def _most_first(counts: Iterable[Count]) -> tuple[Count, ...]:
    return tuple(sorted(counts, key=lambda count: (-count.interviews, -count.answers, count.name)))
