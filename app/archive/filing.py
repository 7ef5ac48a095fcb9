"""What a name is filed under in an A to Z: a person under the last of their names; nothing here knows what is held."""

from __future__ import annotations

import re

from app.permalinks import slugify

LAST = "~"
"""What a name is filed under that has no letter and no digit: after all others."""
_ADDITIONS = {"jr", "sr", "ii", "iii", "iv"}


def person(name: str) -> str:
    """Return what a person is filed under, romanised: "lavrov sergey" for "Sergey Lavrov".

    Initials, "Jr." and the like, and what stands in brackets are never what a name is filed under.
    """
    words = [slugify(word) for word in re.split(r"\s+|(?<=\.)(?=\w)", re.sub(r"\([^)]*\)|\[[^]]*\]", " ", name))]
    words = [word for word in words if word]
    if not words:
        return outlet(name)
    weighty = [at for at, word in enumerate(words) if len(word) > 1 and word not in _ADDITIONS]
    at = weighty[-1] if weighty else len(words) - 1
    return " ".join([words[at], *words[:at], *words[at + 1 :]])


def outlet(name: str) -> str:
    """Return what an outlet is filed under, romanised, without a leading article."""
    return slugify(name) or LAST


def letter(filed: str) -> str:
    """Return the letter of the A to Z that `filed` stands under: "A" to "Z", "0–9", or "…" for what has neither."""
    first = filed[:1]
    if first.isascii() and first.isalpha():
        return first.upper()
    return "0–9" if first.isdecimal() else "…"
