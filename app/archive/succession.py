"""Says which new turn took the place of an old one that a correction ended; which are the same is said elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from app.archive.matching import DISTINCT, LIKENESS, PAIRS, Spoken, gaps, is_distinct


def successors(old: Sequence[Spoken], new: Sequence[Spoken], found: Sequence[int | None]) -> dict[int, int | None]:
    """Return for each old turn that is not matched the new turn that took its place; None where there is none.

    That is the new turn that has the very same words where it has moved; else, between the same neighbours or in one of
    them, the one its words have gone into, be it whole, in part, joined with others', or in another's mouth; else one
    of its role between the same neighbours.
    """
    taken = {i for i in found if i is not None}
    moved = {turn: j for j, turn in enumerate(new) if found[j] is None and is_distinct(turn)}
    result: dict[int, int | None] = {}
    for olds, news in gaps(len(old), found):
        beside = [j for j in (*news, news.start - 1, news.stop) if 0 <= j < len(new)]
        words = {j: new[j].words.split() for j in beside} if len(olds) * len(beside) <= PAIRS else {}
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
