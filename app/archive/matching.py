"""Says which turn of a corrected text is which turn of the text before it; nothing here knows of ids or tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
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
_PAIRS = 2500
"""Most pairs of turns compared between two neighbours that are the same; a run so rewritten is a new text."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A turn as matching sees it."""

    role: Role
    speaker: str | None
    words: str


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
    _grow(old, new, found)
    for olds, news in gaps(len(old), found):
        for i, j in _likeliest(old, new, olds, news):
            found[j] = i
    _grow(old, new, found)
    return tuple(found)


def successors(old: Sequence[Spoken], new: Sequence[Spoken], found: Sequence[int | None]) -> dict[int, int | None]:
    """Return for each old turn that is not matched the new turn that took its place; None where there is none.

    That is the new turn that has the very same words where it has moved; else, between the same neighbours or in one of
    them, the one its words have gone into, be it whole, in part, joined with others', or in another's mouth; else one
    of its role between the same neighbours.
    """
    taken = {i for i in found if i is not None}
    moved = {turn: j for j, turn in enumerate(new) if found[j] is None and _is_distinct(turn)}
    result: dict[int, int | None] = {}
    for olds, news in gaps(len(old), found):
        beside = [j for j in (*news, news.start - 1, news.stop) if 0 <= j < len(new)]
        words = {j: new[j].words.split() for j in beside} if len(olds) * len(beside) <= _PAIRS else {}
        for role in {old[i].role for i in olds}:
            ended = [i for i in olds if i not in taken and old[i].role == role]
            fresh = [j for j in news if found[j] is None and new[j].role == role]
            for rank, i in enumerate(ended):
                here = fresh[min(rank, len(fresh) - 1)] if fresh else None
                into = _holder(old[i], new, words)
                result[i] = moved.get(old[i], here if into is None else into)
    return result


def _holder(turn: Spoken, new: Sequence[Spoken], words: Mapping[int, Sequence[str]]) -> int | None:
    """Return which of the new turns, whose `words` these are, has the words of an ended one, or the most of its parts.

    One of the same speaker and role goes first, then one of the same speaker. Too few words tell nothing.
    """
    own = turn.words.split()
    if len(own) < DISTINCT:
        return None
    best: tuple[bool, bool, bool, int] | None = None
    holder = None
    for j, others in words.items():
        shared = sum((Counter(own) & Counter(others)).values())
        if shared < LIKENESS * min(len(own), len(others)) or len(others) < DISTINCT:
            continue
        matcher = SequenceMatcher(None, own, others, autojunk=False)
        shared = sum(block.size for block in matcher.get_matching_blocks())
        whole = shared >= LIKENESS * len(own)
        if whole or shared >= LIKENESS * len(others):
            rank = (
                whole,
                (new[j].speaker, new[j].role) == (turn.speaker, turn.role),
                new[j].speaker == turn.speaker,
                shared,
            )
            if best is None or rank > best:
                best, holder = rank, j
    return holder


def gaps(count: int, found: Sequence[int | None]) -> list[Gap]:
    """Return the runs of `count` old turns and of new turns between those matched; one side of a run may be empty."""
    result, i, j = [], 0, 0
    matched = [(a, b) for b, a in enumerate(found) if a is not None]
    for a, b in [*matched, (count, len(found))]:
        if i < a or j < b:
            result.append((range(i, a), range(j, b)))
        i, j = a + 1, b + 1
    return result


def _is_distinct(turn: Spoken) -> bool:
    return len(turn.words.split()) >= DISTINCT


def _anchors(old: Sequence[Spoken], new: Sequence[Spoken]) -> list[tuple[int, int]]:
    """Return the most pairs of turns, in order, that are the same for what they say.

    That is what stands exactly once in either text: a turn of enough words, or a question with the answer after it.
    """
    turns = {(i, j) for i, j in _once(old, new) if _is_distinct(new[j])}
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


def _grow(old: Sequence[Spoken], new: Sequence[Spoken], found: list[int | None]) -> None:
    """Match the very same words beside what is matched: after it or, what answers no question, before it.

    The start of the text counts as matched. What follows an answer may follow any answer, and so never tells one.
    """
    before, taken = -1, {i for i in found if i is not None}
    for j, turn in enumerate(new):
        i = before + 1
        if found[j] is None and i < len(old) and i not in taken and old[i] == turn:
            found[j] = i
            taken.add(i)
        at = found[j]
        before = len(old) if at is None else at
    for j in range(len(new) - 2, -1, -1):
        after = found[j + 1]
        if found[j] is None and after and after - 1 not in taken and old[after - 1] == new[j]:
            asks = (new[j].role, new[j + 1].role) == ("question", "answer")
            if asks or not (_is_reply(old, after - 1) or _is_reply(new, j)):
                found[j] = after - 1
                taken.add(after - 1)


def _is_reply(turns: Sequence[Spoken], at: int) -> bool:
    return turns[at].role == "question" or (at > 0 and turns[at - 1].role == "question")


def _likeliest(old: Sequence[Spoken], new: Sequence[Spoken], olds: range, news: range) -> list[tuple[int, int]]:
    """Return the pairs, in order, whose likeness adds up to most (Needleman and Wunsch without a price for gaps)."""
    if not olds or not news or len(olds) * len(news) > _PAIRS:
        return []
    least = 1 if len(olds) == 1 == len(news) else _LENGTHY
    best = [[0.0] * (len(news) + 1) for _ in range(len(olds) + 1)]
    alike = {(i, j): ratio for i in olds for j in news if (ratio := _likeness(old[i], new[j], least)) >= LIKENESS}
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


def _likeness(old: Spoken, new: Spoken, least: int) -> float:
    """Return the share of words in common; 0 for another role or speaker, and for fewer words than `least`."""
    one, other = old.words.split(), new.words.split()
    if (old.role, old.speaker) != (new.role, new.speaker) or min(len(one), len(other)) < least:
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < LIKENESS or matcher.quick_ratio() < LIKENESS:
        return 0.0
    return matcher.ratio()
