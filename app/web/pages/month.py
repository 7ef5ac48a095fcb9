"""One month: its calendar, and all its interviews in order."""

from __future__ import annotations

from dataclasses import dataclass

from app.archive import days
from app.archive.holdings import InterviewFilter, ListedInterview
from app.archive.opening import Lease
from app.web.asking import PageNumber
from app.web.calendars import Month as MonthOfDays
from app.web.calendars import PartTyped, Period, YearTyped, around, month_of, read_period
from app.web.paging import listed
from app.web.templating import date_path

ADDRESS = "/dates/{year}/{month}"
SIZE = 50


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the archive's years, whether or not there are interviews of it."""

    url: str
    date: str
    """YYYY-MM."""
    year: Period
    calendar: MonthOfDays
    before: Period | None
    """The nearest month before that has interviews."""
    after: Period | None
    total: int
    without_day: int
    """Interviews of which no day is known; they stand first in the list."""
    page: int
    pages: int
    interviews: tuple[ListedInterview, ...]
    previous: str | None
    next: str | None


def page(lease: Lease, year: YearTyped, month: PartTyped, page: PageNumber = 1) -> Month:
    """Return the days and the interviews of one month, the earliest first, 50 to a page."""
    in_year, number = read_period(lease, year, month)
    date = f"{in_year:04}-{number:02}"
    counts = {each.date: each.interviews for each in days.dates_in(lease.connection, in_year, number)}
    before, after = around(lease, "month", in_year, number)
    shown = listed(lease, date_path(date), InterviewFilter(in_year, number), page, SIZE, newest_first=False)
    return Month(
        url=shown.url,
        date=date,
        year=Period(date[:4], date_path(date[:4])),
        calendar=month_of(in_year, number, counts),
        before=before,
        after=after,
        total=shown.total,
        without_day=counts.get(date, 0),
        page=shown.page,
        pages=shown.pages,
        interviews=shown.interviews,
        previous=shown.previous,
        next=shown.next,
    )
