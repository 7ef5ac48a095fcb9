"""Says which turn of a corrected text is which turn of the text before it; nothing here knows of ids or tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from app.differing import rising
from app.records import Role

DISTINCT = 8
"""Least number of words that can tell a turn by themselves; fewer ("I do not think so.") are said to many questions."""
LIKENESS = 0.8
"""Least share of words in common, in order, of two turns that are clearly the same: one in five is changed."""
_LENGTHY = 12
"""Least number of words by which a changed turn is told wherever it stands; a shorter one must stand between the same
neighbours, since one word makes it another ("Will you go to Geneva?")."""
PAIRS = 2500
"""Most pairs of turns compared between two neighbours that are the same; a run so rewritten is a new text."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A turn as matching sees it."""

    role: Role
    speaker: str | None
    words: str


Pair = tuple[int, int]
"""The places of an old and of a new turn."""
Gap = tuple[range, range]
"""A run of old and a run of new turns between two pairs that are the same turns."""


def match(old: Sequence[Spoken], new: Sequence[Spoken]) -> tuple[int | None, ...]:
    """Return for each new turn the index of the old turn it is, None where it is none of them.

    Role and speaker must be the same and the order must hold. Words that stand once in either text tell a turn by
    themselves; few or repeated words only beside a neighbour that is the same, an answer's being its question; changed
    words where at least LIKENESS of them is in common. In doubt a turn is not matched: an id must never come to mean
    other words.
    """
    found: list[int | None] = [None] * len(new)
    for i, j in _anchors(old, new):
        found[j] = i
    often, refused = _often(old, new), set[Pair]()
    _grow(old, new, found, often, refused)
    for olds, news in gaps(len(old), found):
        for i, j in _likeliest(old, new, olds, news, often):
            found[j] = i
    while True:
        _grow(old, new, found, often, refused)
        outweighed = _outweighed(old, new, found, often)
        if not outweighed:
            return tuple(found)
        refused |= outweighed
        for _, j in outweighed:
            found[j] = None


def gaps(count: int, found: Sequence[int | None]) -> list[Gap]:
    """Return the runs of `count` old turns and of new turns between those matched; one side of a run may be empty."""
    result, i, j = [], 0, 0
    matched = [(a, b) for b, a in enumerate(found) if a is not None]
    for a, b in [*matched, (count, len(found))]:
        if i < a or j < b:
            result.append((range(i, a), range(j, b)))
        i, j = a + 1, b + 1
    return result


def is_distinct(turn: Spoken) -> bool:
    """Say whether a turn has words enough to be told by them."""
    return len(turn.words.split()) >= DISTINCT


def _anchors(old: Sequence[Spoken], new: Sequence[Spoken]) -> list[tuple[int, int]]:
    """Return the most pairs of turns, in order, that are the same for what they say.

    That is what stands exactly once in either text: a turn of enough words, or a question with the answer after it.
    """
    turns = {(i, j) for i, j in _once(old, new) if is_distinct(new[j])}
    asked = _once(_answered(old), _answered(new))
    pairs = sorted(turns | {(i + k, j + k) for i, j in asked for k in (0, 1)}, key=lambda at: (at[1], -at[0]))
    return [pairs[at] for at in rising([i for i, _ in pairs])]


def _once(old: Sequence[object], new: Sequence[object]) -> list[tuple[int, int]]:
    """Return the places of what stands exactly once in either sequence; None stands for nothing."""
    before, after = Counter(old), Counter(new)
    place = {item: i for i, item in enumerate(old)}
    return [(place[item], j) for j, item in enumerate(new) if item is not None and before[item] == 1 == after[item]]


def _answered(turns: Sequence[Spoken]) -> list[tuple[Spoken, Spoken] | None]:
    """Return at each question's place the question and its answer, where that comes next; None at other places."""
    return [(one, next) if (one.role, next.role) == ("question", "answer") else None for one, next in pairwise(turns)]


def _grow(
    old: Sequence[Spoken],
    new: Sequence[Spoken],
    found: list[int | None],
    often: Collection[Spoken],
    refused: Collection[Pair],
) -> None:
    """Match the very same words beside what is matched: after it or, what answers no other question, before it.

    The start of the text counts as matched. What follows an answer may follow any answer, and so never tells one; and a
    question that is asked more than once is told by its answer.
    """
    before, taken = -1, {i for i in found if i is not None}
    for j, turn in enumerate(new):
        i = before + 1
        if found[j] is None and i < len(old) and i not in taken and old[i] == turn and (i, j) not in refused:
            told = _answer_to(old, i) == _answer_to(new, j) if turn.role == "question" and turn in often else True
            if told:
                found[j] = i
                taken.add(i)
        at = found[j]
        before = len(old) if at is None else at
    for j in range(len(new) - 2, -1, -1):
        after = found[j + 1]
        if not after or found[j] is not None or (after - 1, j) in refused:
            continue
        if after - 1 not in taken and old[after - 1] == new[j]:
            asks = (new[j].role, new[j + 1].role) == ("question", "answer")
            if asks or _asked(old, after - 1) == _asked(new, j):
                found[j] = after - 1
                taken.add(after - 1)


def _often(old: Sequence[Spoken], new: Sequence[Spoken]) -> set[Spoken]:
    """Return the turns that stand more than once in either text."""
    return {turn for text in (old, new) for turn, many in Counter(text).items() if many > 1}


def _outweighed(
    old: Sequence[Spoken], new: Sequence[Spoken], found: Sequence[int | None], often: Collection[Spoken]
) -> set[Pair]:
    """Return those pairs of turns said more than once in whose place other pairs keep more of the text."""
    result: set[Pair] = set()
    sure = [None if i is None or new[j] in often else i for j, i in enumerate(found)]
    for olds, news in gaps(len(old), sure):
        pairs = [(i, j) for j in news if (i := found[j]) is not None]
        if pairs and len(olds) * len(news) <= PAIRS:
            around = range(max(olds.start - 1, 0), min(olds.stop + 1, len(old)))
            most = _kept(old, new, found, around, news)
            result |= {pair for pair in pairs if _kept(old, new, found, around, news, pair) < most}
    return result


def _kept(
    old: Sequence[Spoken],
    new: Sequence[Spoken],
    found: Sequence[int | None],
    olds: range,
    news: range,
    with_pair: Pair | None = None,
) -> int:
    """Return how much can be kept in order: turns, and turns that follow in one exchange what they followed in it.

    The turns before and after `news` are taken as they are found.
    """
    sure = len(olds) + len(news) + 1
    news = range(max(news.start - 1, 0), min(news.stop + 1, len(new)))
    best = [[0] * (len(news) + 1) for _ in range(len(olds) + 1)]
    ends = [[-1] * (len(news) + 1) for _ in range(len(olds) + 1)]
    for a, i in enumerate(olds):
        for b, j in enumerate(news):
            if found[j] == i or old[i] == new[j]:
                goes_on = ends[a][b] + 1 if "question" not in (old[i].role, new[j].role) and ends[a][b] >= 0 else 0
                ends[a + 1][b + 1] = 1 + max(best[a][b], goes_on) + 3 * sure * ((i, j) == with_pair)
            best[a + 1][b + 1] = max(ends[a + 1][b + 1], best[a][b + 1], best[a + 1][b])
    return best[-1][-1] - (0 if with_pair is None else 3 * sure)


def _asked(turns: Sequence[Spoken], at: int) -> Spoken | None:
    """Return the question that a turn follows, directly or after other answers to it; None where it follows none."""
    if turns[at].role == "question":
        return None
    return next((turn for turn in reversed(turns[:at]) if turn.role == "question"), None)


def _answer_to(turns: Sequence[Spoken], at: int) -> Spoken | None:
    """Return the answer that follows a question; None where none does."""
    return turns[at + 1] if at + 1 < len(turns) and turns[at + 1].role == "answer" else None


def _likeliest(
    old: Sequence[Spoken], new: Sequence[Spoken], olds: range, news: range, often: Collection[Spoken]
) -> list[Pair]:
    """Return the pairs, in order, whose likeness adds up to most (Needleman and Wunsch without a price for gaps)."""
    if not olds or not news or len(olds) * len(news) > PAIRS:
        return []
    least = 1 if len(olds) == 1 == len(news) else _LENGTHY
    alike = {
        (i, j): ratio
        for i in olds
        if old[i] not in often
        for j in news
        if new[j] not in often and (ratio := _likeness(old[i], new[j], least)) >= LIKENESS
    }
    total, pairs = _aligned(olds, news, alike)
    # Where another choice is as good, nobody can tell which of two turns with the same words it is.
    return [pair for pair in pairs if _aligned(olds, news, alike, without=pair)[0] < total]


def _aligned(
    olds: range, news: range, alike: Mapping[Pair, float], without: Pair | None = None
) -> tuple[float, list[Pair]]:
    """Return the most that likeness can add up to in order, and pairs that do, which may be all but one."""
    best = [[0.0] * (len(news) + 1) for _ in range(len(olds) + 1)]
    likeness = {pair: ratio for pair, ratio in alike.items() if pair != without}
    for a, i in reversed(list(enumerate(olds))):
        for b, j in reversed(list(enumerate(news))):
            both = likeness[i, j] + best[a + 1][b + 1] if (i, j) in likeness else 0.0
            best[a][b] = max(both, best[a + 1][b], best[a][b + 1])
    pairs, a, b = [], 0, 0
    while a < len(olds) and b < len(news):
        pair = likeness.get((olds[a], news[b]))
        if pair is not None and best[a][b] == pair + best[a + 1][b + 1]:
            pairs.append((olds[a], news[b]))
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            a += 1
        else:
            b += 1
    return best[0][0], pairs


def _likeness(old: Spoken, new: Spoken, least: int) -> float:
    """Return the share of words in common; 0 for another role or speaker, and for fewer words than `least`."""
    one, other = old.words.split(), new.words.split()
    if (old.role, old.speaker) != (new.role, new.speaker) or min(len(one), len(other)) < least:
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < LIKENESS or matcher.quick_ratio() < LIKENESS:
        return 0.0
    return matcher.ratio()
