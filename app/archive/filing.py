"""What a name is filed under in an A to Z: a person under the last of their names; nothing here knows what is held."""

from __future__ import annotations

import re

from app.permalinks import slugify

LAST = "~"
"""What a name is filed under that has no letter and no digit: after all others."""
_WORD = re.compile(r"[^\s.]+\.?|\.")
_BRACKETED = re.compile(r"\([^)]*\)|\[[^]]*\]")
_ADDITIONS = {"jr", "sr", "ii", "iii", "iv"}


def person(name: str) -> str:
    """Return what a person is filed under, romanised: "lavrov sergey" for "Sergey Lavrov".

    Initials, "Jr." and the like, and what stands in brackets are never what a name is filed under.
    """
    words = _words(name)
    if not words:
        return outlet(name)
    at = _weightiest(words)
    return " ".join(slug for slug, _ in (words[at], *words[:at], *words[at + 1 :]))


def parts(name: str) -> tuple[str, str, str]:
    """Return what of a person's name stands before what it is filed under, that itself, and what stands after it."""
    words = _words(name)
    start, end = words[_weightiest(words)][1].span() if words else (0, len(name))
    return name[:start], name[start:end], name[end:]


def outlet(name: str) -> str:
    """Return what an outlet is filed under, romanised, without a leading article."""
    return slugify(name) or LAST


def letter(filed: str) -> str:
    """Return the letter of the A to Z that `filed` stands under: "A" to "Z", "0–9", or "…" for what has neither."""
    first = filed[:1]
    if first.isascii() and first.isalpha():
        return first.upper()
    return "0–9" if first.isdecimal() else "…"


def _words(name: str) -> list[tuple[str, re.Match[str]]]:
    """Return the words of a name, romanised, and where each stands; initials that touch the name are words too."""
    bare = _BRACKETED.sub(lambda found: " " * len(found[0]), name)
    return [(slug, found) for found in _WORD.finditer(bare) if (slug := slugify(found[0]))]


def _weightiest(words: list[tuple[str, re.Match[str]]]) -> int:
    weighty = [at for at, (slug, _) in enumerate(words) if len(slug) > 1 and slug not in _ADDITIONS]
    return weighty[-1] if weighty else len(words) - 1
