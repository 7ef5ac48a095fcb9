"""The first page: what the archive holds, the newest interviews, and how many there are for each year."""

from __future__ import annotations

from dataclasses import dataclass

from app.archive import listing
from app.archive.holdings import Generation, InterviewFilter, ListedInterview
from app.archive.opening import Lease
from app.archive.overviews import Count, Holdings

ADDRESS = "/"
NEWEST = 10
MOST_HEARD = 10
MOST_ASKING = 6


@dataclass(frozen=True, slots=True)
class Home:
    """The archive at a glance."""

    url: str
    generation: Generation
    holdings: Holdings
    newest: tuple[ListedInterview, ...]
    years: tuple[Count, ...]
    """Every year from the first to the last, in order, those without interviews too."""
    undated: int
    """Interviews without a date."""
    speakers: tuple[Count, ...]
    """Those with most answers."""
    outlets: tuple[Count, ...]
    """Those with most interviews."""


def page(lease: Lease) -> Home:
    """Return what the archive holds, its newest interviews and its years."""
    connection = lease.connection
    _, newest = listing.interviews(connection, InterviewFilter(), limit=NEWEST)
    years = listing.years(connection)
    return Home(
        url=ADDRESS,
        generation=lease.generation,
        holdings=listing.holdings(connection),
        newest=newest,
        years=every_year(years),
        undated=sum(year.interviews for year in years if not year.value),
        speakers=listing.most_heard(connection, MOST_HEARD),
        outlets=listing.most(connection, "outlet", MOST_ASKING),
    )


def every_year(counts: tuple[Count, ...]) -> tuple[Count, ...]:
    """Return `counts` in order of their years, with a count of nothing for each year between that has none."""
    held = {int(count.value): count for count in counts if count.value.isdecimal()}
    if not held:
        return ()
    years = range(min(held), max(held) + 1)
    return tuple(held.get(year) or Count(f"{year:04}", f"{year:04}", 0, 0) for year in years)
