"""The feed of what was changed in what had been published, the newest change first."""

from __future__ import annotations

from app.archive.opening import Lease
from app.web import syndication
from app.web.asking import PageNumber
from app.web.pages import corrections
from app.web.pages.corrections import Entry
from app.web.syndication import Feed

ADDRESS = "/corrections.atom"
TEMPLATE, MEDIA_TYPE = "corrections.atom", syndication.MEDIA_TYPE


def page(lease: Lease, page: PageNumber = 1) -> Feed[Entry]:
    """Return a page of the feed of changes."""
    _, number, pages, entries = corrections.numbered(lease, page, syndication.SIZE)
    return syndication.turned(
        lease,
        ADDRESS,
        {},
        number,
        pages,
        entries,
        title="Verbatim: corrections",
        subtitle="What was changed in what had been published, the newest change first.",
        html=corrections.ADDRESS,
    )
