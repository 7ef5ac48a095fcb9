"""Says in plain words what a search looks for, so that its reader sees what was understood."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.search.dates import UNDATED
from app.search.languages import LANGUAGES
from app.search.matching import is_exact, variants
from app.search.query import All, Either, Expression, FilterKind, Near, Not, Query, Side, Term

_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
_THINGS = {"answer": "answers", "question": "questions", "both": "answers and questions"}
_ORDERS = {"relevance": "most relevant first", "newest": "newest first", "oldest": "oldest first"}


@dataclass(frozen=True, slots=True)
class Stated:
    """What a restatement needs besides the query: the filters in force."""

    side: Side
    filters: tuple[tuple[FilterKind, str, bool], ...]
    """Kind, name as people know it, and whether it is left out."""
    after: tuple[str, ...]
    before: tuple[str, ...]
    sort: str
    window: int | None


def restated(query: Query, stated: Stated) -> str:
    """Return e.g. "answers by Sergey Lavrov containing a form of “refugees”, 2015 or later, newest first"."""
    said = _THINGS[stated.side] + "".join(_filter(*each) for each in stated.filters)
    if query.expression is not None:
        said += _containing(query.expression)
    dates = [*_dates(stated.after, stated.before), *map(_year, query.years)]
    order = _ORDERS[stated.sort]
    if stated.window:
        order = f"the newest {stated.window:,}, {order}"
    return ", ".join([said, *dates, order])


def language_name(tag: str) -> str:
    """Return how English calls the language of a BCP 47 tag; the tag where it is not known here."""
    name = LANGUAGES.get(tag.partition("-")[0].lower())
    return tag if name is None else name if "-" not in tag else f"{name} ({tag})"


def _filter(kind: FilterKind, name: str, negated: bool) -> str:
    preposition = {"speaker": "by", "outlet": "from", "language": "in"}[kind]
    return f"{' not' * negated} {preposition} {name}"


def _containing(expression: Expression) -> str:
    if isinstance(expression, Not):
        return f" without {_said(expression.part)}"
    if isinstance(expression, All) and all(isinstance(part, Not) for part in expression.parts):
        return f" without {_listed([_said(part.part) for part in expression.parts if isinstance(part, Not)], 'or')}"
    return f" containing {_said(expression, outermost=True)}"


def _said(expression: Expression, *, outermost: bool = False) -> str:
    match expression:
        case Term():
            return _term(expression, exact=expression.exact)
        case Near(near_terms, distance):
            exact = is_exact(expression)
            listed = _listed([_term(term, exact=exact) for term in near_terms], "and")
            return f"{listed} within {distance} {'word' if distance == 1 else 'words'} of each other"
        case Not(part):
            return f"no {_said(part).removeprefix('a ')}" if isinstance(part, Term) else f"not ({_said(part)})"
        case Either(parts):
            said = _listed([_said(part) for part in parts], "or")
            return f"either {said}" if outermost else f"(either {said})"
        case All(parts):
            wanted = [_said(part) for part in parts if not isinstance(part, Not)]
            unwanted = [_said(part.part) for part in parts if isinstance(part, Not)]
            said = _listed(wanted, "and")
            if unwanted:
                said = f"{said} but not {_listed(unwanted, 'or')}".strip()
            return said if outermost else f"({said})"


def _term(term: Term, *, exact: bool) -> str:
    shown = f"“{term.text}”"
    if term.prefix:
        return f"{'words' if len(term.tokens) > 1 else 'a word'} beginning with {shown}"
    if exact:
        return f"the exact {'phrase' if len(term.tokens) > 1 else 'word'} {shown}"
    return f"a form of {shown}" if variants(term) else shown


def _dates(after: Sequence[str], before: Sequence[str]) -> list[str]:
    years = [each for each in after if len(each) == 4]
    if len(after) == len(before) == len(years) == 1 and before[0] == f"{int(after[0]) + 1:04}":
        return [_year(after[0])]
    return [f"{_day(each)} or later" for each in after] + [f"before {_day(each)}" for each in before]


def _year(year: str) -> str:
    return "undated" if year == UNDATED else f"in {year}"


def _day(text: str) -> str:
    year, *rest = text.split("-")
    parts = [*rest[1:2], *([_MONTHS[int(rest[0]) - 1]] if rest else []), year]
    return " ".join(part.lstrip("0") if part is not year else part for part in parts)


def _listed(parts: Iterable[str], conjunction: str) -> str:
    listed = list(parts)
    if len(listed) < 3:
        return f" {conjunction} ".join(listed)
    return f"{', '.join(listed[:-1])} {conjunction} {listed[-1]}"
