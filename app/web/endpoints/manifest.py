"""The manifest beside the files to download: the same record as that of their page."""

from __future__ import annotations

from pydantic import TypeAdapter
from starlette.responses import Response

from app.archive.opening import Lease
from app.web.caching import FRESH
from app.web.given import GivenFingerprints
from app.web.pages import bulk
from app.web.pages.bulk import Bulk

ADDRESS = "/bulk/manifest.json"
MEDIA_TYPE = "application/json"

page = bulk.page

_RECORD: TypeAdapter[Bulk] = TypeAdapter(Bulk)


def send(lease: Lease, fingerprints: GivenFingerprints) -> Response:
    """Return what can be downloaded, with sizes, SHA-256 and terms."""
    record = bulk.page(lease, fingerprints)
    headers = {"Cache-Control": "no-store" if record.is_passing else FRESH}
    return Response(_RECORD.dump_json(record), media_type=MEDIA_TYPE, headers=headers)
