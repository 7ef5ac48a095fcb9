"""The quotation check: whether words stand in the archive as they are quoted, and where; it judges nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from app.archive import listing
from app.archive.opening import Lease
from app.archive.overviews import Holdings
from app.search.quotation import LONGEST
from app.search.quoting import Match, Verdict, check
from app.web.asking import Text

ADDRESS = "/quote"


@dataclass(frozen=True, slots=True)
class Quote:
    """What was found of a quotation."""

    url: str
    text: str
    """What was checked, as pasted."""
    is_cut: bool
    """Whether more was pasted than is checked."""
    longest: int
    """Characters that are checked."""
    verdict: Verdict | None
    """None where nothing was pasted, or nothing that has a word."""
    total: int
    """How many turns have the quotation, or come near it."""
    total_is_exact: bool
    matches: tuple[Match, ...]
    """The nearest first, of equals the newest."""
    timed_out: bool
    """Whether time ran out before all was compared."""
    holdings: Holdings
    """What it was compared with: the current versions of all interviews."""

    @property
    def is_passing(self) -> bool:
        """Whether another time may find more: then nobody keeps this."""
        return self.timed_out


def page(lease: Lease, text: Text = None) -> Quote:
    """Return whether `text` stands in the archive, exactly or nearly, and where."""
    checked = check(lease.connection, text or "")
    return Quote(
        url=ADDRESS,
        text=checked.quotation.text,
        is_cut=checked.quotation.is_cut,
        longest=LONGEST,
        verdict=checked.verdict,
        total=checked.total,
        total_is_exact=checked.total_is_exact,
        matches=checked.matches,
        timed_out=checked.timed_out,
        holdings=listing.holdings(lease.connection),
    )
