"""The history of one answer, or of any other turn: each wording that it had, since when, and how its id ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app import permalinks
from app.archive import reading, versions
from app.archive.comparing import ComparedTurn, compare
from app.archive.holdings import HeldTurn, Named
from app.archive.opening import Lease
from app.archive.pairing import End
from app.archive.versions import Origin, Version
from app.differing import Change
from app.errors import NotHeld
from app.records import Role
from app.web.errors import NoPage
from app.web.moving import tell_lapse
from app.web.pages.answer import unknown
from app.web.templating import address

ADDRESS = "/a/{id}/versions"


@dataclass(frozen=True, slots=True)
class Within:
    """The interview that a turn is or was of, as its last version with the turn has it."""

    slug: str
    title: str
    date: str | None
    language: str


@dataclass(frozen=True, slots=True)
class Linked:
    """Another turn, before or after this one in time."""

    id: str
    url: str


@dataclass(frozen=True, slots=True)
class Wording:
    """What stood under an id, with its questions, in one or more versions after each other."""

    versions: tuple[int, ...]
    since: str
    """When the first of the versions came in: ISO 8601, UTC."""
    origin: Origin
    url: str
    """Path and query of the page as the last of the versions has it."""
    difference: tuple[Change, ...]
    """The words, against those of the wording before."""
    questions: tuple[ComparedTurn, ...]
    """The questions that the turn answers, against those before."""
    turn: ComparedTurn


@dataclass(frozen=True, slots=True)
class Ended:
    """How the id ended."""

    kind: str
    reason: str
    ended_at: str
    """ISO 8601, UTC."""
    successor: Linked | None
    """The turn that stands in its place today, or that stood there next."""


@dataclass(frozen=True, slots=True)
class AnswerVersions:
    """Each wording of one turn, the first one first."""

    id: str
    url: str
    page: str
    """Path of the turn's own page."""
    interview: Within
    role: Role
    speaker: Named | None
    label: str
    number: int | None
    """Of the exchange, where it stood last."""
    version: int
    """The last one that has it."""
    language: str
    wordings: tuple[Wording, ...]
    ended: Ended | None
    predecessors: tuple[Linked, ...]
    """The turns whose place it took."""


def page(lease: Lease, id: str) -> AnswerVersions:
    """Return the history of an answer, a statement, a question or a moderator's words, also of an ended id."""
    try:
        slug = reading.interview_of(lease.connection, id)
    except NotHeld:
        tell_lapse(lease, "turn", id)
        raise NoPage(unknown(id)) from None
    stands = versions.of_turn(lease.connection, id)
    if not stands:
        raise NotHeld("version of", id)
    held = {version.number: version for version in versions.of_interview(lease.connection, slug)}
    ends = versions.ends(lease.connection, slug)
    last = held[max(stands)]
    own = _own(stands[last.number], id)
    return AnswerVersions(
        id=id,
        url=f"{permalinks.answer_path(id)}/versions",
        page=permalinks.answer_path(id),
        interview=Within(slug, last.title, last.date, last.language),
        role=own.role,
        speaker=own.speaker,
        label=own.label,
        number=own.exchange,
        version=last.number,
        language=last.language,
        wordings=_wordings(id, stands, held, ends),
        ended=_ended(id, ends),
        predecessors=tuple(_linked(old) for old, end in sorted(ends.items()) if end.successor == id),
    )


def _wordings(
    id: str, stands: Mapping[int, tuple[HeldTurn, ...]], held: Mapping[int, Version], ends: Mapping[str, End]
) -> tuple[Wording, ...]:
    found: list[Wording] = []
    before: tuple[HeldTurn, ...] = ()
    for run in versions.runs(stands):
        turns = stands[run[-1]]
        compared = compare(before or turns, turns, ends)
        own = next(each for each in compared if each.shown.id == id)
        found.append(
            Wording(
                versions=run,
                since=held[run[0]].source.imported_at,
                origin=held[run[0]].origin,
                url=address(permalinks.answer_path(id), v=run[-1]),
                difference=own.difference,
                questions=tuple(each for each in compared if each.shown.id != id),
                turn=own,
            )
        )
        before = turns
    return tuple(found)


def _own(turns: tuple[HeldTurn, ...], id: str) -> HeldTurn:
    return next(turn for turn in turns if turn.id == id)


def _ended(id: str, ends: Mapping[str, End]) -> Ended | None:
    end = ends.get(id)
    if end is None:
        return None
    successor = end.successor
    met = {id}
    while successor is not None and successor not in met and (next := ends.get(successor)) and next.successor:
        met.add(successor)
        successor = next.successor
    return Ended(end.kind, end.reason, end.ended_at, None if successor is None else _linked(successor))


def _linked(id: str) -> Linked:
    return Linked(id, permalinks.answer_path(id))
