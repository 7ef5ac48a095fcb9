"""One outlet: its years, those who spoke to it, and its interviews."""

from __future__ import annotations

from dataclasses import dataclass

from app import permalinks
from app.archive import profiles
from app.archive.holdings import InterviewFilter, ListedInterview
from app.archive.opening import Lease
from app.archive.overviews import Count
from app.errors import NotHeld
from app.web.asking import PageNumber
from app.web.moving import lead_on
from app.web.pages.home import every_year
from app.web.paging import Listed, listed

ADDRESS = "/outlets/{slug}"
SIZE = 25


@dataclass(frozen=True, slots=True)
class Outlet:
    """What the archive holds of one outlet, over the current versions."""

    url: str
    slug: str
    name: str
    answers: int
    """Answers and statements in its interviews."""
    first: str | None
    """Date of the earliest dated interview."""
    last: str | None
    years: tuple[Count, ...]
    """Every year from the first to the last."""
    undated: int
    """Interviews of which no year is known."""
    speakers: tuple[Count, ...]
    """Those who answer, with their own answers to this outlet."""
    askers: tuple[Count, ...]
    """Those who are named and only ask or chair."""
    languages: tuple[Count, ...]
    feed: str
    """Path of the feed."""
    total: int
    page: int
    pages: int
    interviews: tuple[ListedInterview, ...]
    previous: str | None
    """Path and query of the page before."""
    next: str | None
    former: tuple[ListedInterview, ...]
    """Where no current version names it: the interviews of which an earlier one does."""


def page(lease: Lease, slug: str, page: PageNumber = 1) -> Outlet:
    """Return what the archive holds of one outlet, with a page of its interviews, 25 to a page."""
    try:
        held = profiles.outlet(lease.connection, slug)
    except NotHeld:
        lead_on(lease, "outlet", slug)
        raise
    path = permalinks.outlet_path(slug)
    shown: Listed = listed(lease, path, InterviewFilter(outlet=slug), page, SIZE)
    return Outlet(
        url=shown.url,
        slug=slug,
        name=held.count.name,
        answers=held.count.answers,
        first=held.count.first,
        last=held.count.last,
        years=every_year(held.years),
        undated=sum(year.interviews for year in held.years if not year.value),
        speakers=held.speakers,
        askers=held.askers,
        languages=held.languages,
        feed=f"{path}.atom",
        total=shown.total,
        page=shown.page,
        pages=shown.pages,
        interviews=shown.interviews,
        previous=shown.previous,
        next=shown.next,
        former=() if held.count.interviews else profiles.former(lease.connection, "outlet", slug),
    )
