"""Cuts from a stored text what a query found in it, as values: pieces that match and pieces that do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

from app.search.folding import Folded, is_unspaced
from app.search.matching import has_choice, is_exact, stemmed_for, variants
from app.search.query import All, Either, Expression, Near, Not, Query, Term
from app.search.stems import languages, stemmed

LENGTH = 240
"""Characters of an excerpt, about."""
ELLIPSIS = "…"

_Run = tuple[int, int]
"""Half-open range of tokens."""
_Range = tuple[int, int]
"""Half-open range of characters."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters of a text, or the ellipsis for what is left out."""

    text: str
    match: bool


def mark(text: str, query: Query, language: str, whole: Iterable[str] = ()) -> tuple[Piece, ...]:
    """Return all of `text` as pieces; joined they are `text`, and those that match are what the query found.

    `language` is the BCP 47 tag of the text. Where `text` is part of what was searched (a paragraph of an answer),
    `whole` is all of that: then no word is marked for a side of OR that did not hold.
    """
    expression = _holding(query.expression, [_Words(each, language) for each in whole])
    return _pieces(text, 0, len(text), _matches(_Words(text, language), expression))


def mark_all(texts: Iterable[str], query: Query, language: str) -> tuple[tuple[Piece, ...], ...]:
    """Return texts that are searched together, each as pieces: marked where the words of `query` hold of them together.

    Its filters are not looked at. So it can be told without the index, and of old versions, whether an answer is found.
    """
    held = [_Words(text, language) for text in texts]
    holding = None if query.expression is None else _held_part(query.expression, held)
    return tuple(_pieces(each.text, 0, len(each.text), _matches(each, holding)) for each in held)


def excerpt(text: str, query: Query, language: str, beside: Iterable[str] = ()) -> tuple[Piece, ...]:
    """Return about 240 characters of `text` where its matches are densest; the beginning where it has none.

    Joined, the pieces but for an ellipsis at either end are a run of `text` that starts and ends between words.
    `beside` is what was searched together with `text`.
    """
    own = _Words(text, language)
    expression = _holding(query.expression, [own, *(_Words(each, language) for each in beside)])
    found = _matches(own, expression)
    start, end = _window(text, found)
    pieces = _pieces(text, start, end, found)
    before = (Piece(ELLIPSIS, False),) * (start > 0)
    after = (Piece(ELLIPSIS, False),) * (end < len(text))
    return (*before, *pieces, *after)


class _Words:
    """The tokens of one text, in their very forms and as stems."""

    def __init__(self, text: str, language: str) -> None:
        self.text, self._language = text, language

    @cached_property
    def folded(self) -> Folded:
        """The text, split."""
        return Folded(self.text)

    @cached_property
    def stems(self) -> list[str]:
        """Their stems; none in a language without."""
        return stemmed(self.folded.words, self._language)

    def runs(self, sequence: Sequence[str], *, of_stems: bool = False, prefix: bool = False) -> list[_Run]:
        """Return where the words of `sequence` stand side by side, the last perhaps only the beginning of a word."""
        words, length = (self.stems if of_stems else self.folded.words), len(sequence)
        whole, last = list(sequence[:-1]), sequence[-1]
        if prefix and length == 1:
            return [(place, place + 1) for place, word in enumerate(words) if word.startswith(last)]
        return [
            (start, start + length)
            for start in _places(words, sequence[0])
            if start + length <= len(words)
            and words[start : start + length - 1] == whole
            and (words[start + length - 1].startswith(last) if prefix else words[start + length - 1] == last)
        ]


def _places(words: list[str], word: str) -> Iterator[int]:
    place = -1
    with suppress(ValueError):
        while True:
            place = words.index(word, place + 1)
            yield place


def _holding(expression: Expression | None, held: list[_Words]) -> Expression | None:
    """Return what of an expression holds of these texts together; all of it where there are none."""
    return _held_part(expression, held) if expression and held and has_choice(expression) else expression


def _held_part(expression: Expression, held: list[_Words]) -> Expression | None:
    """Return what there is to mark of an expression that holds of these texts together; None where it does not."""
    if isinstance(expression, Term | Near):
        return expression if any(_runs(each, expression) for each in held) else None
    if isinstance(expression, Not):
        return Either(()) if _held_part(expression.part, held) is None else None
    parts = [_held_part(part, held) for part in expression.parts]
    holding = tuple(part for part in parts if part is not None)
    needed = len(parts) if isinstance(expression, All) else 1
    return Either(holding) if len(holding) >= needed else None


def _matches(held: _Words, expression: Expression | None) -> list[_Range]:
    """Return the characters that make `expression` hold, in order, overlapping ranges joined."""
    if expression is None:
        return []
    joined: list[_Range] = []
    for start, end in sorted(_runs(held, expression)):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    if not joined:
        return []
    placed = held.folded.places({number for start, end in joined for number in (start, end - 1)})
    return [(placed[start][0], placed[end - 1][1]) for start, end in joined]


def _runs(held: _Words, expression: Expression) -> set[_Run]:
    if isinstance(expression, Term):
        runs = set(held.runs(expression.tokens, prefix=expression.prefix))
        for stems in variants(expression):
            runs.update(held.runs(stems, of_stems=True))
        return runs
    if isinstance(expression, Near):
        return _near(held, expression)
    if isinstance(expression, All | Either):
        return set().union(*(_runs(held, part) for part in expression.parts))
    return set()


def _near(held: _Words, near: Near) -> set[_Run]:
    """Return the runs of all terms wherever they are within the distance, as the index counts it."""
    ways = [[held.runs(term.tokens, prefix=term.prefix) for term in near.terms]]
    if not is_exact(near):
        for tag in dict.fromkeys(tag for term in near.terms for token in term.tokens for tag in languages(token)):
            ways.append([held.runs(stemmed_for(term, tag), of_stems=True) for term in near.terms])
    return set().union(*(_together(way, near.distance) for way in ways))


def _together(way: list[list[_Run]], distance: int) -> set[_Run]:
    kept: set[_Run] = set()
    for last, _ in {run for runs in way for run in runs}:
        close = [[(start, end) for start, end in runs if start <= last <= end + distance] for runs in way]
        if all(close):
            kept.update(run for runs in close for run in runs)
    return kept


def _window(text: str, matches: Sequence[_Range]) -> _Range:
    """Return the range of about LENGTH characters that holds the most matches, between words."""
    if len(text) <= LENGTH:
        return 0, len(text)
    first, last = 0, -1
    best = (0, 0)
    after = 0
    for place, (start, _) in enumerate(matches):
        after = max(after, place)
        while after < len(matches) and matches[after][1] - start <= LENGTH:
            after += 1
        covered = (len({text[s:e].casefold() for s, e in matches[place:after]}), after - place)
        if covered > best:
            best, first, last = covered, place, after - 1
    if not matches:
        return 0, _back(text, LENGTH, 0)
    start, end = matches[first][0], matches[max(first, last)][1]
    spare = max(LENGTH - (end - start), 0)
    begin = max(min(start - spare // 2, len(text) - LENGTH), 0) if spare else start
    finish = max(min(begin + LENGTH, len(text)), end)
    return _forward(text, begin, start), _back(text, finish, end)


def _forward(text: str, place: int, limit: int) -> int:
    """Return the first place from `place` on, but not past `limit`, where a word begins."""
    while 0 < place < limit and (not _is_gap(text, place) or text[place].isspace()):
        place += 1
    return place


def _back(text: str, place: int, limit: int) -> int:
    """Return the last place up to `place`, but not before `limit`, where a word ends; `place` where there is none."""
    bound = place
    while limit < place < len(text) and (not _is_gap(text, place) or text[place - 1].isspace()):
        place -= 1
    return place or bound


def _is_gap(text: str, place: int) -> bool:
    """Say whether a text may be cut before the character at `place`: at a space, or in a script without spaces."""
    before, after = text[place - 1], text[place]
    return before.isspace() or after.isspace() or (is_unspaced(before) and is_unspaced(after))


def _pieces(text: str, start: int, end: int, matches: Iterable[_Range]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    here = start
    for first, last in matches:
        if first < here or last > end:
            continue
        if first > here:
            pieces.append(Piece(text[here:first], False))
        pieces.append(Piece(text[first:last], True))
        here = last
    if here < end:
        pieces.append(Piece(text[here:end], False))
    return tuple(pieces)
