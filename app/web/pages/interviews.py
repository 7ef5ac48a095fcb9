"""The list of interviews, restricted by year, month, speaker, outlet and language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BeforeValidator

from app import permalinks
from app.archive import dates, listing
from app.archive.holdings import InterviewFilter, ListedInterview
from app.archive.opening import Lease
from app.archive.overviews import Count
from app.web.asking import Month, PageNumber, Query, Text, Year
from app.web.cursors import AskedCursor, Cursor, read, written
from app.web.templating import address, date_path

ADDRESS = "/interviews"
SIZE = 50
CHOICES = 100
"""How many values of one filter are offered; those with most interviews."""

_TITLES = {"year": "Year", "month": "Month", "speaker": "Speaker", "outlet": "Outlet", "lang": "Language"}

Order = Literal["newest", "oldest"]
_Sort = Annotated[
    Order,
    BeforeValidator(lambda value: "oldest" if value == "oldest" else "newest"),
    Query(description="newest or oldest first"),
]


@dataclass(frozen=True, slots=True)
class Restriction:
    """One filter in force."""

    parameter: str
    value: str
    name: str
    without: str
    """Path and query of the list without it."""


@dataclass(frozen=True, slots=True)
class Way:
    """A page that tells more of what a filter names."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Interviews:
    """One page of the list."""

    url: str
    total: int
    page: int
    pages: int
    interviews: tuple[ListedInterview, ...]
    sort: Order
    previous: str | None
    """Path and query of the page before."""
    next: str | None
    next_json: str | None
    """Path and query of what follows as JSON, by a cursor: nothing is told twice or left out, whatever is published."""
    other_order: str
    """Path and query of the list from its other end."""
    restrictions: tuple[Restriction, ...]
    ways: tuple[Way, ...]
    """From the filters in force."""
    feed: str
    """Path of the feed of these interviews, or of one that has them among others."""
    years: tuple[Count, ...]
    speakers: tuple[Count, ...]
    outlets: tuple[Count, ...]
    languages: tuple[Count, ...]

    def chosen(self, parameter: str) -> str | None:
        """Return the value of a filter in force."""
        return next((each.value for each in self.restrictions if each.parameter == parameter), None)

    def chips(self) -> tuple[tuple[str, str], ...]:
        """Return the filters in force as words, each with the list without it."""
        return tuple((f"{_TITLES[each.parameter]}: {each.name}", each.without) for each in self.restrictions)


def page(
    lease: Lease,
    year: Year = None,
    month: Month = None,
    speaker: Text = None,
    outlet: Text = None,
    lang: Text = None,
    sort: _Sort = "newest",
    page: PageNumber = 1,
    cursor: AskedCursor = None,
) -> Interviews:
    """Return one page of the interviews that match, 50 to a page."""
    connection = lease.connection
    # A month counts within its year alone.
    month = None if year is None else month
    chosen = InterviewFilter(year, month, speaker, outlet, lang)
    total, pages, number, listed, more = _listed(lease, chosen, sort, page, read(cursor, sort))
    asked: dict[str, object] = {"year": year, "month": month, "speaker": speaker, "outlet": outlet, "lang": lang}
    held = {
        "year": None if year is None else listing.held(connection, "year", f"{year:04}"),
        "speaker": None if speaker is None else listing.held(connection, "speaker", speaker),
        "outlet": None if outlet is None else listing.held(connection, "outlet", outlet),
    }
    order = {"sort": sort if sort != "newest" else None}
    other = {"sort": "oldest" if sort == "newest" else None}

    def at(number: int) -> str:
        return address(ADDRESS, **asked, **order, page=number if number > 1 else None)

    return Interviews(
        url=at(number),
        total=total,
        page=number,
        pages=pages,
        interviews=listed,
        sort=sort,
        previous=at(number - 1) if number > 1 else None,
        next=at(number + 1) if number < pages else None,
        next_json=address(f"{ADDRESS}.json", **asked, **order, cursor=_after(listed[-1], sort)) if more else None,
        other_order=address(ADDRESS, **asked, **other),
        restrictions=_restrictions(asked, order, held),
        ways=_ways(held, month),
        feed=_feed(held),
        years=tuple(count for count in listing.years(connection) if count.value),
        speakers=_offered(listing.most(connection, "speaker", CHOICES), held["speaker"]),
        outlets=_offered(listing.most(connection, "outlet", CHOICES), held["outlet"]),
        languages=listing.languages(connection),
    )


def _listed(
    lease: Lease, chosen: InterviewFilter, sort: Order, page: int, cursor: Cursor | None
) -> tuple[int, int, int, tuple[ListedInterview, ...], bool]:
    """Return total, pages, the page shown, its interviews, and whether there are more.

    Past the end, the last page is shown; after a cursor, what follows it.
    """
    connection, newest = lease.connection, sort == "newest"

    def read_from(offset: int) -> tuple[int, tuple[ListedInterview, ...]]:
        return listing.interviews(connection, chosen, newest_first=newest, offset=offset, limit=SIZE)

    offset = (page - 1) * SIZE
    if cursor is not None:
        offset = listing.standing_before(connection, chosen, cursor.key, newest_first=newest)
    total, listed = read_from(offset)
    pages = max(1, -(-total // SIZE))
    if cursor is None and page > pages:
        offset = (pages - 1) * SIZE
        total, listed = read_from(offset)
    return total, pages, min(offset // SIZE + 1, pages), listed, bool(listed) and offset + len(listed) < total


def _after(last: ListedInterview, sort: Order) -> str:
    return written(Cursor(sort, dates.key(last.date, last.time, last.slug)))


def _restrictions(
    asked: dict[str, object], order: Mapping[str, str | None], held: Mapping[str, Count | None]
) -> tuple[Restriction, ...]:
    found = []
    for parameter, value in asked.items():
        if value is not None:
            count = held.get(parameter)
            without = address(ADDRESS, **(asked | {parameter: None}), **order)
            found.append(Restriction(parameter, str(value), str(value) if count is None else count.name, without))
    return tuple(found)


def _ways(held: Mapping[str, Count | None], month: int | None) -> tuple[Way, ...]:
    year, speaker, outlet = held["year"], held["speaker"], held["outlet"]
    found: list[Way] = []
    if year is not None:
        date = year.value if month is None else f"{year.value}-{month:02}"
        found.append(Way(f"{year.value} day by day" if month is None else "This month day by day", date_path(date)))
    if speaker is not None:
        found.append(Way(speaker.name, permalinks.speaker_path(speaker.value)))
    if outlet is not None:
        found.append(Way(outlet.name, permalinks.outlet_path(outlet.value)))
    return tuple(found)


def _feed(held: Mapping[str, Count | None]) -> str:
    people = _ways({**held, "year": None}, None)
    return f"{people[0].url}.atom" if people else "/feed.atom"


def _offered(most: tuple[Count, ...], chosen: Count | None) -> tuple[Count, ...]:
    """Return what can be chosen, with what is chosen, however few interviews it has."""
    return most if chosen is None or chosen in most else (chosen, *most)
