"""Counts within one speaker or one outlet: by year, language, office and by each other; read in profiles."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, and_, case, delete, func, insert, literal, select

from app.archive.tables import (
    appearances,
    cross_tallies,
    interviews,
    listed_outlets,
    listed_speakers,
    outlets,
    speakers,
    versions,
)

_COLUMNS = ["kind", "value", "by", "key", "name", "interviews", "answers", "first", "last"]
_CURRENT = interviews.join(
    versions, and_(versions.c.interview_id == interviews.c.id, versions.c.number == interviews.c.version)
)
_DATED = case((interviews.c.sort_date > 0, versions.c.date))
_YEAR = case((interviews.c.sort_date > 0, func.substr(versions.c.date, 1, 4)), else_="")
_PART = case((listed_speakers.c.answers > 0, "answers"), else_="asks")

_SPEAKER = _CURRENT.join(listed_speakers, listed_speakers.c.interview_id == interviews.c.id).join(
    speakers, speakers.c.id == listed_speakers.c.speaker_id
)
_OUTLET = _CURRENT.join(listed_outlets, listed_outlets.c.interview_id == interviews.c.id).join(
    outlets, outlets.c.id == listed_outlets.c.outlet_id
)
_BOTH = _SPEAKER.join(listed_outlets, listed_outlets.c.interview_id == interviews.c.id).join(
    outlets, outlets.c.id == listed_outlets.c.outlet_id
)
_OFFICE = _SPEAKER.join(
    appearances,
    and_(
        appearances.c.version_id == versions.c.id,
        appearances.c.speaker_id == speakers.c.id,
        appearances.c.office.is_not(None),
    ),
)
_OTHER, _OTHERS = speakers.alias("other"), listed_speakers.alias("others")
_PAIR = _SPEAKER.join(_OTHERS, _OTHERS.c.interview_id == interviews.c.id).join(
    _OTHER, _OTHER.c.id == _OTHERS.c.speaker_id
)


def _crossed(
    kind: str,
    value: ColumnElement[str],
    by: str,
    key: ColumnElement[str],
    name: ColumnElement[str],
    answers: ColumnElement[int],
    where: FromClause,
) -> Select[*tuple[Any, ...]]:
    return (
        select(
            literal(kind),
            value,
            literal(by),
            key,
            name,
            func.count(),
            func.coalesce(func.sum(answers), 0),
            func.min(_DATED),
            func.max(_DATED),
        )
        .select_from(where)
        .group_by(value, key)
    )


def _of_speaker(
    by: str, key: ColumnElement[str], where: FromClause, name: ColumnElement[str] | None = None
) -> Select[*tuple[Any, ...]]:
    return _crossed(
        "speaker", speakers.c.slug, by, key, key if name is None else name, listed_speakers.c.answers, where
    )


def _of_outlet(by: str, key: ColumnElement[str]) -> Select[*tuple[Any, ...]]:
    return _crossed("outlet", outlets.c.slug, by, key, key, versions.c.answer_count, _OUTLET)


def _pair(by: str, asks: ColumnElement[int], answers: ColumnElement[int]) -> Select[*tuple[Any, ...]]:
    paired = _crossed("speaker", speakers.c.slug, by, _OTHER.c.slug, _OTHER.c.name, answers, _PAIR)
    return paired.where(asks == 0, answers > 0)


_STATEMENTS = [
    insert(cross_tallies).from_select(_COLUMNS, statement)
    for statement in (
        _of_speaker("year", _YEAR, _SPEAKER),
        _of_speaker("language", interviews.c.language, _SPEAKER),
        _of_speaker("part", _PART, _SPEAKER),
        _of_speaker("office", appearances.c.office, _OFFICE),
        _of_speaker("outlet", outlets.c.slug, _BOTH, outlets.c.name),
        _pair("asker", _OTHERS.c.answers, listed_speakers.c.answers),
        _pair("asked", listed_speakers.c.answers, _OTHERS.c.answers),
        _of_outlet("year", _YEAR),
        _of_outlet("language", interviews.c.language),
        _crossed(
            "outlet", outlets.c.slug, "speaker", speakers.c.slug, speakers.c.name, listed_speakers.c.answers, _BOTH
        ),
    )
]


def count(connection: Connection) -> None:
    """Make the counts within speakers and outlets anew from the current versions."""
    connection.execute(delete(cross_tallies))
    for statement in _STATEMENTS:
        connection.execute(statement)
