"""Tells hard-wrapped lines from paragraphs of one line each, by their lengths; words are not looked at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import quantiles

_SENTENCE_END = re.compile(r"[.?!…:;][)\]}\"'”’»]*$")
_NARROWEST, _WIDEST = 30, 132
"""Characters between which a width is one at which somebody wraps lines."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of text that holds words."""

    text: str
    line: int
    after_gap: bool
    """Whether an empty line, or the start of another element, stands before it."""


def continuing(rows: Sequence[Row]) -> list[bool]:
    """Say for each line whether it goes on in the paragraph of the line before it."""
    is_double_spaced = _is_double_spaced(rows)
    if is_double_spaced:
        rows = [replace(row, after_gap=False) for row in rows]
    width = _width(rows)
    if not width:
        return [False] * len(rows)
    if is_double_spaced:
        # Nobody wraps a line far longer or shorter than the others: a title, a date, a row of dots.
        return [False, *(width < len(a.text) * 2 < width * 2.4 and _is_full(a, b, width) for a, b in pairwise(rows))]
    spaced = sum(row.after_gap for row in rows) * 12 > len(rows)
    goes_on = [
        not row.after_gap and (_is_full(before, row, width) or (spaced and not _SENTENCE_END.search(before.text)))
        for before, row in pairwise(rows)
    ]
    return [False, *goes_on]


def _is_double_spaced(rows: Sequence[Row]) -> bool:
    """Say whether an empty line stands between any two lines, though sentences go on across them."""
    if len(rows) < 6 or sum(row.after_gap for row in rows) * 20 < len(rows) * 19:
        return False
    going_on = sum(
        row.text[0].islower() and not _SENTENCE_END.search(before.text) and len(before.text) >= _NARROWEST
        for before, row in pairwise(rows)
    )
    return going_on * 5 > len(rows)


def _is_full(row: Row, following: Row, width: int) -> bool:
    """Say whether the next line's first word would hardly have fitted on this one."""
    word = following.text[: width + 1].split(maxsplit=1)[0]
    return len(row.text) + 1 + len(word) > width * 0.85


def _width(rows: Sequence[Row]) -> int:
    """Return the width at which the lines are wrapped, in characters; 0 where each line is a paragraph."""
    inner = [(one, other) for one, other in pairwise(rows) if not other.after_gap]
    if len(inner) < 2:
        return 0
    lengths = [len(one.text) for one, _ in inner]
    width = int(quantiles(lengths, n=20)[-1]) if len(lengths) > 20 else max(lengths)
    if not _NARROWEST <= width <= _WIDEST:
        return 0
    going_on = [(one, other) for one, other in inner if not _SENTENCE_END.search(one.text)]
    full = sum(_is_full(one, other, width) for one, other in going_on)
    return width if len(going_on) * 7 > len(inner) and full >= 0.6 * len(going_on) else 0
