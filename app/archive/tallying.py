"""Counts what the current versions hold, by year, language, speaker, outlet and more; the counts are read elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Table,
    bindparam,
    delete,
    func,
    insert,
    literal,
    select,
    update,
)

from app.archive import crossing, filing
from app.archive.present import asking, gathered, held, speaking
from app.archive.tables import (
    listed_speakers,
    outlets,
    sources,
    speakers,
    tallies,
    version_outlets,
    versions,
)

_PRESENT = held.join(versions, versions.c.id == held.c.version_id)
_DATED = held.c.date
_COLUMNS = ["kind", "value", "name", "filing", "interviews", "answers", "words", "first", "last"]

_EARLIER = versions.alias("earlier")
_HAS_EARLIER = (
    select(_EARLIER.c.id)
    .where(_EARLIER.c.interview_id == versions.c.interview_id, _EARLIER.c.number < versions.c.number)
    .exists()
)
_NO_OUTLET = ~select(version_outlets).where(version_outlets.c.version_id == versions.c.id).exists()
_NOBODY = ~(
    select(listed_speakers).where(listed_speakers.c.interview_id == held.c.interview_id, listed_speakers.c.answers > 0)
).exists()
_LACKING: dict[str, ColumnElement[bool]] = {
    "date": held.c.date.is_(None),
    "day": func.length(held.c.date) < len("2015-12-11"),
    "speaker": _NOBODY,
    "outlet": _NO_OUTLET,
    "url": versions.c.url.is_(None),
    "publisher": versions.c.publisher.is_(None),
    "retrieved": versions.c.retrieved.is_(None),
    "licence": versions.c.licence.is_(None),
    "translation": versions.c.translation.is_(None),
    "source": select(sources).where(sources.c.id == versions.c.source_id, sources.c.data.is_(None)).exists(),
}
"""What may not be known of an interview, or not be kept: by what name it is counted."""


_ANSWERS, _WORDS = versions.c.answer_count, versions.c.word_count


def _counted(
    kind: str,
    value: ColumnElement[str],
    name: ColumnElement[str],
    source: FromClause = _PRESENT,
    answers: ColumnElement[int] = _ANSWERS,
    words: ColumnElement[int] = _WORDS,
    date: ColumnElement[str] = _DATED,
) -> Select[*tuple[Any, ...]]:
    totals = [func.coalesce(func.sum(each), 0) for each in (answers, words)]
    counted = select(literal(kind), value, name, literal(""), func.count(), *totals, func.min(date), func.max(date))
    return counted.select_from(source)


def _by(kind: str, value: ColumnElement[str], source: FromClause = _PRESENT) -> Select[*tuple[Any, ...]]:
    return _counted(kind, value, value, source).group_by(value)


def _of(
    kind: str, named: Table, listed: Table, row: ColumnElement[int], answers: ColumnElement[int]
) -> Select[*tuple[Any, ...]]:
    source = listed.join(named, named.c.id == row)
    of = _counted(kind, named.c.slug, named.c.name, source, answers, listed.c.words, listed.c.date)
    return of.group_by(row)


_COUNTS = (
    _counted("all", literal(""), literal("")),
    _by("year", func.coalesce(func.substr(_DATED, 1, 4), "")),
    _by("month", func.coalesce(func.substr(_DATED, 1, 7), "")),
    _by("language", held.c.language),
    _by("publisher", func.coalesce(versions.c.publisher, "")),
    _by("format", sources.c.media_type, _PRESENT.join(sources, sources.c.id == versions.c.source_id)),
    _by("imported", func.substr(versions.c.imported_at, 1, 10)),
    _of("speaker", speakers, speaking, speaking.c.speaker_id, speaking.c.own_answers),
    _of("outlet", outlets, asking, asking.c.outlet_id, asking.c.answers),
    _counted("corrected", literal(""), literal("")).where(versions.c.number > 1, _HAS_EARLIER),
    *(_counted("lacking", literal(what), literal(what)).where(lacks) for what, lacks in _LACKING.items()),
)
_STATEMENTS = [insert(tallies).from_select(_COLUMNS, counts) for counts in _COUNTS]
_FILED: dict[str, Callable[[str], str]] = {"speaker": filing.person, "outlet": filing.outlet}
_NAMES = select(tallies.c.value, tallies.c.name).where(tallies.c.kind == bindparam("of"))
_FILE = (
    update(tallies)
    .where(tallies.c.kind == bindparam("of"), tallies.c.value == bindparam("slug"))
    .values(filing=bindparam("filed"))
)


def count(connection: Connection) -> None:
    """Make all counts anew from the current versions."""
    connection.execute(delete(tallies))
    with gathered(connection):
        for statement in _STATEMENTS:
            connection.execute(statement)
        crossing.count(connection)
    for kind, filed_under in _FILED.items():
        _file(connection, kind, filed_under)


def counted(connection: Connection) -> set[tuple[Any, ...]]:
    """Return the rows that `tallies` should have, from what present has gathered; nothing is written."""
    rows = set()
    for counts in _COUNTS:
        for kind, value, name, filing_, *numbers in connection.execute(counts):
            filed = _FILED.get(kind)
            rows.add((kind, value, name, filed(name) if filed else filing_, *numbers))
    return rows


def _file(connection: Connection, kind: str, filed_under: Callable[[str], str]) -> None:
    named = connection.execute(_NAMES, {"of": kind}).all()
    rows = [{"of": kind, "slug": row.value, "filed": filed_under(row.name)} for row in named]
    if rows:
        connection.execute(_FILE, rows)
