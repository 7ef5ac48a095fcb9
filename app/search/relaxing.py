"""Says of a search that found nothing which of its words and filters emptied it, and which like it find something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from app.errors import QueryTimeout
from app.search import lookup
from app.search.counting import MOST, Found, count
from app.search.dates import Span
from app.search.folding import tokens
from app.search.lookup import Lookup
from app.search.matching import match
from app.search.patience import within
from app.search.query import Lexeme, Side, Term, parts, rendered
from app.search.spelling import near
from app.search.understanding import SearchRequest, understand

_SECONDS = 0.5
_MOST_NEAR = 30
_MOST_MEANT = 3
_SIDES: tuple[Side, ...] = ("answer", "question", "both")
_BESIDE = (("speaker",), ("outlet",), ("language",), ("after", "before"))
"""The filters given beside a query, those together that are one restriction to a reader."""


@dataclass(frozen=True, slots=True)
class Part:
    """One word, phrase, operator or filter of a search."""

    text: str
    """As it is typed; of what is given beside the query, its values."""
    parameters: tuple[str, ...]
    """The fields of the request that give it; none for what is typed."""
    is_operator: bool
    alone: Found
    rest: Found | None
    """Everything else that was asked for; None where that is nothing."""


@dataclass(frozen=True, slots=True)
class Relaxed:
    """What there is in place of nothing."""

    parts: tuple[Part, ...] = ()
    sides: tuple[Found, ...] = ()
    """The same in what was asked, or said, or both: those that find something."""
    loose: Found | None = None
    """The same without quotation marks, where that finds something."""
    meant: tuple[Found, ...] = ()
    """The same with words of the archive's own for those that stand nowhere in it; such words alone, where all together
    find nothing."""


@dataclass(slots=True)
class _Draft:
    parts: list[Part] = field(default_factory=list)
    sides: list[Found] = field(default_factory=list)
    loose: Found | None = None
    meant: list[Found] = field(default_factory=list)


def relaxed(c: Connection, request: SearchRequest) -> Relaxed:
    """Return what is near a request that finds nothing, as much of it as half a second allows."""
    understood = understand(request)
    request, lexemes, side = understood.request, understood.query.lexemes, understood.side
    draft = _Draft()
    with suppress(QueryTimeout), within(c, _SECONDS):
        draft.parts.extend(_parts(c, request, lexemes))
        if understood.query.side is None:
            others = (count(c, replace(request, side=other)) for other in _SIDES if other != side)
            draft.sides.extend(found for found in others if found.total)
        loose = rendered(tuple(_loose(lexemes)))
        if loose != rendered(lexemes):
            found = count(c, replace(request, q=loose))
            draft.loose = found if found.total else None
        draft.meant.extend(_meant(c, request, lexemes, side))
    return Relaxed(tuple(draft.parts), tuple(draft.sides), draft.loose, tuple(draft.meant))


def _parts(c: Connection, request: SearchRequest, lexemes: tuple[Lexeme, ...]) -> Iterator[Part]:
    """Yield what a request is made of, its words first."""
    groups = parts(lexemes)
    given = [tuple(name for name in names if getattr(request, name)) for names in _BESIDE]
    none: dict[str, None] = {name: None for names in _BESIDE for name in names}
    bare = replace(request, **none)  # type: ignore[arg-type]
    for group in groups:
        others = tuple(lexeme for other in groups if other is not group for lexeme in other)
        rest = replace(request, q=rendered(others))
        is_operator = group[0].kind == "operator"
        yield Part(rendered(group), (), is_operator, count(c, replace(bare, q=rendered(group))), _if_asked(c, rest))
    for names in filter(None, given):
        kept = {name: getattr(request, name) for name in names}
        rest = replace(request, **dict.fromkeys(names))  # type: ignore[arg-type]
        alone = replace(bare, q="", **kept)
        yield Part(" ".join(kept.values()), names, False, count(c, alone), _if_asked(c, rest))


def _if_asked(c: Connection, request: SearchRequest) -> Found | None:
    understood = understand(request)
    is_asked = understood.query.typed.strip() or any(getattr(request, name) for names in _BESIDE for name in names)
    return count(c, request) if is_asked else None


def _loose(lexemes: Iterable[Lexeme]) -> Iterator[Lexeme]:
    """Yield the lexemes with the words of each phrase in place of the phrase."""
    for lexeme in lexemes:
        if lexeme.kind == "phrase" and not (lexeme.negated or lexeme.prefix):
            yield from (Lexeme("word", word.text) for word in tokens(lexeme.text))
        else:
            yield lexeme


def _meant(c: Connection, request: SearchRequest, lexemes: tuple[Lexeme, ...], side: Side) -> Iterator[Found]:
    """Yield the same requests with other spellings that find something, the likeliest first."""
    spellings = {
        (place, word.start, word.end): meant
        for place, lexeme in enumerate(lexemes)
        if lexeme.kind in ("word", "phrase") and not lexeme.negated and not lexeme.prefix
        for word in tokens(lexeme.text)
        if (meant := _spellings(c, word.text, side))
    }
    any_found = False
    for choice in range(_MOST_MEANT if spellings else 0):
        respelt = list(lexemes)
        # From the last to the first, for a change moves what stands behind it.
        for number, ((place, start, end), meant) in reversed(list(enumerate(spellings.items()))):
            text = respelt[place].text
            chosen = meant[min(choice, len(meant) - 1) if number == 0 else 0]
            cased = chosen.capitalize() if text[start].isupper() else chosen
            respelt[place] = replace(respelt[place], text=text[:start] + cased + text[end:])
        found = count(c, replace(request, q=rendered(tuple(respelt))))
        if found.total and choice < len(next(iter(spellings.values()))):
            any_found = True
            yield found
    if not any_found:
        for meant in spellings.values():
            yield count(c, SearchRequest(meant[0], request.side))


def _spellings(c: Connection, word: str, side: Side) -> list[str]:
    """Return what a word may have been meant for that stands nowhere on a side, the most frequent first."""
    if _frequency(c, Term(word, (word,), exact=False), side, 1):
        return []
    candidates = near(c, word)[:_MOST_NEAR]
    counts = {other: _frequency(c, Term(other, (other,), exact=True), side, MOST) for other in candidates}
    return sorted((other for other in candidates if counts[other]), key=lambda other: -counts[other])[:_MOST_MEANT]


def _frequency(c: Connection, term: Term, side: Side, most: int) -> int:
    return lookup.count(c, Lookup(match(term, side, ()), Span(), prefers_forms=False), most)
