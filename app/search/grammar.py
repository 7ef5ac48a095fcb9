"""Understands the pieces of a query together: AND before OR, brackets, operators, and every mistake by its name."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from app.search.folding import words
from app.search.lexemes import Lexer, cleaned
from app.search.operators import FILTERS, SIDES, checked, joined
from app.search.query import All, Either, Expression, Filter, Lexeme, Mistake, Near, Not, Query, Term, rendered

MOST_TERMS = 16
_MOST_LEXEMES = 96
DEEPEST = 12
"""Brackets within brackets."""
_MOST_MISTAKES = 6


@lru_cache(maxsize=256)
def parse(typed: str) -> Query:
    """Return what `typed` asks for. Any text is a query: what cannot be meant is left out and named in `mistakes`."""
    typed = cleaned(typed)
    lexer = Lexer(typed)
    messages = lexer.mistakes
    lexemes = _limited(_balanced(lexer.lexemes, messages), messages)
    lexemes = joined(lexemes, messages)
    operators = checked(lexemes, messages)
    asked, dropped = _connected(_without_operators(lexemes, messages), messages)
    expression = _Parser(asked).expression
    if typed.strip() and not asked and not operators and not messages:
        messages.append("There is no letter and no digit in it to look for.")
    meant = asked
    if expression is not None and _is_negative(expression) and not operators:
        messages.append("It only leaves words out, so it finds everything else; a word to look for would narrow it.")
        meant = [replace(lexeme, negated=False) for lexeme in asked if lexeme.kind != "not"]
    corrected: str | None = rendered((*meant, *operators)) or dropped
    if corrected == " ".join(typed.split()):
        corrected = None
    mistakes = tuple(Mistake(message, corrected) for message in list(dict.fromkeys(messages))[:_MOST_MISTAKES])
    return _with_operators(Query(typed, expression, mistakes=mistakes, lexemes=(*asked, *operators)))


def _balanced(lexemes: list[Lexeme], messages: list[str]) -> list[Lexeme]:
    """Close what is open, drop what closes nothing, and drop brackets around nothing."""
    kept: list[Lexeme] = []
    opened: list[int] = []
    uneven = deep = 0
    for lexeme in lexemes:
        if lexeme.kind == "open":
            if len(opened) + deep >= DEEPEST:
                deep += 1
                continue
            opened.append(len(kept))
        elif lexeme.kind == "close":
            if deep:
                deep -= 1
                continue
            if not opened:
                uneven += 1
                continue
            if opened.pop() == len(kept) - 1:
                kept.pop()
                continue
        kept.append(lexeme)
    if deep or len(opened) + uneven:
        messages.append("The brackets do not match; they were closed at the end, or left out.")
    while opened:
        if opened.pop() == len(kept) - 1:
            kept.pop()
        else:
            kept.append(Lexeme("close", ")"))
    return kept


def _limited(lexemes: list[Lexeme], messages: list[str]) -> list[Lexeme]:
    """Keep the first terms and operators, as many as a query may have."""
    kept: list[Lexeme] = []
    terms = 0
    for lexeme in lexemes:
        terms += lexeme.kind in ("word", "phrase", "operator")
        if terms > MOST_TERMS or len(kept) == _MOST_LEXEMES:
            messages.append(
                f"A query can have {MOST_TERMS} words or phrases; what follows was left out. "
                "To look for a whole sentence, put it in quotation marks."
            )
            return _balanced(kept, [])
        kept.append(lexeme)
    return kept


def _without_operators(lexemes: list[Lexeme], messages: list[str]) -> list[Lexeme]:
    """Return the words and what connects them. Operators hold for the whole query, wherever they stand."""
    depth, beside = 0, False
    for lexeme, follower in zip(lexemes, [*lexemes[1:], None], strict=False):
        depth += (lexeme.kind == "open") - (lexeme.kind == "close")
        kinds = {lexeme.kind, follower.kind if follower else None}
        beside = beside or kinds == {"operator", "or"} or (depth > 0 and lexeme.kind == "operator")
    if beside:
        messages.append("Operators such as speaker: hold for the whole query, not for one side of OR or one bracket.")
    return _balanced([lexeme for lexeme in lexemes if lexeme.kind != "operator"], [])


def _connected(lexemes: list[Lexeme], messages: list[str]) -> tuple[list[Lexeme], str | None]:
    """Drop each OR, AND, NOT and NEAR that has nothing to connect; return also the last such word, written small."""
    kept, small = list(lexemes), None
    while True:
        place = next((place for place in range(len(kept)) if _is_lone(kept, place)), None)
        if place is None:
            return kept, small
        lone = kept.pop(place)
        kept = _balanced(kept, [])
        stands = "before a word" if lone.kind == "not" else "between two words"
        hint = ""
        if lone.text != "-":
            small = lone.kind
            hint = f" To look for the word itself, write it small: {small}."
        messages.append(f"{lone.text} stands {stands}, and here it does not; it was left out.{hint}")


def _is_lone(lexemes: list[Lexeme], place: int) -> bool:
    kind = lexemes[place].kind
    if kind not in ("or", "and", "not", "near"):
        return False
    follower = lexemes[place + 1] if place + 1 < len(lexemes) else None
    if follower is None or follower.kind in ("close", "or", "and", "near"):
        return True
    if kind == "not":
        return False
    leader = lexemes[place - 1] if place else None
    if leader is None or leader.kind in ("open", "or", "and", "near", "not"):
        return True
    return kind == "near" and (leader.kind == "close" or follower.kind in ("open", "not") or follower.negated)


class _Parser:
    """Recursive descent over lexemes that are known to be balanced and connected."""

    def __init__(self, lexemes: list[Lexeme]) -> None:
        self._lexemes, self._place = lexemes, 0
        self.expression: Expression | None = self._either() if lexemes else None

    def _next(self) -> str:
        return self._lexemes[self._place].kind if self._place < len(self._lexemes) else "end"

    def _take(self) -> Lexeme:
        self._place += 1
        return self._lexemes[self._place - 1]

    def _either(self) -> Expression:
        parts = [self._all()]
        while self._next() == "or":
            self._take()
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _all(self) -> Expression:
        parts = [self._one()]
        while self._next() not in ("or", "close", "end"):
            if self._next() == "and":
                self._take()
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _one(self) -> Expression:
        negated = False
        while self._next() == "not":
            self._take()
            negated = not negated
        if self._next() == "open":
            self._take()
            inner = self._either()
            self._take()
        else:
            negated ^= self._lexemes[self._place].negated
            inner = self._near()
        return Not(inner) if negated else inner

    def _near(self) -> Expression:
        first = _term(self._take())
        found: list[Near] = []
        while self._next() == "near":
            distance, second = self._take().distance, _term(self._take())
            if found and found[-1].distance == distance:
                found[-1] = Near((*found[-1].terms, second), distance)
            else:
                found.append(Near((first, second), distance))
            first = second
        if not found:
            return first
        return found[0] if len(found) == 1 else All(tuple(found))


def _term(lexeme: Lexeme) -> Term:
    return Term(lexeme.text, tuple(words(lexeme.text)), lexeme.kind == "phrase", lexeme.prefix)


def _is_negative(expression: Expression) -> bool:
    """Say whether an expression asks for no word, only for words to be absent."""
    if isinstance(expression, All | Either):
        return all(map(_is_negative, expression.parts))
    return isinstance(expression, Not)


def _with_operators(query: Query) -> Query:
    operators = [lexeme for lexeme in query.lexemes if lexeme.kind == "operator"]

    def values(name: str) -> tuple[str, ...]:
        return tuple(lexeme.text for lexeme in operators if lexeme.name == name)

    sides = values("in")
    return replace(
        query,
        filters=tuple(
            Filter(FILTERS[lexeme.name], lexeme.text, lexeme.negated) for lexeme in operators if lexeme.name in FILTERS
        ),
        side=SIDES[sides[-1]] if sides else None,
        after=values("after"),
        before=values("before"),
        years=values("year"),
    )
