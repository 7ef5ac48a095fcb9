"""What the current versions hold, as temporary tables of short rows that are fast to count; counting is elsewhere."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Index,
    Integer,
    MetaData,
    Select,
    Table,
    Text,
    and_,
    bindparam,
    case,
    func,
    insert,
    select,
)

from app.archive.tables import interviews, listed_outlets, listed_speakers, versions

_METADATA = MetaData()
_TEMPORARY = ["TEMPORARY"]

held = Table(
    "present_interviews",
    _METADATA,
    Column("interview_id", Integer, primary_key=True),
    Column("version_id", Integer),
    Column("date", Text, comment="NULL where there is none"),
    Column("year", Text, comment="'' where there is none"),
    Column("language", Text),
    Column("answers", Integer),
    Column("words", Integer),
    prefixes=_TEMPORARY,
)
"""One row for each interview."""

speaking = Table(
    "present_speakers",
    _METADATA,
    Column("speaker_id", Integer),
    Column("interview_id", Integer),
    Column("own_answers", Integer),
    *(Column(column.name, column.type) for column in held.c if column.name not in ("interview_id", "version_id")),
    Index("present_speakers_by_interview", "interview_id", "speaker_id", "own_answers"),
    prefixes=_TEMPORARY,
)
"""One row for each speaker of each interview."""

asking = Table(
    "present_outlets",
    _METADATA,
    Column("outlet_id", Integer),
    Column("interview_id", Integer),
    *(Column(column.name, column.type) for column in held.c if column.name not in ("interview_id", "version_id")),
    prefixes=_TEMPORARY,
)
"""One row for each outlet of each interview."""

_DATE = case((interviews.c.sort_date > 0, versions.c.date))
GIVEN = select(func.json_each(bindparam("slugs")).table_valued("value").c.value)
"""The slugs that are given under the name `slugs`, as a list in JSON."""
_GATHERED = select(held.c.interview_id)


def _of(listed: Table, kept: Table, *own: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    """Return the rows of `kept`: those of a list, with what is held of their interviews."""
    more = [held.c[column.name] for column in kept.c if column.name in held.c and column.name != "interview_id"]
    return select(*own, *more).join_from(listed, held, held.c.interview_id == listed.c.interview_id)


_HELD = (
    select(
        interviews.c.id,
        versions.c.id,
        _DATE,
        func.coalesce(func.substr(_DATE, 1, 4), ""),
        interviews.c.language,
        versions.c.answer_count,
        versions.c.word_count,
    )
    .join(versions, and_(versions.c.interview_id == interviews.c.id, versions.c.number == interviews.c.version))
    .where(interviews.c.withdrawal.is_(None))
)
_SPEAKING = _of(
    listed_speakers,
    speaking,
    listed_speakers.c.speaker_id,
    listed_speakers.c.interview_id,
    listed_speakers.c.answers,
)
_ASKING = _of(listed_outlets, asking, listed_outlets.c.outlet_id, listed_outlets.c.interview_id)
_FILL = [
    insert(kept).from_select(kept.c.keys(), rows)
    for kept, rows in ((held, _HELD), (speaking, _SPEAKING), (asking, _ASKING))
]
_FILL_SOME = [
    insert(kept).from_select(kept.c.keys(), rows.where(few))
    for kept, rows, few in (
        (held, _HELD, interviews.c.slug.in_(GIVEN)),
        (speaking, _SPEAKING, listed_speakers.c.interview_id.in_(_GATHERED)),
        (asking, _ASKING, listed_outlets.c.interview_id.in_(_GATHERED)),
    )
]


@contextmanager
def gathered(connection: Connection, slugs: Collection[str] | None = None) -> Iterator[None]:
    """Have the three tables, filled, for as long as this context lasts; `slugs` names the interviews, None means all.

    Of a few interviews only their own rows are read.
    """
    _METADATA.create_all(connection)
    try:
        for statement in _FILL if slugs is None else _FILL_SOME:
            connection.execute(statement, None if slugs is None else {"slugs": json.dumps(sorted(slugs))})
        yield
    finally:
        _METADATA.drop_all(connection)
