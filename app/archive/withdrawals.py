"""All that goes where words are lawfully withheld, as records: shown before it goes, and then taken away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.archive.withheld import Withheld


@dataclass(frozen=True, slots=True)
class GoingTurn:
    """A turn whose words go, in all versions that have it."""

    id: str
    role: str
    speaker: str | None
    words: str
    """Its first words."""
    versions: tuple[int, ...]
    repeats: bool
    """Whether it goes since it has the words of the turn that was named, under an id of its own."""


@dataclass(frozen=True, slots=True)
class GoingPart:
    """What quotes the words and goes with them: a title, a note, a line in the margin, a warning or a sidecar."""

    kind: Literal["title", "note", "margin", "finding", "sidecar", "reason"]
    version: int
    line: int
    """Of the source; 0 of what has none. Of a reason, which was given where an id ended, the row of its turn."""
    row: int
    """Of the version."""
    position: int


@dataclass(frozen=True, slots=True)
class GoingSource:
    """A saved copy that goes."""

    name: str
    sha256: str
    version: int


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A turn in another interview that has some of the same words, and stays."""

    id: str
    interview: str


@dataclass(frozen=True, slots=True)
class Plan:
    """All that goes where a turn or an interview is withheld; nothing where it is withheld already."""

    key: str
    """The id or slug that is withheld."""
    interview: str
    """Slug."""
    title: str
    is_whole: bool
    """Whether the whole interview goes."""
    turns: tuple[GoingTurn, ...]
    parts: tuple[GoingPart, ...]
    sources: tuple[GoingSource, ...]
    elsewhere: tuple[Elsewhere, ...]
    kin: tuple[str, ...]
    """Ids of what stood in the place of these words before or after a correction, in words of its own; they stay."""
    translations: tuple[str, ...]
    """Slugs of the interviews that have the same in another language, and stay."""
    done: Withheld | None
    """Why it is withheld already."""
