"""The dates of a search: D is a year, a month or a day, and a range of row numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

DAY = 1_000_000
"""Row numbers of one date: the row number is yyyymmdd times this, and a count."""
FIRST_DATED = 1_0000 * DAY
"""Row numbers below are of the undated."""
UNDATED = "undated"
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_LOOSE = (
    re.compile(r"(?P<year>\d{4})[-./ ]?(?P<month>\d{1,2})(?:[-./ ](?P<day>\d{1,2}))?", re.ASCII),
    re.compile(r"(?P<day>\d{1,2})[./](?P<month>\d{1,2})[./](?P<year>\d{4})", re.ASCII),
    re.compile(r"(?P<month>\d{1,2})[./-](?P<year>\d{4})", re.ASCII),
)
_LAST = 2**62


@dataclass(frozen=True, slots=True)
class Span:
    """Row numbers from `first`, before `end`, and not of the dates (yyyymmdd) in `but`."""

    first: int = 0
    end: int = _LAST
    but: tuple[int, ...] = ()
    """Dates that are too vague to be known to lie in the span: 20150000 is a day of 2015 nobody knows."""

    @property
    def is_empty(self) -> bool:
        """Whether no row can be in it."""
        return self.first >= self.end


def is_date(text: str) -> bool:
    """Say whether `text` is YYYY, YYYY-MM or YYYY-MM-DD of the calendar."""
    match = _DATE.fullmatch(text)
    return match is not None and _exists(match[1], match[2] or "1", match[3] or "1")


def likely(text: str) -> str | None:
    """Return the date that somebody may have meant who wrote it another way; None where that is not certain."""
    for pattern in _LOOSE:
        match = pattern.fullmatch(text.strip())
        if match is None:
            continue
        parts = match.groupdict()
        if pattern is _LOOSE[1] and parts["day"] != parts["month"] and int(parts["day"]) <= 12:
            return None  # 11.12.2015 is a day of November to some and of December to others
        meant = "-".join(
            [parts["year"], *(f"{int(parts[name]):02}" for name in ("month", "day") if parts.get(name) is not None)]
        )
        return meant if is_date(meant) else None
    return None


def span(after: Iterable[str], before: Iterable[str], years: Iterable[str]) -> Span:
    """Return the rows on or after the first day of each `after`, before that of each `before`, and of each year.

    Undated rows are in no span but the whole one and that of the year "undated".
    """
    first, end, but = 0, _LAST, set()
    for each in after:
        first = max(first, _number(each) * DAY)
    for each in before:
        first = max(first, FIRST_DATED)
        number = _number(each)
        end = min(end, number * DAY)
        but |= {number // 10_000 * 10_000, number // 100 * 100} - {number}
    for each in years:
        if each == UNDATED:
            end = min(end, FIRST_DATED)
        else:
            first = max(first, _number(each) * DAY)
            end = min(end, (_number(each) + 10_000) * DAY)
    return Span(first, end, tuple(sorted(but)))


def numbers(sort_date: int) -> tuple[int, int]:
    """Return the half-open range of row numbers for a date given as yyyymmdd, 0 for the undated."""
    return (sort_date * DAY, (sort_date + 1) * DAY) if sort_date else (0, FIRST_DATED)


def day_of(row: int) -> int:
    """Return the date of a row number as days since some day, to within one in fifty.

    That of the undated is 0, where they are fewer than a million.
    """
    year, day = divmod(row // DAY, 10_000)
    month, day = divmod(day, 100)
    return 372 * year + 31 * month + day


def _number(text: str) -> int:
    return int(text.replace("-", "").ljust(8, "0"))


def _exists(year: str, month: str, day: str) -> bool:
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True
