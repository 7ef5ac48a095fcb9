"""What a search finds as citations in RIS, for reference managers."""

from __future__ import annotations

from collections.abc import Iterator

from app.archive.opening import Lease
from app.exports import ris
from app.web.referring import cited
from app.web.sought import Asked

ADDRESS = f"/search{ris.SUFFIX}"
MEDIA_TYPE = f"{ris.MEDIA_TYPE}; charset=utf-8"
FILENAME = f"search{ris.SUFFIX}"


def stream(lease: Lease, site: str, sought: Asked) -> Iterator[bytes]:
    """Yield an entry for each hit; `site` is the absolute address that their own begin with."""
    for transcript in cited(lease, sought, site):
        yield ris.write(transcript).encode("utf-8", "replace")
