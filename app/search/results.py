"""Finds: a request for one page of results becomes that page, whatever was typed and however long it takes."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field

from sqlalchemy import Connection

from app.errors import QueryTimeout
from app.search import facets, hits, lookup, ranking
from app.search.dates import DAY
from app.search.excerpts import Piece
from app.search.facets import FacetValue
from app.search.hits import Hit, HitInterview
from app.search.lookup import Lookup
from app.search.patience import Attempt, as_far_as_possible, within
from app.search.query import Mistake, Side, is_any_word
from app.search.understanding import Past, SearchRequest, Sort, Understood, resolve, understand

__all__ = ["FacetValue", "Hit", "HitInterview", "Mistake", "Past", "Piece", "SearchRequest", "SearchResults", "find"]

_RANKING_SECONDS = 0.6
_COUNTING_SECONDS = 0.6


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
    last: Past | None = None
    """The last of the hits, after which there are others in an order by date; None where there are none."""


@dataclass(slots=True)
class _Found(Attempt):
    """What has been found so far; a search that runs out of time is left with it."""

    total: int = 0
    total_is_exact: bool = True
    rows: list[int] = field(default_factory=list)
    hits: tuple[Hit, ...] = ()
    counted: facets.Counted = facets.NOTHING
    counted_all: bool = True
    sort: Sort = "relevance"
    window: int | None = None
    page: int | None = None
    """Which one it is, where it was not asked for by its number."""
    last: Past | None = None

    def pages(self, size: int) -> int:
        """Return how many pages there are; a page that says that there is nothing is one too."""
        return max(1, -(-self.total // size))


def find(c: Connection, request: SearchRequest) -> SearchResults:
    """Return one page of what `request` asks for, the last where it asks for one past the end.

    No text raises, and neither does a deadline of the connection.
    """
    understood = understand(request)
    request = understood.request
    found = _Found(sort=request.sort)
    with as_far_as_possible(found):
        understood = resolve(c, understood)
    looked_up = None if found.timed_out else understood.lookup()
    if understood.query.expression is None and found.sort == "relevance" and not understood.query.is_futile:
        found.sort = "newest"
    if looked_up is not None:
        _look_up(c, understood, looked_up, found)
    return SearchResults(
        query=understood.query.typed,
        restated=understood.restated(found.sort, found.window),
        mistakes=understood.mistakes,
        total=found.total,
        total_is_exact=found.total_is_exact,
        interview_total=found.counted.interviews,
        page=min(found.page or request.page, found.pages(request.size)),
        pages=found.pages(request.size),
        hits=found.hits,
        facets=found.counted.facets,
        facets_are_exact=found.counted_all and found.total_is_exact,
        sort=found.sort,
        timed_out=found.timed_out,
        side=understood.side,
        window=found.window,
        last=found.last,
    )


def _look_up(c: Connection, understood: Understood, looked_up: Lookup, found: _Found) -> None:
    """Fill in `found`, the most important first, as far as time allows."""
    side = understood.side
    with as_far_as_possible(found):
        newest = lookup.window(c, looked_up)
        found.total, found.total_is_exact = _total(c, understood, looked_up, newest)
        if not newest:
            return
        _choose(c, understood, looked_up, newest, found)
        if found.sort != "relevance":
            _go_on(c, understood.request, looked_up, newest, found)
        found.hits = hits.read(c, found.rows, understood.query, side)
        if found.last is not None:
            found.last = Past(found.last.row, found.hits[-1].id)
        found.counted_all = False
        with within(c, _COUNTING_SECONDS):
            found.counted = facets.count(c, newest, side)
        found.counted_all = found.total <= facets.window(side)


def _total(c: Connection, understood: Understood, looked_up: Lookup, newest: list[int]) -> tuple[int, bool]:
    """Return how many rows match, and whether that is all: beyond the window only where counting costs little."""
    if len(newest) < lookup.WINDOW:
        return len(newest), True
    if not is_any_word(understood.query.expression):
        return len(newest), False
    total = lookup.count(c, looked_up, lookup.COUNTED)
    return total, total < lookup.COUNTED


def _go_on(c: Connection, request: SearchRequest, looked_up: Lookup, newest: list[int], found: _Found) -> None:
    """Choose the rows after a hit, where that was asked for; and say after which one there are others."""
    newest_first, past = found.sort == "newest", request.past
    if past is not None:
        current = lookup.row_of(c, past.id)
        # Another generation may have numbered the turns of its day anew, or the day itself may have been corrected.
        at = current if current is not None and current // DAY == past.row // DAY else past.row
        found.rows = lookup.past(c, looked_up, at, request.size, newest_first=newest_first)
        if newest_first:
            before = lookup.count(c, looked_up.since(at), found.total)
        else:
            before = len(lookup.past(c, looked_up, at, found.total, newest_first=False))
            before = max(0, found.total - before) if found.total_is_exact else 0
        found.page = before // request.size + 1
    if found.rows and lookup.past(c, looked_up, found.rows[-1], 1, newest_first=newest_first):
        found.last = Past(found.rows[-1], "")


def _choose(c: Connection, understood: Understood, looked_up: Lookup, newest: list[int], found: _Found) -> None:
    """Choose the rows of the page; where ranking takes too long, the newest instead."""
    request = understood.request
    offset = (min(request.page, found.pages(request.size)) - 1) * request.size
    limit = min(request.size, found.total - offset)
    if found.sort == "relevance":
        with suppress(QueryTimeout), within(c, _RANKING_SECONDS):
            expression = understood.query.expression
            ranked = max(0, min(limit, len(newest) - offset))
            if ranked:
                found.rows = ranking.most_relevant(c, looked_up, expression, understood.side, newest, offset, ranked)
            found.rows += lookup.by_date(c, looked_up, newest, offset + ranked, limit - ranked)
            found.window = None if found.total_is_exact and found.total == len(newest) else len(newest)
            return
        found.sort, found.timed_out = "newest", True
    if found.sort == "oldest":
        found.rows = lookup.oldest(c, looked_up, newest, offset, limit)
    else:
        found.rows = lookup.by_date(c, looked_up, newest, offset, limit)
