"""One page of a list of interviews within another page; what is listed is chosen by that page."""

from __future__ import annotations

from dataclasses import dataclass

from app.archive import listing
from app.archive.holdings import InterviewFilter, ListedInterview
from app.archive.opening import Lease
from app.web.templating import address


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of a list; its fields stand in the record of the page that shows it."""

    total: int
    page: int
    pages: int
    interviews: tuple[ListedInterview, ...]
    url: str
    """Path and query of the page shown."""
    previous: str | None
    """Path and query of the page before."""
    next: str | None


def listed(
    lease: Lease, path: str, chosen: InterviewFilter, page: int, size: int, *, newest_first: bool = True
) -> Listed:
    """Return the interviews that pass a filter, `size` to a page; past the end, the last page is shown."""

    def read(number: int) -> tuple[int, tuple[ListedInterview, ...]]:
        offset = (number - 1) * size
        return listing.interviews(lease.connection, chosen, newest_first=newest_first, offset=offset, limit=size)

    def at(number: int) -> str:
        return address(path, page=number if number > 1 else None)

    total, found = read(page)
    pages = max(1, -(-total // size))
    if page > pages:
        page = pages
        _, found = read(page)
    return Listed(
        total=total,
        page=page,
        pages=pages,
        interviews=found,
        url=at(page),
        previous=at(page - 1) if page > 1 else None,
        next=at(page + 1) if page < pages else None,
    )
