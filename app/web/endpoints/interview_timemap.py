"""The TimeMap of an interview: all its versions, each with its address and its date (RFC 7089, section 5)."""

from __future__ import annotations

from app import permalinks
from app.archive import mementos, reading
from app.archive.opening import Lease
from app.errors import NotHeld
from app.web.moving import lead_on
from app.web.timemaps import TimeMap

ADDRESS = "/interviews/{slug}/timemap"
TEMPLATE, MEDIA_TYPE = "timemap.link", "application/link-format"


def page(lease: Lease, slug: str) -> TimeMap:
    """Return the versions of an interview."""
    held = mementos.of_interview(lease.connection, slug)
    if not held:
        lead_on(lease, "interview", slug, "/timemap")
        reading.source(lease.connection, slug)  # which says why there are none, where they are withheld
        raise NotHeld("interview", slug)
    return TimeMap(permalinks.interview_path(slug), held)
