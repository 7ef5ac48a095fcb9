"""Periods of the calendar as addresses name them, and a month as weeks of days; what is held the archive tells."""

from __future__ import annotations

import re
from calendar import Calendar, monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import BeforeValidator

from app.archive import listing
from app.archive.days import Precision, neighbours
from app.archive.opening import Lease
from app.web.errors import Elsewhere, NoPage, Problem
from app.web.templating import date_path


def _of(typed: object, pattern: str) -> str | None:
    return typed if isinstance(typed, str) and re.fullmatch(pattern, typed, re.ASCII) else None


YearTyped = Annotated[str | None, BeforeValidator(lambda typed: _of(typed, "[0-9]{4}"))]
"""Four digits; None for whatever is no year."""
PartTyped = Annotated[str | None, BeforeValidator(lambda typed: _of(typed, "[0-9]{1,2}"))]
"""A month or a day: one or two digits; None for whatever is neither."""


@dataclass(frozen=True, slots=True)
class Period:
    """A year, a month or a day."""

    date: str
    """ISO 8601."""
    url: str


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a month."""

    day: int
    interviews: int
    url: str | None
    """Where there are interviews."""


@dataclass(frozen=True, slots=True)
class Month:
    """One month of a year."""

    date: str
    """YYYY-MM."""
    interviews: int
    """Of all its days, and of no known day of it."""
    url: str
    weeks: tuple[tuple[Day | None, ...], ...]
    """From Monday to Sunday; None for a day of another month."""


def read_period(lease: Lease, year: str | None, month: str | None = "", day: str | None = "") -> tuple[int, ...]:
    """Return the parts of a period that is typed; "" stands for a part that is not asked for.

    Raises NoPage for what is no period, or none of the archive's years, and Elsewhere for one that is typed otherwise
    than it is written here.
    """
    typed = [part for part in (year, month, day) if part != ""]
    parts = tuple(int(part) for part in typed if part is not None)
    if len(parts) < len(typed) or not is_period(parts):
        raise NoPage(Problem(404, "No such date", "The calendar has no such date.", suggestion="/dates"))
    _require_within(lease, parts[0])
    written = "-".join([f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])])
    if written != "-".join(part or "" for part in typed):
        raise Elsewhere(date_path(written), permanent=True)
    return parts


def is_period(parts: tuple[int, ...]) -> bool:
    """Say whether the calendar has such a year, month or day."""
    year, month, day = (*parts, 1, 1)[:3]
    return year > 0 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def around(lease: Lease, precision: Precision, *parts: int) -> tuple[Period | None, Period | None]:
    """Return the nearest period of the same length before and after this one that has interviews."""
    before, after = neighbours(lease.connection, precision, *parts)
    return _period(before), _period(after)


def month_of(year: int, month: int, counts: Mapping[str, int]) -> Month:
    """Return a month with its days; `counts` are the interviews of each date, at its own precision."""
    date = f"{year:04}-{month:02}"
    weeks = tuple(
        tuple(_day(date, day, counts) if day else None for day in week)
        for week in Calendar().monthdayscalendar(year, month)
    )
    return Month(date, sum(many for held, many in counts.items() if held.startswith(date)), date_path(date), weeks)


def _day(month: str, day: int, counts: Mapping[str, int]) -> Day:
    date = f"{month}-{day:02}"
    many = counts.get(date, 0)
    return Day(day, many, date_path(date) if many else None)


def _period(date: str | None) -> Period | None:
    return None if date is None else Period(date, date_path(date))


def _require_within(lease: Lease, year: int) -> None:
    """Raise NoPage for a year before the archive's first or after its last: there is no end of empty years."""
    held = listing.holdings(lease.connection)
    if held.first is None or held.last is None:
        detail, nearest = "This archive holds no dated interview.", "/dates"
    elif int(held.first[:4]) <= year <= int(held.last[:4]):
        return
    else:
        detail = f"The interviews held here are of the years {held.first[:4]} to {held.last[:4]}."
        nearest = date_path((held.first if year < int(held.first[:4]) else held.last)[:4])
    raise NoPage(Problem(404, "Outside this archive", detail, suggestion=nearest))
