"""The first page: what the archive holds, the newest interviews, and how many there are for each year."""

from __future__ import annotations

from dataclasses import dataclass

from app.archive import listing
from app.archive.holdings import Count, Generation, Holdings, InterviewFilter, ListedInterview
from app.archive.opening import Lease

ADDRESS = "/"
NEWEST = 10
MOST_HEARD = 10


@dataclass(frozen=True, slots=True)
class Home:
    """The archive at a glance."""

    url: str
    generation: Generation
    holdings: Holdings
    newest: tuple[ListedInterview, ...]
    years: tuple[Count, ...]
    """Every year from the first to the last, in order, those without interviews too."""
    speakers: tuple[Count, ...]
    """Those with most answers."""


def page(lease: Lease) -> Home:
    """Return what the archive holds, its newest interviews and its years."""
    connection = lease.connection
    _, newest = listing.interviews(connection, InterviewFilter(), limit=NEWEST)
    years = every_year(listing.years(connection))
    speakers = tuple(count for count in listing.speakers(connection) if count.answers)[:MOST_HEARD]
    return Home(ADDRESS, lease.generation, listing.holdings(connection), newest, years, speakers)


def every_year(counts: tuple[Count, ...]) -> tuple[Count, ...]:
    """Return `counts` in order of their years, with a count of nothing for each year between that has none."""
    held = {int(count.value): count for count in counts if count.value.isdecimal()}
    if not held:
        return ()
    years = range(min(held), max(held) + 1)
    return tuple(held.get(year) or Count(f"{year:04}", f"{year:04}", 0, 0) for year in years)
