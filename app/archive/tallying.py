"""Counts what the current versions hold, by year, language, speaker and outlet; the counts are read elsewhere."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, Select, and_, case, delete, func, insert, literal, select

from app.archive.tables import (
    interviews,
    listed_outlets,
    listed_speakers,
    outlets,
    speakers,
    tallies,
    versions,
)

_CURRENT = interviews.join(
    versions, and_(versions.c.interview_id == interviews.c.id, versions.c.number == interviews.c.version)
)
_DATED = case((interviews.c.sort_date > 0, versions.c.date))
_YEAR = case((interviews.c.sort_date > 0, func.substr(interviews.c.sort_key, 1, 4)), else_="")
_COLUMNS = ["kind", "value", "name", "interviews", "answers", "words", "first", "last"]


def _counted(kind: str, value: ColumnElement[str], name: ColumnElement[str]) -> Select[tuple[object, ...]]:
    answers = listed_speakers.c.answers if kind == "speaker" else versions.c.answer_count
    return select(
        literal(kind),
        value,
        name,
        func.count(),
        func.coalesce(func.sum(answers), 0),
        func.coalesce(func.sum(versions.c.word_count), 0),
        func.min(_DATED),
        func.max(_DATED),
    )


_ALL = _counted("all", literal(""), literal("")).select_from(_CURRENT)
_BY_YEAR = _counted("year", _YEAR, _YEAR).select_from(_CURRENT).group_by(_YEAR)
_BY_LANGUAGE = (
    _counted("language", interviews.c.language, interviews.c.language)
    .select_from(_CURRENT)
    .group_by(interviews.c.language)
)
_BY_SPEAKER = (
    _counted("speaker", speakers.c.slug, speakers.c.name)
    .select_from(
        _CURRENT.join(listed_speakers, listed_speakers.c.interview_id == interviews.c.id).join(
            speakers, speakers.c.id == listed_speakers.c.speaker_id
        )
    )
    .group_by(speakers.c.id)
)
_BY_OUTLET = (
    _counted("outlet", outlets.c.slug, outlets.c.name)
    .select_from(
        _CURRENT.join(listed_outlets, listed_outlets.c.interview_id == interviews.c.id).join(
            outlets, outlets.c.id == listed_outlets.c.outlet_id
        )
    )
    .group_by(outlets.c.id)
)
_STATEMENTS = [
    insert(tallies).from_select(_COLUMNS, statement)
    for statement in (_ALL, _BY_YEAR, _BY_LANGUAGE, _BY_SPEAKER, _BY_OUTLET)
]


def count(connection: Connection) -> None:
    """Make the tallies anew from the current versions."""
    connection.execute(delete(tallies))
    for statement in _STATEMENTS:
        connection.execute(statement)
