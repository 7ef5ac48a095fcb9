"""Compares a quotation with one text: where its words stand in it, and how much of both is the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from app.search.quotation import Fragment, Reading

FARTHEST = 100
"""Words that an ellipsis may stand for; a quotation that leaves out more at once is put together from two places."""
_LEAST_REST = 4
"""Words of a quotation that are looked for elsewhere in the text, when they do not stand where the others do."""
_BETWEEN = 6
"""Words between two pieces of a quotation that do not make them two passages."""
_LEAST_LETTERS = 4
"""Of a word that can be mistyped; one letter makes a shorter one another word."""
NEARLY = 0.8
"""What a mistyped word counts."""
_AROUND = 12
"""Words beside the likeliest place that are compared as well."""

Run = tuple[int, int]
"""Half-open range of words of a text."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where a quotation stands in a text, or what comes nearest to it."""

    runs: tuple[Run, ...]
    """Words of the text, a run for each piece of the quotation, in the quotation's order."""
    score: float
    """How much of the quotation and of the runs is the same, from 0 to 1, words that are common everywhere counting
    less."""
    coverage: float
    """How many of the quotation's words are met, from 0 to 1, and no less how much they weigh."""
    is_exact: bool
    is_stitched: bool
    """Whether the runs are no one passage: in another order, or far apart, or the quotation does not tell of a gap."""


class Weights:
    """How much a word tells: one that is common in the whole archive little."""

    COMMON = 0.35

    def __init__(self, common: Mapping[str, bool]) -> None:
        self._common = common

    def of(self, word: str) -> float:
        """Return the weight of a word; where it was not counted its length tells."""
        return self.COMMON if self._common.get(word, len(word) < 4 and word.isascii()) else 1.0

    def total(self, words: Sequence[str]) -> float:
        """Return the weight of several words."""
        return sum(map(self.of, words))


def exact(readings: Sequence[Reading], words: Sequence[str]) -> Alignment | None:
    """Return where one of the readings stands word for word, the strictest first; None where none does."""
    for reading in readings:
        runs = _in_order(reading, words)
        if runs is not None:
            return Alignment(runs, 1.0, 1.0, is_exact=True, is_stitched=False)
    return None


def near(reading: Reading, words: Sequence[str], weights: Weights) -> Alignment:
    """Return what in a text comes nearest to a quotation, however far it is."""
    found: list[_Piece] = []
    for fragment in reading:
        piece = _likeliest(fragment, words, weights)
        found += _with_rest(fragment, piece, words, weights)
    same, met = sum(piece.same for piece in found), sum(piece.met for piece in found)
    quoted = sum(map(weights.total, reading))
    runs = _joined([piece.run for piece in found if piece.run[1] > piece.run[0]])
    weight = quoted + sum(weights.total(words[start:end]) for start, end in runs)
    return Alignment(
        runs=runs,
        score=2 * same / weight,
        coverage=min(same / quoted, met / sum(map(len, reading))),
        is_exact=False,
        is_stitched=_is_stitched(runs, gaps=len(reading) - 1),
    )


@dataclass(frozen=True, slots=True)
class _Piece:
    """The words of a text that come nearest to some of a quotation."""

    run: Run
    quoted: Run
    same: float
    """Weight of the words in common."""
    met: float
    """How many they are; one that is only mistyped counts somewhat less."""


def _in_order(reading: Reading, words: Sequence[str]) -> tuple[Run, ...] | None:
    """Return the first place where fragments stand in order, each not farther than FARTHEST from the one before."""
    first, *others = reading
    for start in _places(first, words, 0, len(words)):
        runs = [(start, start + len(first))]
        for fragment in others:
            after = runs[-1][1]
            place = next(_places(fragment, words, after, after + FARTHEST + len(fragment)), None)
            if place is None:
                break
            runs.append((place, place + len(fragment)))
        else:
            return tuple(runs)
    return None


def _places(fragment: Fragment, words: Sequence[str], start: int, end: int) -> Iterator[int]:
    """Yield where a fragment stands word for word, within a range of the words of a text."""
    last = min(end, len(words)) - len(fragment)
    for place in range(start, last + 1):
        if words[place] == fragment[0] and tuple(words[place : place + len(fragment)]) == fragment:
            yield place


def _likeliest(fragment: Fragment, words: Sequence[str], weights: Weights) -> _Piece:
    """Return the run of words that has most in common with a fragment, in its order."""
    start, end = _densest(fragment, words, weights)
    meant, slips = _as_meant(fragment, words[start:end])
    matcher = SequenceMatcher(None, meant, words[start:end], autojunk=False)
    blocks = [(a, start + b, size) for a, b, size in matcher.get_matching_blocks() if size]
    return _trimmed(blocks, meant, slips, words, weights)


def _densest(fragment: Fragment, words: Sequence[str], weights: Weights) -> Run:
    """Return the stretch, somewhat longer than a fragment, that has most of its words in whatever order."""
    length = len(fragment) * 5 // 4 + 2
    if len(words) <= length + 2 * _AROUND:
        return 0, len(words)
    wanted = Counter(fragment)
    held: Counter[str] = Counter()
    best, here, at = -1.0, 0.0, 0
    for place, word in enumerate(words):
        if word in wanted:
            held[word] += 1
            here += weights.of(word) * (held[word] <= wanted[word])
        gone = words[place - length] if place >= length else ""
        if gone in wanted:
            here -= weights.of(gone) * (held[gone] <= wanted[gone])
            held[gone] -= 1
        if here > best:
            best, at = here, place
    return max(0, at - length - _AROUND), min(len(words), at + 1 + _AROUND)


def _trimmed(
    blocks: Sequence[tuple[int, int, int]],
    fragment: Fragment,
    slips: Sequence[bool],
    words: Sequence[str],
    weights: Weights,
) -> _Piece:
    """Return the run from one block to another that tells most: a word met far off by chance is none of it."""
    best, low, high = 0.0, 0, 0
    whole = weights.total(fragment)
    counted = [weights.of(word) * (NEARLY if slip else 1.0) for word, slip in zip(fragment, slips, strict=True)]
    sizes = [sum(counted[a : a + size]) for a, _, size in blocks]
    for first in range(len(blocks)):
        same = 0.0
        for last in range(first, len(blocks)):
            same += sizes[last]
            _, b, size = blocks[last]
            share = 2 * same / (whole + weights.total(words[blocks[first][1] : b + size]))
            if share > best:
                best, low, high = share, first, last + 1
        if first > 24:
            break
    kept = blocks[low:high]
    if not kept:
        return _Piece((0, 0), (0, 0), 0.0, 0.0)
    (a, b, _), (c, d, size) = kept[0], kept[-1]
    met = sum(NEARLY if slips[at] else 1.0 for a, _, size in kept for at in range(a, a + size))
    return _Piece((b, d + size), (a, c + size), sum(sizes[low:high]), met)


def _as_meant(fragment: Fragment, words: Sequence[str]) -> tuple[Fragment, list[bool]]:
    """Return a fragment with each word that is one of the text's but for a slip as the text has it, and which are."""
    known = dict.fromkeys(words)
    meant = [word if word in known else next((w for w in known if _is_mistyped(word, w)), word) for word in fragment]
    return tuple(meant), [one != other for one, other in zip(fragment, meant, strict=True)]


def _is_mistyped(one: str, other: str) -> bool:
    """Say whether two words are one but for a slip: letters swapped, or one after the first more, less or other."""
    if min(len(one), len(other)) < _LEAST_LETTERS or abs(len(one) - len(other)) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    mine, theirs = one[start:], other[start:]
    is_swapped = mine[1::-1] + mine[2:] == theirs
    return is_swapped or (start > 0 and (mine[1:] in (theirs, theirs[1:]) or mine == theirs[1:]))


def _with_rest(fragment: Fragment, piece: _Piece, words: Sequence[str], weights: Weights) -> list[_Piece]:
    """Return the pieces of a fragment: where an end of it is missing from the first, that end's too, if it stands."""
    before, after = fragment[: piece.quoted[0]], fragment[piece.quoted[1] :]
    pieces = [piece]
    for rest, at in ((before, 0), (after, len(pieces))):
        if len(rest) < _LEAST_REST:
            continue
        other = _likeliest(rest, words, weights)
        # Common words are met anywhere; the rest of a quotation must be there as clearly as the first part was.
        if other.same * 5 >= weights.total(rest) * 4 and not _overlap(other.run, piece.run):
            pieces.insert(at, other)
    return pieces


def _joined(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Return runs with those made one that no more than _BETWEEN words part, in their order."""
    joined: list[Run] = []
    for start, end in runs:
        if joined and 0 <= start - joined[-1][1] <= _BETWEEN:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)


def _overlap(one: Run, other: Run) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _is_stitched(runs: Sequence[Run], gaps: int) -> bool:
    """Say whether runs are from more places than the quotation says, or not in their order and within reach."""
    apart = [(one[1], other[0]) for one, other in pairwise(runs)]
    return len(runs) > gaps + 1 or any(start < end or start - end > FARTHEST for end, start in apart)
