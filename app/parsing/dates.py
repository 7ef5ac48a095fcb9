"""Reads dates and times as sources of several languages print them; what is not surely a date gives None."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from app.parsing.calendars import ERAS, MONTHS

_MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?=\D|\d{1,2}[:.]\d\d(?!\d)|$)"
_DAY = r"(?<![\d:.])(?P<day>\d{1,2})(?:\s?(?:st|nd|rd|th|er|º|ª|°)\b\.?|-?го|\.|º|°)?"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)(?!\d)",
        r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?年\s?(?P<number>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?日",
        r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?년\s?(?P<number>\d{1,2})\s?월\s?(?P<day>\d{1,2})\s?일",
        r"(?P<era>令和|平成|昭和)(?P<year>\d{1,2}|元)年\s?(?P<number>\d{1,2})月\s?(?P<day>\d{1,2})日",
        rf"{_DAY}\s*[-–]?\s*(?:of\s+|day of\s+|de\s+)?{_MONTH}(?:,?\s*[-–]?\s*|\s+de[l]?\s+){_YEAR}",
        rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th|\")?(?:,\s*|\s+){_YEAR}",
        rf"(?<![\d:.])(?P<day>\d{{1,2}})\.(?P<number>\d{{1,2}})\.{_YEAR}",
        rf"(?<!\d)(?P<day>1[3-9]|2\d|3[01])/(?P<number>\d{{1,2}})/{_YEAR}",
        rf"(?<!\d)(?P<number>\d{{1,2}})/(?P<day>1[3-9]|2\d|3[01])/{_YEAR}",
        rf"(?<!\d )(?<!\d)\b{_MONTH},?\s+(?:de[l]?\s+)?{_YEAR}",
    )
)
_YEAR_ALONE = re.compile(r"\s*((?:19|20)\d\d)(?:\s*(?:год|года|г\.))?\s*")
_TIME = re.compile(
    r"(?:(?<=\b(?:19|20)\d\d)|(?<![\d.:/-]))(?P<hour>\d{1,2})(?P<mark>[:.])(?P<minute>\d\d)(?![\d:.]\d)\s*(?P<half>[ap]\.?\s?m\b\.?)?",
    re.IGNORECASE,
)
_WEEKDAYS = re.compile(
    r"\b(mon|tues|wednes|thurs|fri|satur|sun)day\b|понедельник|вторник|сред[ау]|четверг|пятниц[ау]|суббот[ау]|"
    r"воскресенье|"
    r"\b(?:mon|diens|donners|frei|sams|sonn)tag\b|mittwoch|sonnabend|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    r"lunes|martes|miércoles|jueves|viernes|sábado|domingo|[月火水木金土日]曜日?|星期[一二三四五六日天]|\b(?:le|de|el|den|vom|um)\b|"
    r"\b(?:года|год|року|roku|godine|г\.|р\.|r\.|午前|午後|上午|下午|москва|moscow|time|gmt|msk|local|est|edt|published|posted|updated|issued|released|опубликовано|date|дата|at|on|the|в)(?!\w)|\W",
    re.IGNORECASE,
)


_CHANGED = re.compile(r"\b(?:last\s+)?(?:updated|modified)\b.*|[於于]\s?[:：].*", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_SPOKEN_TIME = re.compile(r"(?<!\d)(\d{1,2})\s?(?:[時时]|h(?=\s?\d\d\b))\s?(\d\d)?分?")
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


@lru_cache(maxsize=512)
def find(text: str) -> Dated | None:
    """Return the first date in `text` that is surely one; None where there is none or its parts are impossible.

    A year is one where nothing else is said.
    """
    if not _DIGIT.search(text):
        return None
    for pattern in _PATTERNS:
        for found in pattern.finditer(text):
            iso = _iso(found.groupdict())
            if iso is not None:
                rest = text[: found.start()] + " " + _without_twin(text[found.end() :], iso)
                end = changed.start() if (changed := _CHANGED.search(text, found.end())) else len(text)
                clock = _TIME.search(text, found.end(), end) or _TIME.search(text[: found.start()])
                spoken = None if clock else _SPOKEN_TIME.search(text, found.end())
                if clock or spoken:
                    rest = rest.replace((clock or spoken)[0], " ", 1)  # type: ignore[index]
                time = _clock(clock) or (_spelt(spoken) if spoken else None)
                return Dated(iso, time, len(_WEEKDAYS.sub("", rest)) < 3)
    year = _YEAR_ALONE.fullmatch(text)
    return Dated(year[1], None, True) if year else None


def _without_twin(text: str, iso: str) -> str:
    """Return the rest of a line without the same day in another form, or that on which a page was last changed."""
    text = _CHANGED.sub(" ", text)
    for pattern in _PATTERNS:
        for found in pattern.finditer(text):
            if _iso(found.groupdict()) == iso:
                return text[: found.start()] + " " + text[found.end() :]
    return text


def time_in(text: str) -> str | None:
    """Return the time that is all of `text`, as HH:MM; None where it is something else or midnight."""
    found = _TIME.fullmatch(_ZONE.sub("", text.strip()))
    return _clock(found) if found else None


def _spelt(found: re.Match[str]) -> str | None:
    """Return the time that hours and minutes written with their words tell."""
    hour, minute = int(found[1]), int(found[2] or 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 and (hour or minute) else None


def _iso(parts: dict[str, str | None]) -> str | None:
    year = 1 if parts["year"] == "元" else int(parts["year"] or 0)
    year += ERAS[parts["era"] or ""] if parts.get("era") else 0
    month = int(parts["number"] or 0) if parts.get("number") else MONTHS[(parts["month"] or "").casefold()]
    if parts.get("day") is None:
        return f"{year:04}-{month:02}"
    try:
        return date(year, month, int(parts["day"] or 0)).isoformat()
    except ValueError:
        return None


def _clock(found: re.Match[str] | None) -> str | None:
    if found is None:
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
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
