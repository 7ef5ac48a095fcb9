"""A whole interview on one page, in its current version or as it was."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from itertools import groupby

from app import permalinks
from app.archive import mementos, neighbours, reading
from app.archive.holdings import (
    Appearance,
    HeldExchange,
    HeldInterview,
    HeldLine,
    HeldNote,
    HeldSource,
    HeldTurn,
    InterviewHead,
    Named,
    offices_of,
)
from app.archive.mementos import Memento
from app.archive.neighbours import Beside
from app.archive.opening import Lease
from app.errors import NotHeld
from app.exports import transcripts
from app.exports.transcripts import Transcript
from app.web.asking import VersionNumber
from app.web.marking import Marks, marks
from app.web.moving import lead_on, tell_lapse_of_quoted
from app.web.quoted import AskedQuote, Pointed, in_order, point
from app.web.revising import Revision, of_interview
from app.web.sought import Asked, Sought

ADDRESS = "/interviews/{slug}"
MOST_SPEAKERS = 3
"""Speakers whose interviews before and after this one are named."""


@dataclass(frozen=True, slots=True)
class Section:
    """Turns that stand together: those of one exchange, or those between two exchanges."""

    number: int | None
    turns: tuple[HeldTurn, ...]
    is_unanswered: bool
    """Whether it is a question that nobody answers, here or further on, or whose answers are withheld."""


@dataclass(frozen=True, slots=True)
class Interview:
    """Everything that one source gives of one interview; `turns` holds every turn of every role in source order."""

    url: str
    slug: str
    title: str
    date: str | None
    time: str | None
    place: str | None
    language: str
    also_in: tuple[str, ...]
    outlets: tuple[Named, ...]
    speakers: tuple[Appearance, ...]
    interviewers: tuple[Appearance, ...]
    source: HeldSource
    version: int
    versions: int
    """How many there are."""
    current: int
    """Number of the current one."""
    mementos: tuple[Memento, ...]
    """The versions that can be read, the first one first."""
    history: str
    """Path of the page that tells what changed from one to another."""
    revised: Revision | None
    """Since when the text is this, where it was another before."""
    exchange_count: int
    word_count: int
    turns: tuple[HeldTurn, ...]
    notes: tuple[HeldNote, ...]
    exchanges: tuple[HeldExchange, ...]
    metadata: tuple[HeldLine, ...]
    furniture: tuple[HeldLine, ...]
    beside: tuple[Beside, ...]
    """The interviews before and after it by date, then among those of its speakers where these are others."""
    matches: Marks | None
    """What the search that led here matches in it; None without one."""
    quoted: Pointed | None = None
    """The words that the address points at; None without any."""

    @property
    def offices(self) -> dict[str, str]:
        """The offices that people held, by their slugs."""
        return offices_of((*self.speakers, *self.interviewers))

    @property
    def marks(self) -> Pointed | Marks | None:
        """What is marked in its words: what is quoted, else what a search matches."""
        return self.quoted or self.matches

    def sections(self) -> tuple[Section, ...]:
        """Return all turns in source order, exchange by exchange."""
        readable = {turn.id for turn in self.turns if turn.withheld is None}
        unanswered = {exchange.number for exchange in self.exchanges if not readable.intersection(exchange.answers)}
        grouped = groupby(self.turns, key=lambda turn: turn.exchange)
        return tuple(Section(number, tuple(turns), number in unanswered) for number, turns in grouped)

    def questions(self) -> tuple[tuple[int, str, str], ...]:
        """Return number, id and first paragraph of the first question turn of each exchange."""
        turns = {turn.id: turn for turn in self.turns}
        firsts = ((exchange.number, turns[exchange.questions[0]]) for exchange in self.exchanges if exchange.questions)
        return tuple((number, turn.id, shorten(turn.paragraphs[0])) for number, turn in firsts if turn.paragraphs)


def shorten(text: str, limit: int = 160) -> str:
    """Return `text`, or its first words within `limit` characters and an ellipsis."""
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " …"


def page(lease: Lease, slug: str, sought: Asked, quoted: AskedQuote, v: VersionNumber = None) -> Interview:
    """Return a whole interview; what a search matches, or words quoted, are marked."""
    if not quoted.quote:
        return _page(lease, slug, sought, v)
    record = _page(lease, slug, sought, None)
    older = in_order(record.mementos, record.version, v)
    pointed = point(quoted, record.version, record.turns, older, lambda at: _page(lease, slug, sought, at).turns)
    if pointed is not None and pointed.standing == "nowhere":
        tell_lapse_of_quoted(lease, slug, v)
    if pointed is not None and pointed.version not in (None, record.version):
        record = _page(lease, slug, sought, pointed.version)
    return replace(record, quoted=pointed)


def _page(lease: Lease, slug: str, sought: Sought, v: int | None) -> Interview:
    try:
        held = reading.interview(lease.connection, slug, v)
    except NotHeld:
        lead_on(lease, "interview", slug)
        raise
    versions = mementos.of_interview(lease.connection, slug)
    revised = of_interview(lease, slug, held.head.version, versions)
    return _flat(held, versions, revised, _beside(lease, held.head), marks(sought, held.turns, held.head.language))


def exported(record: Interview, site: str) -> Transcript:
    """Return what the other forms of the page are written from; `site` is the absolute address of the site."""
    head = InterviewHead(**{field.name: getattr(record, field.name) for field in fields(InterviewHead)})
    return transcripts.of_interview(head, record.turns, record.notes, site)


def _beside(lease: Lease, head: InterviewHead) -> tuple[Beside, ...]:
    speakers = [Named(who.slug, who.name) for who in head.speakers[:MOST_SPEAKERS]]
    found: list[Beside] = []
    for each in neighbours.beside(lease.connection, head.slug, speakers):
        if not found or (each.previous, each.next) != (found[0].previous, found[0].next):
            found.append(each)
    return tuple(found)


def _flat(
    held: HeldInterview,
    versions: tuple[Memento, ...],
    revised: Revision | None,
    beside: tuple[Beside, ...],
    matches: Marks | None,
) -> Interview:
    head: InterviewHead = held.head
    return Interview(
        url=permalinks.interview_path(head.slug),
        slug=head.slug,
        title=head.title,
        date=head.date,
        time=head.time,
        place=head.place,
        language=head.language,
        also_in=head.also_in,
        outlets=head.outlets,
        speakers=head.speakers,
        interviewers=head.interviewers,
        source=head.source,
        version=head.version,
        versions=head.versions,
        current=head.current,
        mementos=versions,
        history=f"{permalinks.interview_path(head.slug)}/versions",
        revised=revised,
        exchange_count=head.exchange_count,
        word_count=head.word_count,
        turns=held.turns,
        notes=held.notes,
        exchanges=held.exchanges,
        metadata=held.metadata,
        furniture=held.furniture,
        beside=beside,
        matches=matches,
    )
