"""Words for numbers, dates and languages, as every page sets them; plain text, which a template escapes.

Lists have hundreds of each, and a macro costs ten times what a function does.
"""

from __future__ import annotations

from app.citing.dates import MONTHS
from app.search.languages import LANGUAGES


def number(value: int) -> str:
    """Return a number with thin no-break spaces between thousands."""
    return f"{value:,}".replace(",", "\u202f")


def count(value: int, one: str, many: str) -> str:
    """Return "1 answer", "12 answers", with a no-break space."""
    return f"{number(value)}\u00a0{one if value == 1 else many}"


def month_name(date: str) -> str:
    """Return "December" of an ISO 8601 date that has a month."""
    return MONTHS[int(date[5:7]) - 1]


def date_words(date: str | None) -> str:
    """Return an ISO 8601 date at its own precision, as words; "undated" for None."""
    if date is None:
        return "undated"
    year, *rest = date.split("-")
    day = f"{int(rest[1])} " if len(rest) > 1 else ""
    return f"{day}{month_name(date)} {year}" if rest else year


def language_name(tag: str) -> str:
    """Return the English name of a BCP 47 tag's language; the tag itself where it is not listed."""
    return LANGUAGES.get(tag.partition("-")[0], tag)
