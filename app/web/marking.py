"""Marks in the turns of a page what a search finds in them; how matches look and lead on is for templates to say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.archive.holdings import HeldTurn
from app.permalinks import words_of
from app.search.excerpts import Piece, mark_all
from app.search.grammar import parse
from app.web.sought import Side, Sought


@dataclass(frozen=True, slots=True)
class Fragment:
    """A run of characters of a paragraph."""

    text: str
    match: int | None = None
    """Number of the match that it belongs to, from 1 over the whole page."""
    opens: bool = False
    """Whether that match begins with it; the rest of a match that goes on in another paragraph does not."""


Marked = tuple[tuple[Fragment, ...], ...]
"""The paragraphs of a turn."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What the words of a search match on a page."""

    query: str
    side: Side
    """What was searched: what officials said, what they were asked, or both together."""
    total: int
    results: str
    """Path and query of the search that they come from."""
    turns: dict[str, Marked]
    """By their ids the turns that have matches, in the order of the page."""


def marks(sought: Sought, turns: Sequence[HeldTurn], language: str) -> Marks | None:
    """Return what a search matches in `turns`, which are whole exchanges; None where it asks for no words."""
    query = parse(sought.q)
    if query.expression is None:
        return None
    side: Side = query.side or sought.side
    found: dict[str, tuple[Piece, ...]] = {}
    for together in _searched_together(turns, side):
        texts = mark_all((words_of(turn.paragraphs) for turn in together), query, language)
        for turn, pieces in zip(together, texts, strict=True):
            if any(piece.match for piece in pieces):
                found.setdefault(turn.id, pieces)
    marked: dict[str, Marked] = {}
    total = 0
    for turn in turns:
        if turn.id in found:
            marked[turn.id] = cut(found[turn.id], total)
            total += sum(piece.match for piece in found[turn.id])
    return Marks(query.typed, side, total, sought.at(), marked)


def _searched_together(turns: Sequence[HeldTurn], side: Side) -> Iterator[tuple[HeldTurn, ...]]:
    """Yield the turns that are one row of the index, those that a hit leads to first."""
    if side == "question":
        yield from ((turn,) for turn in turns if turn.role == "question")
        return
    answered = {turn.exchange for turn in turns if turn.role == "answer"}
    for turn in turns:
        if turn.role in ("answer", "statement"):
            questions = _questions(turns, turn) if side == "both" else ()
            yield (turn, *questions)
        elif side == "both" and (turn.role == "moderator" or turn.exchange not in answered):
            yield (turn,)


def _questions(turns: Iterable[HeldTurn], answer: HeldTurn) -> tuple[HeldTurn, ...]:
    if answer.exchange is None:
        return ()
    return tuple(turn for turn in turns if turn.role == "question" and turn.exchange == answer.exchange)


def cut(pieces: Iterable[Piece], before: int) -> Marked:
    """Cut a marked turn into its paragraphs, the matches numbered on from `before`."""
    paragraphs: list[list[Fragment]] = [[]]
    number = before
    for piece in pieces:
        number += piece.match
        for place, text in enumerate(piece.text.split("\n")):
            if place:
                paragraphs.append([])
            if text and piece.match:
                paragraphs[-1].append(Fragment(text, number, opens=place == 0))
            elif text:
                paragraphs[-1].append(Fragment(text))
    return tuple(map(tuple, paragraphs))
