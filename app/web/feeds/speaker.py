"""The feed of one speaker's interviews, the newest first."""

from __future__ import annotations

from app import permalinks
from app.archive import profiles
from app.archive.holdings import InterviewFilter
from app.archive.opening import Lease
from app.errors import NotHeld
from app.web import syndication
from app.web.asking import PageNumber
from app.web.moving import lead_on
from app.web.syndication import Entry, Feed

ADDRESS = "/speakers/{slug}.atom"
TEMPLATE, MEDIA_TYPE = syndication.TEMPLATE, syndication.MEDIA_TYPE


def page(lease: Lease, slug: str, page: PageNumber = 1) -> Feed[Entry]:
    """Return a page of the feed of one speaker."""
    try:
        held = profiles.speaker(lease.connection, slug)
    except NotHeld:
        lead_on(lease, "speaker", slug, ".atom")
        raise
    path = permalinks.speaker_path(slug)
    does = "answers" if held.answered else "asks"
    return syndication.of_interviews(
        lease,
        f"{path}.atom",
        page,
        InterviewFilter(speaker=slug),
        title=f"Verbatim: {held.count.name}",
        subtitle=f"Interviews in which {held.count.name} {does}, the newest first.",
        html=path,
    )
