"""Chooses which interviews a list shows, in order, by ranges of the indexes made for lists; shows nothing of them."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, Table, bindparam, exists, func, select

from app.archive.dates import BEYOND
from app.archive.holdings import InterviewFilter
from app.archive.tables import interviews, listed_outlets, listed_speakers, outlets, speakers, tallies

_UNDATED = ("", "00000001")
_DATED = ("00000001", BEYOND)
_ANY = ("", BEYOND)

Kinds = tuple[str, ...]
"""Kinds of filter, of which the first leads: its range of the index is read and the others are asked of each row."""

_LISTS: dict[str, tuple[Table, str]] = {
    "speaker": (listed_speakers, "speaker_id"),
    "outlet": (listed_outlets, "outlet_id"),
    "language": (interviews, "language"),
}
_IDS = {
    "speaker": select(speakers.c.id).where(speakers.c.slug == bindparam("slug")),
    "outlet": select(outlets.c.id).where(outlets.c.slug == bindparam("slug")),
}
_TALLY = select(tallies.c.interviews).where(tallies.c.kind == bindparam("kind"), tallies.c.value == bindparam("value"))


def select_page(
    c: Connection, filter: InterviewFilter, *, newest_first: bool, offset: int, limit: int
) -> tuple[int, list[int]]:
    """Return how many interviews pass the filter, and the rows of those from `offset` on; undated ones come last."""
    values = _values(c, filter)
    if values is None:
        return 0, []
    sizes = {kind: _tally(c, kind, str(getattr(filter, kind))) for kind in values}
    kinds: Kinds = tuple(sorted(values, key=lambda kind: (sizes[kind], kind)))
    span = _span(filter)
    total = _tally(c, "all", "") if not kinds and span == _ANY else _count(c, kinds, values, span)
    undated = _count(c, kinds, values, _UNDATED) if span == _ANY else 0
    dated = total - undated
    rows: list[int] = []
    if offset < dated:
        rows += _rows(c, kinds, values, _DATED if span == _ANY else span, newest_first, offset, limit)
    if undated and len(rows) < limit:
        rows += _rows(c, kinds, values, _UNDATED, newest_first, max(0, offset - dated), limit - len(rows))
    return total, rows


def standing_before(c: Connection, filter: InterviewFilter, key: str, *, newest_first: bool) -> int:
    """Return how many interviews that pass the filter stand up to that key in the order of lists, itself included."""
    values = _values(c, filter)
    if values is None:
        return 0
    kinds, span = tuple(sorted(values)), _span(filter)
    dated = _DATED if span == _ANY else span
    own = _UNDATED if key < _DATED[0] else dated
    # A space sorts before whatever may follow a slug in a longer one.
    passed = (key, BEYOND) if newest_first else ("", f"{key} ")
    parts = [(max(own[0], passed[0]), min(own[1], passed[1]))]
    if own == _UNDATED:
        parts.append(dated)
    return sum(_count(c, kinds, values, part) for part in parts)


def _values(c: Connection, filter: InterviewFilter) -> dict[str, int | str] | None:
    """Return what each filter that is set compares with; None where one names what is not held."""
    values: dict[str, int | str] = {}
    for kind, slug in (("speaker", filter.speaker), ("outlet", filter.outlet)):
        if slug is not None:
            id = c.execute(_IDS[kind], {"slug": slug}).scalar()
            if id is None:
                return None
            values[kind] = id
    if filter.language is not None:
        values["language"] = filter.language
    return values


def _span(filter: InterviewFilter) -> tuple[str, str]:
    if filter.year is None:
        return _ANY
    month, day = filter.month, filter.day
    start = f"{filter.year:04}" + ("" if month is None else f"{month:02}" + ("" if day is None else f"{day:02}"))
    return start, start + BEYOND


def _tally(c: Connection, kind: str, value: str) -> int:
    return c.execute(_TALLY, {"kind": kind, "value": value}).scalar() or 0


def _count(c: Connection, kinds: Kinds, values: dict[str, int | str], span: tuple[str, str]) -> int:
    return c.execute(_counting(kinds), {**values, "low": span[0], "high": span[1]}).scalar_one()


def _rows(
    c: Connection,
    kinds: Kinds,
    values: dict[str, int | str],
    span: tuple[str, str],
    newest_first: bool,
    offset: int,
    limit: int,
) -> list[int]:
    bounds = {"low": span[0], "high": span[1], "offset": offset, "limit": limit}
    return list(c.execute(_paging(kinds, newest_first), {**values, **bounds}).scalars())


@cache
def _counting(kinds: Kinds) -> Select[int]:
    lead, row = _lead(kinds)
    return _where(select(func.count()).select_from(lead), lead, row, kinds)


@cache
def _paging(kinds: Kinds, newest_first: bool) -> Select[int]:
    lead, row = _lead(kinds)
    order = lead.c.sort_key.desc() if newest_first else lead.c.sort_key
    chosen = _where(select(lead.c[row]), lead, row, kinds)
    return chosen.order_by(order).limit(bindparam("limit")).offset(bindparam("offset"))


def _lead(kinds: Kinds) -> tuple[Table, str]:
    """Return the table that is read in order, and its column of the interview's row."""
    table = _LISTS[kinds[0]][0] if kinds else interviews
    return table, "id" if table is interviews else "interview_id"


def _where(statement: Select[*tuple[Any, ...]], lead: Table, row: str, kinds: Kinds) -> Select[*tuple[Any, ...]]:
    statement = statement.where(lead.c.sort_key >= bindparam("low"), lead.c.sort_key < bindparam("high"))
    for place, kind in enumerate(kinds):
        table, column = _LISTS[kind]
        if place == 0:
            statement = statement.where(table.c[column] == bindparam(kind))
        else:
            key = "id" if table is interviews else "interview_id"
            statement = statement.where(exists().where(table.c[key] == lead.c[row], table.c[column] == bindparam(kind)))
    return statement
