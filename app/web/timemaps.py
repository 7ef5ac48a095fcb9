"""The record of a TimeMap (RFC 7089, section 5): an original address and its versions; its form is a template's."""

from __future__ import annotations

from dataclasses import dataclass

from app.archive.mementos import Memento
from app.web.mementos import http_date


@dataclass(frozen=True, slots=True)
class TimeMap:
    """All versions of what is at one address, the first one first; there is at least one."""

    original: str
    """Path."""
    mementos: tuple[Memento, ...]

    @property
    def url(self) -> str:
        """Path of the TimeMap itself."""
        return f"{self.original}/timemap"

    @property
    def dates(self) -> tuple[str, ...]:
        """When each version came in, as HTTP writes it."""
        return tuple(http_date(each.since) for each in self.mementos)
