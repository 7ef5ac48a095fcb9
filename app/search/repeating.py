"""Finds where the words of a turn are said again, nearly the same, in other interviews."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import SequenceMatcher

from sqlalchemy import Connection, bindparam, select

from app.archive.tables import passages, search_rows, turns
from app.differing import Change, difference
from app.search import clues, hits
from app.search.aligning import Run, Weights
from app.search.folding import places, words
from app.search.hits import Hit
from app.search.patience import Attempt, as_far_as_possible, while_time_lasts, within
from app.search.query import Query

MOST = 20
"""Turns that are shown."""
LEAST = 10
"""Words that a passage has at least, most of them in common."""
_TELLING = 6.0
"""Weight of the words in common: a run of ordinary ones is not said again, it is only said."""
_GAP = 4
"""Words that may differ between two runs in common, if these are of one passage."""
_ALIKE = 0.6
"""Least score of a passage that is shown."""
_COMPARED = 40
_LONGEST = 1200
"""Words of a turn that are looked for."""
SECONDS = 1.5


@dataclass(frozen=True, slots=True)
class Repeat:
    """A turn of another interview that has a passage of this one."""

    hit: Hit
    passage: str
    """As it stands there."""
    score: float
    """The share of both passages that is the same, from 0 to 1."""
    difference: tuple[Change, ...]
    """How it comes of what is said here."""


@dataclass(frozen=True, slots=True)
class Repeats:
    """Where a turn is said again."""

    found: tuple[Repeat, ...]
    """The longest passage first."""
    timed_out: bool


@dataclass(slots=True)
class _Shared(Attempt):
    found: list[tuple[float, int, Run, Run]] = field(default_factory=list)
    """Weight, row of the index, and the passage here and there."""


_OWN = (
    select(search_rows.c.id, search_rows.c.interview_id, passages.c.text)
    .join(passages, passages.c.id == search_rows.c.passage_id)
    .join(turns, turns.c.id == search_rows.c.turn_id)
    .where(turns.c.public_id == bindparam("id"))
)
_INTERVIEWS = select(search_rows.c.id, search_rows.c.interview_id).where(
    search_rows.c.id.in_(bindparam("ids", expanding=True))
)


def said_again(c: Connection, id: str) -> Repeats:
    """Return where words of the turn of this id stand again; nothing of one that is not in the index."""
    own = c.execute(_OWN, {"id": id}).first()
    if own is None:
        return Repeats((), timed_out=False)
    mine = words(own.text)[:_LONGEST]
    shared = _Shared()
    repeats: tuple[Repeat, ...] = ()
    with as_far_as_possible(shared), within(c, SECONDS):
        held = clues.count(c, set(mine))
        weights = held.weights()
        # What no other row has cannot be said again.
        likely = clues.likely(c, (tuple(mine),), held, _COMPARED, least=2)
        elsewhere = [row for row, interview in c.execute(_INTERVIEWS, {"ids": likely}) if interview != own.interview_id]
        texts = hits.texts(c, elsewhere)
        for row in while_time_lasts(shared, elsewhere, SECONDS):
            one = _longest(mine, words(texts[row]), weights)
            if one is not None:
                shared.found.append((one[0], row, one[1], one[2]))
        best = sorted(shared.found, key=lambda each: (-each[0], -each[1]))[:MOST]
        rows = [row for _, row, _, _ in best]
        shown = hits.read(c, rows, Query("", None), "both", in_excerpt=False) if rows else ()
        compared = (
            _repeat(hit, own.text, texts[row], here, there)
            for hit, (_, row, here, there) in zip(shown, best, strict=True)
        )
        repeats = tuple(repeat for repeat in compared if repeat.score >= _ALIKE)
    return Repeats(repeats, shared.timed_out)


def _longest(mine: list[str], theirs: list[str], weights: Weights) -> tuple[float, Run, Run] | None:
    """Return the passage that two texts share, with the weight of what is the same; None where it tells nothing."""
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    best: tuple[float, Run, Run] | None = None
    start = 0
    for end in range(len(blocks)):
        is_last = end + 1 == len(blocks)
        if not is_last:
            one, next_ = blocks[end], blocks[end + 1]
            is_last = max(next_.a - one.a - one.size, next_.b - one.b - one.size) > _GAP
        if is_last:
            first, last = blocks[start], blocks[end]
            weight = sum(weights.total(mine[b.a : b.a + b.size]) for b in blocks[start : end + 1])
            here, there = (first.a, last.a + last.size), (first.b, last.b + last.size)
            if here[1] - here[0] >= LEAST and weight >= _TELLING and (best is None or weight > best[0]):
                best = weight, here, there
            start = end + 1
    return best


def _repeat(hit: Hit, mine: str, theirs: str, here: Run, there: Run) -> Repeat:
    said, passage = _cut(mine, here), _cut(theirs, there)
    changes = difference(said, passage)
    same = sum(len(change.text) for change in changes if change.op == "same")
    return Repeat(hit, passage, round(2 * same / (len(said) + len(passage)), 3), changes)


def _cut(text: str, run: Run) -> str:
    placed = places(text, (run[0], run[1] - 1))
    return text[placed[run[0]][0] : placed[run[1] - 1][1]]
