"""Leads on from the slug that a thing had, and says of one that was withdrawn that it was; the archive knows which."""

from __future__ import annotations

from typing import Literal

from app import permalinks
from app.archive import lapsed, reading
from app.archive.opening import Lease
from app.web.errors import Elsewhere

Kind = Literal["interview", "speaker", "outlet"]

PATHS = {
    "interview": permalinks.interview_path,
    "speaker": permalinks.speaker_path,
    "outlet": permalinks.outlet_path,
}
"""What makes the path of a page of a slug."""


def lead_on(lease: Lease, kind: Kind, slug: str, rest: str = "") -> None:
    """Raise Elsewhere where what was called `slug` has another slug now; `rest` follows the path of its page.

    Raises Lapsed where it was withdrawn with the generation that it was published in.
    """
    new = reading.redirect(lease.connection, kind, slug)
    if new is not None:
        raise Elsewhere(PATHS[kind](new) + rest, permanent=True)
    tell_lapse(lease, kind, slug)


def tell_lapse(lease: Lease, kind: Kind | Literal["turn", "version"], gone: str) -> None:
    """Raise Lapsed where an id, slug or version was published in a generation that was rolled back, and not since."""
    lapse = lapsed.of(lease.connection, kind, gone)
    if lapse is not None:
        raise lapse.error(kind, gone)


def tell_lapse_of_quoted(lease: Lease, slug: str, version: int | None) -> None:
    """Raise Lapsed where quoted words stand nowhere, and the version that their address names was withdrawn."""
    if version is not None:
        tell_lapse(lease, "version", lapsed.name_of_version(slug, version))
