"""Reduces folded words to the stems that their inflected forms share; one entry a language."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import NamedTuple, cast

import Stemmer


class Inflection(NamedTuple):
    """How a language's words are stemmed."""

    algorithm: str
    """Of Snowball."""
    first: str
    last: str
    """The range of characters that its words begin with; a word in another script is left as it is."""


INFLECTIONS = {
    "en": Inflection("english", "a", "z"),
    "ru": Inflection("russian", "а", "я"),
}
"""By primary language subtag. Another language is one more entry (and a rebuilt index)."""

VERSION = f"snowball-{Stemmer.version()}/{'+'.join(sorted(INFLECTIONS))}"

_MARK = "·"
_MOST_CACHED = 50_000
_local = threading.local()


def stemmed(folded: Sequence[str], language: str) -> list[str]:
    """Return one token for each word of a text in `language` (a BCP 47 tag).

    A stem names its language, so that it is told from any word and from another language's stem. Numbers and words of
    another script stand as they are. The list is empty for a language without stems.
    """
    primary = language.partition("-")[0].lower()
    if primary not in INFLECTIONS:
        return []
    return list(map(_STEMS[primary].__getitem__, folded))


def languages(word: str) -> tuple[str, ...]:
    """Return the languages whose stems a typed word can have, by its script."""
    return tuple(tag for tag, inflection in INFLECTIONS.items() if inflection.first <= word[:1] <= inflection.last)


def stem(word: str, language: str) -> str | None:
    """Return the stem of a folded word as the index has it; None where the language's words are not written so.

    `language` is a key of INFLECTIONS.
    """
    inflection = INFLECTIONS[language]
    if not inflection.first <= word[:1] <= inflection.last:
        return None
    return _STEMS[language][word]


class _Stems(dict[str, str]):
    """The tokens of the words of one language seen lately. A lookup costs no call."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, word: str) -> str:
        inflection = INFLECTIONS[self._language]
        token = word
        if inflection.first <= word[:1] <= inflection.last:
            token = f"{_stemmer(inflection.algorithm).stemWord(word)}{_MARK}{self._language}"
        if len(self) >= _MOST_CACHED:
            self.clear()
        self[word] = token
        return token


_STEMS = {language: _Stems(language) for language in INFLECTIONS}


def _stemmer(algorithm: str) -> Stemmer.Stemmer:
    """Return this thread's stemmer, for one stemmer must not serve two threads at once."""
    stemmers = _local.__dict__.setdefault("stemmers", {})
    if algorithm not in stemmers:
        stemmers[algorithm] = Stemmer.Stemmer(algorithm)
    return cast(Stemmer.Stemmer, stemmers[algorithm])
