"""Counts over time what a search finds: by year or by month, with first and last; how often words stand is not said."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from sqlalchemy import Connection, TextClause, text

from app.search import facets, hits, lookup
from app.search.dates import DAY, FIRST_DATED
from app.search.facets import FacetValue
from app.search.hits import Hit
from app.search.lookup import Lookup
from app.search.patience import Attempt, as_far_as_possible, within
from app.search.query import Mistake
from app.search.understanding import SearchRequest, Understood, resolve, understand

By = Literal["year", "month"]

SECONDS = 1.5
"""For one term."""
_UNITS = {"year": 10_000 * DAY, "month": 100 * DAY}


@dataclass(frozen=True, slots=True)
class Frequency:
    """What one term finds, over time."""

    term: str
    """As typed."""
    restated: str
    """What was looked for, in words."""
    mistakes: tuple[Mistake, ...]
    counts: dict[str, int]
    """How many answers it finds in each year (YYYY) or month (YYYY-MM) that has any, in order; of a year of which the
    month is not known, under the year."""
    undated: int
    first: Hit | None
    """The earliest dated one."""
    last: Hit | None
    speakers: tuple[FacetValue, ...]
    """Who says it most."""
    outlets: tuple[FacetValue, ...]
    is_of_all: bool
    """Whether speakers and outlets are counted over all; otherwise over the newest only."""
    timed_out: bool
    """Whether counting was given up for want of time; then there are no counts."""

    @property
    def total(self) -> int:
        """How many answers it finds."""
        return sum(self.counts.values()) + self.undated


def frequency(c: Connection, term: str, by: By) -> Frequency:
    """Return how often a search finds something in each period; no text raises, nor does a deadline of `c`."""
    understood = understand(SearchRequest(term, sort="newest"))
    counts: dict[str, int] = {}
    undated = 0
    first = last = None
    counted, is_of_all = facets.NOTHING, True
    attempt = Attempt()
    with as_far_as_possible(attempt), within(c, SECONDS):
        understood = resolve(c, understood)
        looked_up = understood.lookup()
        if looked_up is not None:
            newest = lookup.window(c, looked_up)
            first, last = _ends(c, looked_up, newest, understood)
            counted = facets.count(c, newest, understood.side) if newest else counted
            is_of_all = len(newest) < facets.window(understood.side)
            counts = _counts(c, looked_up, by) if is_of_all or by == "month" else _of_years(c, looked_up)
            undated = counts.pop("", 0)
    return Frequency(
        term=understood.query.typed,
        restated=understood.restated("newest", None).rpartition(", ")[0],
        mistakes=understood.mistakes,
        counts=counts,
        undated=undated,
        first=first,
        last=last,
        speakers=counted.facets["speaker"],
        outlets=counted.facets["outlet"],
        is_of_all=is_of_all,
        timed_out=attempt.timed_out,
    )


def _counts(c: Connection, looked_up: Lookup, by: By) -> dict[str, int]:
    """Return the count of each period; of what is undated under an empty text."""
    parameters = looked_up.parameters() | {"unit": _UNITS[by]}
    rows = c.execute(_grouped(len(looked_up.span.but)), parameters)
    return {_period(period, by): count for period, count in rows}


def _of_years(c: Connection, looked_up: Lookup) -> dict[str, int]:
    """Return the same by years: a range for each takes half the time where a great many rows match."""
    counts: dict[str, int] = {}
    span = looked_up.span
    while (last := lookup.newest(c, replace(looked_up, span=span))) is not None:
        first = last // _UNITS["year"] * _UNITS["year"] if last >= FIRST_DATED else 0
        year = replace(looked_up, span=replace(span, first=max(first, span.first)))
        counts[_period(first // _UNITS["year"], "year")] = c.execute(
            _total(len(span.but)), year.parameters()
        ).scalar_one()
        span = replace(span, end=first)
    return dict(reversed(counts.items()))


def _period(number: int, by: By) -> str:
    if by == "year":
        return f"{number:04}" if number else ""
    year, month = divmod(number, 100)
    return "" if not year else f"{year:04}-{month:02}" if month else f"{year:04}"


def _ends(c: Connection, looked_up: Lookup, newest: list[int], understood: Understood) -> tuple[Hit | None, Hit | None]:
    """Return the first and the last of what is dated."""
    ends = [*lookup.oldest(c, looked_up, newest, 0, 1), *newest[:1]]
    if not ends or ends[-1] < FIRST_DATED:
        return None, None
    first, last = hits.read(c, ends, understood.query, understood.side)
    return first, last


def _left_out(gaps: int) -> str:
    return "".join(f" AND NOT (rowid >= :gap{n} AND rowid < :gap{n} + {DAY})" for n in range(gaps))


@lru_cache(maxsize=8)
def _total(gaps: int) -> TextClause:
    return text(
        "SELECT count(*) FROM search_index WHERE search_index MATCH :match AND rowid >= :first AND rowid < :end"  # noqa: S608
        f"{_left_out(gaps)}"
    )


@lru_cache(maxsize=8)
def _grouped(gaps: int) -> TextClause:
    return text(
        "SELECT CASE WHEN rowid < " + str(FIRST_DATED) + " THEN 0 ELSE rowid / :unit END AS period, count(*) "
        "FROM search_index WHERE search_index MATCH :match AND rowid >= :first AND rowid < :end"
        f"{_left_out(gaps)} GROUP BY period ORDER BY period"
    )
