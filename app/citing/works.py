"""What is cited: an interview or one answer of it, with all that any style or format says of it, in one record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from app import permalinks
from app.archive.holdings import Appearance, HeldTurn, InterviewHead
from app.citing.names import Name, parse

Kind = Literal["interview", "answer", "statement", "question"]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who speaks, with the address of their page."""

    slug: str
    name: Name
    written: str
    """The name as the archive has it."""
    office: str | None


@dataclass(frozen=True, slots=True)
class Work:
    """An interview, or a part of one that has an address of its own, in one version."""

    kind: Kind
    key: str
    """The slug of the interview, or the id of the turn."""
    number: int | None
    """Of a part, the number of its exchange."""
    title: str
    """Of the interview, in one line."""
    date: str | None
    """ISO 8601 at the precision known."""
    language: str
    """BCP 47 tag."""
    place: str | None
    authors: tuple[Person, ...]
    """Those whose words it is: who answers or states; of a question, who asks."""
    interviewers: tuple[Person, ...]
    """Those who are named as asking."""
    outlets: tuple[str, ...]
    version: int
    address: str
    """The permanent address, absolute."""
    interview: str
    """The permanent address of the interview, absolute."""
    publisher: str | None
    """Who published the source."""
    licence: str | None
    source: str | None
    """Where the source was published."""

    @property
    def url(self) -> str:
        """The address of this version, whose words stay as they are."""
        return f"{self.address}?v={self.version}"

    @property
    def part(self) -> str:
        """What of the interview it is: "answer 3"; empty for the whole."""
        if self.kind == "interview":
            return ""
        return self.kind if self.number is None else f"{self.kind} {self.number}"


def of_interview(head: InterviewHead, turns: Iterable[HeldTurn], site: str) -> Work:
    """Return a whole interview as it is cited. `site` is the absolute address of the site."""
    authors = tuple(_person(who) for who in head.speakers)
    askers = (turn for turn in turns if turn.role == "question")
    return _work(head, "interview", head.slug, None, authors, _askers(head, askers, authors), site)


def of_part(head: InterviewHead, questions: Sequence[HeldTurn], answer: HeldTurn | None, site: str) -> Work:
    """Return an answer with its questions, a statement without any, or questions without answer, as it is cited."""
    turn = answer or questions[-1]
    kind: Kind = "question" if answer is None else "answer" if answer.role == "answer" else "statement"
    authors = _askers(head, [turn], ())
    askers = () if answer is None else _askers(head, questions, authors)
    return _work(head, kind, turn.id, turn.exchange, authors, askers, site)


def _work(
    head: InterviewHead,
    kind: Kind,
    key: str,
    number: int | None,
    authors: tuple[Person, ...],
    interviewers: tuple[Person, ...],
    site: str,
) -> Work:
    interview = site + permalinks.interview_path(head.slug)
    return Work(
        kind=kind,
        key=key,
        number=number,
        # Some sources set a title in columns: its words are cited, not the space between them.
        title=" ".join(head.title.split()),
        date=head.date,
        language=head.language,
        place=head.place,
        authors=authors,
        interviewers=interviewers,
        outlets=tuple(outlet.name for outlet in head.outlets),
        version=head.version,
        address=interview if kind == "interview" else site + permalinks.answer_path(key),
        interview=interview,
        publisher=head.source.publisher,
        licence=head.source.licence,
        source=head.source.url,
    )


def _askers(head: InterviewHead, turns: Iterable[HeldTurn], others: Iterable[Person]) -> tuple[Person, ...]:
    """Return who speaks in `turns`, each once, without `others`."""
    known = {who.slug: who for who in (*head.speakers, *head.interviewers)}
    found = {turn.speaker.slug: known.get(turn.speaker.slug) or turn.speaker for turn in turns if turn.speaker}
    taken = {person.slug for person in others}
    return tuple(
        _person(who) if isinstance(who, Appearance) else Person(slug, parse(who.name), who.name, None)
        for slug, who in found.items()
        if slug not in taken
    )


def _person(who: Appearance) -> Person:
    return Person(who.slug, parse(who.name), who.name, who.office)
