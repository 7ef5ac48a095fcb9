"""What a search finds as citations in BibTeX, for reference managers."""

from __future__ import annotations

from collections.abc import Iterator

from app.archive.opening import Lease
from app.exports import bibtex
from app.web.referring import cited
from app.web.sought import Asked

ADDRESS = f"/search{bibtex.SUFFIX}"
MEDIA_TYPE = f"{bibtex.MEDIA_TYPE}; charset=utf-8"
FILENAME = f"search{bibtex.SUFFIX}"


def stream(lease: Lease, site: str, sought: Asked) -> Iterator[bytes]:
    """Yield an entry for each hit; `site` is the absolute address that their own begin with."""
    for transcript in cited(lease, sought, site):
        yield bibtex.write(transcript).encode("utf-8", "replace")
