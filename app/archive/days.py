"""Reads on which dates there are interviews, and the nearest date on either side; the interviews are in listing."""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import Connection, Select, bindparam, func, select

from app.archive.dates import date
from app.archive.overviews import DateCount
from app.archive.tables import interviews

Precision = Literal["year", "month", "day"]

_KNOWN = {
    "year": interviews.c.sort_date > 0,
    "month": interviews.c.sort_date % 10000 > 0,
    "day": interviews.c.sort_date % 100 > 0,
}
"""What of a date must be known for it to lie in a period of that length."""
_LENGTHS = {"year": 4, "month": 7, "day": 10}

_IN = (
    select(interviews.c.sort_date, func.count())
    .where(interviews.c.sort_date >= bindparam("low"), interviews.c.sort_date < bindparam("high"))
    .group_by(interviews.c.sort_date)
    .order_by(interviews.c.sort_date)
)


def _nearest(precision: Precision, before: bool) -> Select[*tuple[Any, ...]]:
    on_that_side = (
        interviews.c.sort_date < bindparam("bound") if before else interviews.c.sort_date >= bindparam("bound")
    )
    order = interviews.c.sort_date.desc() if before else interviews.c.sort_date
    return select(interviews.c.sort_date).where(on_that_side, _KNOWN[precision]).order_by(order).limit(1)


_PRECISIONS: tuple[Precision, ...] = ("year", "month", "day")
_BEFORE = {precision: _nearest(precision, before=True) for precision in _PRECISIONS}
_FROM = {precision: _nearest(precision, before=False) for precision in _PRECISIONS}


def dates_in(c: Connection, year: int, month: int | None = None) -> tuple[DateCount, ...]:
    """Return the dates of a year or month that have interviews, in order, those known in part before those in full."""
    low, high = _bounds(year, month, None)
    return tuple(DateCount(date(day) or "", many) for day, many in c.execute(_IN, {"low": low, "high": high}))


def every_date(c: Connection) -> tuple[DateCount, ...]:
    """Return all dates that have interviews, in order."""
    return tuple(DateCount(date(day) or "", many) for day, many in c.execute(_IN, {"low": 1, "high": 1_0000_0000}))


def neighbours(
    c: Connection, precision: Precision, year: int, month: int | None = None, day: int | None = None
) -> tuple[str | None, str | None]:
    """Return the nearest year, month or day before this one and after it that has an interview, as ISO 8601."""
    low, high = _bounds(year, month, day)
    found = (
        c.execute(_BEFORE[precision], {"bound": low}).scalar(),
        c.execute(_FROM[precision], {"bound": high}).scalar(),
    )
    before, after = ((date(day) or "")[: _LENGTHS[precision]] if day else None for day in found)
    return before, after


def _bounds(year: int, month: int | None, day: int | None) -> tuple[int, int]:
    """Return the period as a half-open range of yyyymmdd."""
    if month is None:
        return year * 10000, (year + 1) * 10000
    low = year * 10000 + month * 100
    return (low, low + 100) if day is None else (low + day, low + day + 1)
