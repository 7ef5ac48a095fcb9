"""Counts within one speaker or one outlet: by year, language, office and by each other; read in profiles."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, and_, case, delete, func, insert, literal, select

from app.archive.present import asking, held, speaking
from app.archive.tables import appearances, cross_tallies, outlets, speakers

Statement = Select[*tuple[Any, ...]]

_COLUMNS = ["kind", "value", "by", "key", "name", "interviews", "answers", "first", "last"]
_NAMED = {"speaker": speakers, "outlet": outlets}
_OTHERS = speaking.alias("others")
_PAIRS = speaking.join(_OTHERS, _OTHERS.c.interview_id == speaking.c.interview_id)
_BOTH = speaking.join(asking, asking.c.interview_id == speaking.c.interview_id)
_OFFICES = speaking.join(held, held.c.interview_id == speaking.c.interview_id).join(
    appearances,
    and_(
        appearances.c.version_id == held.c.version_id,
        appearances.c.speaker_id == speaking.c.speaker_id,
        appearances.c.office.is_not(None),
    ),
)
_PART = case((speaking.c.own_answers > 0, "answers"), else_="asks")


def _counted(
    source: FromClause, whose: ColumnElement[int], key: ColumnElement[Any], answers: ColumnElement[int]
) -> Statement:
    """Return the counts for each row of a table (`whose`) and each `key`; names are put to them when all is counted."""
    date = asking.c.date if source is asking else speaking.c.date
    counted = select(
        whose.label("whose"),
        key.label("key"),
        func.count().label("interviews"),
        func.sum(answers).label("answers"),
        func.min(date).label("first"),
        func.max(date).label("last"),
    )
    return counted.select_from(source).group_by(whose, key)


def _crossed(kind: str, by: str, statement: Statement, keyed: str | None = None) -> Statement:
    """Return rows of cross_tallies; `keyed` says whose row numbers the keys are, where they are no values."""
    counted = statement.subquery("counted")
    whose = _NAMED[kind].alias("whose")
    source = counted.join(whose, whose.c.id == counted.c.whose)
    key, name = counted.c.key, counted.c.key
    if keyed is not None:
        other = _NAMED[keyed].alias("other")
        source = source.join(other, other.c.id == counted.c.key)
        key, name = other.c.slug, other.c.name
    counts = (counted.c.interviews, counted.c.answers, counted.c.first, counted.c.last)
    return select(literal(kind), whose.c.slug, literal(by), key, name, *counts).select_from(source)


def _of_speaker(source: FromClause, key: ColumnElement[Any]) -> Statement:
    return _counted(source, speaking.c.speaker_id, key, speaking.c.own_answers)


def _of_outlet(key: ColumnElement[Any]) -> Statement:
    return _counted(asking, asking.c.outlet_id, key, asking.c.answers)


_ASKERS = _of_speaker(_PAIRS, _OTHERS.c.speaker_id).where(speaking.c.own_answers > 0, _OTHERS.c.own_answers == 0)
_ASKED = _counted(_PAIRS, speaking.c.speaker_id, _OTHERS.c.speaker_id, _OTHERS.c.own_answers).where(
    speaking.c.own_answers == 0, _OTHERS.c.own_answers > 0
)
_COUNTS = (
    _crossed("speaker", "year", _of_speaker(speaking, speaking.c.year)),
    _crossed("speaker", "language", _of_speaker(speaking, speaking.c.language)),
    _crossed("speaker", "part", _of_speaker(speaking, _PART)),
    _crossed("speaker", "office", _of_speaker(_OFFICES, appearances.c.office)),
    _crossed("speaker", "outlet", _of_speaker(_BOTH, asking.c.outlet_id), "outlet"),
    _crossed("speaker", "asker", _ASKERS, "speaker"),
    _crossed("speaker", "asked", _ASKED, "speaker"),
    _crossed("outlet", "year", _of_outlet(asking.c.year)),
    _crossed("outlet", "language", _of_outlet(asking.c.language)),
    _crossed(
        "outlet",
        "speaker",
        _counted(_BOTH, asking.c.outlet_id, speaking.c.speaker_id, speaking.c.own_answers),
        "speaker",
    ),
)
_STATEMENTS = [insert(cross_tallies).from_select(_COLUMNS, counts) for counts in _COUNTS]


def count(connection: Connection) -> None:
    """Make the counts within speakers and outlets anew, from what present has gathered."""
    connection.execute(delete(cross_tallies))
    for statement in _STATEMENTS:
        connection.execute(statement)


def counted(connection: Connection) -> set[tuple[Any, ...]]:
    """Return the rows that `cross_tallies` should have, from what present has gathered; nothing is written."""
    return {tuple(row) for counts in _COUNTS for row in connection.execute(counts)}
