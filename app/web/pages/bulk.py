"""All that is held as files to download: the archive file itself, and what is made of it as it is sent."""

from __future__ import annotations

from dataclasses import dataclass

from app.archive import listing
from app.archive.holdings import Generation
from app.archive.licences import Licence, licences
from app.archive.opening import Lease
from app.archive.overviews import Holdings
from app.web import downloads
from app.web.given import GivenFingerprints
from app.web.streams import answers_csv, interviews_jsonl

ADDRESS = "/bulk"


@dataclass(frozen=True, slots=True)
class Download:
    """One file."""

    name: str
    url: str
    """Path."""
    media_type: str
    size: int | None
    """Bytes; None of a file that is made as it is sent."""
    sha256: str | None
    """In hexadecimal; None where it is not known, or not known yet."""


@dataclass(frozen=True, slots=True)
class Bulk:
    """What can be downloaded of the generation of now."""

    url: str
    generation: Generation
    """Its `digest` is of all that is held, and the same wherever the same is held."""
    holdings: Holdings
    files: tuple[Download, ...]
    is_counting: bool
    """Whether the SHA-256 of the archive file is being counted just now: it is told a moment later."""
    licences: tuple[Licence, ...]
    """Terms that the sources state, and of how many interviews."""

    @property
    def is_passing(self) -> bool:
        """Whether the same page is another a moment later."""
        return self.is_counting


def page(lease: Lease, fingerprints: GivenFingerprints) -> Bulk:
    """Return what can be downloaded as a whole, with sizes, SHA-256 and terms."""
    sha256 = fingerprints.of(lease)
    whole = Download("archive.db", downloads.ARCHIVE, downloads.MEDIA_TYPE, lease.identity[2], sha256)
    made = (
        Download(each.FILENAME, each.ADDRESS, each.MEDIA_TYPE.partition(";")[0], None, None)
        for each in (interviews_jsonl, answers_csv)
    )
    return Bulk(
        url=ADDRESS,
        generation=lease.generation,
        holdings=listing.holdings(lease.connection),
        files=(whole, *made),
        is_counting=sha256 is None,
        licences=licences(lease.connection),
    )
