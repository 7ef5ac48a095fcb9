"""The chart: how often up to five terms are found over time, for so many words or in numbers, drawn and as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal
from urllib.parse import quote, urlencode

from pydantic import BeforeValidator

from app.archive import listing
from app.archive.opening import Lease
from app.permalinks import answer_path
from app.search.frequency import By, Frequency, frequency
from app.web.asking import Query, Year
from app.web.plotting import Plot, plot
from app.web.sought import RESULTS
from app.web.templating import address

ADDRESS = "/chart"
MOST = 5
"""Terms on one chart."""
MONTHS = 120
"""Months on one chart; years, all that are held."""
THIN = 5_000
"""Words below which a period says little: a term said once there looks frequent."""

Scale = Literal["rate", "count"]
AskedBy = Annotated[By, BeforeValidator(lambda value: value if value == "month" else "year"), Query()]
AskedScale = Annotated[Scale, BeforeValidator(lambda value: value if value == "count" else "rate"), Query()]
AskedTerms = Annotated[list[str] | None, Query(alias="term", description="what is searched, up to five times")]


@dataclass(frozen=True, slots=True)
class Period:
    """A year or a month."""

    value: str
    """YYYY or YYYY-MM."""
    interviews: int
    words: int
    """Of those interviews."""
    is_thin: bool
    """Whether there are so few words that one answer more or less changes much."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a term finds in one period."""

    period: str
    count: int
    """Answers."""
    rate: float | None
    """Answers for every 10,000 words; None where nothing is held of the period."""
    url: str
    """Path and query of the search within it."""


@dataclass(frozen=True, slots=True)
class Term:
    """One term over time."""

    frequency: Frequency
    url: str
    """Path and query of the search for it."""
    found: tuple[Found, ...]
    """One for each period of the chart."""
    without: str
    """Path and query of the chart without it."""
    first: str | None
    """Path of the earliest answer."""
    last: str | None


@dataclass(frozen=True, slots=True)
class Chart:
    """Terms side by side over the same periods."""

    url: str
    terms: tuple[Term, ...]
    by: By
    scale: Scale
    after: int | None
    before: int | None
    periods: tuple[Period, ...]
    is_cut: bool
    """Whether there are earlier months than are shown."""
    most: int
    """Terms that one chart takes."""

    @property
    def is_passing(self) -> bool:
        """Whether another time may find more: then nobody keeps this."""
        return any(term.frequency.timed_out for term in self.terms)

    @property
    def plot(self) -> Plot:
        """The same numbers, placed."""
        numbers = [
            [None if each.rate is None else each.rate if self.scale == "rate" else each.count for each in term.found]
            for term in self.terms
        ]
        return plot(numbers, [period.value for period in self.periods])

    def at(self, **changes: object) -> str:
        """Return path and query of the same chart with other parameters."""
        return _at([term.frequency.term for term in self.terms], **self._parameters() | changes)

    def csv(self) -> str:
        """Return path and query of the numbers as CSV."""
        return self.at().replace(ADDRESS, f"{ADDRESS}.csv", 1)

    def _parameters(self) -> dict[str, object]:
        return _kept(self.by, self.scale, self.after, self.before)


def page(
    lease: Lease,
    terms: AskedTerms = None,
    by: AskedBy = "year",
    scale: AskedScale = "rate",
    after: Year = None,
    before: Year = None,
) -> Chart:
    """Return how often each term is found in the answers of each year or month, from `after` on and before `before`."""
    cleaned = (" ".join(term.replace("\0", " ").split()) for term in terms or ())
    asked = list(dict.fromkeys(filter(None, cleaned)))[:MOST]
    held = _periods(lease, by, after, before)
    shown = held[-MONTHS:] if by == "month" else held
    kept = _kept(by, scale, after, before)
    return Chart(
        url=ADDRESS,
        terms=tuple(
            _term(frequency(lease.connection, term, by), shown, _at([t for t in asked if t != term], **kept))
            for term in asked
        ),
        by=by,
        scale=scale,
        after=after,
        before=before,
        periods=shown,
        is_cut=len(shown) < len(held),
        most=MOST,
    )


def _kept(by: By, scale: Scale, after: int | None, before: int | None) -> dict[str, object]:
    """Return what the address says beside the terms."""
    return {
        "by": by if by != "year" else None,
        "scale": scale if scale != "rate" else None,
        "after": None if after is None else f"{after:04}",
        "before": None if before is None else f"{before:04}",
    }


def _at(terms: Sequence[str], **parameters: object) -> str:
    """Return path and query of a chart of these terms."""
    stated = [("term", term) for term in terms]
    stated += [(name, str(value)) for name, value in parameters.items() if value is not None]
    return f"{ADDRESS}?{urlencode(stated, quote_via=quote)}" if stated else ADDRESS


def _periods(lease: Lease, by: By, after: int | None, before: int | None) -> tuple[Period, ...]:
    """Return every period from the first to the last of which anything is held, within the years asked for."""
    counts = listing.years(lease.connection) if by == "year" else listing.months(lease.connection)
    interviews = {count.value: count.interviews for count in counts if len(count.value) == (4 if by == "year" else 7)}
    words = listing.words_by(lease.connection, by)
    return tuple(
        Period(value, interviews.get(value, 0), words.get(value, 0), words.get(value, 0) < THIN)
        for value in _between(sorted(interviews), by)
        if (after is None or int(value[:4]) >= after) and (before is None or int(value[:4]) < before)
    )


def _between(values: Sequence[str], by: By) -> Iterator[str]:
    if not values:
        return
    if by == "year":
        yield from (f"{year:04}" for year in range(int(values[0]), int(values[-1]) + 1))
        return
    first, last = (int(value[:4]) * 12 + int(value[5:]) - 1 for value in (values[0], values[-1]))
    yield from (f"{month // 12:04}-{month % 12 + 1:02}" for month in range(first, last + 1))


def _term(found: Frequency, periods: Sequence[Period], without: str) -> Term:
    return Term(
        frequency=found,
        url=address(RESULTS, q=found.term),
        found=tuple(_found(found, period) for period in periods),
        without=without,
        first=None if found.first is None else answer_path(found.first.id),
        last=None if found.last is None else answer_path(found.last.id),
    )


def _found(found: Frequency, period: Period) -> Found:
    count = found.counts.get(period.value, 0)
    rate = round(count / period.words * 10_000, 3) if period.words else None
    return Found(period.value, count, rate, address(RESULTS, q=found.term, **_within(period.value)))


def _within(value: str) -> dict[str, str]:
    """Return the parameters of a search within a year or a month."""
    if len(value) == 4:
        return {"after": value, "before": f"{int(value) + 1:04}"}
    year, month = int(value[:4]), int(value[5:])
    return {"after": value, "before": f"{year + month // 12:04}-{month % 12 + 1:02}"}
