"""What was changed in what had been published: corrected interviews, ids that ended, slugs that lead elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from app import permalinks
from app.archive import corrections
from app.archive.changes import Change, Correction, Redirection, Return, Withholding
from app.archive.opening import Lease
from app.web.asking import PageNumber
from app.web.moving import PATHS
from app.web.templating import address

ADDRESS = "/corrections"
SIZE = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """One change, and where it is seen."""

    id: str
    """Path, query and fragment that no other change has, for ever."""
    url: str
    """Path and query of the page that shows it."""
    change: Change

    @property
    def updated(self) -> str:
        """When it was published: ISO 8601, UTC."""
        return self.change.at


@dataclass(frozen=True, slots=True)
class Corrections:
    """One page of the changes, the newest first."""

    url: str
    total: int
    page: int
    pages: int
    changes: tuple[Entry, ...]
    previous: str | None
    """Path and query of the page before."""
    next: str | None


def page(lease: Lease, page: PageNumber = 1) -> Corrections:
    """Return what was changed in what had been published, 50 changes to a page."""
    total, number, pages, entries = numbered(lease, page, SIZE)

    def at(number: int) -> str:
        return address(ADDRESS, page=number if number > 1 else None)

    return Corrections(
        url=at(number),
        total=total,
        page=number,
        pages=pages,
        changes=entries,
        previous=at(number - 1) if number > 1 else None,
        next=at(number + 1) if number < pages else None,
    )


def numbered(lease: Lease, page: int, size: int) -> tuple[int, int, int, tuple[Entry, ...]]:
    """Return how many changes there are, the number of the page shown, how many pages there are, and its entries.

    Past the end, the last page is shown.
    """
    total, found = corrections.changes(lease.connection, offset=(page - 1) * size, limit=size)
    pages = max(1, -(-total // size))
    if page > pages:
        page = pages
        _, found = corrections.changes(lease.connection, offset=(page - 1) * size, limit=size)
    return total, page, pages, tuple(_entry(change) for change in found)


def _entry(change: Change) -> Entry:
    match change:
        case Correction():
            path = permalinks.interview_path(change.interview.slug)
            own = f"{path}?v={change.version}"
            if change.before is None:
                return Entry(own, own, change)
            compared = {"from": change.before, "to": change.version}
            return Entry(own, address(f"{path}/versions", **compared), change)
        case Withholding(kind="withdrawn"):
            path = permalinks.interview_path(change.interview.slug)
            return Entry(f"{path}#withdrawn", path, change)
        case Withholding():
            path = permalinks.answer_path(change.ended[0].id)
            return Entry(f"{path}#{change.kind}", path, change)
        case Return():
            # Two generations may bear one number, the second after a return; they are not withdrawn at one time.
            return Entry(address(ADDRESS, withdrawn=change.generation, at=change.at), ADDRESS, change)
        case Redirection():
            return Entry(f"{PATHS[change.what](change.old[0])}#redirected", PATHS[change.what](change.new.slug), change)
