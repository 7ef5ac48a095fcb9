"""Dates as the styles of citation write them, at the precision that is known; nothing is added to a date."""

from __future__ import annotations

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_SHORT = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
_RUSSIAN = ("янв.", "февр.", "марта", "апр.", "мая", "июня", "июля", "авг.", "сент.", "окт.", "нояб.", "дек.")
_RUSSIAN_ALONE = ("янв.", "февр.", "март", "апр.", "май", "июнь", "июль", "авг.", "сент.", "окт.", "нояб.", "дек.")


def parts(date: str | None) -> tuple[int, ...]:
    """Return year, month and day of an ISO 8601 date, as many as it has; none of None."""
    return tuple(int(part) for part in date.split("-")) if date else ()


def month_first(date: str) -> str:
    """Return "December 11, 2015", "December 2015" or "2015", as Chicago has it."""
    year, *rest = parts(date)
    if not rest:
        return str(year)
    month = MONTHS[rest[0] - 1]
    return f"{month} {rest[1]}, {year}" if len(rest) > 1 else f"{month} {year}"


def year_first(date: str) -> str:
    """Return "2015, December 11", "2015, December" or "2015", as APA has it."""
    year, *rest = parts(date)
    return ", ".join([str(year), *([" ".join([MONTHS[rest[0] - 1], *map(str, rest[1:])])] if rest else [])])


def day_first(date: str) -> str:
    """Return "11 Dec. 2015", "Dec. 2015" or "2015", as MLA has it."""
    year, *rest = parts(date)
    return " ".join([*map(str, rest[1:]), *([_SHORT[rest[0] - 1]] if rest else []), str(year)])


def year_then_day(date: str, *, russian: bool) -> str:
    """Return "2015. 11 Dec.", "2015. Dec." or "2015.", as GOST has it, in Russian "2015. 11 дек."."""
    year, *rest = parts(date)
    if not rest:
        return f"{year}."
    names = (_RUSSIAN if len(rest) > 1 else _RUSSIAN_ALONE) if russian else _SHORT
    name = names[rest[0] - 1]
    return f"{year}. {' '.join([*map(str, rest[1:]), name])}{'' if name.endswith('.') else '.'}"
