"""Understands a request: what was typed and what was given beside it, and what the index is to be asked for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from sqlalchemy import Connection

from app.search import people
from app.search.dates import is_date, likely, span
from app.search.grammar import parse
from app.search.lexemes import cleaned
from app.search.lookup import Lookup
from app.search.matching import match, ranks_forms
from app.search.people import Resolved
from app.search.query import Filter, FilterKind, Mistake, Query, Side
from app.search.restatement import Stated, restated

Sort = Literal["relevance", "newest", "oldest"]
MOST_HITS = 100
"""Hits on one page."""


@dataclass(frozen=True, slots=True)
class Past:
    """A hit after which a list goes on."""

    row: int
    """Its number in the index when it was read."""
    id: str


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One page of a search. What is given here and what is typed as operators both apply, but for `in:`, which wins."""

    q: str = ""
    side: Side = "answer"
    speaker: str | None = None
    """Slug."""
    outlet: str | None = None
    """Slug."""
    language: str | None = None
    """BCP 47 tag; narrower tags are found with it."""
    after: str | None = None
    """YYYY, YYYY-MM or YYYY-MM-DD: on or after its first day."""
    before: str | None = None
    """Before its first day."""
    sort: Sort = "relevance"
    page: int = 1
    size: int = 20
    past: Past | None = None
    """In place of `page`, where the order is by date."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A request with nothing in it that cannot be meant."""

    request: SearchRequest
    query: Query
    side: Side
    after: tuple[str, ...]
    before: tuple[str, ...]
    own_mistakes: tuple[Mistake, ...]
    resolved: tuple[Resolved, ...] = ()
    """Speakers, outlets and languages, once the archive was asked for them."""

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        """All that could not be meant."""
        return (*self.own_mistakes, *(each.mistake for each in self.resolved if each.mistake))

    def lookup(self) -> Lookup | None:
        """Return what the index is to be asked; None where nothing can be found."""
        if self.query.is_futile or any(each.token is None and not each.filter.negated for each in self.resolved):
            return None
        wanted = dict.fromkeys(each.token for each in self.resolved if each.token and not each.filter.negated)
        unwanted = dict.fromkeys(each.token for each in self.resolved if each.token and each.filter.negated)
        looked_up = Lookup(
            match(self.query.expression, self.side, wanted, unwanted),
            span(self.after, self.before, self.query.years),
            ranks_forms(self.query.expression),
        )
        return None if looked_up.span.is_empty else looked_up

    def restated(self, sort: Sort, window: int | None) -> str:
        """Say in words what is looked for, in which order, and within how many of the newest."""
        names = dict.fromkeys((each.filter.kind, each.name, each.filter.negated) for each in self.resolved)
        return restated(self.query, Stated(self.side, tuple(names), self.after, self.before, sort, window))


def understand(request: SearchRequest) -> Understood:
    """Return what `request` means, as far as it can be told without the archive. No text raises."""
    request, mistakes = _dates(_sound(request))
    query = parse(request.q)
    return Understood(
        request,
        query,
        query.side or request.side,
        after=tuple(dict.fromkeys([*query.after, *filter(None, [request.after])])),
        before=tuple(dict.fromkeys([*query.before, *filter(None, [request.before])])),
        own_mistakes=(*query.mistakes, *mistakes),
    )


def resolve(c: Connection, understood: Understood) -> Understood:
    """Return the same with the speakers, outlets and languages that it names."""
    query, side = understood.query, understood.side
    resolved = (*people.typed(c, query, side), *people.given(c, _given(understood.request), side))
    return replace(understood, resolved=resolved)


def _sound(request: SearchRequest) -> SearchRequest:
    """Return the request with what no database can be asked put right."""

    def text(value: str | None) -> str | None:
        return cleaned(value).strip() or None if value else None

    return replace(
        request,
        side=request.side if request.side in ("answer", "question", "both") else "answer",
        sort=request.sort if request.sort in ("relevance", "newest", "oldest") else "relevance",
        speaker=text(request.speaker),
        outlet=text(request.outlet),
        language=text(request.language),
        after=text(request.after),
        before=text(request.before),
        page=max(request.page, 1),
        size=min(max(request.size, 1), MOST_HITS),
    )


def _dates(request: SearchRequest) -> tuple[SearchRequest, list[Mistake]]:
    """Return the request with dates only, and what is wrong with the others."""
    mistakes = []
    kept: dict[str, str | None] = {}
    for name, value in (("after", request.after), ("before", request.before)):
        kept[name] = value
        if value is not None and not is_date(value):
            kept[name] = likely(value)
            done = f"was read as {kept[name]}" if kept[name] else "was left out"
            message = f"“{value[:40]}” is not a date as in 2015, 2015-12 or 2015-12-11; it {done}."
            mistakes.append(Mistake(message, None))
    return replace(request, after=kept["after"], before=kept["before"]), mistakes


def _given(request: SearchRequest) -> list[Filter]:
    kinds: tuple[tuple[FilterKind, str | None], ...] = (
        ("speaker", request.speaker),
        ("outlet", request.outlet),
        ("language", request.language),
    )
    return [Filter(kind, value) for kind, value in kinds if value]
