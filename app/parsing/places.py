"""Tells where an event was held from the lines that stand with its date; it guesses nothing from prose."""

from __future__ import annotations

import re

from app.parsing.names import is_capital
from app.parsing.vocabulary import EVENT_WORDS, OFFICE_WORDS, PARTICLES

_BUILT = re.compile(
    r"\b(?:aboard|en route|room|house|palace|hotel|airport|residence|kremlin|hall|cent(?:re|er)|embassy|university|"
    r"building|garden|courtyard|office|base|city|airfield|station|кремль|резиденция|дворец)\b",
    re.IGNORECASE,
)
_AT = re.compile(r"(?:於|于|会場|場所|地点)\s*[:：]\s*(.+)")
_NO_PLACE = re.compile(r"[?!;|@#&*_\d]|https?|\.\s|\.$|:")
_NO_PLACE_WORDS = frozenset(
    "share print email remarks subject subjects fax transcript proof copy only draft news home".split()  # noqa: SIM905
)


def is_built(text: str) -> bool:
    """Say whether a name has a word for something built or moving in which people meet, as "Hotel" or "Base"."""
    return bool(_BUILT.search(text))


def place_at(text: str, has_time: bool) -> str | None:
    """Return the place that a line next to a date is; None where it is something else.

    `has_time` says that the day's hour stands there too, as it does where date, hour and place are set together.
    """
    if (told := _AT.search(text)) is not None:
        return told[1].strip().rstrip(")）")
    words = text.replace(",", " ").split()
    bare = {word.casefold().strip(".’'") for word in words}
    if not 0 < len(words) < 10 or _NO_PLACE.search(text.replace("D.C.", "DC").replace("S.", "S")):
        return None
    if bare & (EVENT_WORDS | _NO_PLACE_WORDS) - {"press", "news", "conference", "briefing"} or text.isupper():
        return None
    if not all(is_capital(word) or word.casefold() in PARTICLES or word.casefold() == "region" for word in words):
        return None
    if "," in text or _BUILT.search(text):
        return text if not bare & OFFICE_WORDS or _BUILT.search(text) else None
    return text if has_time and not bare & OFFICE_WORDS and len(words) < 4 else None


def at_head_of(line: str) -> str | None:
    """Return the place that stands before a date at the head of a page, as in "TASS, Brenn, 3 May 2001".

    `line` is what is left without the date. An agency in capitals and an event are no part of the place.
    """
    parts = [part.strip(" .–—-") for part in line.split(",")]
    if not parts or not all(parts) or any(_NO_PLACE.search(part) for part in parts):
        return None
    words = [word for part in parts for word in part.split()]
    bare = {word.casefold().strip(".’'") for word in words}
    if len(words) > 6 or bare & (EVENT_WORDS | OFFICE_WORDS | _NO_PLACE_WORDS):
        return None
    if not all(is_capital(word) or word.casefold() in PARTICLES for word in words):
        return None
    return ", ".join(part for part in parts if not (part.isupper() and len(part) > 2)) or None
