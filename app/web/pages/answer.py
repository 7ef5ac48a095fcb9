"""One answer with its question, its speaker, and where it stands: the page that is linked to and cited."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace

from app import permalinks
from app.archive import mementos, neighbours, reading
from app.archive.holdings import Ending, HeldAnswer, HeldNote, HeldTurn, InterviewHead
from app.archive.mementos import Memento
from app.archive.opening import Lease
from app.errors import NotHeld
from app.exports import transcripts
from app.exports.transcripts import Transcript
from app.web.asking import VersionNumber
from app.web.errors import Elsewhere, NoPage, Problem
from app.web.marking import Marks, marks
from app.web.moving import tell_lapse, tell_lapse_of_quoted
from app.web.quoted import AskedQuote, Pointed, Quoted, in_order, point
from app.web.revising import Revision, of_turn
from app.web.sought import Asked, Sought
from app.web.templating import address

ADDRESS = "/a/{id}"


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The answer, statement or unanswered question before or after this one in the interview."""

    id: str
    url: str
    role: str
    speaker: str | None
    """How whoever speaks is called."""
    words: str
    """What was asked; of a statement, what was said."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, or a statement without questions, or questions without an answer."""

    id: str
    url: str
    version: int
    mementos: tuple[Memento, ...]
    """The versions that have it, the first one first."""
    history: str
    """Path of the page that tells each wording it had."""
    revised: Revision | None
    """Since when the words are these, where they or their question's were others before."""
    language: str
    interview: InterviewHead
    number: int | None
    """Number of the exchange."""
    questions: tuple[HeldTurn, ...]
    answer: HeldTurn | None
    notes: tuple[HeldNote, ...]
    others: tuple[HeldTurn, ...]
    """The other answers to the same question, those that are withheld as well."""
    previous: Neighbour | None
    next: Neighbour | None
    matches: Marks | None
    """What the search that led here matches in it; None without one."""
    quoted: Pointed | None = None
    """The words that the address points at; None without any."""

    @property
    def marks(self) -> Pointed | Marks | None:
        """What is marked in its words: what is quoted, else what a search matches."""
        return self.quoted or self.matches

    @property
    def turns(self) -> tuple[HeldTurn, ...]:
        """The questions and the answer, as they stand."""
        return (*self.questions, self.answer) if self.answer else self.questions

    @property
    def turn(self) -> HeldTurn:
        """The turn whose id this is."""
        return self.answer or self.questions[-1]


def page(lease: Lease, id: str, sought: Asked, quoted: AskedQuote, v: VersionNumber = None) -> Answer:
    """Return one answer with its question and where it stands; what a search matches, or words quoted, are marked."""
    if not quoted.quote:
        return _page(lease, id, sought, quoted, v)
    try:
        record = _page(lease, id, sought, quoted, None)
    except NoPage:
        if v is None:
            raise
        record = _page(lease, id, sought, quoted, v)
    return _pointing(lease, record, sought, quoted, v)


def _pointing(lease: Lease, record: Answer, sought: Sought, quoted: Quoted, v: int | None) -> Answer:
    """Return the answer in the version that has the quoted words, the newest if several have, but for one named."""

    def read(version: int) -> Answer:
        return _flat(lease, reading.answer(lease.connection, record.id, version), sought)

    older = in_order(record.mementos, record.version, v)
    pointed = point(quoted, record.version, record.turns, older, lambda version: read(version).turns)
    if pointed is not None and pointed.standing == "nowhere":
        tell_lapse_of_quoted(lease, record.interview.slug, v)
    if pointed is not None and pointed.version not in (None, record.version):
        record = read(pointed.version or record.version)
    return replace(record, quoted=pointed)


def _page(lease: Lease, id: str, sought: Sought, quoted: Quoted, v: int | None) -> Answer:
    if not permalinks.is_well_formed(id):
        raise NoPage(unknown(id))
    if v is not None:
        # What a version had stays, whatever became of the id since.
        with suppress(NotHeld):
            return _flat(lease, reading.answer(lease.connection, id, v), sought)
    try:
        place = reading.place(lease.connection, id)
    except NotHeld:
        ending = reading.ending(lease.connection, id)
        if ending is None:
            tell_lapse(lease, "turn", id)
        raise NoPage(unknown(id) if ending is None else _ended(lease, ending)) from None
    if place.page is None:
        raise Elsewhere(permalinks.interview_path(place.interview), fragment=id, query=quoted.carried(sought.query()))
    if place.page != id:
        # With a search or a quotation, the fragment that was asked for stays: it is a match's.
        fragment = "" if sought.q or quoted.quote else id
        raise Elsewhere(permalinks.answer_path(place.page), fragment=fragment, query=quoted.carried(sought.query(v)))
    return _flat(lease, reading.answer(lease.connection, id, v), sought)


def exported(record: Answer, site: str) -> Transcript:
    """Return what the other forms of the page are written from; `site` is the absolute address of the site."""
    return transcripts.of_part(record.interview, record.questions, record.answer, record.notes, site)


def _flat(lease: Lease, held: HeldAnswer, sought: Sought) -> Answer:
    is_question = held.turn.role == "question"
    questions = (*held.questions, held.turn) if is_question else held.questions
    answer = None if is_question else held.turn
    ids = [id for id in (held.previous, held.next) if id is not None]
    # What stood beside an older version may have ended since: it is shown as it was, too.
    as_it_was = held.head.version if held.head.version != held.head.current else None
    beside = {
        id: Neighbour(id, address(permalinks.answer_path(id), v=as_it_was), turn.role, turn.speaker, turn.words)
        for id, turn in neighbours.named(lease.connection, held.head.slug, held.head.version, ids).items()
    }
    versions = mementos.of_turn(lease.connection, held.turn.id)
    return Answer(
        id=held.turn.id,
        url=permalinks.answer_path(held.turn.id),
        version=held.head.version,
        mementos=versions,
        history=f"{permalinks.answer_path(held.turn.id)}/versions",
        revised=of_turn(lease, held.head.slug, held.turn.id, held.head.version, versions),
        language=held.head.language,
        interview=held.head,
        number=held.number,
        questions=questions,
        answer=answer,
        notes=held.notes,
        others=held.others,
        previous=beside.get(held.previous or ""),
        next=beside.get(held.next or ""),
        matches=marks(sought, (*questions, answer) if answer else questions, held.head.language),
    )


def _mistyped(id: str) -> Problem:
    meant = permalinks.unconfused(id)
    if meant is not None:
        detail = "Ids are written here in small letters and digits, without i, l, o and u. This may be the one meant."
        return Problem(404, "Mistyped id?", detail, suggestion=permalinks.answer_path(meant))
    detail = (
        "No answer can have this id: its check character does not fit. "
        "Please compare it with where you have it from; one character may be wrong, missing or too many."
    )
    return Problem(404, "Mistyped id?", detail)


def unknown(id: str) -> Problem:
    """Return what is told of an id that never was: that it is mistyped, where it can only be that."""
    if not permalinks.is_well_formed(id):
        return _mistyped(id)
    return Problem(404, "Unknown id", "The id is rightly formed, but this archive holds no answer under it.")


def _ended(lease: Lease, ending: Ending) -> Problem:
    held = reading.interview(lease.connection, ending.interview, ending.version)
    title = {"superseded": "Superseded", "retired": "Retired", "withheld": "Withdrawn"}[ending.kind]
    return Problem(
        410,
        title,
        "These words no longer stand in the interview, and their id will never come to mean others.",
        reason=ending.reason,
        ended=ending.ended_at,
        successor=None if ending.successor is None else permalinks.answer_path(ending.successor),
        last_words=() if ending.turn is None else ending.turn.paragraphs,
        interview=permalinks.interview_path(ending.interview),
        version=None if ending.version is None else f"{permalinks.answer_path(ending.id)}?v={ending.version}",
        history=f"{permalinks.answer_path(ending.id)}/versions",
        language=held.head.language,
    )
