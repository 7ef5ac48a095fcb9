"""Pairs the turns of two versions for a redline: which stand, which moved, which are gone; the words are compared
elsewhere."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from app.archive.holdings import HeldTurn
from app.differing import MOST, Change, difference, rising
from app.permalinks import words_of

_KINDRED = 0.5
"""Least share of words in common of a turn and the one that took its place, for the two to be read as one."""
_WITHIN, _DISTINCT = 0.8, 8
"""The same, of the shorter one's words alone, where it has words enough: a turn may have been cut in two."""
_PATIENCE = 20_000_000
"""Words times words that one comparison looks at; turns beyond that are told as a whole."""


@dataclass(frozen=True, slots=True)
class End:
    """How an id ended."""

    kind: Literal["superseded", "retired", "withheld"]
    reason: str
    ended_at: str
    """ISO 8601, UTC."""
    successor: str | None
    """Id of the turn that took its place; in a comparison the one that stands in the later version, if any does."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One place of a redline; the turns are None where the version has none."""

    before: int | None
    after: int | None
    is_moved: bool = False
    is_left: bool = False


class Patience:
    """Compares words until so many have been compared that a page would be late; then tells texts as a whole."""

    def __init__(self) -> None:
        self._left = _PATIENCE

    def difference(self, old: str, new: str) -> tuple[Change, ...]:
        """Return how `new` comes of `old`, word by word as long as there is patience."""
        if old == new or not old or not new:
            return difference(old, new)
        one, other = old.count(" ") + 1, new.count(" ") + 1
        # Beyond MOST, texts are compared in blocks of that size.
        self._left -= min(one * other, int(MOST**0.5) * (one + other))
        return difference(old, new) if self._left >= 0 else (Change("removed", old), Change("added", new))


def aligned(
    old: Sequence[HeldTurn], new: Sequence[HeldTurn], ends: Mapping[str, End], patience: Patience
) -> Iterator[Pair]:
    """Yield the places of a redline: those of the later version in order, with what is gone before what has come."""
    place = {turn.id: j for j, turn in enumerate(new)}
    same = {i: place[turn.id] for i, turn in enumerate(old) if turn.id in place}
    pairs = same | _succeeded(old, new, same, ends, patience)
    origin = {j: i for i, j in pairs.items()}
    i = j = 0
    for a, b in [*_standing(same, pairs), (len(old), len(new))]:
        for at in range(i, a):
            yield Pair(at, pairs.get(at), is_left=at in pairs)
        for at in range(j, b):
            yield Pair(origin.get(at), at, is_moved=at in origin)
        if a < len(old) and b < len(new):
            yield Pair(a, b)
        i, j = a + 1, b + 1


def _succeeded(
    old: Sequence[HeldTurn],
    new: Sequence[HeldTurn],
    same: Mapping[int, int],
    ends: Mapping[str, End],
    patience: Patience,
) -> dict[int, int]:
    """Return for turns whose id has ended the place of the successor that has most of their words; each only once."""
    fresh = {turn.id: j for j, turn in enumerate(new)}
    taken = set(same.values())
    likely: list[tuple[float, int, int]] = []
    for i, turn in enumerate(old):
        j = fresh.get(heir(turn.id, fresh, ends) or "") if i not in same else None
        if j is not None and j not in taken:
            share = _kinship(turn, new[j], patience)
            if share:
                likely.append((-share, i, j))
    found: dict[int, int] = {}
    for _, i, j in sorted(likely):
        if j not in taken:
            found[i] = j
            taken.add(j)
    return found


def heir(id: str, standing: Container[str], ends: Mapping[str, End]) -> str | None:
    """Return the first of the successors of an ended id, one after the other, that is `standing`; None if none is."""
    met: set[str] = set()
    found: str | None = id
    while found is not None and found not in met:
        met.add(found)
        end = ends.get(found)
        found = None if end is None else end.successor
        if found is not None and found in standing:
            return found
    return None


def _kinship(old: HeldTurn, new: HeldTurn, patience: Patience) -> float:
    """Return the share of words in common, 0 where it is too small for the one to be read as the other."""
    one, other = len(words(old).split()), len(words(new).split())
    told = patience.difference(words(old), words(new))
    shared = sum(len(each.text.split()) for each in told if each.op == "same")
    share = 2 * shared / ((one + other) or 1)
    shorter = min(one, other)
    return share if share >= _KINDRED or (shorter >= _DISTINCT and shared >= _WITHIN * shorter) else 0.0


def _standing(same: Mapping[int, int], pairs: Mapping[int, int]) -> list[tuple[int, int]]:
    """Return the pairs that keep their order, in order: first as many as can of those whose id is the same."""
    olds = sorted(same)
    kept = [olds[at] for at in rising([same[i] for i in olds])]
    after = [same[i] for i in kept]
    # Of the others, those that cross none of these.
    fit = [i for i in sorted(pairs) if bisect_left(kept, i) == bisect_left(after, pairs[i])]
    fit = [i for i in fit if i not in same or i in kept]
    return [(fit[at], pairs[fit[at]]) for at in rising([pairs[i] for i in fit])]


def words(turn: HeldTurn) -> str:
    """Return the words of a turn, paragraphs parted by line feeds; empty where they are not held."""
    return words_of(turn.paragraphs)
