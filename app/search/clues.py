"""Finds the passages that may be like some given words, by runs of them that tell most; how like is not judged here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from sqlalchemy import Connection, select, text

from app.archive.tables import tallies
from app.search.aligning import Weights
from app.search.quotation import Fragment, Reading

_COMMON = 1000
"""Rows from which on a word tells little, in an archive that has many times as many."""
_WORDS_COUNTED = 96
_CLUES = 32
"""What the index is asked for, at most."""
_ENOUGH_CLUES = 8
_ROWS_A_CLUE = 60
_SHORT = 12
"""Words, of which few runs of two or three outlast a change."""

_MATCHING = text("SELECT rowid FROM search_index WHERE search_index MATCH :match ORDER BY rowid DESC LIMIT :limit")
_COUNT = text(
    "SELECT count(*) FROM "
    "(SELECT rowid FROM search_index WHERE search_index MATCH :match ORDER BY rowid DESC LIMIT :limit)"
)
_ANSWERS = select(tallies.c.answers).where(tallies.c.kind == "all")


def matching(c: Connection, match: str, limit: int) -> list[int]:
    """Return the newest rows of the index that match, no more than `limit`."""
    return list(c.execute(_MATCHING, {"match": match, "limit": limit}).scalars().all())


def phrase(tokens: Sequence[str]) -> str:
    """Return folded words as the index is asked for them side by side."""
    # Tokens are letters and digits alone, so none can close the quotation marks.
    return " + ".join(f'"{token}"' for token in tokens)


def likely(c: Connection, reading: Reading, most: int) -> tuple[list[int], Weights]:
    """Return the rows that have most of what tells these words from others, and how much each of the words tells."""
    counted = _counted(c, reading)
    weights = Weights({word: is_common or False for word, is_common in counted.items()})
    votes: Counter[int] = Counter()
    for clue, weight in _clues(reading, weights, {word for word, held in counted.items() if held is None}):
        for row in matching(c, f"{{answer question}} : ({clue})", _ROWS_A_CLUE):
            votes[row] += weight
    return [row for row, _ in votes.most_common(most)], weights


def _clues(reading: Reading, weights: Weights, nowhere: Collection[str]) -> list[tuple[str, int]]:
    """Return what to ask the index for to meet words somewhat changed, what tells most first, and how much.

    That is their runs of two or three; of a few also single words, and some of them near each other. Words that stand
    `nowhere` in the archive are left out.
    """
    is_short = sum(map(len, reading)) < _SHORT
    clues: Counter[str] = Counter()
    dull: set[str] = set()
    for fragment in reading:
        for length in (3, 2, 1) if is_short else (3, 2):
            for start in range(len(fragment) - length + 1):
                run = fragment[start : start + length]
                if not any(word in nowhere for word in run):
                    clues[phrase(run)] = round(10 * weights.total(run) * length)
                    if all(weights.of(word) < 1 for word in run):
                        dull.add(phrase(run))
        if is_short:
            clues.update(_beside(fragment, weights, nowhere))
    best = clues.most_common()
    telling = [clue for clue in best if clue[0] not in dull]
    # Common words side by side are sought in all the many rows that have them, and say little where they are found.
    return (telling if len(telling) >= _ENOUGH_CLUES else best)[:_CLUES]


def _beside(fragment: Fragment, weights: Weights, nowhere: Collection[str]) -> dict[str, int]:
    """Return the words that tell most, near each other in any order; nothing where there are few."""
    able = sorted(set(fragment).difference(nowhere), key=lambda word: (-weights.of(word), -len(word), word))[:4]
    if len(able) < 3:
        return {}
    near = " ".join(f'"{word}"' for word in able)
    return {f"NEAR({near}, {_SHORT})": round(20 * weights.total(able) * len(able))}


def _counted(c: Connection, reading: Reading) -> dict[str, bool | None]:
    """Return for the longest words whether they are common in the archive; None of one that stands nowhere."""
    answers = c.execute(_ANSWERS).scalar() or 0
    most = min(_COMMON, max(answers // 10, 3))
    distinct = sorted({word for fragment in reading for word in fragment}, key=len, reverse=True)[:_WORDS_COUNTED]
    asked = {word: {"match": f"{{answer question}} : {phrase((word,))}", "limit": most} for word in distinct}
    counts = {word: int(c.execute(_COUNT, parameters).scalar_one()) for word, parameters in asked.items()}
    return {word: count >= most if count else None for word, count in counts.items()}
