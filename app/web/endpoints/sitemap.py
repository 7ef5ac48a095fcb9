"""The sitemap: all addresses in one, or, where they are many, an index of its parts (sitemaps.org, protocol 0.9)."""

from __future__ import annotations

from dataclasses import dataclass

from app.archive.opening import Lease
from app.web.siting import Location, is_small, locations, parts

ADDRESS = "/sitemap.xml"
TEMPLATE, MEDIA_TYPE = "sitemap.xml", "application/xml"


@dataclass(frozen=True, slots=True)
class Sitemap:
    """Either addresses or parts."""

    url: str
    locations: tuple[Location, ...]
    parts: tuple[str, ...]
    """Paths of the sitemaps that this one is an index of; none where it tells the addresses itself."""


def page(lease: Lease) -> Sitemap:
    """Return every address of the archive, or the parts in which they are told."""
    names = parts(lease)
    if is_small(lease):
        return Sitemap(ADDRESS, tuple(each for name in names for each in locations(lease, name)), ())
    return Sitemap(ADDRESS, (), tuple(f"/sitemap-{name}.xml" for name in names))
