"""Finds the words of the index that are written nearly like a typed one, by walking its words in their order."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import cast

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

SHORTEST = 4
"""Letters of a word that can be mistyped; nearly every shorter one has neighbours that mean something else."""
_SHORTEST_FOR_TWO = 6
MOST_STEPS = 3000
"""Words looked up for one typed word: a fifth of a second where the index is large and was not merged for long."""

_NEXT = "SELECT term FROM search_index_words WHERE term >= ? LIMIT 1"
_NO_WORD = frozenset("·¶")
"""Characters of tokens that are no words: filters, stems, breaks."""
_AFTER_WORD = "\x01"
"""Less than any character of a word: a word followed by it comes before all longer ones that begin so."""
_SCRIPTS = (("\u0370", "\u0400"), ("\u0400", "\u0530"), ("0", "\u0250"))
"""Ranges of characters; the first letter of a word is mistyped within one of them."""


def near(c: Connection, word: str) -> tuple[str, ...]:
    """Return the words of the index that a folded `word` may have been meant for, in the order of their letters.

    They differ in one letter left out, put in, put for another or changed with its neighbour; where there are none,
    in two, but for the first letter.
    """
    if len(word) < SHORTEST:
        return ()
    steps = MOST_STEPS
    first, end = next(((low, high) for low, high in _SCRIPTS if low <= word[0] < high), (word[0], _after(word[0])))
    walk = _Walk(word, 1)
    found = [other for other in walk.through(c, first, end, steps) if other != word]
    if not found and len(word) >= _SHORTEST_FOR_TWO:
        found = list(_Walk(word, 2).through(c, word[0], _after(word[0]), steps - walk.steps))
    return tuple(found)


class _Walk:
    """A search through sorted words for those within a distance of one, which leaps over beginnings too far from it.

    The distance is that of Damerau and Levenshtein in its form without repeated editing ("optimal string alignment").
    """

    def __init__(self, word: str, most: int) -> None:
        self._word, self._most = word, most
        self._rows = [list(range(len(word) + 1))]
        self._read = ""
        self.steps = 0

    def through(self, c: Connection, first: str, end: str, steps: int) -> Iterator[str]:
        """Yield those from `first` on and before `end`; give up after so many steps."""
        at = first
        # Asked of the driver itself: thousands of such small questions would cost twice as much through SQLAlchemy.
        raw = cast(sqlite3.Connection, c.connection.driver_connection)
        while self.steps < steps:
            self.steps += 1
            found = _first_from(raw, at)
            if found is None or found >= end:
                return
            dead = self._compare(found)
            if dead is not None:
                at = _after(found[:dead])
                continue
            if self._rows[-1][-1] <= self._most and not _NO_WORD.intersection(found):
                yield found
            at = found + _AFTER_WORD

    def _compare(self, other: str) -> int | None:
        """Compare as far as `other` can still be near; return how many of its letters are too far, None if none are."""
        same = 0
        for mine, theirs in zip(self._read, other, strict=False):
            if mine != theirs:
                break
            same += 1
        del self._rows[same + 1 :]
        for place in range(same, len(other)):
            self._rows.append(self._row(other, place))
            if min(self._rows[-1]) > self._most:
                self._read = other[:place]
                del self._rows[-1]
                return place + 1
        self._read = other
        return None

    def _row(self, other: str, place: int) -> list[int]:
        word, above = self._word, self._rows[-1]
        row = [place + 1]
        for column, letter in enumerate(word, 1):
            best = min(above[column] + 1, row[column - 1] + 1, above[column - 1] + (letter != other[place]))
            if place and column > 1 and other[place] == word[column - 2] and other[place - 1] == letter:
                best = min(best, self._rows[-2][column - 2] + 1)
            row.append(best)
        return row


def _first_from(raw: sqlite3.Connection, at: str) -> str | None:
    try:
        row = raw.execute(_NEXT, (at,)).fetchone()
    except sqlite3.OperationalError as error:
        raise OperationalError(_NEXT, (at,), error) from error
    return None if row is None else str(row[0])


def _after(beginning: str) -> str:
    """Return the least text that comes after all that begin so, by code points as UTF-8 sorts."""
    code = ord(beginning[-1]) + 1
    return beginning[:-1] + chr(0xE000 if code == 0xD800 else min(code, 0x10FFFF))
