"""The feed of all interviews, the newest first."""

from __future__ import annotations

from app.archive.holdings import InterviewFilter
from app.archive.opening import Lease
from app.web import syndication
from app.web.asking import PageNumber
from app.web.syndication import Entry, Feed

ADDRESS = "/feed.atom"
TEMPLATE, MEDIA_TYPE = syndication.TEMPLATE, syndication.MEDIA_TYPE


def page(lease: Lease, page: PageNumber = 1) -> Feed[Entry]:
    """Return a page of the feed of all interviews."""
    subtitle = "Official interview transcripts, the newest interviews first."
    return syndication.of_interviews(
        lease, ADDRESS, page, InterviewFilter(), title="Verbatim: interviews", subtitle=subtitle, html="/interviews"
    )
