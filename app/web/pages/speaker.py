"""One person who speaks: their offices, years, outlets and interviews."""

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

ADDRESS = "/speakers/{slug}"
SIZE = 25


@dataclass(frozen=True, slots=True)
class Speaker:
    """What the archive holds of one person, over the current versions; counts of answers are of their own."""

    url: str
    slug: str
    name: str
    answers: int
    answered: int
    """Interviews in which they answer or state something; `asked` those in which they only ask or chair."""
    asked: int
    first: str | None
    """Date of the earliest dated interview."""
    last: str | None
    offices: tuple[Count, ...]
    """As the interviews state them, the last one first."""
    years: tuple[Count, ...]
    """Every year from the first to the last."""
    undated: int
    """Interviews of which no year is known."""
    outlets: tuple[Count, ...]
    languages: tuple[Count, ...]
    askers: tuple[Count, ...]
    """Those who are named as asking where this person answers."""
    asks: tuple[Count, ...]
    """Those who answer where this person asks, with their answers."""
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
    """Where no current version names them: the interviews of which an earlier one does."""


def page(lease: Lease, slug: str, page: PageNumber = 1) -> Speaker:
    """Return what the archive holds of one person, with a page of the interviews, 25 to a page."""
    try:
        held = profiles.speaker(lease.connection, slug)
    except NotHeld:
        lead_on(lease, "speaker", slug)
        raise
    path = permalinks.speaker_path(slug)
    shown: Listed = listed(lease, path, InterviewFilter(speaker=slug), page, SIZE)
    return Speaker(
        url=shown.url,
        slug=slug,
        name=held.count.name,
        answers=held.count.answers,
        answered=held.answered,
        asked=held.asked,
        first=held.count.first,
        last=held.count.last,
        offices=held.offices,
        years=every_year(held.years),
        undated=sum(year.interviews for year in held.years if not year.value),
        outlets=held.outlets,
        languages=held.languages,
        askers=held.askers,
        asks=held.asks,
        feed=f"{path}.atom",
        total=shown.total,
        page=shown.page,
        pages=shown.pages,
        interviews=shown.interviews,
        previous=shown.previous,
        next=shown.next,
        former=() if held.count.interviews else profiles.former(lease.connection, "speaker", slug),
    )
