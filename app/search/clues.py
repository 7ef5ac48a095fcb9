"""Finds the passages that may be like some given words, by runs of them that tell most; how like is not judged here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select, text

from app.archive.tables import search_rows, tallies
from app.search.aligning import Weights
from app.search.dates import FIRST_DATED, day_of
from app.search.quotation import Fragment, Reading

_COMMON = 1000
"""Rows from which on a word tells little, in an archive that has many times as many."""
_SHARE = 200
"""One row in so many has a word that is usual."""
_WORDS_COUNTED = 96
_CLUES = 32
"""What the index is asked for, at most."""
_FEW = 6
_ROWS_ASKED, _ROWS_ASKED_AT_LENGTH = 20_000, 200_000
"""Rows that the index may look at for more clues than a few; a run costs as many as its rarest word has."""
_ROWS_A_CLUE = 60
_RARE = 300
"""Rows up to which a word alone is a clue."""
_SHORT = 12
"""Words, of which few runs of two or three outlast a change."""
_SLACK = 6
"""Words that may have been put between two."""

_MATCHING = text("SELECT rowid FROM search_index WHERE search_index MATCH :match ORDER BY rowid DESC LIMIT :limit")
_REACH = text(
    "SELECT count(*), min(rowid) FROM "
    "(SELECT rowid FROM search_index WHERE search_index MATCH :match ORDER BY rowid DESC LIMIT :limit)"
)
_ANSWERS = select(tallies.c.answers).where(tallies.c.kind == "all")
_NEWEST = select(func.max(search_rows.c.id))
_OLDEST = select(func.min(search_rows.c.id)).where(search_rows.c.id >= FIRST_DATED)


@dataclass(frozen=True, slots=True)
class Held:
    """About how many rows of the archive have each of some words."""

    rows: dict[str, int]
    """0 for a word that stands nowhere; a word that is not in it was not counted, for others are longer."""
    common: int
    """Rows from which on a word is common in this archive."""
    usual: int
    """Rows from which on it is so common that where it stands near another says little."""

    def of(self, word: str) -> int:
        """Return about how many rows have a word, or many where it was not counted."""
        return self.rows.get(word, 10 * self.common)

    def weights(self) -> Weights:
        """Return how much each word tells."""
        return Weights({word: rows >= self.common for word, rows in self.rows.items()})

    def is_dull(self, reading: Reading) -> bool:
        """Say whether words are few, or nearly all usual, so that only their order tells them from others."""
        unusual = sum(0 < self.of(word) < self.usual for word in {word for fragment in reading for word in fragment})
        return sum(map(len, reading)) < _SHORT or unusual < _FEW

    def rarest(self, reading: Reading, most: int, least: int = 1) -> list[str]:
        """Return the words that stand in the fewest rows, but in at least so many: those that are not common, at most
        `most` of them; or else the _FEW rarest."""
        able = {word for fragment in reading for word in fragment if self.of(word) >= least}
        ranked = sorted(able, key=lambda word: (self.of(word), -len(word), word))
        telling = sum(self.of(word) < self.common for word in ranked)
        return ranked[: min(most, max(_FEW, telling))]


def matching(c: Connection, match: str, limit: int) -> list[int]:
    """Return the newest rows of the index that match, no more than `limit`."""
    return list(c.execute(_MATCHING, {"match": match, "limit": limit}).scalars().all())


def phrase(tokens: Sequence[str]) -> str:
    """Return folded words as the index is asked for them side by side."""
    # Tokens are letters and digits alone, so none can close the quotation marks.
    return " + ".join(f'"{token}"' for token in tokens)


def all_of(words: Sequence[str]) -> str:
    """Return folded words as the index is asked for them anywhere in a row, in its order the rarest first."""
    return " AND ".join(phrase((word,)) for word in words)


def count(c: Connection, words: set[str]) -> Held:
    """Return about how many rows have each of the longest of these words.

    Of a common word only the newest rows are counted, and how far back they reach tells of the others.
    """
    answers = c.execute(_ANSWERS).scalar() or 0
    common = min(_COMMON, max(answers // 10, 3))
    newest, oldest = (day_of(int(c.execute(each).scalar() or 0)) for each in (_NEWEST, _OLDEST))
    rows = {}
    for word in sorted(words, key=lambda word: (-len(word), word))[:_WORDS_COUNTED]:
        parameters = {"match": f"{{answer question}} : {phrase((word,))}", "limit": common}
        counted, reach = c.execute(_REACH, parameters).one()
        passed = 1 + newest - max(day_of(reach or 0), oldest)
        rows[word] = counted if counted < common else max(counted, counted * (1 + newest - oldest) // max(1, passed))
    return Held(rows, common, max(common, answers // _SHARE))


def likely(
    c: Connection, reading: Reading, held: Held, most: int, *, at_length: bool = False, least: int = 1
) -> list[int]:
    """Return the rows that have most of what tells these words from others, those with most of it first.

    `at_length` usual words are looked for, too, by their order. Words that fewer than `least` rows have are not.
    """
    votes: Counter[int] = Counter()
    for clue, weight in _clues(reading, held, at_length, least):
        for row in matching(c, f"{{answer question}} : ({clue})", _ROWS_A_CLUE):
            votes[row] += weight
    return [row for row, _ in votes.most_common(most)]


def _clues(reading: Reading, held: Held, at_length: bool, least: int) -> list[tuple[str, int]]:
    """Return what to ask the index for to meet words somewhat changed, what costs least first, and how much each tells.

    That is what is rare by itself, and the rarer words near the next of them, for common words beside rare ones cost
    much and tell little; at length also all runs of two or three.
    """
    weights = held.weights()
    rare = held.rarest(reading, _CLUES, least)
    costs = {phrase((word,)): (held.of(word), round(10 * weights.of(word))) for word in rare if held.of(word) <= _RARE}
    for fragment in reading:
        runs = _pairs(fragment, set(rare)) | _beside([word for word in rare if word in fragment])
        if at_length:
            runs |= _runs(fragment)
        for clue, words in runs.items():
            cost = min(map(held.of, words))
            if cost >= least:
                costs[clue] = cost, round(10 * weights.total(words) * len(words))
    most = _ROWS_ASKED_AT_LENGTH if at_length else _ROWS_ASKED
    asked, clues = 0, list[tuple[str, int]]()
    for clue, (cost, weight) in sorted(costs.items(), key=lambda item: (item[1][0], -item[1][1], item[0])):
        if len(clues) == _CLUES or (len(clues) >= _FEW and asked + cost > most):
            break
        asked += cost
        clues.append((clue, weight))
    return clues


def _pairs(fragment: Fragment, rare: Collection[str]) -> dict[str, Sequence[str]]:
    """Return the rare words each with the next and the next but one, about as near as they are."""
    kept = [(place, word) for place, word in enumerate(fragment) if word in rare]
    return {
        _near((one, other), second - first + _SLACK): (one, other)
        for step in (1, 2)
        for (first, one), (second, other) in zip(kept, kept[step:], strict=False)
        if one != other
    }


def _runs(fragment: Fragment) -> dict[str, Sequence[str]]:
    """Return all words side by side, in threes and twos."""
    runs = [fragment[start : start + length] for length in (3, 2) for start in range(len(fragment) - length + 1)]
    return {phrase(run): run for run in runs}


def _beside(rare: Sequence[str]) -> dict[str, Sequence[str]]:
    """Return the words that tell most, near each other in any order; nothing where there are few."""
    return {_near(rare[:4], _SHORT): rare[:4]} if len(rare) > 2 else {}


def _near(words: Sequence[str], distance: int) -> str:
    return f"NEAR({' '.join(phrase((word,)) for word in words)}, {distance})"
