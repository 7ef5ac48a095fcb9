"""What an Atom feed is made of, a page of it at a time (RFC 4287, RFC 5005); which feeds there are is in feeds/."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from app import permalinks
from app.archive import listing, outlines
from app.archive.holdings import AskedQuestion, InterviewFilter, ListedInterview, Named
from app.archive.opening import Lease
from app.search.excerpts import Piece
from app.web.templating import address

TEMPLATE = "feed.atom"
MEDIA_TYPE = "application/atom+xml"
SIZE = 25
"""Entries to a page."""
_SHOWN_QUESTIONS = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """One interview, or one answer that a search finds; its path is its permanent id."""

    url: str
    title: str
    language: str
    """Of its title and words."""
    updated: str
    """When its words came in as they are: ISO 8601, UTC."""
    authors: tuple[Named, ...]
    date: str | None
    outlets: tuple[Named, ...]
    exchange_count: int | None
    """Of an interview."""
    questions: tuple[AskedQuestion, ...]
    """Of an interview, the first of them."""
    question: str
    """Of an answer; empty where there is none."""
    excerpt: tuple[Piece, ...]
    """Of an answer."""


class Updated(Protocol):
    """Anything that a feed has entries of."""

    @property
    def updated(self) -> str:
        """When it came to be as it is: ISO 8601, UTC."""
        ...


Each = TypeVar("Each", bound=Updated, covariant=True)


@dataclass(frozen=True, slots=True)
class Feed(Generic[Each]):
    """One page of a feed."""

    id: str
    """Path and query of the whole."""
    url: str
    """Path and query of this page of it."""
    title: str
    subtitle: str
    html: str
    """Path and query of the page for people."""
    updated: str
    first: str
    previous: str | None
    next: str | None
    last: str
    entries: tuple[Each, ...]


def of_interviews(
    lease: Lease, path: str, page: int, chosen: InterviewFilter, *, title: str, subtitle: str, html: str
) -> Feed[Entry]:
    """Return a page of the interviews that pass a filter, the newest first; past the end, the last one."""

    def read(number: int) -> tuple[int, tuple[ListedInterview, ...]]:
        return listing.interviews(lease.connection, chosen, offset=(number - 1) * SIZE, limit=SIZE)

    total, listed = read(page)
    pages = pages_of(total)
    if page > pages:
        page = pages
        _, listed = read(page)
    asked = outlines.questions(lease.connection, [each.slug for each in listed])
    entries = tuple(_interview(each, asked.get(each.slug, ())) for each in listed)
    return turned(lease, path, {}, page, pages, entries, title=title, subtitle=subtitle, html=html)


def turned(
    lease: Lease,
    path: str,
    asked: dict[str, str],
    page: int,
    pages: int,
    entries: Sequence[Each],
    *,
    title: str,
    subtitle: str,
    html: str,
) -> Feed[Each]:
    """Return a page of a feed with its ways to the others; `asked` is what its address asks beside the page."""

    def at(number: int) -> str:
        return address(path, **asked, page=number if number > 1 else None)

    return Feed(
        id=at(1),
        url=at(page),
        title=title,
        subtitle=subtitle,
        html=html,
        updated=max((entry.updated for entry in entries), default=lease.generation.published_at),
        first=at(1),
        previous=at(page - 1) if page > 1 else None,
        next=at(page + 1) if page < pages else None,
        last=at(pages),
        entries=tuple(entries),
    )


def pages_of(total: int) -> int:
    """Return how many pages so many entries make, at least one."""
    return max(1, -(-total // SIZE))


def _interview(listed: ListedInterview, questions: tuple[AskedQuestion, ...]) -> Entry:
    return Entry(
        url=permalinks.interview_path(listed.slug),
        title=listed.title,
        language=listed.language,
        updated=listed.imported_at,
        authors=listed.speakers,
        date=listed.date,
        outlets=listed.outlets,
        exchange_count=listed.exchange_count,
        questions=questions[:_SHOWN_QUESTIONS],
        question="",
        excerpt=(),
    )
