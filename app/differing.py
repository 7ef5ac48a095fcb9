"""Tells two texts apart word by word, as values that a redline shows; where texts come from is the caller's to know."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal
from unicodedata import category

Op = Literal["same", "removed", "added"]

# What stands on a letter and belongs to its word, in any script; Python’s own \w knows letters alone.
_MARKS = "\u200c\u200d" + "".join(letter for letter in map(chr, range(0x10000)) if category(letter) in ("Mn", "Mc"))
_BY_CHARACTER = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_THAI, _THAI_MARKS = "\u0e01-\u0eff", "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece"
_WORD = rf"(?:(?![{_BY_CHARACTER}{_THAI}])[\w{_MARKS}])+"
_TOKEN = re.compile(rf"([{_BY_CHARACTER}]|[{_THAI}][{_THAI_MARKS}]*|{_WORD}(?:['’\-.,]{_WORD})*|[^\w\s]|^)(\s*)")

MOST = 250_000
"""Tokens of the one text times those of the other up to which no words that each has once are needed to hold by."""
_ISLAND = 2
"""Words in common, between two changes, that are too few to be read as standing."""


@dataclass(frozen=True, slots=True)
class Change:
    """A run of one text that both have, or that only one has."""

    op: Op
    text: str


@dataclass(frozen=True, slots=True)
class _Run:
    is_same: bool
    old: slice
    new: slice


def difference(old: str, new: str) -> tuple[Change, ...]:
    """Return how `new` comes of `old`: what both have and what was removed make `old`, same and added make `new`.

    No word is cut, punctuation is told by itself, and Chinese, Japanese, Thai and Lao are told by their characters.
    What was removed stands before what was added. Texts too large and too unlike to compare word by word are told in
    blocks.
    """
    if old == new:
        return (Change("same", old),) if old else ()
    one, other = _TOKEN.findall(old), _TOKEN.findall(new)
    pairs = paired([word for word, _ in one], [word for word, _ in other])
    runs = _joined(_runs(pairs, len(one), len(other)), one, other)
    return tuple(_told(runs, one, other))


def paired(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return the places, in either text, of what stands in both, in order: of tokens, or of whole passages."""
    pairs: list[tuple[int, int]] = []
    waiting = [(0, len(old), 0, len(new))]
    while waiting:
        low, high, from_, to = waiting.pop()
        while low < high and from_ < to and old[low] == new[from_]:
            pairs.append((low, from_))
            low, from_ = low + 1, from_ + 1
        while low < high and from_ < to and old[high - 1] == new[to - 1]:
            high, to = high - 1, to - 1
            pairs.append((high, to))
        if (high - low) * (to - from_) <= MOST:
            matcher = SequenceMatcher(None, old[low:high], new[from_:to], autojunk=False)
            for a, b, size in matcher.get_matching_blocks():
                pairs += ((low + a + step, from_ + b + step) for step in range(size))
            continue
        anchors = _anchors(old, new, low, high, from_, to)
        starts = [(low, from_), *((a + 1, b + 1) for a, b in anchors)]
        if anchors:
            pairs += anchors
            waiting += ((a, c, b, d) for (a, b), (c, d) in zip(starts, [*anchors, (high, to)], strict=True))
    return sorted(pairs)


def _anchors(old: Sequence[str], new: Sequence[str], low: int, high: int, from_: int, to: int) -> list[tuple[int, int]]:
    """Return words that each text has once, in the longest order that both keep."""
    once = Counter(new[from_:to])
    place = {word: from_ + step for step, word in enumerate(new[from_:to]) if once[word] == 1}
    mine = Counter(old[low:high])
    shared = [(low + step, place[w]) for step, w in enumerate(old[low:high]) if mine[w] == 1 and w in place]
    return [shared[step] for step in rising([b for _, b in shared])]


def rising(numbers: Sequence[int]) -> list[int]:
    """Return the places of a longest run of different numbers that rises, in order."""
    tails: list[int] = []
    before: list[int] = []
    for at, number in enumerate(numbers):
        low = bisect_left(tails, number, key=numbers.__getitem__)
        before.append(tails[low - 1] if low else -1)
        tails[low : low + 1] = [at]
    found: list[int] = []
    at = tails[-1] if tails else -1
    while at >= 0:
        found.append(at)
        at = before[at]
    return found[::-1]


def _runs(pairs: Sequence[tuple[int, int]], old: int, new: int) -> list[_Run]:
    runs: list[_Run] = []
    a = b = 0
    for here, there in [*pairs, (old, new)]:
        if here > a or there > b:
            runs.append(_Run(False, slice(a, here), slice(b, there)))
        if here < old or there < new:
            last = runs[-1] if runs else None
            if last is not None and last.is_same:
                runs[-1] = _Run(True, slice(last.old.start, here + 1), slice(last.new.start, there + 1))
            else:
                runs.append(_Run(True, slice(here, here + 1), slice(there, there + 1)))
        a, b = here + 1, there + 1
    return runs


def _joined(runs: Sequence[_Run], old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]) -> list[_Run]:
    """Return the runs with changes made one where only a word or two between them stands: nobody reads confetti."""
    joined: list[_Run] = []
    for at, run in enumerate(runs):
        island = joined[-1] if joined else None
        if not run.is_same and island is not None and island.is_same and len(joined) > 1:
            around = (joined[-2], runs[at])
            if _is_confetti(island, around, old, new):
                joined[-2:] = [_Run(False, _over(joined[-2].old, run.old), _over(joined[-2].new, run.new))]
                continue
        joined.append(run)
    return joined


def _is_confetti(
    island: _Run, around: Sequence[_Run], old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]
) -> bool:
    if any("\n" in space for _, space in old[island.old]):
        return False
    kept = _words(old[island.old])
    changed = [max(_words(old[run.old]), _words(new[run.new])) for run in around]
    return min(changed) > kept and kept <= _ISLAND


def _words(tokens: Sequence[tuple[str, str]]) -> int:
    return sum(word[:1].isalnum() for word, _ in tokens)


def _over(first: slice, last: slice) -> slice:
    return slice(first.start, last.stop)


def _told(runs: Sequence[_Run], old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]) -> Iterator[Change]:
    """Yield the pieces; what only one text has is gathered until both have something again."""
    same = removed = added = ""
    for kind, one, other in _strips(runs, old, new):
        if kind and one:
            if removed or added:
                yield from (Change("removed", removed),) if removed else ()
                yield from (Change("added", added),) if added else ()
                removed = added = ""
            same += one
        elif not kind and (one or other):
            if same:
                yield Change("same", same)
                same = ""
            removed, added = removed + one, added + other
    yield from (Change("same", same),) if same else ()
    yield from (Change("removed", removed),) if removed else ()
    yield from (Change("added", added),) if added else ()


def _strips(
    runs: Sequence[_Run], old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]
) -> Iterator[tuple[bool, str, str]]:
    for run in runs:
        if not run.is_same:
            yield False, "".join(map("".join, old[run.old])), "".join(map("".join, new[run.new]))
            continue
        for (word, before), (_, after) in zip(old[run.old], new[run.new], strict=True):
            yield True, word, word
            # A word that both have may stand before a space in one and at the end of the other.
            yield (True, before, after) if before == after else (False, before, after)
