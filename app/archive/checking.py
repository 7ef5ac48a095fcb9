"""Checks that the archive file is whole and true to itself; the index and the words are checked with what made them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator
from itertools import chain, islice
from typing import Any

from sqlalchemy import Connection, Result, Select, Table, and_, func, or_, select

from app import permalinks
from app.archive import derived, digest, lapsed, lapsing, schema
from app.archive.present import GIVEN
from app.archive.tables import endings, generation, interviews, lapses, passages, search_rows, sources, turns, versions
from app.archive.withheld import IS_WITHHELD

MOST = 20
"""Faults that are told at most."""

_SOURCES = select(sources)
_IDS = select(turns.c.public_id)
_CURRENT = and_(versions.c.interview_id == interviews.c.id, versions.c.number == interviews.c.version)
_MANY_VERSIONS = select(func.count()).where(versions.c.interview_id == interviews.c.id).scalar_subquery()
_MANY_LAPSED = (
    select(func.count())
    .select_from(lapses)
    .where(lapsed.are_of(interviews.c.slug), lapsed.number_of(interviews.c.slug) < interviews.c.version)
    .correlate(interviews)
    .scalar_subquery()
)
_VERSIONLESS = select(interviews.c.slug).where(
    ~select(versions.c.id).where(_CURRENT).exists() | (interviews.c.version != _MANY_VERSIONS + _MANY_LAPSED)
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
_RULES: tuple[tuple[Table, Select[*tuple[Any, ...]], str], ...] = (
    (interviews, _VERSIONLESS, "interview {} does not have the versions it counts"),
    (interviews, _MISCOUNTED, "version {1} of interview {0} has lost a turn, or gained one"),
    (turns, _LOST, "{} neither stands in its interview nor has ended, or does both"),
)
"""Of what table the rows are that break a rule, which they are, and what is said of one."""
_WITHHOLDING = (
    (_WORDED, "{} is withheld, and its words are here"),
    (_COPIED, "source {} has words that are withheld, and its bytes are here"),
    (_OPEN, "{} stands in an interview that is withheld, and is not"),
)

_named = interviews.alias("named")
_THEIRS = select(_named.c.id).where(_named.c.slug.in_(GIVEN))
_FEW = {
    interviews: interviews.c.id.in_(_THEIRS),
    turns: turns.c.interview_id.in_(_THEIRS),
    sources: sources.c.id.in_(select(versions.c.source_id).where(versions.c.interview_id.in_(_THEIRS))),
}
"""Of each table the rows that belong to the interviews whose slugs are given."""
_MANY_SPOKEN = (
    select(func.count())
    .select_from(passages.join(turns))
    .where(passages.c.version_id == versions.c.id, ~IS_WITHHELD)
    .scalar_subquery()
)
_MANY_INDEXED = select(func.count()).where(search_rows.c.interview_id == interviews.c.id)
_UNINDEXED = (
    select(interviews.c.slug)
    .join(versions, _CURRENT)
    .where(
        select(generation.c.analysis).scalar_subquery() != "",
        or_(
            _MANY_INDEXED.scalar_subquery() != _MANY_SPOKEN,
            _MANY_INDEXED.join(passages, passages.c.id == search_rows.c.passage_id)
            .where(passages.c.version_id == versions.c.id)
            .scalar_subquery()
            != _MANY_SPOKEN,
        ),
    )
)


def check(c: Connection) -> tuple[str, ...]:
    """Return what is wrong with the file, one sentence a fault, at most MOST; empty where all is right.

    `c` is a connection of opening.for_checking. Every page is read, every source hashed again, every id checked.
    """
    return tuple(islice(_faults(c), MOST))


def check_some(c: Connection, slugs: Collection[str]) -> tuple[str, ...]:
    """Return what is wrong with the interviews of these slugs, one sentence a fault, at most MOST.

    Only their own rows are read. That these name no row that is not there, SQLite sees to as they are written.
    """
    given = {"slugs": json.dumps(sorted(slugs))}
    unindexed = c.execute(_UNINDEXED.where(_FEW[interviews]), given).scalars()
    faults = chain(_true_to_itself(c, given), (f"interview {slug} is not as it is in the index" for slug in unindexed))
    return tuple(islice(faults, MOST))


def _faults(c: Connection) -> Iterator[str]:
    damage = [fault for (fault,) in c.exec_driver_sql(f"PRAGMA integrity_check({MOST})") if fault != "ok"]
    if damage:  # what is read of such a file says nothing
        yield from (f"the file is damaged: {fault}" for fault in damage)
        return
    yield from schema.faults(c)
    for table, row, parent, _ in c.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"row {row} of {table} names a row of {parent} that is not there"
    yield from _true_to_itself(c)
    for statement, said in _WITHHOLDING:
        for row in c.execute(statement):
            yield said.format(*row)
    yield from lapsing.faults(c)
    yield from digest.faults(c)
    yield from derived.faults(c)


def _true_to_itself(c: Connection, given: dict[str, str] | None = None) -> Iterator[str]:
    """Yield which sources, ids, versions and turns are not what they are said to be; `given` names a few interviews."""

    def found(table: Table, statement: Select[*tuple[Any, ...]]) -> Result[*tuple[Any, ...]]:
        return c.execute(statement) if given is None else c.execute(statement.where(_FEW[table]), given)

    for source in found(sources, _SOURCES).yield_per(16):
        if source.data is not None and hashlib.sha256(source.data).hexdigest() != source.sha256:
            yield f"source {source.sha256} has other bytes than those received"
        elif source.data is not None and len(source.data) != source.size:
            yield f"source {source.sha256} is not as long as it is said to be"
    for id in found(turns, _IDS).scalars():
        if not permalinks.is_well_formed(id):
            yield f"{id} is not an id: its check character does not fit"
    for table, statement, said in _RULES:
        for row in found(table, statement):
            yield said.format(*row)
