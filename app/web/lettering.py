"""The letters of an A to Z as links into its pages; which names stand where is told by the archive."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.archive.overviews import Letter


@dataclass(frozen=True, slots=True)
class LetterLink:
    """One letter, and where its names begin."""

    letter: str
    names: int
    url: str
    """Path, query and fragment."""


def anchor(letter: str) -> str:
    """Return the fragment under which a letter's names stand on their page."""
    return f"letter-{letter.lower()}" if letter.isalpha() else {"0–9": "digits"}.get(letter, "others")


def linked(letters: Sequence[Letter], size: int, at: Callable[[int], str]) -> tuple[LetterLink, ...]:
    """Return the letters with where each begins, `size` names to a page; `at` gives the address of a page."""
    return tuple(
        LetterLink(each.letter, each.names, f"{at(each.first // size + 1)}#{anchor(each.letter)}") for each in letters
    )
