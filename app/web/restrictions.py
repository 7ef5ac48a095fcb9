"""The filters in force of a search, as a reader sees and removes them; what they let through is the search's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from app.archive.opening import Lease
from app.errors import QueryTimeout
from app.search.grammar import parse
from app.search.patience import within
from app.search.query import rendered
from app.search.understanding import resolve, understand
from app.web.sought import Sought

TITLES = {
    "speaker": "Speaker",
    "outlet": "Outlet",
    "lang": "Language",
    "after": "On or after",
    "before": "Before",
    "year": "Year",
}
"""What the parameters that filter are called; a year is both dates."""
_SECONDS = 0.3


@dataclass(frozen=True, slots=True)
class Restriction:
    """One filter in force."""

    parameter: str
    """Its own, "year" for both dates of one, or the operator that was typed."""
    value: str
    name: str
    """What it lets through, as people know it; of an operator, as it was typed."""
    without: str
    """Path and query of the search without it."""
    typed: bool = False
    """Whether it is an operator in the query."""

    @property
    def title(self) -> str:
        """What a reader is shown."""
        return self.name if self.typed else f"{TITLES[self.parameter]}: {self.name}"


def restrictions(lease: Lease, sought: Sought) -> tuple[Restriction, ...]:
    """Return the filters of a search, those given beside the query first."""
    return (*_given(lease, sought), *_typed(sought))


def unrestricted(sought: Sought) -> str:
    """Return path and query of a search without any filter."""
    lexemes = parse(sought.q).lexemes
    words = tuple(lexeme for lexeme in lexemes if lexeme.kind != "operator")
    q = sought.q if len(words) == len(lexemes) else rendered(words)
    return sought.at(q=q, page=None, **dict.fromkeys(TITLES))


def year(sought: Sought) -> str | None:
    """Return the year that the two dates of a search are the ends of."""
    after, before = sought.after or "", sought.before or ""
    is_one = _is_year(after) and _is_year(before) and int(before) == int(after) + 1
    return after if is_one else None


def _given(lease: Lease, sought: Sought) -> Iterator[Restriction]:
    filters = {name: value for name, value in sought.parameters().items() if name in TITLES}
    names: dict[str, str] = {}
    if filters.keys() & {"speaker", "outlet", "lang"}:
        beside = Sought(speaker=sought.speaker, outlet=sought.outlet, lang=sought.lang)
        # Where the search has used up its time, the values stand for the names.
        with suppress(QueryTimeout), within(lease.connection, _SECONDS):
            resolved = resolve(lease.connection, understand(beside.request())).resolved
            names = {each.filter.kind: each.name for each in resolved}
            names["lang"] = names.get("language", "")
    one = year(sought)
    for parameter, value in filters.items():
        if one is None or parameter not in ("after", "before"):
            name = names.get(parameter) or value
            yield Restriction(parameter, value, name, sought.at(**{parameter: None, "page": None}))
    if one is not None:
        yield Restriction("year", one, one, sought.at(after=None, before=None, page=None))


def _typed(sought: Sought) -> Iterator[Restriction]:
    lexemes = parse(sought.q).lexemes
    for place, lexeme in enumerate(lexemes):
        if lexeme.kind == "operator":
            url = sought.at(q=rendered((*lexemes[:place], *lexemes[place + 1 :])), page=None)
            yield Restriction(lexeme.name, lexeme.text, rendered((lexeme,)), url, typed=True)


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isascii() and text.isdecimal()
