"""Reads dates and times as English and Russian sources print them; what is not surely a date gives None."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan января январь",
            "february feb февраля февраль",
            "march mar марта март",
            "april apr апреля апрель",
            "may мая май",
            "june jun июня июнь",
            "july jul июля июль",
            "august aug августа август",
            "september sept sep сентября сентябрь",
            "october oct октября октябрь",
            "november nov ноября ноябрь",
            "december dec декабря декабрь",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?=\D|\d{1,2}[:.]\d\d(?!\d)|$)"
_DAY = r"(?<![\d:.])(?P<day>\d{1,2})(?:st|nd|rd|th|-?го)?"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)(?!\d)",
        rf"{_DAY}\s+(?:of\s+|day of\s+)?{_MONTH},?\s+{_YEAR}",
        rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,\s*|\s+){_YEAR}",
        rf"{_DAY}\.(?P<number>\d{{1,2}})\.{_YEAR}",
        rf"(?<!\d)(?P<day>1[3-9]|2\d|3[01])/(?P<number>\d{{1,2}})/{_YEAR}",
        rf"(?<!\d)(?P<number>\d{{1,2}})/(?P<day>1[3-9]|2\d|3[01])/{_YEAR}",
        rf"(?<!\d )(?<!\d)\b{_MONTH},?\s+{_YEAR}",
    )
)
_YEAR_ALONE = re.compile(r"\s*((?:19|20)\d\d)(?:\s*(?:год|года|г\.))?\s*")
_TIME = re.compile(
    r"(?:(?<=\b(?:19|20)\d\d)|(?<![\d.:/-]))(?P<hour>\d{1,2})(?P<mark>[:.])(?P<minute>\d\d)(?![\d:.]\d)\s*(?P<half>[ap]\.?\s?m\b\.?)?",
    re.IGNORECASE,
)
_WEEKDAYS = re.compile(
    r"\b(mon|tues|wednes|thurs|fri|satur|sun)day\b|понедельник|вторник|сред[ау]|четверг|пятниц[ау]|суббот[ау]|"
    r"воскресенье|\b(?:года|год|г\.|москва|moscow|time|gmt|msk|local|est|edt|published|posted|updated|issued|released|опубликовано|date|дата|at|on|the|в)(?!\w)|\W",
    re.IGNORECASE,
)


_ZONE = re.compile(r"\s+\(?(?:[A-Z]{2,5}|Moscow|Москва|МСК|local|local time|Uhr)\)?$")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date, and a time if one stands with it, found in a text."""

    date: str
    """ISO 8601 at the precision known: YYYY, YYYY-MM or YYYY-MM-DD."""
    time: str | None
    """HH:MM; None where none is printed, or midnight, which sites print for unknown."""
    alone: bool
    """Whether the text says hardly anything else."""


def find(text: str) -> Dated | None:
    """Return the first date in `text` that is surely one; None where there is none or its parts are impossible.

    A year is one where nothing else is said.
    """
    for pattern in _PATTERNS:
        for found in pattern.finditer(text):
            iso = _iso(found.groupdict())
            if iso is not None:
                rest = text[: found.start()] + " " + text[found.end() :]
                clock = _TIME.search(text, found.end()) or _TIME.search(text[: found.start()])
                if clock is not None:
                    rest = rest.replace(clock[0], " ", 1)
                return Dated(iso, _clock(clock), len(_WEEKDAYS.sub("", rest)) < 3)
    year = _YEAR_ALONE.fullmatch(text)
    return Dated(year[1], None, True) if year else None


def time_in(text: str) -> str | None:
    """Return the time that is all of `text`, as HH:MM; None where it is something else or midnight."""
    found = _TIME.fullmatch(_ZONE.sub("", text.strip()))
    return _clock(found) if found else None


def _iso(parts: dict[str, str | None]) -> str | None:
    year = int(parts["year"] or 0)
    month = int(parts["number"] or 0) if parts.get("number") else _MONTHS[(parts["month"] or "").casefold()]
    if parts.get("day") is None:
        return f"{year:04}-{month:02}"
    try:
        return date(year, month, int(parts["day"] or 0)).isoformat()
    except ValueError:
        return None


def _clock(found: re.Match[str] | None) -> str | None:
    if found is None:
        return None
    hour, minute = int(found["hour"]), int(found["minute"])
    half = (found["half"] or "").casefold()[:1]
    if found["mark"] == "." and not half:
        return None
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59 or (hour == 0 and minute == 0 and not half):
        return None
    return f"{hour:02}:{minute:02}"
