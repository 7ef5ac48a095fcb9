"""Finds: a request for one page of results becomes that page, whatever was typed and however long it takes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import Literal

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from app.archive.opening import deadline
from app.errors import QueryTimeout
from app.search import facets, hits, lookup, people
from app.search.dates import is_date, likely, span
from app.search.excerpts import Piece
from app.search.facets import FacetValue
from app.search.grammar import parse
from app.search.hits import Hit, HitInterview
from app.search.lexemes import cleaned
from app.search.lookup import Lookup
from app.search.matching import match, ranks_forms
from app.search.people import Resolved
from app.search.query import Filter, FilterKind, Mistake, Query, Side
from app.search.restatement import Stated, restated

__all__ = ["FacetValue", "Hit", "HitInterview", "Mistake", "Piece", "SearchRequest", "SearchResults", "find"]

Sort = Literal["relevance", "newest", "oldest"]
MOST_HITS = 100
"""Hits on one page."""
_RANKING_SECONDS = 0.6
_COUNTING_SECONDS = 0.6
_INTERRUPTED = 9


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One page of a search. What is given here and what is typed as operators both apply, but for `in:`, which wins."""

    q: str = ""
    side: Side = "answer"
    speaker: str | None = None
    """Slug."""
    outlet: str | None = None
    """Slug."""
    language: str | None = None
    """BCP 47 tag; narrower tags are found with it."""
    after: str | None = None
    """YYYY, YYYY-MM or YYYY-MM-DD: on or after its first day."""
    before: str | None = None
    """Before its first day."""
    sort: Sort = "relevance"
    page: int = 1
    size: int = 20


@dataclass(frozen=True, slots=True)
class SearchResults:
    """One page of what was found."""

    query: str
    """As typed."""
    restated: str
    """What was looked for, in words."""
    mistakes: tuple[Mistake, ...]
    total: int
    total_is_exact: bool
    """Whether `total` is all; otherwise there are more than that."""
    interview_total: int
    """How many interviews the counted hits stand in."""
    page: int
    pages: int
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[FacetValue, ...]]
    """By year, speaker, outlet and language."""
    facets_are_exact: bool
    """Whether the facets count all hits; otherwise only the newest."""
    sort: Sort
    """The order that the hits are in."""
    timed_out: bool
    """Whether something was left unfinished for want of time."""
    side: Side
    """What was searched."""
    window: int | None
    """How many of the newest hits were ranked, where there are more; None where all were."""


@dataclass(slots=True)
class _Found:
    """What has been found so far; a search that runs out of time is left with it."""

    total: int = 0
    total_is_exact: bool = True
    rows: list[int] = field(default_factory=list)
    hits: tuple[Hit, ...] = ()
    counted: facets.Counted = facets.NOTHING
    counted_all: bool = True
    sort: Sort = "relevance"
    window: int | None = None
    timed_out: bool = False


def find(c: Connection, request: SearchRequest) -> SearchResults:
    """Return one page of what `request` asks for. No text raises, and neither does a deadline of the connection."""
    request = _sound(request)
    query = parse(request.q)
    request, mistakes = _dates(request)
    side: Side = query.side or request.side
    found = _Found(sort=request.sort)
    resolved: list[Resolved] = []
    with _as_far_as_possible(found):
        resolved = [*people.typed(c, query, side), *people.given(c, _given(request), side)]
    impossible = any(each.token is None and not each.filter.negated for each in resolved)
    if not (query.is_futile or impossible or found.timed_out):
        _look_up(c, request, query, side, resolved, found)
    pages = -(-found.total // request.size)
    names = dict.fromkeys((each.filter.kind, each.name, each.filter.negated) for each in resolved)
    after, before = _after(query, request), _before(query, request)
    return SearchResults(
        query=query.typed,
        restated=restated(query, Stated(side, tuple(names), after, before, found.sort, found.window)),
        mistakes=(*query.mistakes, *mistakes, *(each.mistake for each in resolved if each.mistake)),
        total=found.total,
        total_is_exact=found.total_is_exact,
        interview_total=found.counted.interviews,
        page=request.page,
        pages=pages,
        hits=found.hits,
        facets=found.counted.facets,
        facets_are_exact=found.counted_all and found.total_is_exact,
        sort=found.sort,
        timed_out=found.timed_out,
        side=side,
        window=found.window,
    )


def _look_up(
    c: Connection, request: SearchRequest, query: Query, side: Side, resolved: list[Resolved], found: _Found
) -> None:
    """Fill in `found`, the most important first, as far as time allows."""
    wanted = dict.fromkeys(each.token for each in resolved if each.token and not each.filter.negated)
    unwanted = dict.fromkeys(each.token for each in resolved if each.token and each.filter.negated)
    looked_up = Lookup(
        match(query.expression, side, wanted, unwanted),
        span(_after(query, request), _before(query, request), query.years),
        ranks_forms(query.expression),
    )
    if query.expression is None and found.sort == "relevance":
        found.sort = "newest"
    if looked_up.span.is_empty:
        return
    with _as_far_as_possible(found):
        found.total, oldest_row = lookup.count(c, looked_up)
        found.total_is_exact = oldest_row is None
        _choose(c, request, looked_up, oldest_row, found)
        found.hits = hits.read(c, found.rows, query, side)
        found.counted_all = False
        with _within(c, _COUNTING_SECONDS):
            found.counted = facets.count(c, looked_up, side) if found.total else facets.NOTHING
        found.counted_all = found.total <= facets.window(side)


def _choose(c: Connection, request: SearchRequest, looked_up: Lookup, oldest_row: int | None, found: _Found) -> None:
    """Choose the rows of the page; where ranking takes too long, the newest instead."""
    offset = (request.page - 1) * request.size
    if offset >= found.total:
        return
    if found.sort == "relevance":
        with suppress(QueryTimeout), _within(c, _RANKING_SECONDS):
            found.rows = lookup.most_relevant(c, looked_up, oldest_row, offset, request.size)
            found.window = None if oldest_row is None else lookup.WINDOW
            return
        found.sort, found.timed_out = "newest", True
    order = lookup.oldest if found.sort == "oldest" else lookup.newest
    found.rows = order(c, looked_up, offset, min(request.size, found.total - offset))


def _sound(request: SearchRequest) -> SearchRequest:
    """Return the request with what no database can be asked put right."""

    def text(value: str | None) -> str | None:
        return cleaned(value).strip() or None if value else None

    return replace(
        request,
        side=request.side if request.side in ("answer", "question", "both") else "answer",
        sort=request.sort if request.sort in ("relevance", "newest", "oldest") else "relevance",
        speaker=text(request.speaker),
        outlet=text(request.outlet),
        language=text(request.language),
        after=text(request.after),
        before=text(request.before),
        page=max(request.page, 1),
        size=min(max(request.size, 1), MOST_HITS),
    )


def _dates(request: SearchRequest) -> tuple[SearchRequest, list[Mistake]]:
    """Return the request with dates only, and what is wrong with the others."""
    mistakes = []
    kept: dict[str, str | None] = {}
    for name, value in (("after", request.after), ("before", request.before)):
        kept[name] = value
        if value is not None and not is_date(value):
            kept[name] = likely(value)
            done = f"was read as {kept[name]}" if kept[name] else "was left out"
            message = f"“{value[:40]}” is not a date as in 2015, 2015-12 or 2015-12-11; it {done}."
            mistakes.append(Mistake(message, None))
    return replace(request, after=kept["after"], before=kept["before"]), mistakes


def _given(request: SearchRequest) -> list[Filter]:
    kinds: tuple[tuple[FilterKind, str | None], ...] = (
        ("speaker", request.speaker),
        ("outlet", request.outlet),
        ("language", request.language),
    )
    return [Filter(kind, value) for kind, value in kinds if value]


def _after(query: Query, request: SearchRequest) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*query.after, *([request.after] if request.after else [])]))


def _before(query: Query, request: SearchRequest) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*query.before, *([request.before] if request.before else [])]))


@contextmanager
def _as_far_as_possible(found: _Found) -> Iterator[None]:
    """Let a deadline end what is within, and note that it did."""
    try:
        yield
    except QueryTimeout:
        found.timed_out = True
    except OperationalError as error:
        if int(getattr(error.orig, "sqlite_errorcode", 0)) & 0xFF != _INTERRUPTED:
            raise
        found.timed_out = True


@contextmanager
def _within(c: Connection, seconds: float) -> Iterator[None]:
    """Give what is within a deadline of its own, on a connection that has a clock."""
    with ExitStack() as stack:
        with suppress(KeyError):
            stack.enter_context(deadline(c, seconds))
        yield
