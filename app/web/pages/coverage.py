"""What the archive holds and what it lacks: months without interviews, facts not known, when things came in."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from app.archive import listing
from app.archive.holdings import Generation
from app.archive.opening import Lease
from app.archive.overviews import Count, Holdings
from app.web.pages.dates import YearCount, by_month

ADDRESS = "/coverage"
IMPORTS = 10
"""Days of import that are told, the last ones."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Months in a row, between the first interview and the last, of which nothing is held."""

    first: str
    """YYYY-MM."""
    last: str
    months: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is held, counted over the current versions."""

    url: str
    generation: Generation
    holdings: Holdings
    years: tuple[YearCount, ...]
    """Every year from the last to the first."""
    undated: int
    month_count: int
    """Months from that of the first interview to that of the last."""
    empty_months: int
    """Those of them without an interview."""
    gaps: tuple[Gap, ...]
    """The longest first."""
    languages: tuple[Count, ...]
    publishers: tuple[Count, ...]
    """By who published the source; where it is not known, under an empty value."""
    formats: tuple[Count, ...]
    """By the media type of the source."""
    imports: tuple[Count, ...]
    """By the day on which the current version came in, the last day first."""
    lacking: dict[str, int]
    """Of how many interviews what is not known: date, day, speaker, outlet, url, publisher, retrieved, licence,
    translation; and of how many the saved copy was withdrawn (source)."""
    corrected: int
    """Interviews of which there is more than one version."""

    @property
    def most(self) -> int:
        """How many interviews the fullest month has."""
        return max((month.interviews for year in self.years for month in year.months), default=0)


def page(lease: Lease) -> Coverage:
    """Return what is held, month by month, and what is not known of it."""
    connection = lease.connection
    months = listing.months(connection)
    held = listing.holdings(connection)
    years = by_month(months)
    gaps, span = gaps_in(tuple(month.value for month in months if len(month.value) == 7))
    return Coverage(
        url=ADDRESS,
        generation=lease.generation,
        holdings=held,
        years=years,
        undated=held.interviews - sum(year.interviews for year in years),
        month_count=span,
        empty_months=sum(gap.months for gap in gaps),
        gaps=tuple(sorted(gaps, key=lambda gap: (-gap.months, gap.first))),
        languages=listing.languages(connection),
        publishers=listing.publishers(connection),
        formats=listing.formats(connection),
        imports=listing.imports(connection)[: -IMPORTS - 1 : -1],
        lacking=listing.lacking(connection),
        corrected=listing.corrected(connection),
    )


def gaps_in(months: tuple[str, ...]) -> tuple[tuple[Gap, ...], int]:
    """Return the gaps between months that are held, in order, and how many months lie from the first to the last."""
    numbers = [int(month[:4]) * 12 + int(month[5:]) - 1 for month in months]
    gaps = tuple(
        Gap(_written(before + 1), _written(after - 1), after - before - 1)
        for before, after in pairwise(numbers)
        if after - before > 1
    )
    return gaps, numbers[-1] - numbers[0] + 1 if numbers else 0


def _written(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}"
