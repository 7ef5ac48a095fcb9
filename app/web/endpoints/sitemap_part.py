"""One part of the sitemap."""

from __future__ import annotations

from app.archive.opening import Lease
from app.errors import NotHeld
from app.web.endpoints import sitemap
from app.web.endpoints.sitemap import Sitemap
from app.web.siting import locations, parts

ADDRESS = "/sitemap-{part}.xml"
TEMPLATE, MEDIA_TYPE = sitemap.TEMPLATE, sitemap.MEDIA_TYPE


def page(lease: Lease, part: str) -> Sitemap:
    """Return the addresses of one part."""
    if part not in parts(lease):
        raise NotHeld("part of the sitemap", part)
    return Sitemap(f"/sitemap-{part}.xml", locations(lease, part), ())
