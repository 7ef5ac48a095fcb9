"""Splits text into the tokens of the index, with their places in it; nothing here knows languages or stems."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate, chain, islice
from typing import NamedTuple, TypeVar

VERSION = f"folding-1/unicode-{unicodedata.unidata_version}"
"""Changes whenever the same text could give other tokens."""

_T = TypeVar("_T")
_RUN = re.compile(r"[0-9A-Za-z\u0080-\U0010ffff]+")
"""What can hold tokens: everything but ASCII spaces, controls and punctuation."""

_CACHED_RUN = 48
_MOST_CACHED = 50_000
_LONGEST = 128
"""Characters of a token; the rest of a longer one is left out, in texts and queries alike."""

_APOSTROPHES = frozenset("\u0374ʹʺʻʼʽˈˊˋ")
"""Letters to Unicode, apostrophes and accents to those who type them."""

_COMPATIBLE = ("<wide>", "<narrow>", "<compat>", "<font>", "<initial>", "<medial>", "<final>", "<isolated>")
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t"}
)
_CYRILLIC_VOWELS = frozenset("аеиоуыэюяіє")
_STRESS = frozenset("\u0300\u0301")
_DIAERESIS = "\u0308"

_UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1100, 0x115F),  # leading letters of decomposed Hangul
    (0x1780, 0x17FF),  # Khmer
    (0x3005, 0x3007),
    (0x3040, 0x30FF),  # kana
    (0x3130, 0x318F),
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xAC00, 0xD7AF),  # Hangul
    (0xF900, 0xFAFF),
    (0xFF66, 0xFF9F),
    (0x20000, 0x3FFFF),
)
"""Scripts that set no space between words, or glue endings to them: each character is a token."""


class Token(NamedTuple):
    """A folded word and the half-open range of characters that it stands for."""

    text: str
    start: int
    end: int


def words(text: str) -> list[str]:
    """Return the tokens of `text` in order.

    A token holds no upper-case letter, no ASCII punctuation and nothing that UTF-8 cannot carry. Case, stress marks,
    Latin diacritics, ё and е, soft hyphens and zero-width characters make no difference; й and и stay two letters.
    """
    return list(chain.from_iterable(map(_WORDS.__getitem__, _RUN.findall(text))))


class Folded:
    """A text that is split once, for its tokens and for their places in it."""

    __slots__ = ("_pieces", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        self._pieces = list(map(_WORDS.__getitem__, _RUN.findall(text)))
        self.words = list(chain.from_iterable(self._pieces))

    def places(self, numbers: Iterable[int]) -> dict[int, tuple[int, int]]:
        """Return for the tokens of these numbers, from 0, the half-open ranges of characters that they stand for."""
        ends = list(accumulate(map(len, self._pieces)))
        runs = _RUN.finditer(self.text)
        found = {}
        passed = 0
        for number in sorted(numbers):
            of = bisect_right(ends, number)
            if of >= passed:
                run = next(islice(runs, of - passed, None))
                passed = of + 1
            first, last = _PLACES[run[0]][number - ends[of]]
            found[number] = (run.start() + first, run.start() + last)
        return found


def places(text: str, numbers: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Return for the tokens of these numbers, from 0, the half-open ranges of characters that they stand for."""
    return Folded(text).places(numbers)


def tokens(text: str) -> list[Token]:
    """Return the tokens of `text` with their places."""
    folded = Folded(text)
    placed = folded.places(range(len(folded.words)))
    return [Token(word, *placed[number]) for number, word in enumerate(folded.words)]


def is_unspaced(character: str) -> bool:
    """Say whether `character` is of a script whose characters are tokens of their own."""
    return _kind(character) == "unspaced"


@lru_cache(maxsize=4096)
def _kind(character: str) -> str:
    """Return what a character does to a token: word, unspaced, mark, nothing or break."""
    category = unicodedata.category(character)
    if category == "Cf" or "\ufe00" <= character <= "\ufe0f" or character in "\u034f\u0640":
        return "nothing"
    if character in _APOSTROPHES:
        return "break"
    if category[0] == "M" or "\u1160" <= character <= "\u11ff":
        return "mark"  # of decomposed Hangul, the vowels and final consonants too
    if category[0] == "L" or category in ("Nd", "Nl"):
        code = ord(character)
        return "unspaced" if any(first <= code <= last for first, last in _UNSPACED) else "word"
    return "break"


def _pieces(run: str) -> tuple[Token, ...]:
    if run.isascii():
        return (Token(run.lower()[:_LONGEST], 0, len(run)),)
    found: list[Token] = []
    raw, start, end, alone = "", 0, 0, False

    def close() -> None:
        nonlocal raw
        folded = _folded(raw)[:_LONGEST] if raw else ""
        if folded:
            found.append(Token(folded, start, end))
        raw = ""

    for position, character in enumerate(run):
        kind = _kind(character)
        if kind == "nothing":
            continue
        if kind == "break":
            close()
            continue
        if kind == "mark" and not raw:
            continue
        if kind == "unspaced" or (alone and kind == "word"):
            close()
        if not raw:
            start, alone = position, kind == "unspaced"
        raw += character
        end = position + 1
    close()
    return tuple(found)


class _Words(dict[str, tuple[str, ...]]):
    """The words of the runs seen lately. A lookup costs no call, which halves the time that an import takes."""

    def __missing__(self, run: str) -> tuple[str, ...]:
        return _kept(self, run, tuple(piece.text for piece in _pieces(run)))


class _Places(dict[str, tuple[tuple[int, int], ...]]):
    """Where in the runs seen lately their words stand."""

    def __missing__(self, run: str) -> tuple[tuple[int, int], ...]:
        return _kept(self, run, tuple((piece.start, piece.end) for piece in _pieces(run)))


def _kept(cache: dict[str, _T], run: str, value: _T) -> _T:
    if len(run) <= _CACHED_RUN:
        if len(cache) >= _MOST_CACHED:
            cache.clear()
        cache[run] = value
    return value


_WORDS, _PLACES = _Words(), _Places()


def _folded(raw: str) -> str:
    raw = "".join(map(_compatible, unicodedata.normalize("NFD", raw)))
    kept: list[str] = []
    base = ""
    for character in unicodedata.normalize("NFD", unicodedata.normalize("NFD", raw).casefold()):
        if unicodedata.category(character) == "Mn":
            if _is_dropped(base, character):
                continue
        else:
            base = character
        kept.append(str(unicodedata.decimal(character)) if character.isdecimal() else character)
    folded = unicodedata.normalize("NFC", "".join(kept)).translate(_LETTERS)
    return "".join(character for character in folded if not character.isascii() or character.isalnum())


def _compatible(character: str) -> str:
    """Return what a ligature or a wide, presentation or mathematical form stands for."""
    if unicodedata.decomposition(character).startswith(_COMPATIBLE):
        return unicodedata.normalize("NFKD", character)
    return character


def _is_dropped(base: str, mark: str) -> bool:
    """Say whether a combining mark makes no other letter of `base`."""
    if not base:
        return True
    if "\u0400" <= base <= "\u052f":
        return (mark in _STRESS and base in _CYRILLIC_VOWELS) or (mark == _DIAERESIS and base == "е")
    return base < "\u0700" or "\u1e00" <= base <= "\u1fff"
