"""Reads one interview or one of its turns as records, and where an id leads; lists and counts are in listing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, and_, bindparam, select

from app.archive.heads import head_of, source_with_original, version_row
from app.archive.holdings import (
    Ending,
    Generation,
    HeldAnswer,
    HeldExchange,
    HeldInterview,
    HeldLine,
    HeldNote,
    HeldSource,
    HeldTurn,
    Named,
    Place,
)
from app.archive.prepared import Prepared
from app.archive.tables import (
    endings,
    interviews,
    margins,
    notes,
    passages,
    redirects,
    sources,
    speakers,
    turns,
    versions,
)
from app.archive.tables import (
    generation as generation_table,
)
from app.archive.withheld import IS_WITHHELD
from app.errors import NotHeld, Withheld

_GENERATION = select(generation_table)
_GONE = endings.alias("gone")
PASSAGES = (
    select(
        passages.c.exchange,
        passages.c.label,
        passages.c.line,
        passages.c.lines,
        passages.c.text,
        turns.c.public_id,
        turns.c.role,
        speakers.c.slug.label("speaker_slug"),
        speakers.c.name.label("speaker_name"),
        _GONE.c.reason.label("withheld"),
    )
    .join(turns, turns.c.id == passages.c.turn_id)
    .outerjoin(speakers, speakers.c.id == turns.c.speaker_id)
    .outerjoin(_GONE, and_(_GONE.c.turn_id == turns.c.id, _GONE.c.kind == "withheld"))
    .order_by(passages.c.position)
)
"""The rows that `turn_of` takes, in order; which of them is the caller's to say."""
_IN_VERSION = PASSAGES.where(passages.c.version_id == bindparam("version_id"))
_OF_VERSION = Prepared(_IN_VERSION)
_OF_EXCHANGE = Prepared(_IN_VERSION.where(passages.c.exchange == bindparam("exchange")))
_AT_POSITION = Prepared(_IN_VERSION.where(passages.c.position == bindparam("position")))
_AT_ROW = PASSAGES.where(passages.c.id == bindparam("passage_id"))
_SPINE = Prepared(
    select(passages.c.position, passages.c.exchange, turns.c.public_id, turns.c.role, IS_WITHHELD.label("is_withheld"))
    .join(turns, turns.c.id == passages.c.turn_id)
    .where(passages.c.version_id == bindparam("version_id"))
    .order_by(passages.c.position)
)
_NOTES = Prepared(
    select(notes.c.text, notes.c.line, turns.c.public_id, notes.c.paragraph)
    .outerjoin(passages, and_(passages.c.version_id == notes.c.version_id, passages.c.position == notes.c.after))
    .outerjoin(turns, turns.c.id == passages.c.turn_id)
    .where(notes.c.version_id == bindparam("version_id"))
    .order_by(notes.c.position)
)
_MARGINS = Prepared(
    select(margins.c.kind, margins.c.text, margins.c.line, margins.c.purpose)
    .where(margins.c.version_id == bindparam("version_id"))
    .order_by(margins.c.position)
)
_TURN = Prepared(
    select(interviews.c.slug, interviews.c.withdrawal, _GONE.c.reason, _GONE.c.ended_at)
    .join(interviews, interviews.c.id == turns.c.interview_id)
    .outerjoin(_GONE, and_(_GONE.c.turn_id == turns.c.id, _GONE.c.kind == "withheld"))
    .where(turns.c.public_id == bindparam("public_id"))
)
_BYTES = select(sources.c.data).where(sources.c.id == bindparam("source_id"))
_SUCCESSOR = turns.alias("successor")
_ENDING = (
    select(
        interviews.c.slug,
        endings.c.kind,
        endings.c.reason,
        endings.c.ended_at,
        endings.c.passage_id,
        _SUCCESSOR.c.public_id.label("successor"),
        versions.c.number,
    )
    .join(turns, turns.c.id == endings.c.turn_id)
    .join(interviews, interviews.c.id == turns.c.interview_id)
    .outerjoin(_SUCCESSOR, _SUCCESSOR.c.id == endings.c.successor_id)
    .outerjoin(passages, passages.c.id == endings.c.passage_id)
    .outerjoin(versions, versions.c.id == passages.c.version_id)
    .where(turns.c.public_id == bindparam("public_id"))
)
_REDIRECT = select(redirects.c.new).where(redirects.c.kind == bindparam("kind"), redirects.c.old == bindparam("old"))


def generation(c: Connection) -> Generation:
    """Return the generation that the file is."""
    return Generation(**c.execute(_GENERATION).mappings().one())


def interview(c: Connection, slug: str, version: int | None = None) -> HeldInterview:
    """Return a whole interview, in its current version by default; raises NotHeld."""
    row = version_row(c, slug, version)
    turns_ = tuple(turn_of(found) for found in _OF_VERSION.all(c, version_id=row.id))
    margin = _MARGINS.all(c, version_id=row.id)
    return HeldInterview(
        head=head_of(c, row),
        turns=turns_,
        notes=notes_of(c, row.id),
        exchanges=_exchanges(turns_),
        metadata=tuple(HeldLine(*line) for kind, *line in margin if kind == "metadata"),
        furniture=tuple(HeldLine(*line) for kind, *line in margin if kind == "furniture"),
    )


def answer(c: Connection, id: str, version: int | None = None) -> HeldAnswer:
    """Return the answer, statement or unanswered question with this id, in the current version by default.

    Raises NotHeld where the version has no such turn, or has it as an answered question or a moderator's words: those
    have no page of their own, and `place` says where they stand. Raises Withheld where its words are withheld.
    """
    row = version_row(c, interview_of(c, id), version)
    spine = _SPINE.all(c, version_id=row.id)
    pages = _pages(spine)
    here = next((place for place in spine if place.public_id == id), None)
    if here is None or id not in pages:
        raise NotHeld("answer", id if version is None else f"{id}?v={version}")
    at = pages.index(id)
    shown = _exchange_of(c, row.id, here)
    beside = {turn.id for turn in shown}
    return HeldAnswer(
        head=head_of(c, row),
        turn=next(turn for turn in shown if turn.id == id),
        questions=tuple(turn for turn in shown if turn.role == "question" and here.role == "answer"),
        notes=tuple(note for note in notes_of(c, row.id) if note.after in beside),
        others=tuple(turn for turn in shown if turn.role == "answer" and turn.id != id),
        number=here.exchange,
        previous=pages[at - 1] if at else None,
        next=pages[at + 1] if at + 1 < len(pages) else None,
    )


def place(c: Connection, id: str) -> Place:
    """Return where an id leads today; raises NotHeld for one that is unknown or has ended, and Withheld."""
    slug = interview_of(c, id)
    spine = _SPINE.all(c, version_id=version_row(c, slug, None).id)
    here = next((turn for turn in spine if turn.public_id == id), None)
    if here is None:
        raise NotHeld("answer", id)
    if id in _pages(spine):
        return Place(id, here.role, slug, id)
    answers = [
        turn.public_id
        for turn in spine
        if turn.role == "answer" and turn.exchange == here.exchange and not turn.is_withheld
    ]
    return Place(id, here.role, slug, answers[0] if here.role == "question" and here.exchange is not None else None)


def interview_of(c: Connection, id: str) -> str:
    """Return the slug of the interview that a turn is or was of; raises NotHeld, and Withheld where its words are."""
    row = _TURN.first(c, public_id=id)
    if row is None:
        raise NotHeld("answer", id)
    if row.reason is not None:
        interview = row.slug if row.withdrawal is None else None
        raise Withheld("answer", id, row.reason, row.ended_at, interview)
    return str(row.slug)


def first_answer(c: Connection, slug: str, number: int) -> str:
    """Return the id of the first answer of an exchange, or of its question where nobody answered.

    Raises NotHeld, and Withheld where nothing of the exchange is left.
    """
    spine = _SPINE.all(c, version_id=version_row(c, slug, None).id)
    owners = set(_pages(spine))
    for turn in spine:
        if turn.exchange == number and turn.public_id in owners:
            return str(turn.public_id)
    for turn in spine:
        if turn.exchange == number:
            interview_of(c, turn.public_id)
    raise NotHeld("exchange", f"{slug}/{number}")


def source(c: Connection, slug: str, version: int | None = None) -> tuple[HeldSource, bytes | None]:
    """Return the source of a version and its exact bytes, None where they are lawfully withheld; raises NotHeld."""
    row = version_row(c, slug, version)
    return source_with_original(c, row), c.execute(_BYTES, {"source_id": row.source_id}).scalar()


def ending(c: Connection, id: str) -> Ending | None:
    """Return how an id ended, with its last words; None where it has not, or never was."""
    row = c.execute(_ENDING, {"public_id": id}).first()
    if row is None:
        return None
    last = None if row.passage_id is None else c.execute(_AT_ROW, {"passage_id": row.passage_id}).first()
    return Ending(
        id=id,
        interview=row.slug,
        kind=row.kind,
        reason=row.reason,
        ended_at=row.ended_at,
        successor=row.successor,
        turn=None if last is None else turn_of(last),
        version=row.number,
    )


def redirect(c: Connection, kind: str, old: str) -> str | None:
    """Return the slug that an old slug of an interview, speaker or outlet now leads to; None where it leads nowhere."""
    found = c.execute(_REDIRECT, {"kind": kind, "old": old}).scalar()
    return None if found is None else str(found)


def turn_of(row: Any) -> HeldTurn:
    """Return the turn that a row of PASSAGES is; one whose words are not held has no paragraphs."""
    lines = tuple(int(line) for line in row.lines.split())
    return HeldTurn(
        id=row.public_id,
        role=row.role,
        speaker=None if row.speaker_slug is None else Named(row.speaker_slug, row.speaker_name),
        label=row.label,
        paragraphs=tuple(row.text.split("\n")) if lines else (),
        line=row.line,
        lines=lines,
        exchange=row.exchange,
        withheld=row.withheld,
    )


def notes_of(c: Connection, version_id: int) -> tuple[HeldNote, ...]:
    """Return the notes of the version at a row."""
    return tuple(HeldNote(*row) for row in _NOTES.all(c, version_id=version_id))


def _exchange_of(c: Connection, version_id: int, here: Any) -> list[HeldTurn]:
    if here.exchange is None:
        found = _AT_POSITION.all(c, version_id=version_id, position=here.position)
    else:
        found = _OF_EXCHANGE.all(c, version_id=version_id, exchange=here.exchange)
    return [turn_of(row) for row in found]


def _exchanges(spoken: Iterable[HeldTurn]) -> tuple[HeldExchange, ...]:
    questions: dict[int, list[str]] = {}
    answers: dict[int, list[str]] = {}
    for turn in spoken:
        if turn.exchange is not None:
            side = questions if turn.role == "question" else answers
            questions.setdefault(turn.exchange, [])
            side.setdefault(turn.exchange, []).append(turn.id)
    return tuple(
        HeldExchange(number, tuple(questions[number]), tuple(answers.get(number, ()))) for number in sorted(questions)
    )


def _pages(spine: Iterable[Any]) -> list[str]:
    """Return the ids of the turns that have a page of their own, in order.

    A question has one also where its answers are withheld, which have none.
    """
    spine = [turn for turn in spine if not turn.is_withheld]
    answered = {turn.exchange for turn in spine if turn.role == "answer"}
    return [
        turn.public_id
        for turn in spine
        if turn.role in ("answer", "statement") or (turn.role == "question" and turn.exchange not in answered)
    ]
