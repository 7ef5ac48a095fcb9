"""The feed of one outlet's interviews, the newest first."""

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

ADDRESS = "/outlets/{slug}.atom"
TEMPLATE, MEDIA_TYPE = syndication.TEMPLATE, syndication.MEDIA_TYPE


def page(lease: Lease, slug: str, page: PageNumber = 1) -> Feed[Entry]:
    """Return a page of the feed of one outlet."""
    try:
        held = profiles.outlet(lease.connection, slug)
    except NotHeld:
        lead_on(lease, "outlet", slug, ".atom")
        raise
    path = permalinks.outlet_path(slug)
    return syndication.of_interviews(
        lease,
        f"{path}.atom",
        page,
        InterviewFilter(outlet=slug),
        title=f"Verbatim: {held.count.name}",
        subtitle=f"Interviews given to {held.count.name}, the newest first.",
        html=path,
    )
