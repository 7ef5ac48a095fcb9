"""The interviews whose sources state no date."""

from __future__ import annotations

from dataclasses import dataclass

from app.archive.holdings import InterviewFilter, ListedInterview
from app.archive.opening import Lease
from app.web.asking import PageNumber
from app.web.paging import listed

ADDRESS = "/dates/undated"
SIZE = 50


@dataclass(frozen=True, slots=True)
class Undated:
    """One page of them."""

    url: str
    total: int
    page: int
    pages: int
    interviews: tuple[ListedInterview, ...]
    previous: str | None
    """Path and query of the page before."""
    next: str | None


def page(lease: Lease, page: PageNumber = 1) -> Undated:
    """Return the interviews without a date, 50 to a page."""
    shown = listed(lease, ADDRESS, InterviewFilter(0), page, SIZE, newest_first=False)
    return Undated(
        url=shown.url,
        total=shown.total,
        page=shown.page,
        pages=shown.pages,
        interviews=shown.interviews,
        previous=shown.previous,
        next=shown.next,
    )
