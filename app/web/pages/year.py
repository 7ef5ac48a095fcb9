"""One year: twelve months as calendars, and the interviews of which no more than the year is known."""

from __future__ import annotations

from dataclasses import dataclass

from app.archive import days
from app.archive.holdings import InterviewFilter, ListedInterview
from app.archive.opening import Lease
from app.web.asking import PageNumber
from app.web.calendars import Month, Period, YearTyped, around, month_of, read_period
from app.web.paging import listed
from app.web.templating import date_path

ADDRESS = "/dates/{year}"
SIZE = 50


@dataclass(frozen=True, slots=True)
class Year:
    """One year of the archive, whether or not there are interviews of it."""

    url: str
    date: str
    """YYYY."""
    interview_count: int
    months: tuple[Month, ...]
    before: Period | None
    """The nearest year before that has interviews."""
    after: Period | None
    total: int
    """Interviews of which no month is known; they are what `interviews` lists, a page at a time."""
    page: int
    pages: int
    interviews: tuple[ListedInterview, ...]
    previous: str | None
    next: str | None


def page(lease: Lease, year: YearTyped, page: PageNumber = 1) -> Year:
    """Return the months and days of one year with how many interviews they have."""
    (number,) = read_period(lease, year)
    counts = {each.date: each.interviews for each in days.dates_in(lease.connection, number)}
    date = f"{number:04}"
    before, after = around(lease, "year", number)
    unknown = listed(lease, date_path(date), InterviewFilter(number, 0), page, SIZE, newest_first=False)
    return Year(
        url=unknown.url,
        date=date,
        interview_count=sum(counts.values()),
        months=tuple(month_of(number, month, counts) for month in range(1, 13)),
        before=before,
        after=after,
        total=unknown.total,
        page=unknown.page,
        pages=unknown.pages,
        interviews=unknown.interviews,
        previous=unknown.previous,
        next=unknown.next,
    )
