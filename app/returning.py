"""Returns to the generation before: where the archive that is published again and the index of its words meet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.archive import header, lapsing, reading
from app.archive.publishing import NothingToPublish, building
from app.search.index import ANALYSIS, rebuild


@dataclass(frozen=True, slots=True)
class Returned:
    """What was published again, and what no longer is."""

    archive: str
    restored: int
    """Number of the generation that is published again."""
    dropped: int
    """Number of the one that is no longer."""
    generation: int | None
    """Under which number it is published now; None of a dry run, where nothing is."""
    lapsed: dict[str, int]
    """How many ids of turns, and slugs of interviews, speakers and outlets, were only in what is dropped."""


def roll_back(archive: Path, reason: str | None = None, *, dry_run: bool = False) -> Returned:
    """Publish the generation before the current one again, as a new generation.

    What was published in the dropped one alone answers from then on that it was withdrawn, and for what reason, if one
    is given; it is what it was again where it is published again. The dropped generation is then the one before, so
    that a second rollback undoes the first. Raises ArchiveMissing, NothingBefore, ArchiveBusy, ArchiveUnreadable,
    PublishingFailed and PublishingUnconfirmed.
    """
    header.schema_of(archive)  # says where there is none, before a folder is made for it
    with building(archive, returning=True) as c:
        restored = reading.generation(c)
        if restored.analysis != ANALYSIS:
            rebuild(c)
        lapsed = lapsing.lapse(c, archive, " ".join((reason or "").split()) or None)
        dropped = reading.generation(c).number
        if dry_run:
            raise NothingToPublish
    return Returned(str(archive), restored.number, dropped, None if dry_run else dropped + 1, lapsed)
