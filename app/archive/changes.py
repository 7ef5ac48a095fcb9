"""What can be changed of what had been published: the records of changes, which corrections reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.archive.holdings import Named
from app.records import Role

Redirected = Literal["interview", "speaker", "outlet"]


@dataclass(frozen=True, slots=True)
class ChangedInterview:
    """An interview as a change names it."""

    slug: str
    title: str
    date: str | None
    language: str


@dataclass(frozen=True, slots=True)
class EndedId:
    """An id that ended, without its words."""

    id: str
    role: Role
    speaker: str | None
    """How whoever spoke is called."""
    kind: Literal["superseded", "retired", "withheld"]
    reason: str
    successor: str | None
    """Id of the turn that took its place."""


@dataclass(frozen=True, slots=True)
class Correction:
    """An interview that got a new version, with the ids that it ended."""

    kind: Literal["corrected"]
    at: str
    """ISO 8601, UTC."""
    interview: ChangedInterview
    version: int
    """The new one."""
    before: int | None
    """The one before it; None where all that were published before were withdrawn."""
    name: str
    """Of the file."""
    program: str
    """Version of Verbatim that read it."""
    is_reread: bool
    """Whether the source is the very one of the version before, read anew."""
    ended: tuple[EndedId, ...]


@dataclass(frozen=True, slots=True)
class Withholding:
    """Words of one interview, or the whole of it, that were lawfully withheld at one time."""

    kind: Literal["withheld", "withdrawn"]
    """Withheld are words of an interview, withdrawn is all of it."""
    at: str
    interview: ChangedInterview
    reason: str
    ended: tuple[EndedId, ...]


@dataclass(frozen=True, slots=True)
class Redirection:
    """Slugs that lead to another since one moment, as of people who were found to be one."""

    kind: Literal["redirected"]
    at: str
    what: Redirected
    old: tuple[str, ...]
    new: Named
    reason: str


@dataclass(frozen=True, slots=True)
class Lapsed:
    """A slug that only a generation had that was withdrawn."""

    kind: Redirected
    slug: str


@dataclass(frozen=True, slots=True)
class Return:
    """A generation that was withdrawn as a whole, with what it alone had, and that is not published again."""

    kind: Literal["returned"]
    at: str
    generation: int
    """The one that was withdrawn."""
    published_at: str
    """When it had been published: ISO 8601, UTC."""
    reason: str | None
    ids: int
    """How many turns it alone had."""
    versions: int
    """How many versions of interviews it alone had."""
    slugs: tuple[Lapsed, ...]


Change = Correction | Withholding | Redirection | Return
