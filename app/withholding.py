"""Withholds words lawfully: where the archive that loses them and the index that was made of them meet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.archive import erasing, header, reading, withholding
from app.archive.opening import for_checking
from app.archive.publishing import building, rehearsing
from app.archive.withdrawals import Plan
from app.errors import PublishingFailed
from app.search.index import rewording


@dataclass(frozen=True, slots=True)
class Withholding:
    """What was withheld, or would be."""

    archive: str
    plan: Plan
    reason: str
    generation: int | None
    """The one that was published; None where nothing was."""


def withhold(
    archive: Path,
    key: str,
    reason: str,
    *,
    dry_run: bool = False,
    agreed: Callable[[Plan], bool] = lambda plan: True,
) -> Withholding:
    """Withhold the turn with this id, or the interview with this slug, for a reason that readers see in its place.

    `agreed` is asked before anything is done, with all that would go; what is withheld already is left as it is. The
    words stand in no byte of the published file, and the generation before it is not kept. Raises NotHeld, ValueError
    where no reason is given, and ArchiveMissing, ArchiveBusy, ArchiveUnreadable and PublishingFailed.
    """
    reason = " ".join(reason.split())
    if not reason:
        raise ValueError("words are withheld for a reason that readers can see; none is given")
    header.require_current(archive)
    with for_checking(archive) as c:
        plan = withholding.plan(c, key)
    if plan.done is not None or not agreed(plan):
        return Withholding(str(archive), plan, reason if plan.done is None else plan.done.reason, None)
    generation = None
    with rehearsing(archive) if dry_run else building(archive, forgetting=True) as c:
        if withholding.plan(c, key) != plan:
            raise PublishingFailed(archive, "something else was published in the meantime; look again at what would go")
        with rewording(c, withholding.row_of(c, plan)):
            erasing.erase(c, plan, reason)
        generation = None if dry_run else reading.generation(c).number + 1
    return Withholding(str(archive), plan, reason, generation)
