"""The feed of what a search finds, the newest first, whatever order the page of results has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app.archive import listing
from app.archive.opening import Lease
from app.search.results import Hit, SearchResults, find
from app.web import syndication
from app.web.sought import Asked
from app.web.syndication import Entry, Feed

ADDRESS = "/search.atom"
TEMPLATE, MEDIA_TYPE = syndication.TEMPLATE, syndication.MEDIA_TYPE


def page(lease: Lease, sought: Asked) -> Feed[Entry]:
    """Return a page of the answers, or questions, that a search finds."""
    sought = replace(sought, sort="newest")
    request = replace(sought.request(), size=syndication.SIZE)
    found = find(lease.connection, request)
    if not found.hits and found.total and not found.timed_out:
        # Past the end, the last page is shown.
        found = find(lease.connection, replace(request, page=found.pages))
    imported = listing.imported(lease.connection, sorted({hit.interview.slug for hit in found.hits}))
    asked = {name: value for name, value in sought.parameters().items() if name != "sort"}
    return syndication.turned(
        lease,
        ADDRESS,
        {"q": sought.q, **asked},
        found.page,
        max(found.pages, 1),
        [_entry(hit, imported) for hit in found.hits],
        title=f"Verbatim: search for {sought.q}" if sought.q else "Verbatim: search",
        subtitle=_subtitle(found),
        html=sought.at(sort=None, page=None),
    )


def _subtitle(found: SearchResults) -> str:
    return f"{found.restated[:1].upper()}{found.restated[1:]}." if found.restated else "Nothing is looked for."


def _entry(hit: Hit, imported: Mapping[str, str]) -> Entry:
    who = [hit.speaker] if hit.speaker is not None else []
    return Entry(
        url=hit.url,
        title=" — ".join([hit.question or hit.interview.title, *(one.name for one in who)]),
        language=hit.language,
        updated=imported[hit.interview.slug],
        authors=tuple(who),
        date=hit.interview.date,
        outlets=hit.outlets,
        exchange_count=None,
        questions=(),
        question=hit.question,
        excerpt=hit.excerpt,
    )
