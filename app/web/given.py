"""What a page is given by the process that serves it; what an address asks is in asking, what is held in the lease."""

from __future__ import annotations

from typing import Annotated, cast

from starlette.requests import Request

from app.web.asking import Depends
from app.web.fingerprints import Fingerprints


def _site(request: Request) -> str:
    return cast(str, request.app.state.site)


def _fingerprints(request: Request) -> Fingerprints:
    return cast(Fingerprints, request.app.state.fingerprints)


SiteAddress = Annotated[str, Depends(_site)]
"""The absolute address of the site, without a slash at its end."""

GivenFingerprints = Annotated[Fingerprints, Depends(_fingerprints)]
"""The SHA-256 of the published file, as far as it is known."""
