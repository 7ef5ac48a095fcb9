"""The TimeMap of an answer: the versions that have it, also where its id has ended (RFC 7089, section 5)."""

from __future__ import annotations

from app import permalinks
from app.archive import mementos, reading
from app.archive.opening import Lease
from app.errors import NotHeld
from app.web.moving import tell_lapse
from app.web.timemaps import TimeMap

ADDRESS = "/a/{id}/timemap"
TEMPLATE, MEDIA_TYPE = "timemap.link", "application/link-format"


def page(lease: Lease, id: str) -> TimeMap:
    """Return the versions in which an answer, a statement or an unanswered question has a page."""
    held = mementos.of_turn(lease.connection, id)
    if not held:
        tell_lapse(lease, "turn", id)
        reading.interview_of(lease.connection, id)
        raise NotHeld("answer", id)
    return TimeMap(permalinks.answer_path(id), held)
