"""What Verbatim is, what its addresses promise, and how it can be checked."""

from __future__ import annotations

from dataclasses import dataclass

from app import __version__
from app.archive import listing
from app.archive.holdings import Generation
from app.archive.opening import Lease
from app.archive.overviews import Holdings

ADDRESS = "/about"


@dataclass(frozen=True, slots=True)
class About:
    """The facts that the text of the page names."""

    url: str
    program: str
    """Version of Verbatim that serves this."""
    generation: Generation
    holdings: Holdings


def page(lease: Lease) -> About:
    """Return what the archive holds and what serves it."""
    return About(ADDRESS, __version__, lease.generation, listing.holdings(lease.connection))
