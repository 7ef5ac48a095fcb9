"""Reads a pasted quotation as the words that must stand somewhere, with the places where it leaves words out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.search.folding import words

LONGEST = 2000
"""Characters of a quotation; what is longer is checked up to there."""

_ELLIPSIS = re.compile(r"[\[(<]\s*(?:…|\.(?:\s?\.){2,3})\s*[\])>]|…|\.(?:\s?\.){2,3}")
_BRACKETS = re.compile(r"\[[^\[\]]{0,80}\]")

Fragment = tuple[str, ...]
"""Folded words that stand side by side."""
Reading = tuple[Fragment, ...]
"""Fragments in their order, with words left out between them."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation and what it may say of the text that it is from."""

    text: str
    """As pasted, up to LONGEST characters, without the space around it."""
    is_cut: bool
    """Whether more was pasted."""
    readings: tuple[Reading, ...]
    """The strictest first: every word side by side; words left out at each ellipsis; at each square bracket too."""

    @property
    def loosest(self) -> Reading:
        """The reading that demands least."""
        return self.readings[-1] if self.readings else ()


def read(pasted: str) -> Quotation:
    """Return what is to be looked for; a text without a word has no reading."""
    whole = pasted.strip()
    text = whole[:LONGEST]
    if len(whole) > LONGEST and not whole[LONGEST].isspace():
        # A word cut in two would never be found.
        text = (re.match(r".*(?=\s)", text, re.DOTALL) or [text])[0] or text
    at_ellipses = _ELLIPSIS.split(text)
    at_both = [piece for part in at_ellipses for piece in _BRACKETS.split(part)]
    readings = (_reading([text]), _reading(at_ellipses), _reading(at_both))
    return Quotation(text, len(whole) > LONGEST, tuple(dict.fromkeys(filter(None, readings))))


def _reading(pieces: list[str]) -> Reading:
    return tuple(filter(None, (tuple(words(piece)) for piece in pieces)))
