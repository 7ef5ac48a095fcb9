"""What a search asks for, as records; how it is typed is in lexemes and grammar, how it is looked up in matching."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Side = Literal["answer", "question", "both"]
"""What is searched: what officials said, what they were asked, or both together."""

FilterKind = Literal["speaker", "outlet", "language"]


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something in a query that could not be meant as typed, and the query that may have been meant."""

    message: str
    corrected: str | None


@dataclass(frozen=True, slots=True)
class Term:
    """A typed word, compound or phrase."""

    text: str
    tokens: tuple[str, ...]
    exact: bool
    """Whether only these very forms count: it stood in quotation marks."""
    prefix: bool = False
    """Whether the last token is the beginning of a word."""


@dataclass(frozen=True, slots=True)
class Near:
    """Terms that stand with at most `distance` words between the first and the last."""

    terms: tuple[Term, ...]
    distance: int


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part holds."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Expression


Expression = Term | Near | All | Either | Not


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on who speaks, who asked or published, or the language."""

    kind: FilterKind
    value: str
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A piece of typed text that means something."""

    kind: Literal["word", "phrase", "open", "close", "or", "and", "not", "near", "operator"]
    text: str
    """The word or phrase without its marks; for an operator its value."""
    name: str = ""
    """The operator's name."""
    negated: bool = False
    prefix: bool = False
    distance: int = 0


@dataclass(frozen=True, slots=True)
class Query:
    """Typed text, understood."""

    typed: str
    """As typed, without what no page can show."""
    expression: Expression | None
    """None where no word is asked for."""
    filters: tuple[Filter, ...] = ()
    side: Side | None = None
    after: tuple[str, ...] = ()
    """Days, months or years, each as YYYY-MM-DD, YYYY-MM or YYYY."""
    before: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    """YYYY, or "undated"."""
    mistakes: tuple[Mistake, ...] = ()
    lexemes: tuple[Lexeme, ...] = ()
    """The pieces, mistakes corrected where they can be."""

    @property
    def is_futile(self) -> bool:
        """Whether something was typed of which nothing can be looked up."""
        return bool(self.typed.strip()) and self.expression is None and not self.restricts

    @property
    def restricts(self) -> bool:
        """Whether an operator of the query restricts what is found."""
        return bool(self.filters or self.after or self.before or self.years or self.side)


def terms(expression: Expression | None) -> Iterator[Term]:
    """Yield the terms that make an expression hold, in order; not those that must be absent."""
    if isinstance(expression, Term):
        yield expression
    elif isinstance(expression, Near):
        yield from expression.terms
    elif isinstance(expression, All | Either):
        for part in expression.parts:
            yield from terms(part)


def is_any_word(expression: Expression | None) -> bool:
    """Say whether any one of some words is enough, or none is asked for: what the index counts at least cost."""
    if isinstance(expression, Either):
        return all(map(is_any_word, expression.parts))
    if isinstance(expression, Term):
        return len(expression.tokens) == 1 and not expression.prefix
    return expression is None


def parts(lexemes: tuple[Lexeme, ...]) -> tuple[tuple[Lexeme, ...], ...]:
    """Return the lexemes of a query in groups that can be left out one by one: a word, a bracket, an operator each.

    Words that NEAR joins are one group, and so are all words where OR stands between them outside brackets.
    """
    groups: list[list[Lexeme]] = []
    depth, glued = 0, False
    joined = _has_or_outside(lexemes)
    for lexeme in lexemes:
        is_word = lexeme.kind not in ("operator", "and")
        if is_word:
            joins = depth > 0 or glued or lexeme.kind in ("close", "near") or (joined and bool(groups))
            if joins:
                groups[-1].append(lexeme)
            else:
                groups.append([lexeme])
            depth += (lexeme.kind == "open") - (lexeme.kind == "close")
            glued = lexeme.kind in ("near", "not")
    operators = [(lexeme,) for lexeme in lexemes if lexeme.kind == "operator"]
    return (*map(tuple, groups), *operators)


def _has_or_outside(lexemes: tuple[Lexeme, ...]) -> bool:
    depth = 0
    for lexeme in lexemes:
        depth += (lexeme.kind == "open") - (lexeme.kind == "close")
        if lexeme.kind == "or" and not depth:
            return True
    return False


def rendered(lexemes: tuple[Lexeme, ...]) -> str:
    """Return lexemes as somebody would type them."""
    typed = ""
    for lexeme in lexemes:
        glued = not typed or typed.endswith("(") or lexeme.kind == "close"
        typed += ("" if glued else " ") + "-" * lexeme.negated + _rendered(lexeme)
    return typed


_BARE = re.compile(r"[\w.-]+")


def _rendered(lexeme: Lexeme) -> str:
    match lexeme.kind:
        case "phrase":
            return f'"{lexeme.text}{"*" * lexeme.prefix}"'
        case "operator":
            value = lexeme.text if _BARE.fullmatch(lexeme.text) else f'"{lexeme.text}"'
            return f"{lexeme.name}:{value}"
        case "near":
            return f"NEAR/{lexeme.distance}"
        case "not":
            return "NOT"
        case _:
            return lexeme.text + "*" * lexeme.prefix
