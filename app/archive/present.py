"""What the current versions hold, as temporary tables of short rows that are fast to count; counting is elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Column, Connection, Index, Integer, MetaData, Table, Text, and_, case, func, insert, select

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
_FILL = [
    insert(held).from_select(
        held.c.keys(),
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
        .where(interviews.c.withdrawal.is_(None)),
    ),
    insert(speaking).from_select(
        speaking.c.keys(),
        select(
            listed_speakers.c.speaker_id,
            listed_speakers.c.interview_id,
            listed_speakers.c.answers,
            *(held.c[column.name] for column in speaking.c if column.name in held.c and column.name != "interview_id"),
        ).join(held, held.c.interview_id == listed_speakers.c.interview_id),
    ),
    insert(asking).from_select(
        asking.c.keys(),
        select(
            listed_outlets.c.outlet_id,
            listed_outlets.c.interview_id,
            *(held.c[column.name] for column in asking.c if column.name in held.c and column.name != "interview_id"),
        ).join(held, held.c.interview_id == listed_outlets.c.interview_id),
    ),
]


@contextmanager
def gathered(connection: Connection) -> Iterator[None]:
    """Have the three tables, filled, for as long as this context lasts."""
    _METADATA.create_all(connection)
    try:
        for statement in _FILL:
            connection.execute(statement)
        yield
    finally:
        _METADATA.drop_all(connection)
