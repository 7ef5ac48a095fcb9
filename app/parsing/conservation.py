"""Checks that an interview holds all the words of its source and no others; it repairs nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from operator import itemgetter

from app.counting import count_words
from app.errors import SourceRefused
from app.records import Document, Interview

_TOKEN = re.compile(r"\w+|[^\w\s]")
_SHOWN = 12


def tokens(text: str) -> list[str]:
    """Return the words and the other marks of a text, each by itself; only space is left out."""
    return _TOKEN.findall(text)


def check(document: Document, interview: Interview, name: str) -> int:
    """Return the number of words of the source, having found every word and mark of it in the interview.

    Where markup may cut words in two, their letters are compared instead. Raises SourceRefused with the words that
    are missing or too many.
    """
    words, kept = document.witness.split(), " ".join(_in_order(interview)).split()
    if words == kept or (len(words) == len(kept) and sorted(words) == sorted(kept)):
        # Word for word, at most in another order, as where a page header cuts a paragraph: nothing is left to count.
        return count_words(document.witness)
    there = Counter(tokens(document.witness))
    here = Counter(token for part in parts_of(interview) for token in tokens(part))
    if there != here and not (document.marked_up and _letters([document.witness]) == _letters(parts_of(interview))):
        missing, extra = there - here, here - there
        said = [f"{kind}: {_shown(words)}" for kind, words in (("lost", missing), ("added", extra)) if words]
        line = _line_of(document, missing)
        raise SourceRefused(name, line, "not every word is accounted for; " + "; ".join(said), "words-lost")
    return count_words(document.witness)


def _in_order(interview: Interview) -> list[str]:
    """Return the pieces that `parts_of` gives, in the order of the lines on which they begin."""
    placed = [(line.line, line.text) for line in (*interview.metadata, *interview.furniture)]
    placed += [(note.line, note.text) for note in interview.notes]
    for turn in interview.turns:
        placed.append((turn.line, turn.label + turn.mark))
        placed += zip(turn.lines, turn.paragraphs, strict=True)
    placed.sort(key=itemgetter(0))
    return [text for _, text in placed]


def parts_of(interview: Interview) -> Iterator[str]:
    """Yield every piece of the source's text that an interview keeps."""
    for line in (*interview.metadata, *interview.furniture):
        yield line.text
    for turn in interview.turns:
        yield turn.label + turn.mark
        yield from turn.paragraphs
    for note in interview.notes:
        yield note.text


def _letters(texts: Iterable[str]) -> Counter[str]:
    letters: Counter[str] = Counter()
    for text in texts:
        letters.update("".join(text.split()))
    return letters


def _shown(words: Counter[str]) -> str:
    some = list(words.elements())[:_SHOWN]
    return " ".join(some) + (" …" if words.total() > _SHOWN else "")


def _line_of(document: Document, missing: Counter[str]) -> int:
    """Return the line of the first block that has one of the missing words; 1 where none has."""
    wanted = set(missing)
    return next((block.line for block in document.blocks if wanted & set(tokens(block.text))), 1)
