"""Reads lists of interviews and counts of what is held, in the order and from the tables made for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from sqlalchemy import Connection, Select, and_, bindparam, func, select

from app.archive import selecting, tables
from app.archive.holdings import InterviewFilter, ListedInterview, Named
from app.archive.overviews import Count, Holdings
from app.archive.selecting import select_page
from app.archive.tables import appearances, tallies, version_outlets, versions

_TALLIES = select(
    tallies.c.value, tallies.c.name, tallies.c.interviews, tallies.c.answers, tallies.c.first, tallies.c.last
).where(tallies.c.kind == bindparam("kind"))
_BY_VALUE = _TALLIES.order_by(tallies.c.value)
_BY_COUNT = _TALLIES.order_by(tallies.c.interviews.desc(), tallies.c.name)
_BY_ANSWERS = _TALLIES.order_by(tallies.c.answers.desc(), tallies.c.interviews.desc(), tallies.c.name)
_WORDS = select(tallies.c.words).where(tallies.c.kind == "all")
_WORDS_BY = select(tallies.c.value, tallies.c.words).where(tallies.c.kind == bindparam("kind"), tallies.c.value != "")
_MOST_HEARD = _BY_ANSWERS.where(tallies.c.answers > 0).limit(bindparam("limit"))
_HELD = _TALLIES.where(tallies.c.value == bindparam("value"))
_MOST = _BY_COUNT.limit(bindparam("limit"))
_KINDS = (
    select(tallies.c.kind, func.count().label("many"))
    .where(tallies.c.kind.in_(("speaker", "outlet")))
    .group_by(tallies.c.kind)
)

_LISTED = (
    select(
        tables.interviews.c.id,
        versions.c.id.label("version_id"),
        tables.interviews.c.slug,
        versions.c.title,
        versions.c.date,
        versions.c.time,
        tables.interviews.c.language,
        versions.c.exchange_count,
        versions.c.imported_at,
    )
    .join(
        versions,
        and_(versions.c.interview_id == tables.interviews.c.id, versions.c.number == tables.interviews.c.version),
    )
    .where(tables.interviews.c.id.in_(bindparam("ids", expanding=True)))
)
_IMPORTED = (
    select(tables.interviews.c.slug, versions.c.imported_at)
    .join(
        versions,
        and_(versions.c.interview_id == tables.interviews.c.id, versions.c.number == tables.interviews.c.version),
    )
    .where(tables.interviews.c.slug.in_(bindparam("slugs", expanding=True)))
)
_SPEAKERS = (
    select(appearances.c.version_id, tables.speakers.c.slug, tables.speakers.c.name)
    .join(tables.speakers, tables.speakers.c.id == appearances.c.speaker_id)
    .where(appearances.c.version_id.in_(bindparam("versions", expanding=True)), appearances.c.answers > 0)
    .order_by(appearances.c.position)
)
_OUTLETS = (
    select(version_outlets.c.version_id, tables.outlets.c.slug, tables.outlets.c.name)
    .join(tables.outlets, tables.outlets.c.id == version_outlets.c.outlet_id)
    .where(version_outlets.c.version_id.in_(bindparam("versions", expanding=True)))
    .order_by(version_outlets.c.position)
)


def holdings(c: Connection) -> Holdings:
    """Return what the archive holds, in numbers."""
    all_ = c.execute(_TALLIES, {"kind": "all"}).first()
    kinds = {row.kind: row.many for row in c.execute(_KINDS)}
    return Holdings(
        interviews=0 if all_ is None else all_.interviews,
        answers=0 if all_ is None else all_.answers,
        words=c.execute(_WORDS).scalar() or 0,
        speakers=kinds.get("speaker", 0),
        outlets=kinds.get("outlet", 0),
        languages=tuple(count.value for count in languages(c)),
        first=None if all_ is None else all_.first,
        last=None if all_ is None else all_.last,
    )


def years(c: Connection) -> tuple[Count, ...]:
    """Return the years that have interviews, earliest first; those without a year, if any, under an empty value."""
    return _counts(c, _BY_VALUE, "year")


def speakers(c: Connection) -> tuple[Count, ...]:
    """Return everybody who is named as speaking, those with most answers first; who only asks has none."""
    return _counts(c, _BY_ANSWERS, "speaker")


def outlets(c: Connection) -> tuple[Count, ...]:
    """Return the outlets, those with most interviews first."""
    return _counts(c, _BY_COUNT, "outlet")


def languages(c: Connection) -> tuple[Count, ...]:
    """Return the languages of texts, those with most interviews first."""
    return _counts(c, _BY_COUNT, "language")


def most_heard(c: Connection, limit: int) -> tuple[Count, ...]:
    """Return the speakers with most answers."""
    return tuple(Count(*row) for row in c.execute(_MOST_HEARD, {"kind": "speaker", "limit": limit}))


def most(c: Connection, kind: Literal["speaker", "outlet"], limit: int) -> tuple[Count, ...]:
    """Return the speakers or outlets with most interviews."""
    return tuple(Count(*row) for row in c.execute(_MOST, {"kind": kind, "limit": limit}))


def held(c: Connection, kind: Literal["year", "language", "speaker", "outlet"], value: str) -> Count | None:
    """Return the count of one year, language, speaker or outlet; None where there is nothing of it."""
    row = c.execute(_HELD, {"kind": kind, "value": value}).first()
    return None if row is None else Count(*row)


def months(c: Connection) -> tuple[Count, ...]:
    """Return the months that have interviews, earliest first, as YYYY-MM; as YYYY those of which no month is known."""
    return tuple(count for count in _counts(c, _BY_VALUE, "month") if count.value)


def words_by(c: Connection, kind: Literal["year", "month"]) -> dict[str, int]:
    """Return how many words the interviews of each year (YYYY) or month (YYYY-MM) have; earliest first.

    Where no month is known, its words stand under the year (YYYY) among the months.
    """
    return {row.value: row.words for row in c.execute(_WORDS_BY.order_by(tallies.c.value), {"kind": kind})}


def publishers(c: Connection) -> tuple[Count, ...]:
    """Return who published the sources, those with most interviews first; where it is not known, an empty value."""
    return _counts(c, _BY_COUNT, "publisher")


def formats(c: Connection) -> tuple[Count, ...]:
    """Return the media types of the sources, those of most interviews first."""
    return _counts(c, _BY_COUNT, "format")


def imports(c: Connection) -> tuple[Count, ...]:
    """Return the days on which the current versions came in, earliest first."""
    return _counts(c, _BY_VALUE, "imported")


def lacking(c: Connection) -> dict[str, int]:
    """Return of how many interviews what is not known: date, day, speaker, outlet, url, publisher and others."""
    return {count.value: count.interviews for count in _counts(c, _BY_VALUE, "lacking")}


def corrected(c: Connection) -> int:
    """Return how many interviews have more than one version."""
    return sum(count.interviews for count in _counts(c, _BY_VALUE, "corrected"))


def interviews(
    c: Connection, filter: InterviewFilter, *, newest_first: bool = True, offset: int = 0, limit: int = 50
) -> tuple[int, tuple[ListedInterview, ...]]:
    """Return how many interviews there are and those from `offset` on, by date, then time, then slug; undated last.

    A filter that names what is not held gives none; a month counts with its year alone, a day with its month.
    """
    total, rows = select_page(c, filter, newest_first=newest_first, offset=offset, limit=limit)
    return total, listed(c, rows)


def standing_before(c: Connection, filter: InterviewFilter, key: str, *, newest_first: bool = True) -> int:
    """Return how many of these interviews stand up to a key of `dates.key`, itself included, in the order of lists."""
    return selecting.standing_before(c, filter, key, newest_first=newest_first)


def listed(c: Connection, rows: Sequence[int]) -> tuple[ListedInterview, ...]:
    """Return the interviews in these rows of the table, in this order."""
    found = {row.id: row for row in c.execute(_LISTED, {"ids": rows})} if rows else {}
    at = {"versions": [row.version_id for row in found.values()]}
    who, where = _named(c, _SPEAKERS, at), _named(c, _OUTLETS, at)
    return tuple(
        ListedInterview(
            slug=row.slug,
            title=row.title,
            date=row.date,
            time=row.time,
            language=row.language,
            exchange_count=row.exchange_count,
            speakers=tuple(who.get(row.version_id, ())),
            outlets=tuple(where.get(row.version_id, ())),
            imported_at=row.imported_at,
        )
        for row in (found[id] for id in rows)
    )


def imported(c: Connection, slugs: Sequence[str]) -> dict[str, str]:
    """Return when the current version of each of these interviews came in."""
    return {row.slug: row.imported_at for row in c.execute(_IMPORTED, {"slugs": slugs})} if slugs else {}


def _named(c: Connection, statement: Select[*tuple[Any, ...]], at: dict[str, list[int]]) -> dict[int, list[Named]]:
    result: dict[int, list[Named]] = {}
    for version, slug, name in c.execute(statement, at) if at["versions"] else ():
        result.setdefault(version, []).append(Named(slug, name))
    return result


def _counts(c: Connection, statement: Select[*tuple[Any, ...]], kind: str) -> tuple[Count, ...]:
    return tuple(Count(*row) for row in c.execute(statement, {"kind": kind}))
