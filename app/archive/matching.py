"""Says which turn of a corrected text is which turn of the text before it; nothing here knows of ids or tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from app.records import Role

LIKENESS = 0.8
"""Least share of words in common, in order, of two turns that are clearly the same turn."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A turn as matching sees it."""

    role: Role
    speaker: str | None
    words: str


Gap = tuple[range, range]
"""A run of old and a run of new turns between two pairs that have the very same words."""


def match(old: Sequence[Spoken], new: Sequence[Spoken]) -> tuple[int | None, ...]:
    """Return for each new turn the index of the old turn it is, None where it is none of them.

    Role and speaker must be the same, the order must hold, and the words must be the same or, between two turns that
    are, have at least LIKENESS in common. In doubt a turn is not matched: an id must never come to mean other words.
    """
    found: list[int | None] = [None] * len(new)
    for block in _identical(old, new):
        for step in range(block[2]):
            found[block[1] + step] = block[0] + step
    for olds, news in gaps(old, new):
        for i, j in _likeliest(old, new, olds, news):
            found[j] = i
    return tuple(found)


def successors(old: Sequence[Spoken], new: Sequence[Spoken], found: Sequence[int | None]) -> dict[int, int | None]:
    """Return for each old turn that is not matched the new turn that took its place: one of its role between the same
    neighbours, also unmatched; None where there is none."""
    taken = {i for i in found if i is not None}
    result: dict[int, int | None] = {}
    for olds, news in gaps(old, new):
        for role in {old[i].role for i in olds}:
            ended = [i for i in olds if i not in taken and old[i].role == role]
            fresh = [j for j in news if found[j] is None and new[j].role == role]
            for rank, i in enumerate(ended):
                result[i] = fresh[min(rank, len(fresh) - 1)] if fresh else None
    return result


def gaps(old: Sequence[Spoken], new: Sequence[Spoken]) -> list[Gap]:
    """Return the runs of old and new turns between those with the very same words; a run may be empty on one side."""
    result, i, j = [], 0, 0
    for a, b, size in _identical(old, new):
        if i < a or j < b:
            result.append((range(i, a), range(j, b)))
        i, j = a + size, b + size
    return result


def _identical(old: Sequence[Spoken], new: Sequence[Spoken]) -> list[tuple[int, int, int]]:
    return [(a, b, size) for a, b, size in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()]


def _likeliest(old: Sequence[Spoken], new: Sequence[Spoken], olds: range, news: range) -> list[tuple[int, int]]:
    """Return the pairs, in order, whose likeness adds up to most (Needleman and Wunsch without a price for gaps)."""
    if not olds or not news:
        return []
    best = [[0.0] * (len(news) + 1) for _ in range(len(olds) + 1)]
    alike = {(i, j): ratio for i in olds for j in news if (ratio := _likeness(old[i], new[j])) >= LIKENESS}
    for a, i in reversed(list(enumerate(olds))):
        for b, j in reversed(list(enumerate(news))):
            both = alike[i, j] + best[a + 1][b + 1] if (i, j) in alike else 0.0
            best[a][b] = max(both, best[a + 1][b], best[a][b + 1])
    pairs, a, b = [], 0, 0
    while a < len(olds) and b < len(news):
        pair = alike.get((olds[a], news[b]))
        if pair is not None and best[a][b] == pair + best[a + 1][b + 1]:
            pairs.append((olds[a], news[b]))
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            a += 1
        else:
            b += 1
    return pairs


def _likeness(old: Spoken, new: Spoken) -> float:
    if (old.role, old.speaker) != (new.role, new.speaker):
        return 0.0
    matcher = SequenceMatcher(None, old.words.split(), new.words.split(), autojunk=False)
    if matcher.real_quick_ratio() < LIKENESS or matcher.quick_ratio() < LIKENESS:
        return 0.0
    return matcher.ratio()
