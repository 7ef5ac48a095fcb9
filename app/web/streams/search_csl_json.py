"""What a search finds as citations in CSL-JSON: one list."""

from __future__ import annotations

from collections.abc import Iterator

from app.archive.opening import Lease
from app.exports import csl_json
from app.web.referring import cited
from app.web.sought import Asked

ADDRESS = f"/search{csl_json.SUFFIX}"
MEDIA_TYPE = f"{csl_json.MEDIA_TYPE}; charset=utf-8"
FILENAME = f"search{csl_json.SUFFIX}"


def stream(lease: Lease, site: str, sought: Asked) -> Iterator[bytes]:
    """Yield an item for each hit; `site` is the absolute address that their own begin with."""
    before = "["
    for transcript in cited(lease, sought, site):
        # Each is written as a list of one; here all are one list.
        yield (before + csl_json.write(transcript).strip()[1:-1].rstrip()).encode("utf-8", "replace")
        before = ","
    yield b"]\n" if before == "," else b"[]\n"
