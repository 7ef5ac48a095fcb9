"""How to search: every operator, each with examples made of this archive's own words, which find something in it."""

from __future__ import annotations

from dataclasses import dataclass

from app.archive.opening import Lease
from app.search.counting import Found
from app.search.examples import examples
from app.search.grammar import MOST_TERMS
from app.search.lexemes import FARTHEST, SHORTEST_PREFIX
from app.search.restatement import language_name
from app.search.stems import INFLECTIONS
from app.web.sought import RESULTS, Sought

ADDRESS = f"{RESULTS}/help"


@dataclass(frozen=True, slots=True)
class Shown:
    """An example and what it finds."""

    query: str
    url: str
    """Path and query of its results."""
    total: int
    total_is_exact: bool


@dataclass(frozen=True, slots=True)
class SearchHelp:
    """What can be asked and how."""

    url: str
    examples: dict[str, tuple[Shown, ...]]
    """By what they show, as examples has it; what this archive has no example of is left out."""
    inflected: tuple[str, ...]
    """The languages whose words are found in all their forms."""
    most_terms: int
    shortest_prefix: int
    """Letters."""
    farthest: int
    """Words that NEAR can reach over."""


def page(lease: Lease) -> SearchHelp:
    """Return what can be asked, with examples that find something in this archive."""
    shown: dict[str, tuple[Shown, ...]] = {}
    for example in examples(lease.connection):
        shown[example.shows] = (*shown.get(example.shows, ()), _shown(example.found))
    return SearchHelp(
        url=ADDRESS,
        examples=shown,
        inflected=tuple(map(language_name, INFLECTIONS)),
        most_terms=MOST_TERMS,
        shortest_prefix=SHORTEST_PREFIX,
        farthest=FARTHEST,
    )


def _shown(found: Found) -> Shown:
    return Shown(found.request.q, Sought(found.request.q).at(), found.total, found.is_exact)
