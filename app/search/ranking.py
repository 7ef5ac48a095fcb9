"""Puts what was found in the order of relevance, at a cost that does not grow with how common the words are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from app.search import lookup
from app.search.lookup import Lookup
from app.search.matching import forms, has_choice, match, variants, very_form
from app.search.query import Expression, Side, Term, terms

DEAR = 5_000
"""Rows from which on a term is too common to be weighed by bm25, which reads all its rows in the whole archive."""
_WEIGHED = 4
"""Terms that are looked at where one is too common."""


def most_relevant(
    c: Connection,
    looked_up: Lookup,
    expression: Expression | None,
    side: Side,
    newest: Sequence[int],
    offset: int,
    limit: int,
) -> list[int]:
    """Return the row numbers of a page, best first and of equals the newest; only of those in the window `newest`.

    Where no term is very common the best are those of bm25; else those with the most of the terms, the rarer ones
    counting more, and in the very forms typed.
    """
    wanted = list(dict.fromkeys(terms(expression)))
    if _is_known_cheap(looked_up, expression, side, newest) or all(_is_cheap(c, term, side, newest) for term in wanted):
        return lookup.best(c, looked_up, newest, offset, limit)
    worth = _worth(c, looked_up.since(newest[-1]), expression, side, newest)
    return sorted(newest, key=lambda row: (-worth[row], -row))[offset : offset + limit]


def _is_known_cheap(looked_up: Lookup, expression: Expression | None, side: Side, newest: Sequence[int]) -> bool:
    """Say whether the window itself tells that a word is rare, since nothing else was looked for."""
    return (
        len(newest) < min(lookup.WINDOW, DEAR)
        and isinstance(expression, Term)
        and len(expression.tokens) == 1
        and (looked_up.span, looked_up.match) == (lookup.EVERYTHING, match(expression, side, ()))
    )


def _is_cheap(c: Connection, term: Term, side: Side, newest: Sequence[int]) -> bool:
    """Say whether every word of a term is rare enough for bm25; a prefix, whose rows cost most, by what it found."""
    if term.prefix and len(newest) == lookup.WINDOW:
        return False
    return all(
        lookup.count(c, Lookup(forms(word, side), lookup.EVERYTHING, False), DEAR) < DEAR for word in _words(term)
    )


def _words(term: Term) -> list[Term]:
    last = len(term.tokens) - 1
    return [
        replace(term, text=token, tokens=(token,), prefix=term.prefix and place == last)
        for place, token in enumerate(term.tokens)
    ]


def _worth(
    c: Connection, looked_up: Lookup, expression: Expression | None, side: Side, newest: Sequence[int]
) -> Counter[int]:
    """Return how much each row of a window has of the terms."""
    worth: Counter[int] = Counter()
    choice = expression is not None and has_choice(expression)
    for term in list(dict.fromkeys(terms(expression)))[:_WEIGHED]:
        weight = 4 if choice and _is_cheap(c, term, side, newest) else 2
        asked = [(forms(term, side), weight)] if choice else []
        asked += [(very_form(term, side), 1)] if variants(term) else []
        for form, value in asked:
            of = replace(looked_up, match=f"({looked_up.match}) AND ({form})")
            for row in lookup.window(c, of):
                worth[row] += value
    return worth
