"""Counts what the current versions hold, by year, language, speaker, outlet and more; the counts are read elsewhere."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    literal,
    select,
    update,
)

from app.archive import crossing, filing
from app.archive.tables import (
    interviews,
    listed_outlets,
    listed_speakers,
    outlets,
    sources,
    speakers,
    tallies,
    version_outlets,
    versions,
)

_CURRENT = interviews.join(
    versions, and_(versions.c.interview_id == interviews.c.id, versions.c.number == interviews.c.version)
)
_DATED = case((interviews.c.sort_date > 0, versions.c.date))
_YEAR = case((interviews.c.sort_date > 0, func.substr(versions.c.date, 1, 4)), else_="")
_MONTH = case((interviews.c.sort_date > 0, func.substr(versions.c.date, 1, 7)), else_="")
_IMPORTED = func.substr(versions.c.imported_at, 1, 10)
_COLUMNS = ["kind", "value", "name", "filing", "interviews", "answers", "words", "first", "last"]

_NO_OUTLET = ~select(version_outlets).where(version_outlets.c.version_id == versions.c.id).exists()
_NOBODY = ~(
    select(listed_speakers).where(listed_speakers.c.interview_id == interviews.c.id, listed_speakers.c.answers > 0)
).exists()
_LACKING: dict[str, ColumnElement[bool]] = {
    "date": interviews.c.sort_date == 0,
    "day": and_(interviews.c.sort_date > 0, interviews.c.sort_date % 100 == 0),
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


def _counted(kind: str, value: ColumnElement[str], name: ColumnElement[str]) -> Select[tuple[object, ...]]:
    answers = listed_speakers.c.answers if kind == "speaker" else versions.c.answer_count
    return select(
        literal(kind),
        value,
        name,
        literal(""),
        func.count(),
        func.coalesce(func.sum(answers), 0),
        func.coalesce(func.sum(versions.c.word_count), 0),
        func.min(_DATED),
        func.max(_DATED),
    )


def _by(kind: str, value: ColumnElement[str], where: FromClause = _CURRENT) -> Select[tuple[object, ...]]:
    return _counted(kind, value, value).select_from(where).group_by(value)


_ALL = _counted("all", literal(""), literal("")).select_from(_CURRENT)
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
    for statement in (
        _ALL,
        _by("year", _YEAR),
        _by("month", _MONTH),
        _by("language", interviews.c.language),
        _by("publisher", func.coalesce(versions.c.publisher, "")),
        _by("format", sources.c.media_type, _CURRENT.join(sources, sources.c.id == versions.c.source_id)),
        _by("imported", _IMPORTED),
        _BY_SPEAKER,
        _BY_OUTLET,
        _counted("corrected", literal(""), literal("")).select_from(_CURRENT).where(interviews.c.version > 1),
        *(
            _counted("lacking", literal(what), literal(what)).select_from(_CURRENT).where(lacks)
            for what, lacks in _LACKING.items()
        ),
    )
]
_NAMES = select(tallies.c.value, tallies.c.name).where(tallies.c.kind == bindparam("of"))
_FILE = (
    update(tallies)
    .where(tallies.c.kind == bindparam("of"), tallies.c.value == bindparam("slug"))
    .values(filing=bindparam("filed"))
)


def count(connection: Connection) -> None:
    """Make all counts anew from the current versions."""
    connection.execute(delete(tallies))
    for statement in _STATEMENTS:
        connection.execute(statement)
    _file(connection, "speaker", filing.person)
    _file(connection, "outlet", filing.outlet)
    crossing.count(connection)


def _file(connection: Connection, kind: str, filed_under: Callable[[str], str]) -> None:
    named = connection.execute(_NAMES, {"of": kind}).all()
    rows = [{"of": kind, "slug": row.value, "filed": filed_under(row.name)} for row in named]
    if rows:
        connection.execute(_FILE, rows)
