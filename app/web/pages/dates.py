"""The calendar of the archive: every year with the interviews of its months."""

from __future__ import annotations

from dataclasses import dataclass

from app.archive import listing
from app.archive.opening import Lease
from app.archive.overviews import Count
from app.web.templating import date_path

ADDRESS = "/dates"


@dataclass(frozen=True, slots=True)
class MonthCount:
    """How many interviews one month has."""

    date: str
    """YYYY-MM."""
    interviews: int
    url: str | None
    """Where there are interviews."""


@dataclass(frozen=True, slots=True)
class YearCount:
    """How many interviews one year has, month by month."""

    date: str
    """YYYY."""
    interviews: int
    without_month: int
    """Interviews of which no month is known."""
    url: str
    months: tuple[MonthCount, ...]
    """All twelve."""


@dataclass(frozen=True, slots=True)
class Dates:
    """All years of the archive, the last one first."""

    url: str
    total: int
    """Dated interviews."""
    undated: int
    first: str | None
    """Date of the earliest dated interview."""
    last: str | None
    years: tuple[YearCount, ...]
    """Every year between the first and the last, those without interviews too."""

    @property
    def most(self) -> int:
        """How many interviews the fullest month has."""
        return max((month.interviews for year in self.years for month in year.months), default=0)


def page(lease: Lease) -> Dates:
    """Return how many interviews each month of each year has."""
    held = listing.holdings(lease.connection)
    years = by_month(listing.months(lease.connection))
    total = sum(year.interviews for year in years)
    return Dates(ADDRESS, total, held.interviews - total, held.first, held.last, years)


def by_month(counts: tuple[Count, ...]) -> tuple[YearCount, ...]:
    """Return every year from the last to the first with all its months; `counts` are by month, YYYY or YYYY-MM."""
    held = {count.value: count.interviews for count in counts}
    if not held:
        return ()
    span = [int(value[:4]) for value in held]
    return tuple(_year(f"{year:04}", held) for year in range(max(span), min(span) - 1, -1))


def _year(year: str, held: dict[str, int]) -> YearCount:
    months = tuple(_month(f"{year}-{month:02}", held) for month in range(1, 13))
    without_month = held.get(year, 0)
    total = without_month + sum(month.interviews for month in months)
    return YearCount(year, total, without_month, date_path(year), months)


def _month(date: str, held: dict[str, int]) -> MonthCount:
    many = held.get(date, 0)
    return MonthCount(date, many, date_path(date) if many else None)
