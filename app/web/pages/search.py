"""The search: what was asked, what was understood, what was found, and the ways to narrow and widen it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Query
from pydantic import BeforeValidator

from app.archive.opening import Lease
from app.search.results import FacetValue, Hit, Mistake, SearchRequest, SearchResults, find
from app.web.asking import PageNumber, Text
from app.web.templating import address

ADDRESS = "/search"

Side = Literal["answer", "question", "both"]
Sort = Literal["relevance", "newest", "oldest"]

_SIDES = ("answer", "question", "both")
_SORTS = ("relevance", "newest", "oldest")
_Side = Annotated[
    Side,
    BeforeValidator(lambda value: value if value in _SIDES else "answer"),
    Query(alias="in", description="what is looked at: answers, questions or both"),
]
_Sort = Annotated[Sort, BeforeValidator(lambda value: value if value in _SORTS else "relevance")]
_FACETS = {"speaker": "speaker", "outlet": "outlet", "language": "lang"}
"""The parameter that each facet sets; a year sets two."""
_TITLES = {
    "speaker": "Speaker",
    "outlet": "Outlet",
    "lang": "Language",
    "after": "On or after",
    "before": "Before",
}


@dataclass(frozen=True, slots=True)
class Restriction:
    """One filter in force."""

    parameter: str
    value: str
    name: str
    without: str
    """Path and query of the search without it."""


@dataclass(frozen=True, slots=True)
class Correction:
    """Something in the query that was not understood, and what may have been meant."""

    message: str
    corrected: str | None
    url: str | None
    """Path and query of the search for what may have been meant."""


@dataclass(frozen=True, slots=True)
class Search:
    """One page of what was found."""

    url: str
    query: str
    restated: str
    mistakes: tuple[Correction, ...]
    total: int
    total_is_exact: bool
    interview_total: int
    page: int
    pages: int
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[FacetValue, ...]]
    facets_are_exact: bool
    side: Side
    sort: str
    timed_out: bool
    restrictions: tuple[Restriction, ...]
    previous: str | None
    """Path and query of the page before."""
    next: str | None

    @property
    def is_asked(self) -> bool:
        """Whether anything was looked for."""
        return bool(self.query or self.restrictions)

    def kept(self) -> dict[str, str]:
        """Return what stays in force when other words are looked for: parameter and value."""
        kept = {each.parameter: each.value for each in self.restrictions}
        return kept | ({"in": self.side} if self.side != "answer" else {}) | self._order(self.sort)

    def chips(self) -> tuple[tuple[str, str], ...]:
        """Return the filters in force as words, each with the search without it."""
        return tuple((f"{_TITLES[each.parameter]}: {each.name}", each.without) for each in self.restrictions)

    def unrestricted(self) -> str:
        """Return path and query of the search without any filter."""
        return address(ADDRESS, q=self.query, **self._side(self.side), **self._order(self.sort))

    def on_side(self, side: str) -> str:
        """Return path and query of the same search in answers, questions or both."""
        return address(ADDRESS, q=self.query, **self._filters(), **self._side(side), **self._order(self.sort))

    def in_order(self, sort: str) -> str:
        """Return path and query of the same search in another order."""
        return address(ADDRESS, q=self.query, **self._filters(), **self._side(self.side), **self._order(sort))

    def narrowed(self, facet: str, value: str) -> str:
        """Return path and query of the search within one value of a facet."""
        filters = self._filters()
        if facet != "year":
            filters[_FACETS[facet]] = value
        elif value.isdecimal():
            filters |= {"after": value, "before": f"{int(value) + 1:04}"}
        return address(ADDRESS, q=self.query, **filters, **self._side(self.side), **self._order(self.sort))

    def chosen(self, facet: str) -> str | None:
        """Return the value of a facet that a filter has chosen."""
        filters = self._filters()
        if facet == "year":
            after, before = filters.get("after", ""), filters.get("before", "")
            is_year = after.isdecimal() and before.isdecimal() and int(before) == int(after) + 1
            return after if is_year else None
        return filters.get(_FACETS[facet])

    def neighbour(self, page: int) -> str | None:
        """Return path and query of the page before or after this one."""
        return self.previous if page < self.page else self.next

    def _filters(self) -> dict[str, str]:
        return {each.parameter: each.value for each in self.restrictions}

    @staticmethod
    def _side(side: str) -> dict[str, str]:
        return {"in": side} if side != "answer" else {}

    @staticmethod
    def _order(sort: str) -> dict[str, str]:
        return {"sort": sort} if sort != "relevance" else {}


def page(
    lease: Lease,
    q: Text = None,
    side: _Side = "answer",
    speaker: Text = None,
    outlet: Text = None,
    lang: Text = None,
    after: Text = None,
    before: Text = None,
    sort: _Sort = "relevance",
    page: PageNumber = 1,
) -> Search:
    """Return one page of the answers that match: words, "exact words", -word, OR, word*, speaker: and the like."""
    request = SearchRequest(
        q=q or "",
        side=side,
        speaker=speaker,
        outlet=outlet,
        language=lang,
        after=after,
        before=before,
        sort=sort,
        page=page,
    )
    filters = {"speaker": speaker, "outlet": outlet, "lang": lang, "after": after, "before": before}
    return _shown(request, {name: value for name, value in filters.items() if value}, find(lease.connection, request))


def _shown(request: SearchRequest, filters: dict[str, str], found: SearchResults) -> Search:
    rest = Search._side(request.side) | Search._order(request.sort)

    def at(query: str = request.q, page: int = 1, without: str | None = None) -> str:
        kept = {name: value for name, value in filters.items() if name != without}
        return address(ADDRESS, q=query, **kept, **rest, page=page if page > 1 else None)

    return Search(
        url=at(page=found.page),
        query=found.query,
        restated=found.restated,
        mistakes=tuple(_correction(mistake, at) for mistake in found.mistakes),
        total=found.total,
        total_is_exact=found.total_is_exact,
        interview_total=found.interview_total,
        page=found.page,
        pages=found.pages,
        hits=found.hits,
        facets=found.facets,
        facets_are_exact=found.facets_are_exact,
        side=request.side,
        sort=found.sort,
        timed_out=found.timed_out,
        restrictions=tuple(
            Restriction(name, value, _name(name, value, found), at(without=name)) for name, value in filters.items()
        ),
        previous=at(page=found.page - 1) if found.page > 1 else None,
        next=at(page=found.page + 1) if found.page < found.pages else None,
    )


def _correction(mistake: Mistake, at: Callable[[str], str]) -> Correction:
    url = None if mistake.corrected is None else at(mistake.corrected)
    return Correction(mistake.message, mistake.corrected, url)


def _name(parameter: str, value: str, found: SearchResults) -> str:
    """Return how people call the value of a filter; the value itself where nothing found tells."""
    facet = next((facet for facet, name in _FACETS.items() if name == parameter), "")
    return next((each.name for each in found.facets.get(facet, ()) if each.value == value), value)
