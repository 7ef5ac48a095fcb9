"""Yields all that a search finds, whole and as it is read: for exports, where a page shows a part in excerpts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from app.search import hits, lookup
from app.search.hits import Hit
from app.search.understanding import SearchRequest, resolve, understand

_AT_ONCE = 200
"""Rows that are read together."""


@dataclass(frozen=True, slots=True)
class Whole:
    """One turn that was found."""

    hit: Hit
    text: str
    """All of its words; paragraphs are separated by line feeds."""


def find_all(c: Connection, request: SearchRequest) -> Iterator[Whole]:
    """Yield every turn that a request finds, the newest first, or the oldest where it asks so; page and size aside."""
    understood = resolve(c, understand(request))
    looked_up = understood.lookup()
    if looked_up is None:
        return
    newest_first = understood.request.sort != "oldest"
    for rows in lookup.batches(c, looked_up, _AT_ONCE, newest_first=newest_first):
        texts = hits.texts(c, rows)
        for row, hit in zip(rows, hits.read(c, rows, understood.query, understood.side, in_excerpt=False), strict=True):
            yield Whole(hit, texts[row])
