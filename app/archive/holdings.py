"""What the archive gives back: interviews, turns and their neighbours with their permanent ids and slugs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

from app.records import Role, TranslationStatus


@dataclass(frozen=True, slots=True)
class Generation:
    """The archive as published at one moment."""

    number: int
    token: str
    """Differs between any two published files."""
    published_at: str
    """ISO 8601, UTC."""
    program: str
    analysis: str
    digest: str = ""
    """SHA-256 of all that is held, in hexadecimal: the same wherever the same is held."""


@dataclass(frozen=True, slots=True)
class Named:
    """A speaker or outlet, as others refer to it."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class HeldTurn:
    """A turn as one version has it."""

    id: str
    role: Role
    speaker: Named | None
    label: str
    paragraphs: tuple[str, ...]
    line: int
    lines: tuple[int, ...]
    """For each paragraph, the line of the source where it starts."""
    exchange: int | None
    withheld: str | None = None
    """Why its words are lawfully withheld; it then has no paragraphs."""


@dataclass(frozen=True, slots=True)
class HeldNote:
    """Words of the source that nobody said."""

    text: str
    line: int
    after: str | None
    """Id of the turn in or after which it stands."""
    paragraph: int
    """How many paragraphs of that turn stand before it."""


@dataclass(frozen=True, slots=True)
class HeldLine:
    """Words of the source that are metadata or page furniture."""

    text: str
    line: int
    purpose: str


@dataclass(frozen=True, slots=True)
class HeldExchange:
    """One question and its answers, by the ids of their turns."""

    number: int
    questions: tuple[str, ...]
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Original:
    """The interview that another translates."""

    slug: str
    title: str
    language: str


@dataclass(frozen=True, slots=True)
class HeldSource:
    """The source of one version, without its bytes."""

    name: str
    sha256: str
    size: int
    """Bytes."""
    media_type: str
    url: str | None
    publisher: str | None
    retrieved: str | None
    licence: str | None
    translation: TranslationStatus | None
    encoding: str
    program: str
    """Version of Verbatim that parsed it."""
    imported_at: str
    withheld: bool = False
    """Whether its bytes are lawfully withheld."""
    translation_of: str | None = None
    """What its sidecar says that it translates: the id or the slug of an interview."""
    original: Original | None = None
    """That interview, where it is held."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """A speaker in one interview."""

    slug: str
    name: str
    office: str | None
    answers: int
    """How many answers and statements are theirs; 0 for who only asks or chairs."""


def offices_of(people: Iterable[Appearance]) -> dict[str, str]:
    """Return the offices that people held in an interview, by their slugs."""
    return {who.slug: who.office for who in people if who.office}


class Numbered(Protocol):
    """What is of one version of an interview: its number, how many there are, and the number of the current one."""

    @property
    def version(self) -> int: ...
    @property
    def versions(self) -> int: ...
    @property
    def current(self) -> int: ...


def numbered(one: Numbered) -> str:
    """Return the number of a version, and of how many it is, where none of their numbers was withdrawn: "1 of 2"."""
    return f"{one.version} of {one.versions}" if one.versions == one.current else str(one.version)


@dataclass(frozen=True, slots=True)
class ListedInterview:
    """An interview as a list shows it."""

    slug: str
    title: str
    date: str | None
    time: str | None
    language: str
    exchange_count: int
    speakers: tuple[Named, ...]
    """Those who answer."""
    outlets: tuple[Named, ...]
    imported_at: str
    """When its current version came in: ISO 8601, UTC."""


@dataclass(frozen=True, slots=True)
class InterviewHead:
    """What is said of an interview above its text and beside each of its answers."""

    slug: str
    title: str
    date: str | None
    time: str | None
    place: str | None
    language: str
    also_in: tuple[str, ...]
    outlets: tuple[Named, ...]
    speakers: tuple[Appearance, ...]
    """Those who answer or state."""
    interviewers: tuple[Appearance, ...]
    """Those who are named and only ask or chair."""
    exchange_count: int
    word_count: int
    version: int
    versions: int
    """How many versions are held; `version` is the number of the one shown."""
    current: int
    """Number of the current one; there may be fewer, where some were withdrawn."""
    source: HeldSource

    @property
    def offices(self) -> dict[str, str]:
        """The offices that people held, by their slugs."""
        return offices_of((*self.speakers, *self.interviewers))


@dataclass(frozen=True, slots=True)
class HeldInterview:
    """A whole interview in one version."""

    head: InterviewHead
    turns: tuple[HeldTurn, ...]
    notes: tuple[HeldNote, ...]
    exchanges: tuple[HeldExchange, ...]
    metadata: tuple[HeldLine, ...]
    furniture: tuple[HeldLine, ...]


@dataclass(frozen=True, slots=True)
class HeldAnswer:
    """An answer, statement or unanswered question with all that must stand beside it."""

    head: InterviewHead
    turn: HeldTurn
    questions: tuple[HeldTurn, ...]
    """The question turns of its exchange; empty for a statement, and for an unanswered question."""
    notes: tuple[HeldNote, ...]
    """Notes in the turns shown."""
    others: tuple[HeldTurn, ...]
    """The other answers of the exchange, in order."""
    number: int | None
    """Number of the exchange."""
    previous: str | None
    """Id of the answer, statement or unanswered question before it in the interview."""
    next: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where an id leads today."""

    id: str
    role: Role
    interview: str
    """Slug."""
    page: str | None
    """Id of the turn on whose page it stands: itself, or for an answered question its first answer; None for a
    moderator, who stands in the interview alone."""


@dataclass(frozen=True, slots=True)
class Ending:
    """An id that no longer stands in its interview, with its last words."""

    id: str
    interview: str
    """Slug."""
    kind: Literal["superseded", "retired", "withheld"]
    reason: str
    ended_at: str
    """ISO 8601, UTC."""
    successor: str | None
    """Id of the turn that took its place, where there is one."""
    turn: HeldTurn | None
    """As the last version that had it; None where the words are withheld."""
    version: int | None
    """Number of that version."""


@dataclass(frozen=True, slots=True)
class InterviewFilter:
    """Which interviews a list shows; None does not restrict, and 0 is a part of the date that is not known."""

    year: int | None = None
    month: int | None = None
    speaker: str | None = None
    outlet: str | None = None
    language: str | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Addressed:
    """What a sitemap tells of one page."""

    key: str
    """Slug or id."""
    imported_at: str
    """ISO 8601, UTC."""


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question as an outline of its interview shows it."""

    number: int
    """Of the exchange, from 1."""
    id: str
    """Of the turn on whose page it stands: its first answer, or itself where nobody answers."""
    text: str
    """Its first paragraph."""
