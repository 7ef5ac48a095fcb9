"""Leads on from the slug that a thing had to the one that it has; who has moved is the archive's to know."""

from __future__ import annotations

from typing import Literal

from app import permalinks
from app.archive import reading
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
    """Raise Elsewhere where what was called `slug` has another slug now; `rest` follows the path of its page."""
    new = reading.redirect(lease.connection, kind, slug)
    if new is not None:
        raise Elsewhere(PATHS[kind](new) + rest, permanent=True)
