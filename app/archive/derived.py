"""Checks the tables that are made of others: lists and counts; the index is checked by what makes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Select, and_, select

from app.archive import crossing, dates, tallying
from app.archive.present import gathered
from app.archive.tables import (
    appearances,
    cross_tallies,
    interviews,
    listed_outlets,
    listed_speakers,
    sources,
    tallies,
    version_outlets,
    versions,
)

_CURRENT = and_(versions.c.interview_id == interviews.c.id, versions.c.number == interviews.c.version)
_ORDER = select(
    interviews.c.slug,
    interviews.c.sort_date,
    interviews.c.sort_key,
    interviews.c.withdrawal,
    versions.c.date,
    versions.c.time,
).join(versions, _CURRENT)
_LISTED: dict[str, tuple[Select[*tuple[Any, ...]], Select[*tuple[Any, ...]]]] = {
    "listed_speakers": (
        select(listed_speakers),
        select(appearances.c.speaker_id, interviews.c.sort_key, interviews.c.id, appearances.c.answers)
        .join(versions, versions.c.id == appearances.c.version_id)
        .join(interviews, _CURRENT),
    ),
    "listed_outlets": (
        select(listed_outlets),
        select(version_outlets.c.outlet_id, interviews.c.sort_key, interviews.c.id)
        .join(versions, versions.c.id == version_outlets.c.version_id)
        .join(interviews, _CURRENT),
    ),
}
_ORPHANS = select(sources.c.sha256).where(~select(versions.c.id).where(versions.c.source_id == sources.c.id).exists())


def faults(c: Connection) -> Iterator[str]:
    """Yield where one of these tables has other rows than what it is made of gives, one sentence each."""
    for slug, day, key, withdrawal, date, time in c.execute(_ORDER):
        order = dates.order(date, time, slug, is_withheld=withdrawal is not None)
        if {"sort_date": day, "sort_key": key} != order:
            yield f"interview {slug} is sorted under another date than its own"
    for table, (kept, given) in _LISTED.items():
        yield from _compared(table, set(c.execute(kept)), set(c.execute(given)))
    with gathered(c):
        yield from _compared("tallies", set(c.execute(select(tallies))), tallying.counted(c))
        yield from _compared("cross_tallies", set(c.execute(select(cross_tallies))), crossing.counted(c))
    for sha256 in c.execute(_ORPHANS).scalars():
        yield f"source {sha256} belongs to no version"


def _compared(table: str, kept: set[Any], given: set[Any]) -> Iterator[str]:
    for row in sorted(map(tuple, kept - given), key=repr):
        yield f"{table} has the row {row}, which nothing gives"
    for row in sorted(map(tuple, given - kept), key=repr):
        yield f"{table} lacks the row {row}"
