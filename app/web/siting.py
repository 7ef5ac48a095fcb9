"""Which addresses the sitemap tells, in parts of bounded size: pages, people, outlets, dates, interviews, answers."""

from __future__ import annotations

from dataclasses import dataclass

from app import permalinks
from app.archive import addresses, days, listing
from app.archive.opening import Lease
from app.web.templating import date_path

MOST = 10_000
"""Addresses up to which one sitemap tells them all; a part of a larger one has at most addresses.PART."""

_PAGES = (
    "/",
    "/interviews",
    "/speakers",
    "/outlets",
    "/dates",
    "/coverage",
    "/corrections",
    "/about",
    "/bulk",
    "/api",
    "/search/help",
)


@dataclass(frozen=True, slots=True)
class Location:
    """One address, and when what stands there came in: ISO 8601, UTC; None where it is made of many things."""

    path: str
    changed: str | None


def is_small(lease: Lease) -> bool:
    """Say whether one sitemap is enough."""
    held = listing.holdings(lease.connection)
    return 2 * held.answers + held.interviews + held.speakers + held.outlets < MOST


def parts(lease: Lease) -> tuple[str, ...]:
    """Return the names of the parts."""
    counts = {
        "pages": -(-len(_pages(lease)) // addresses.PART),
        "interviews": addresses.interview_parts(lease.connection),
        "answers": addresses.answer_parts(lease.connection),
    }
    return tuple(f"{kind}-{number}" for kind, many in counts.items() for number in range(1, many + 1))


def locations(lease: Lease, part: str) -> tuple[Location, ...]:
    """Return the addresses of a part."""
    kind, _, typed = part.partition("-")
    number = int(typed)
    if kind == "pages":
        return _pages(lease)[(number - 1) * addresses.PART : number * addresses.PART]
    read, path = {
        "interviews": (addresses.interviews_in, permalinks.interview_path),
        "answers": (addresses.answers_in, permalinks.answer_path),
    }[kind]
    return tuple(Location(path(each.key), each.imported_at) for each in read(lease.connection, number))


def _pages(lease: Lease) -> tuple[Location, ...]:
    connection = lease.connection
    speakers = (permalinks.speaker_path(count.value) for count in listing.speakers(connection))
    outlets = (permalinks.outlet_path(count.value) for count in listing.outlets(connection))
    dates = [each.date for each in days.every_date(connection)]
    periods = sorted({date[:length] for date in dates for length in (4, 7, 10)})
    return tuple(Location(path, None) for path in (*_PAGES, *speakers, *outlets, *map(date_path, periods)))
