"""One day, and all its interviews in order."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from app.archive.holdings import InterviewFilter, ListedInterview
from app.archive.opening import Lease
from app.web.asking import PageNumber
from app.web.calendars import PartTyped, Period, YearTyped, around, read_period
from app.web.paging import listed
from app.web.templating import date_path

ADDRESS = "/dates/{year}/{month}/{day}"
SIZE = 50

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the archive's years, whether or not there are interviews of it."""

    url: str
    date: str
    """YYYY-MM-DD."""
    weekday: str
    """In English, by the Gregorian calendar."""
    year: Period
    month: Period
    before: Period | None
    """The nearest day before that has interviews."""
    after: Period | None
    total: int
    page: int
    pages: int
    interviews: tuple[ListedInterview, ...]
    previous: str | None
    next: str | None


def page(lease: Lease, year: YearTyped, month: PartTyped, day: PartTyped, page: PageNumber = 1) -> Day:
    """Return the interviews of one day, the earliest first, 50 to a page."""
    in_year, in_month, number = read_period(lease, year, month, day)
    date = f"{in_year:04}-{in_month:02}-{number:02}"
    before, after = around(lease, "day", in_year, in_month, number)
    chosen = InterviewFilter(in_year, in_month, day=number)
    shown = listed(lease, date_path(date), chosen, page, SIZE, newest_first=False)
    return Day(
        url=shown.url,
        date=date,
        weekday=_WEEKDAYS[datetime.date(in_year, in_month, number).weekday()],
        year=Period(date[:4], date_path(date[:4])),
        month=Period(date[:7], date_path(date[:7])),
        before=before,
        after=after,
        total=shown.total,
        page=shown.page,
        pages=shown.pages,
        interviews=shown.interviews,
        previous=shown.previous,
        next=shown.next,
    )
