"""The search: what was asked, what was understood, what was found, and the ways to narrow and widen it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby

from app.archive.opening import Lease
from app.search.concordance import Line
from app.search.results import FacetValue, Hit, Mistake, Past, SearchResults, find
from app.web.bounds import LONGEST_ADDRESS
from app.web.cursors import LONGEST_KEY, NO_CURSOR, AskedCursor, Cursor, read, written
from app.web.errors import NoPage
from app.web.lining import SETTING, AskedLines, Concordance, Lined, View, concordance
from app.web.restrictions import Restriction, restrictions, unrestricted
from app.web.sought import RESULTS, Asked, Side, Sort, Sought
from app.web.suggesting import Advice, advice
from app.web.templating import address

ADDRESS = RESULTS

_FACETS = {"speaker": "speaker", "outlet": "outlet", "language": "lang"}
"""The parameter that each facet sets; a year sets two."""


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
    view: View
    concordance: Concordance | None
    """The matches of these hits in lines, with view kwic."""
    facets: dict[str, tuple[FacetValue, ...]]
    facets_are_exact: bool
    side: Side
    sort: Sort
    timed_out: bool
    window: int | None
    """How many of the newest hits were ranked, where there are more."""
    parameters: dict[str, str]
    """What the address asks beside the words and the page."""
    restrictions: tuple[Restriction, ...]
    unrestricted: str
    """Path and query of the search without any filter."""
    previous: str | None
    """Path and query of the page before."""
    next: str | None
    next_json: str | None
    """Path and query of what follows as JSON; in an order by date by a cursor: nothing is told twice or left out."""
    advice: Advice
    """What there is where nothing was found."""

    @property
    def is_passing(self) -> bool:
        """Whether another time may find more: then nobody keeps this."""
        return self.timed_out

    @property
    def is_asked(self) -> bool:
        """Whether anything was looked for."""
        return bool(self.query or self.restrictions)

    @property
    def is_set_in_order(self) -> bool:
        """Whether lines stand by their words, or are a sample, whatever the order of the answers."""
        return self.concordance is not None and self.concordance.gathered is not None

    @property
    def stated(self) -> str:
        """What was looked for, as a sentence; without its order where nothing stands in it."""
        said = self.restated if self.total and not self.is_set_in_order else self.restated.rpartition(", ")[0]
        return f"{said[:1].upper()}{said[1:]}."

    def chips(self) -> tuple[tuple[str, str], ...]:
        """Return the filters in force as words, each with the search without it."""
        return tuple((each.title, each.without) for each in self.restrictions)

    def corrections(self) -> tuple[tuple[tuple[str, ...], Correction], ...]:
        """Return what was wrong, together what one corrected query puts right."""
        grouped = (tuple(group) for _, group in groupby(self.mistakes, key=lambda mistake: mistake.url))
        return tuple((tuple(each.message for each in group), group[0]) for group in grouped)

    def opening(self, hit: Hit) -> str:
        """Return where a hit leads: to its page, with its matches marked and the first in view where there are any."""
        if not any(piece.match for piece in (*hit.excerpt, *hit.question_pieces)):
            return hit.url
        turned = {"page": self.page if self.page > 1 else None}
        opened = address(hit.url, q=self.query, **self.parameters, **turned)
        return f"{opened}#m1" if len(opened) <= LONGEST_ADDRESS else hit.url

    def on_side(self, side: str) -> str:
        """Return path and query of the same search in answers, questions or both."""
        return self._changed({"in": None if side == "answer" else side})

    def opening_line(self, line: Line) -> str:
        """Return where a line leads: to its page, with the matches marked."""
        opened = address(line.url, q=self.query, **self.parameters)
        return f"{opened}#m1" if len(opened) <= LONGEST_ADDRESS else line.url

    def viewed(self, **changes: str | None) -> str:
        """Return path and query of the same search seen in another way: as a list, or in lines set otherwise."""
        kept = {} if changes.get("view", self.view) != "kwic" else {name: self.parameters.get(name) for name in SETTING}
        plain: dict[str, str | None] = dict.fromkeys(("view", *SETTING))
        return self._changed(plain | kept | {"view": "kwic" if self.view == "kwic" else None} | changes)

    def csv(self) -> str:
        """Return path and query of all that was found, as CSV."""
        return address(f"{ADDRESS}.csv", **({"q": self.query} | self.parameters))

    def in_order(self, sort: str) -> str:
        """Return path and query of the same search in another order."""
        return self._changed({"sort": None if sort == "relevance" else sort})

    def narrowed(self, facet: str, value: str) -> str:
        """Return path and query of the search within one value of a facet."""
        if facet != "year":
            return self._changed({_FACETS[facet]: value})
        if value.isdecimal():
            return self._changed({"after": value, "before": f"{int(value) + 1:04}"})
        return self._changed({"q": f"{self.query} year:{value}"})

    def chosen(self, facet: str) -> str | None:
        """Return the value of a facet that a filter has chosen."""
        if facet == "year":
            return next((each.value for each in self.restrictions if each.parameter == "year"), None)
        return self.parameters.get(_FACETS[facet])

    def _changed(self, changes: dict[str, str | None]) -> str:
        return address(ADDRESS, **({"q": self.query} | self.parameters | changes))


def page(lease: Lease, sought: Asked, lined: AskedLines, cursor: AskedCursor = None) -> Search:
    """Return one page of the answers that match: words, "exact words", -word, OR, word*, speaker: and the like."""
    found = find(lease.connection, replace(sought.request(), past=_past(cursor, sought.sort)))
    lines = concordance(lease, lined, sought.request(), found) if lined.view == "kwic" else None
    if lines is not None:
        found = replace(found, page=lines.page, pages=lines.pages)
    sought = replace(sought, page=found.page)
    restricted = restrictions(lease, sought)
    is_empty = not (found.total or found.timed_out)
    offered = advice(lease, sought, restricted) if is_empty else Advice()
    return _shown(sought, lined, found, lines, restricted, offered)


def _shown(
    sought: Sought,
    lined: Lined,
    found: SearchResults,
    lines: Concordance | None,
    restricted: tuple[Restriction, ...],
    offered: Advice,
) -> Search:
    def turned_to(page: int) -> str:
        return sought.at(page=page if page > 1 else None, **lined.parameters())

    return Search(
        url=sought.at(**lined.parameters()),
        query=found.query,
        restated=found.restated,
        mistakes=tuple(_correction(mistake, sought) for mistake in found.mistakes),
        total=found.total,
        total_is_exact=found.total_is_exact,
        interview_total=found.interview_total,
        page=found.page,
        pages=found.pages,
        hits=found.hits,
        view=lined.view,
        concordance=lines,
        facets=found.facets,
        facets_are_exact=found.facets_are_exact,
        side=found.side,
        sort=found.sort,
        timed_out=found.timed_out,
        window=found.window,
        parameters=sought.parameters() | lined.parameters(),
        restrictions=restricted,
        unrestricted=unrestricted(sought),
        previous=turned_to(found.page - 1) if found.page > 1 else None,
        next=turned_to(found.page + 1) if found.page < found.pages else None,
        next_json=_next_json(sought, lined, found, lines),
        advice=offered,
    )


def _past(cursor: str | None, sort: Sort) -> Past | None:
    """Return the hit after which a search goes on; in the order of relevance there is none such."""
    # Where no word is looked for, the newest come first whatever is asked.
    read_one = read(cursor, "oldest" if sort == "oldest" else "newest")
    if read_one is None:
        return None
    if not read_one.key.isascii() or not read_one.key.isdecimal() or len(read_one.key) > LONGEST_KEY:
        raise NoPage(NO_CURSOR)
    return Past(int(read_one.key), read_one.id)


def _next_json(sought: Sought, lined: Lined, found: SearchResults, lines: Concordance | None) -> str | None:
    path, asked = f"{ADDRESS}.json", lined.parameters()
    is_settled = sought.sort != "relevance" or not found.timed_out
    if found.last is not None and is_settled and (lines is None or lines.gathered is None):
        cursor = written(Cursor(found.sort, str(found.last.row), found.last.id))
        return sought.at(path, **asked, page=None, cursor=cursor)
    return sought.at(path, **asked, page=found.page + 1) if found.page < found.pages else None


def _correction(mistake: Mistake, sought: Sought) -> Correction:
    url = None if mistake.corrected is None else sought.at(q=mistake.corrected, page=None)
    return Correction(mistake.message, mistake.corrected, url)
