"""Sets each match of a search in a line with what stands before and after it (a concordance, "key word in context")."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, select

from app.archive.holdings import Named
from app.archive.prepared import Prepared, among, listed
from app.archive.tables import passages, search_rows, turns
from app.search import hits, lookup
from app.search.excerpts import mark
from app.search.folding import words
from app.search.hits import Hit, HitInterview
from app.search.lookup import Lookup
from app.search.query import Query, Side
from app.search.understanding import SearchRequest, resolve, understand

Order = Literal["left", "right"]

MOST = 300
"""Turns whose lines are put in the order of their words: the newest; or those that are drawn at random."""
WIDEST = 30
"""Words on either side."""
_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One match and its context."""

    left: str
    hit: str
    right: str
    id: str
    url: str
    date: str | None
    speaker: Named | None
    outlets: tuple[Named, ...]
    interview: HitInterview
    language: str


@dataclass(frozen=True, slots=True)
class Context:
    """One match and the words beside it, before it is read who said them."""

    row: int
    """Of the index."""
    left: str
    hit: str
    right: str


@dataclass(frozen=True, slots=True)
class Wish:
    """How lines are to be set."""

    left: int = 8
    """Words."""
    right: int = 8
    order: Order | None = None
    """By the word before or after the match; None is the order of the turns."""
    sample: int | None = None
    """How many turns are drawn at random."""
    seed: int = 0
    """The same seed draws the same of the same archive."""


@dataclass(frozen=True, slots=True)
class Lines:
    """What was gathered to be put in order."""

    contexts: tuple[Context, ...]
    turns: int
    """Of how many turns they are."""
    of: int
    """Among how many."""
    of_is_exact: bool
    """Whether these are all that are found; otherwise the newest of them."""


_ROWS = Prepared(
    select(turns.c.public_id, search_rows.c.id)
    .join(turns, turns.c.id == search_rows.c.turn_id)
    .where(among(turns.c.public_id, "ids"))
)
_SPOKEN = Prepared(
    select(search_rows.c.id, search_rows.c.language, passages.c.text)
    .join(passages, passages.c.id == search_rows.c.passage_id)
    .where(among(search_rows.c.id, "ids"))
)


def of_hits(c: Connection, found: Sequence[Hit], request: SearchRequest, wish: Wish) -> tuple[Line, ...]:
    """Return the lines of hits that the request found, in their order."""
    understood = understand(request)
    row_of = dict(_ROWS.all(c, ids=listed(hit.id for hit in found)))
    hit_of = {row_of[hit.id]: hit for hit in found}
    contexts = _contexts(c, [*hit_of], understood.query, understood.side, wish)
    return tuple(_line(context, hit_of[context.row]) for context in contexts)


def _set(c: Connection, rows: Sequence[int], query: Query, side: Side, wish: Wish) -> tuple[Line, ...]:
    """Return the lines of these rows of the index, in their order."""
    return read(c, _contexts(c, rows, query, side, wish))


def read(c: Connection, contexts: Sequence[Context]) -> tuple[Line, ...]:
    """Return matches as lines, in their order: with who said the words, when, and where."""
    rows = list(dict.fromkeys(context.row for context in contexts))
    if not rows:
        return ()
    hit_of = dict(zip(rows, hits.read(c, rows, Query("", None), "both", in_excerpt=False), strict=True))
    return tuple(_line(context, hit_of[context.row]) for context in contexts)


def _line(context: Context, hit: Hit) -> Line:
    return Line(
        left=context.left,
        hit=context.hit,
        right=context.right,
        id=hit.id,
        url=hit.url,
        date=hit.interview.date,
        speaker=hit.speaker,
        outlets=hit.outlets,
        interview=hit.interview,
        language=hit.language,
    )


def gather(c: Connection, request: SearchRequest, wish: Wish) -> Lines:
    """Return the matches of a sample, or of the newest turns that a request finds, in the order that is wished."""
    understood = resolve(c, understand(request))
    looked_up = understood.lookup()
    newest = [] if looked_up is None else lookup.window(c, looked_up)
    if wish.sample is None:
        rows = newest[:MOST]
    else:
        drawn = random.Random(wish.seed).sample(newest, min(wish.sample, MOST, len(newest)))  # noqa: S311
        rows = sorted(drawn, reverse=True)
    contexts = _contexts(c, rows, understood.query, understood.side, wish)
    return Lines(in_order(contexts, wish.order), len(rows), len(newest), len(newest) < lookup.WINDOW)


def all_lines(c: Connection, request: SearchRequest, wish: Wish) -> Iterator[Line]:
    """Yield every line of all that a request finds, newest first, as it is read; in an order, what `gather` does."""
    if wish.order is not None or wish.sample is not None:
        yield from read(c, gather(c, request, wish).contexts)
        return
    understood = resolve(c, understand(request))
    looked_up: Lookup | None = understood.lookup()
    if looked_up is not None:
        newest_first = understood.request.sort != "oldest"
        for rows in lookup.batches(c, looked_up, _AT_ONCE, newest_first=newest_first):
            yield from _set(c, rows, understood.query, understood.side, wish)


def in_order(contexts: Sequence[Context], order: Order | None) -> tuple[Context, ...]:
    """Return matches by the words that follow them, or by those before them, the nearest counting first."""
    if order is None:
        return tuple(contexts)

    def key(context: Context) -> list[str]:
        return words(context.right) if order == "right" else words(context.left)[::-1]

    return tuple(sorted(contexts, key=key))


def _contexts(c: Connection, rows: Sequence[int], query: Query, side: Side, wish: Wish) -> tuple[Context, ...]:
    """Return the matches in these rows of the index, in their order."""
    if not rows:
        return ()
    spoken = {row.id: row for row in _SPOKEN.all(c, ids=listed(rows))}
    asked = hits.questions(c, rows) if side == "both" else {}
    return tuple(
        context
        for row in rows
        for context in _matched(row, spoken[row].text, asked.get(row, ""), spoken[row].language, query, wish)
    )


def _matched(row: int, text: str, asked: str, language: str, query: Query, wish: Wish) -> Iterator[Context]:
    """Yield each match in a turn, after those in its question where both are searched."""
    for part, beside in ((asked, text), (text, asked)):
        if not part:
            continue
        pieces = mark(part, query, language, [part, beside] if beside else [part])
        at = 0
        for piece in pieces:
            if piece.match:
                left, right = _before(part[:at], wish.left), _after(part[at + len(piece.text) :], wish.right)
                yield Context(row, left, " ".join(piece.text.split()), right)
            at += len(piece.text)


def _before(text: str, many: int) -> str:
    """Return the last words of a text, its space kept where it meets the match."""
    kept = text.rsplit(maxsplit=many)[-many:] if many else []
    return " ".join(kept) + (" " if kept and text[-1:].isspace() else "")


def _after(text: str, many: int) -> str:
    kept = text.split(maxsplit=many)[:many] if many else []
    return (" " if kept and text[:1].isspace() else "") + " ".join(kept)
