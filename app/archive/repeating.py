"""Tells where words stand again, whole or quoted, by comparing texts; what becomes of those texts is elsewhere."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable

_WORD = re.compile(r"\w+")
_SENTENCES = re.compile(r"[.!?…]+\s|\n")
_QUOTED = re.compile(r"“([^”]+)”|„([^“”]+)[“”]|«([^»]+)»|\"([^\"]+)\"|‘([^’]+)’")
_TAG = re.compile(r"<[^<>]*>")
_PARAGRAPH, _SENTENCE, _MARKED, _RUN = 6, 4, 3, 7
"""Words that a paragraph, a sentence, a piece in quotation marks and any other run must have to be told again by."""


def folded(text: str) -> str:
    """Return the words of a text in small letters, each between spaces."""
    return f" {' '.join(_WORD.findall(unicodedata.normalize('NFKC', text).casefold().replace('ё', 'е')))} "


class Words:
    """Words of some turns, and where they stand again; case, marks and spaces make no difference."""

    def __init__(self, texts: Iterable[str]) -> None:
        texts = list(texts)
        self._paragraphs = [folded(text) for each in texts for text in each.split("\n")]
        sentences = (folded(text) for each in texts for text in _SENTENCES.split(each))
        self._sentences = {text for text in sentences if _long(text, _SENTENCE)}
        self._sentences |= {text for text in map(folded, texts) if _long(text, _MARKED)}
        self._runs = {run for text in self._paragraphs for run in _runs(text)}

    def stand_in(self, text: str) -> bool:
        """Say whether another turn has a whole paragraph of these words, or they have one of its."""
        theirs = [folded(paragraph) for paragraph in text.split("\n")]
        return any(
            (_long(one, _PARAGRAPH) and one in other) or (_long(other, _PARAGRAPH) and other in one)
            for one in self._paragraphs
            for other in theirs
        )

    def are_quoted_in(self, text: str) -> bool:
        """Say whether a title, a note or the like has a sentence of these words, or a run or a marked quotation."""
        told = folded(text)
        marked = (folded("".join(piece)) for piece in _QUOTED.findall(text))
        return (
            any(sentence in told for sentence in self._sentences)
            or any(run in self._runs for run in _runs(told))
            or any(_long(piece, _MARKED) and piece in one for piece in marked for one in self._paragraphs)
        )

    def are_in_file(self, data: bytes, encoding: str) -> bool:
        """Say whether a file of text has a sentence or a run of these words, in sight or in its markup."""
        try:
            text = data.decode(encoding, "replace")
        except LookupError:
            text = data.decode("utf-8", "replace")
        return any(self.are_quoted_in(each) for each in (text, html.unescape(_TAG.sub(" ", text))))


def _long(told: str, most: int) -> bool:
    return told.count(" ") > most


def _runs(told: str) -> Iterable[str]:
    words = told.split()
    return (" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))
