"""Says a query in the language of the full-text index; what was typed is in it as quoted tokens and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.search.query import All, Either, Expression, Near, Not, Side, Term
from app.search.rows import IN_ANSWER, IN_BOTH, IN_QUESTION
from app.search.stems import languages, stem

_EXACT = {"answer": "answer", "question": "question", "both": "{answer question}"}
_STEMS = {"answer": "answer_stem", "question": "question_stem", "both": "{answer_stem question_stem}"}
_SCOPES = {"answer": IN_ANSWER, "question": IN_QUESTION, "both": IN_BOTH}
_POSSESSIVE = re.compile(r"['’ʼ‘＇]s$", re.IGNORECASE)


def match(expression: Expression | None, side: Side, wanted: Iterable[str], unwanted: Iterable[str] = ()) -> str:
    """Return the MATCH string for an expression on one side, with filter tokens that rows must have or must lack."""
    wanted, unwanted = list(wanted), list(unwanted)
    # Only rows of the answer side have words in its columns, and what asks for no word names the scope itself.
    filters = wanted if side == "answer" and expression is not None else [_SCOPES[side], *wanted]
    parts = [] if expression is None else [f"({_emitted(expression, side)})"]
    parts += [f"(filters : {_quoted(token)})" for token in filters]
    emitted = " AND ".join(parts)
    if unwanted:
        emitted = f"({emitted}) NOT (filters : ({' OR '.join(map(_quoted, unwanted))}))"
    return emitted


def variants(term: Term) -> list[tuple[str, ...]]:
    """Return the sequences of stems that a term stands for; none for a quoted term, a prefix or plain numbers."""
    if term.exact or term.prefix:
        return []
    tokens = term.tokens
    if len(tokens) > 1 and tokens[-1] == "s" and _POSSESSIVE.search(term.text):
        tokens = tokens[:-1]
    tags = dict.fromkeys(tag for token in tokens for tag in languages(token))
    return [tuple(stem(token, tag) or token for token in tokens) for tag in tags]


def ranks_forms(expression: Expression | None) -> bool:
    """Say whether an expression is met by stems, so that the very forms typed must come first."""
    if isinstance(expression, Term):
        return bool(variants(expression))
    if isinstance(expression, Near):
        return not is_exact(expression)
    if isinstance(expression, All | Either):
        return any(map(ranks_forms, expression.parts))
    return False


def is_exact(near: Near) -> bool:
    """Say whether all terms of a NEAR count in their very forms: where one does, stems cannot be compared with it."""
    return any(term.exact or term.prefix for term in near.terms)


def has_choice(expression: Expression) -> bool:
    """Say whether what is found may lack some of an expression's terms."""
    if isinstance(expression, All):
        return any(map(has_choice, expression.parts))
    return isinstance(expression, Either)


def forms(term: Term, side: Side) -> str:
    """Return the MATCH string for a term in any of its forms."""
    return _emitted(term, side)


def very_form(term: Term, side: Side) -> str:
    """Return the MATCH string for a term just as it was typed."""
    return _within(_EXACT[side], _phrase(term.tokens, term.prefix))


def _emitted(expression: Expression, side: Side) -> str:
    match expression:
        case Term():
            forms = [_within(_EXACT[side], _phrase(expression.tokens, expression.prefix))]
            forms += [_within(_STEMS[side], _phrase(stems, False)) for stems in variants(expression)]
            return " OR ".join(forms)
        case Near():
            return _near(expression, side)
        case Either(parts):
            return " OR ".join(f"({_emitted(part, side)})" for part in parts)
        case Not(part):
            return f"(filters : {_quoted(_SCOPES[side])}) NOT ({_emitted(part, side)})"
        case All(parts):
            wanted = [part for part in parts if not isinstance(part, Not)]
            unwanted = [part.part for part in parts if isinstance(part, Not)]
            emitted = " AND ".join(f"({_emitted(part, side)})" for part in wanted)
            emitted = emitted or f"filters : {_quoted(_SCOPES[side])}"
            if unwanted:
                emitted = f"({emitted}) NOT ({' OR '.join(f'({_emitted(part, side)})' for part in unwanted)})"
            return emitted


def _near(near: Near, side: Side) -> str:
    exact = " ".join(_phrase(term.tokens, term.prefix) for term in near.terms)
    forms = [_within(_EXACT[side], f"NEAR({exact}, {near.distance})")]
    if not is_exact(near):
        tags = dict.fromkeys(tag for term in near.terms for token in term.tokens for tag in languages(token))
        for tag in tags:
            stems = " ".join(_phrase(stemmed_for(term, tag), False) for term in near.terms)
            forms.append(_within(_STEMS[side], f"NEAR({stems}, {near.distance})"))
    return " OR ".join(forms)


def stemmed_for(term: Term, tag: str) -> tuple[str, ...]:
    """Return a term's tokens as a text in the language `tag` has them among its stems."""
    return tuple(stem(token, tag) or token for token in term.tokens)


def _within(columns: str, phrase: str) -> str:
    return f"({columns} : {phrase})"


def _phrase(tokens: Iterable[str], prefix: bool) -> str:
    return " + ".join(map(_quoted, tokens)) + " *" * prefix


def _quoted(token: str) -> str:
    if not token or any(character.isascii() and not character.isalnum() for character in token):
        raise ValueError(f"not a token of the index: {token!r}")
    return f'"{token}"'
