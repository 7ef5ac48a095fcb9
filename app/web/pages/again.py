"""Where the words of an answer are said again, nearly the same, in other interviews."""

from __future__ import annotations

from dataclasses import dataclass

from app import permalinks
from app.archive import reading
from app.archive.holdings import HeldTurn, InterviewHead
from app.archive.opening import Lease
from app.errors import NotHeld
from app.search.repeating import LEAST, Repeat, said_again
from app.web.errors import Elsewhere, NoPage, Problem
from app.web.pages.answer import unknown

ADDRESS = "/a/{id}/again"


@dataclass(frozen=True, slots=True)
class Again:
    """A turn and the passages of other interviews that say some of it again."""

    id: str
    url: str
    answer: str
    """Path of the turn's own page."""
    language: str
    interview: InterviewHead
    turn: HeldTurn
    repeats: tuple[Repeat, ...]
    """The longest passage first."""
    least: int
    """Words that a passage has at least."""
    timed_out: bool
    """Whether time ran out before all was compared."""

    @property
    def is_passing(self) -> bool:
        """Whether another time may find more: then nobody keeps this."""
        return self.timed_out


def page(lease: Lease, id: str) -> Again:
    """Return where the words of an answer, a statement or a question without answer are said again."""
    if not permalinks.is_well_formed(id):
        raise NoPage(unknown(id))
    try:
        held = reading.answer(lease.connection, id)
    except NotHeld:
        # Whatever became of the id, its own page tells.
        raise Elsewhere(permalinks.answer_path(id)) from None
    if held.turn.withheld is not None:
        raise NoPage(Problem(410, "Withdrawn", "These words are withheld.", reason=held.turn.withheld))
    found = said_again(lease.connection, held.turn.id)
    return Again(
        id=held.turn.id,
        url=f"{permalinks.answer_path(held.turn.id)}/again",
        answer=permalinks.answer_path(held.turn.id),
        language=held.head.language,
        interview=held.head,
        turn=held.turn,
        repeats=found.found,
        least=LEAST,
        timed_out=found.timed_out,
    )
