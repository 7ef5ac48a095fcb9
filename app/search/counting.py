"""Counts what a search finds, up to a bound, without reading any of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from app.search import lookup
from app.search.understanding import SearchRequest, resolve, understand

MOST = 1000
"""Hits that are counted; more are said to be more."""


@dataclass(frozen=True, slots=True)
class Found:
    """A search and how much it finds."""

    request: SearchRequest
    total: int
    is_exact: bool
    """Whether `total` is all."""


def count(c: Connection, request: SearchRequest) -> Found:
    """Return how much a request finds on all its pages."""
    request = replace(request, page=1)
    looked_up = resolve(c, understand(request)).lookup()
    total = 0 if looked_up is None else lookup.count(c, looked_up, MOST + 1)
    return Found(request, min(total, MOST), total <= MOST)
