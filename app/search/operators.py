"""Checks the operators of a query, such as speaker: and after:, and their values; how words connect is in grammar."""

from __future__ import annotations

from dataclasses import replace

from app.search.dates import UNDATED, is_date, likely
from app.search.query import FilterKind, Lexeme, Side

FILTERS: dict[str, FilterKind] = {"speaker": "speaker", "outlet": "outlet", "lang": "language"}
SIDES: dict[str, Side] = {
    "answer": "answer",
    "answers": "answer",
    "question": "question",
    "questions": "question",
    "both": "both",
}
_EXAMPLES = {
    "speaker": "speaker:lavrov",
    "outlet": "outlet:tass",
    "lang": "lang:ru",
    "year": "year:2015",
    "after": "after:2015-06",
    "before": "before:2016",
    "in": "in:question",
}


def joined(lexemes: list[Lexeme], messages: list[str]) -> list[Lexeme]:
    """Join an operator that was typed with a space after its colon to the word that it was typed for."""
    kept: list[Lexeme] = []
    for lexeme in lexemes:
        empty = kept[-1] if kept and kept[-1].kind == "operator" and not kept[-1].text else None
        fits = lexeme.kind in ("word", "phrase") and not lexeme.negated and not lexeme.prefix
        if empty and fits and (empty.name in FILTERS or is_date(lexeme.text) or lexeme.text.lower() in SIDES):
            kept[-1] = replace(empty, text=lexeme.text)
            messages.append(f"“{empty.name}:” takes its value without a space.")
        else:
            kept.append(lexeme)
    return kept


def checked(lexemes: list[Lexeme], messages: list[str]) -> list[Lexeme]:
    """Return the operators whose value means something, put right where it is clear what is meant."""
    sound = (_operator(lexeme, messages) for lexeme in lexemes if lexeme.kind == "operator")
    return [lexeme for lexeme in sound if lexeme is not None]


def _operator(lexeme: Lexeme, messages: list[str]) -> Lexeme | None:
    name, value = lexeme.name, lexeme.text
    shown = f"{name}:{value}"
    if not value:
        messages.append(f"“{name}:” needs a value right after the colon, as in {_EXAMPLES[name]}; it was left out.")
        return None
    if name in FILTERS:
        return lexeme
    if lexeme.negated:
        messages.append(f"“-{shown}”: only words, speaker:, outlet: and lang: can be left out with a minus.")
        return None
    if name == "in":
        side = SIDES.get(value.lower())
        if side is None:
            messages.append(f"“{shown}”: in: takes answer, question or both; it was left out.")
        return side and replace(lexeme, text=side)
    if name == "year" and value.lower() == UNDATED:
        return replace(lexeme, text=UNDATED)
    meant = likely(value)
    if is_date(value) if name != "year" else is_date(value) and len(value) == 4:
        return lexeme
    wanted = "a year (YYYY)" if name == "year" else "a day, month or year: YYYY-MM-DD, YYYY-MM or YYYY"
    if meant is None or name == "year":
        messages.append(f"“{shown}” is not a date; {name}: takes {wanted}. It was left out.")
        return None
    messages.append(f"“{shown}” was read as {meant}; {name}: takes {wanted}.")
    return replace(lexeme, text=meant)
