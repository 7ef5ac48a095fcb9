"""Checks that the archive file is whole and true to itself; the index and the words are checked with what made them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import islice

from sqlalchemy import Connection, and_, func, or_, select

from app import permalinks
from app.archive import derived, digest, schema
from app.archive.tables import endings, interviews, passages, sources, turns, versions
from app.archive.withheld import IS_WITHHELD

MOST = 20
"""Faults that are told at most."""

_SOURCES = select(sources)
_IDS = select(turns.c.public_id)
_CURRENT = and_(versions.c.interview_id == interviews.c.id, versions.c.number == interviews.c.version)
_VERSIONLESS = select(interviews.c.slug).where(
    ~select(versions.c.id).where(_CURRENT).exists()
    | (select(func.count()).where(versions.c.interview_id == interviews.c.id).scalar_subquery() != interviews.c.version)
)
_ANSWERS = select(func.count()).where(passages.c.version_id == versions.c.id, passages.c.turn_id == turns.c.id)
_MISCOUNTED = (
    select(interviews.c.slug, versions.c.number)
    .join(versions, versions.c.interview_id == interviews.c.id)
    .where(
        or_(
            _ANSWERS.where(turns.c.role.in_(("answer", "statement"))).scalar_subquery() != versions.c.answer_count,
            select(func.count(passages.c.exchange.distinct()))
            .where(passages.c.version_id == versions.c.id)
            .scalar_subquery()
            != versions.c.exchange_count,
            select(func.coalesce(func.max(passages.c.position) + 1, 0))
            .where(passages.c.version_id == versions.c.id)
            .scalar_subquery()
            != select(func.count()).where(passages.c.version_id == versions.c.id).scalar_subquery(),
        )
    )
)
_STANDS = (
    select(passages.c.id)
    .join(versions, versions.c.id == passages.c.version_id)
    .join(interviews, _CURRENT)
    .where(passages.c.turn_id == turns.c.id)
    .exists()
)
_ENDED = select(endings.c.turn_id).where(endings.c.turn_id == turns.c.id).exists()
_LOST = select(turns.c.public_id).where(_STANDS == _ENDED, ~IS_WITHHELD)
_WORDED = select(turns.c.public_id).distinct().join(passages).where(passages.c.text != "", IS_WITHHELD)
_COPIED = (
    select(sources.c.sha256)
    .distinct()
    .join(versions, versions.c.source_id == sources.c.id)
    .join(passages, passages.c.version_id == versions.c.id)
    .join(turns, turns.c.id == passages.c.turn_id)
    .where(sources.c.data.is_not(None), IS_WITHHELD)
)
_OPEN = select(turns.c.public_id).join(interviews).where(interviews.c.withdrawal.is_not(None), ~IS_WITHHELD)


def check(c: Connection) -> tuple[str, ...]:
    """Return what is wrong with the file, one sentence a fault, at most MOST; empty where all is right.

    `c` is a connection of opening.for_checking. Every page is read, every source hashed again, every id checked.
    """
    return tuple(islice(_faults(c), MOST))


def _faults(c: Connection) -> Iterator[str]:
    damage = [fault for (fault,) in c.exec_driver_sql(f"PRAGMA integrity_check({MOST})") if fault != "ok"]
    if damage:  # what is read of such a file says nothing
        yield from (f"the file is damaged: {fault}" for fault in damage)
        return
    yield from schema.faults(c)
    for table, row, parent, _ in c.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"row {row} of {table} names a row of {parent} that is not there"
    for source in c.execute(_SOURCES).yield_per(16):
        if source.data is not None and hashlib.sha256(source.data).hexdigest() != source.sha256:
            yield f"source {source.sha256} has other bytes than those received"
        elif source.data is not None and len(source.data) != source.size:
            yield f"source {source.sha256} is not as long as it is said to be"
    for id in c.execute(_IDS).scalars():
        if not permalinks.is_well_formed(id):
            yield f"{id} is not an id: its check character does not fit"
    for slug in c.execute(_VERSIONLESS).scalars():
        yield f"interview {slug} does not have the versions it counts"
    for slug, number in c.execute(_MISCOUNTED):
        yield f"version {number} of interview {slug} has lost a turn, or gained one"
    for id in c.execute(_LOST).scalars():
        yield f"{id} neither stands in its interview nor has ended, or does both"
    for id in c.execute(_WORDED).scalars():
        yield f"{id} is withheld, and its words are here"
    for sha256 in c.execute(_COPIED).scalars():
        yield f"source {sha256} has words that are withheld, and its bytes are here"
    for id in c.execute(_OPEN).scalars():
        yield f"{id} stands in an interview that is withheld, and is not"
    yield from digest.faults(c)
    yield from derived.faults(c)
