"""An answer by itself, for a frame in any other page: its question, its words, whose they are, and where they stand."""

from __future__ import annotations

from dataclasses import dataclass

from app import permalinks
from app.archive.holdings import Named
from app.archive.opening import Lease
from app.records import Role
from app.web.asking import VersionNumber
from app.web.embedding import cut
from app.web.errors import Elsewhere, NoPage, Problem
from app.web.pages import answer
from app.web.quoted import Quoted
from app.web.sought import Sought
from app.web.templating import address

ADDRESS = "/a/{id}/embed"
FRAMED = True


@dataclass(frozen=True, slots=True)
class Embed:
    """An answer, a statement, or a question without an answer, as short as a frame wants it."""

    id: str
    url: str
    """Path of the answer's permanent page."""
    shown: str
    """Path and query of that page as this version has it."""
    version: int
    versions: int
    """How many there are."""
    current: int
    """Number of the current one."""
    language: str
    title: str
    """Of the interview."""
    date: str | None
    role: Role
    speaker: str | None
    """How whoever speaks is called."""
    office: str | None
    outlets: tuple[Named, ...]
    question: tuple[str, ...]
    """Paragraphs; none of a statement."""
    paragraphs: tuple[str, ...]
    is_cut: bool
    """Whether some of the words are left out."""
    is_revised: bool
    """Whether today's text of these words, or of their question, is another, or they have ended."""


def page(lease: Lease, id: str, v: VersionNumber = None) -> Embed:
    """Return an answer with its question, shortened where it is long."""
    try:
        found = answer.page(lease, id, Sought(), Quoted(), v)
    except Elsewhere as elsewhere:
        if not elsewhere.path.startswith(permalinks.answer_path("")):
            raise NoPage(Problem(404, "No page of its own", "These words stand in their interview alone.")) from None
        raise Elsewhere(f"{elsewhere.path}/embed", query=address("", v=v).removeprefix("?")) from None
    turn, head = found.turn, found.interview
    asked = () if found.answer is None else tuple(words for turn in found.questions for words in turn.paragraphs)
    question, question_is_cut = cut(asked)
    paragraphs, is_cut = cut(turn.paragraphs)
    return Embed(
        id=found.id,
        url=found.url,
        shown=address(found.url, v=v),
        version=found.version,
        versions=head.versions,
        current=head.current,
        language=found.language,
        title=head.title,
        date=head.date,
        role=turn.role,
        speaker=turn.speaker.name if turn.speaker is not None else turn.label or None,
        office=None if turn.speaker is None else head.offices.get(turn.speaker.slug),
        outlets=head.outlets,
        question=question,
        paragraphs=paragraphs,
        is_cut=is_cut or question_is_cut,
        is_revised=_is_revised(lease, found),
    )


def _is_revised(lease: Lease, found: answer.Answer) -> bool:
    if found.version == found.interview.current:
        return False
    try:
        today = answer.page(lease, found.id, Sought(), Quoted(), None)
    except (NoPage, Elsewhere):
        return True
    return [turn.paragraphs for turn in today.turns] != [turn.paragraphs for turn in found.turns]
