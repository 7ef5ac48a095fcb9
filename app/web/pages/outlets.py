"""An A to Z of the outlets: who asked, or published the interview."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from app import permalinks
from app.archive import directory
from app.archive.opening import Lease
from app.web.asking import PageNumber
from app.web.lettering import LetterLink, linked
from app.web.templating import address

ADDRESS = "/outlets"
SIZE = 100


@dataclass(frozen=True, slots=True)
class ListedOutlet:
    """One outlet, over the current versions of all interviews."""

    slug: str
    name: str
    letter: str
    """Of the A to Z: "A" to "Z", "0–9" or "…"."""
    url: str
    interviews: int
    answers: int
    """Answers and statements in its interviews."""
    first: str | None
    """Date of the earliest dated interview."""
    last: str | None


@dataclass(frozen=True, slots=True)
class Outlets:
    """One page of the A to Z."""

    url: str
    total: int
    page: int
    pages: int
    letters: tuple[LetterLink, ...]
    outlets: tuple[ListedOutlet, ...]
    previous: str | None
    """Path and query of the page before."""
    next: str | None

    def groups(self) -> tuple[tuple[str, tuple[ListedOutlet, ...]], ...]:
        """Return those of this page letter by letter."""
        return tuple((letter, tuple(those)) for letter, those in groupby(self.outlets, key=lambda each: each.letter))


def page(lease: Lease, page: PageNumber = 1) -> Outlets:
    """Return one page of the outlets, 100 to a page."""
    letters = directory.letters(lease.connection, "outlet")
    total = sum(each.names for each in letters)
    pages = max(1, -(-total // SIZE))
    page = min(page, pages)
    filed = directory.filed(lease.connection, "outlet", offset=(page - 1) * SIZE, limit=SIZE)

    def at(number: int) -> str:
        return address(ADDRESS, page=number if number > 1 else None)

    return Outlets(
        url=at(page),
        total=total,
        page=page,
        pages=pages,
        letters=linked(letters, SIZE, at),
        outlets=tuple(
            ListedOutlet(
                slug=each.count.value,
                name=each.count.name,
                letter=each.letter,
                url=permalinks.outlet_path(each.count.value),
                interviews=each.count.interviews,
                answers=each.count.answers,
                first=each.count.first,
                last=each.count.last,
            )
            for each in filed
        ),
        previous=at(page - 1) if page > 1 else None,
        next=at(page + 1) if page < pages else None,
    )
