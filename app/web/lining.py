"""How an address asks for the matches of a search in lines, each in its context, instead of as a list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BeforeValidator

from app.archive.opening import Lease
from app.search.concordance import MOST, WIDEST, Line, Order, Wish, gather, of_hits, read
from app.search.results import SearchRequest, SearchResults
from app.web.asking import Depends, Query

View = Literal["list", "kwic"]
SETTING = ("left", "right", "order", "sample", "seed")
"""The parameters beside `view` that say how lines are set."""

_DEFAULT = Wish()


def _number(least: int, most: int, otherwise: int | None) -> BeforeValidator:
    def read(value: object) -> int | None:
        if isinstance(value, str) and re.fullmatch(r"\s*[0-9]{1,9}\s*", value):
            return min(max(int(value), least), most)
        return value if isinstance(value, int) else otherwise

    return BeforeValidator(read)


_View = Annotated[
    View,
    BeforeValidator(lambda value: value if value == "kwic" else "list"),
    Query(description="`kwic` sets each match in a line with its context"),
]
_Width = Annotated[
    int, _number(0, WIDEST, _DEFAULT.left), Query(description="words beside the match, with `view=kwic`")
]
_Order = Annotated[
    Order | None,
    BeforeValidator(lambda value: value if value in ("left", "right") else None),
    Query(description="by the word before or after the match, with `view=kwic`"),
]
_Sample = Annotated[int | None, _number(1, MOST, None), Query(description="answers drawn at random, with `view=kwic`")]
_Seed = Annotated[int, _number(0, 999_999_999, 0), Query(description="the same seed draws the same sample")]


@dataclass(frozen=True, slots=True)
class Lined:
    """Whether lines are asked for, and how they are to be set."""

    view: View = "list"
    wish: Wish = _DEFAULT

    def parameters(self) -> dict[str, str]:
        """Return what the address says of it; nothing of a list."""
        if self.view == "list":
            return {}
        wish = self.wish
        stated = {
            "left": wish.left if wish.left != _DEFAULT.left else None,
            "right": wish.right if wish.right != _DEFAULT.right else None,
            "order": wish.order,
            "sample": wish.sample,
            "seed": wish.seed if wish.sample is not None and wish.seed else None,
        }
        return {"view": "kwic", **{name: str(value) for name, value in stated.items() if value is not None}}


def _lined(
    view: _View = "list",
    left: _Width = _DEFAULT.left,
    right: _Width = _DEFAULT.right,
    order: _Order = None,
    sample: _Sample = None,
    seed: _Seed = 0,
) -> Lined:
    return Lined(view, Wish(left, right, order, sample, seed))


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was gathered to be put in order or drawn at random, before a page of it was shown."""

    lines: int
    turns: int
    """Of how many turns."""
    of: int
    """Among how many of the newest that were found."""
    of_is_all: bool
    """Whether there are no more."""


@dataclass(frozen=True, slots=True)
class Concordance:
    """A page of lines."""

    lines: tuple[Line, ...]
    gathered: Gathered | None
    """None where lines stand in the order of the answers, page by page."""
    page: int
    pages: int


PAGE = 50
"""Lines on a page, where they are gathered."""


def concordance(lease: Lease, lined: Lined, request: SearchRequest, found: SearchResults) -> Concordance:
    """Return the lines of a page: of its hits, or of all that was gathered where an order or a sample is asked for."""
    if lined.wish.order is None and lined.wish.sample is None:
        lines = of_hits(lease.connection, found.hits, request, lined.wish)
        return Concordance(lines, None, found.page, found.pages)
    all_ = gather(lease.connection, request, lined.wish)
    pages = max(1, -(-len(all_.contexts) // PAGE))
    page = min(request.page, pages)
    shown = read(lease.connection, all_.contexts[(page - 1) * PAGE : page * PAGE])
    return Concordance(shown, Gathered(len(all_.contexts), all_.turns, all_.of, all_.of_is_exact), page, pages)


AskedLines = Annotated[Lined, Depends(_lined)]
"""Lines as an address asks for them; any input gives some."""
