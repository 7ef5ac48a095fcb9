"""What every form is written from: the words of an interview or of a part of it, and how they are cited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from app import permalinks
from app.archive.holdings import HeldNote, HeldTurn, InterviewHead, numbered
from app.citing import works
from app.citing.works import Work


@dataclass(frozen=True, slots=True)
class Section:
    """Turns that stand together: those of one exchange, or those between two exchanges."""

    number: int | None
    """Of the exchange."""
    turns: tuple[HeldTurn, ...]


@dataclass(frozen=True, slots=True)
class Transcript:
    """The words of an interview, or of an answer and its questions, in one version."""

    work: Work
    head: InterviewHead
    turns: tuple[HeldTurn, ...]
    """In the order of the source."""
    notes: tuple[HeldNote, ...]

    @property
    def site(self) -> str:
        """The absolute address of the site, without a slash at its end."""
        return self.work.interview.removesuffix(permalinks.interview_path(self.head.slug))

    def sections(self) -> tuple[Section, ...]:
        """Return the turns exchange by exchange."""
        grouped = groupby(self.turns, key=lambda turn: turn.exchange)
        return tuple(Section(number, tuple(turns)) for number, turns in grouped)

    def notes_before(self) -> tuple[HeldNote, ...]:
        """Return the notes that stand before the first turn."""
        return tuple(note for note in self.notes if note.after is None)

    def lines(self, turn: HeldTurn) -> tuple[str | HeldNote, ...]:
        """Return the paragraphs of a turn and the notes in it, in their order, then those that follow it.

        In the place of words that are withheld stands a note that says so.
        """
        if turn.withheld is not None:
            return (HeldNote(f"[Withheld: {turn.withheld}]", turn.line, turn.id, 0),)
        notes = [note for note in self.notes if note.after == turn.id]
        lines: list[str | HeldNote] = []
        for at, paragraph in enumerate(turn.paragraphs):
            lines += [note for note in notes if note.paragraph == at]
            lines.append(paragraph)
        return (*lines, *(note for note in notes if note.paragraph >= len(turn.paragraphs)))


def of_interview(head: InterviewHead, turns: Sequence[HeldTurn], notes: Sequence[HeldNote], site: str) -> Transcript:
    """Return a whole interview. `site` is the absolute address of the site."""
    return Transcript(works.of_interview(head, turns, site), head, tuple(turns), tuple(notes))


def of_part(
    head: InterviewHead,
    questions: Sequence[HeldTurn],
    answer: HeldTurn | None,
    notes: Sequence[HeldNote],
    site: str,
) -> Transcript:
    """Return an answer with its questions, a statement without any, or questions without an answer."""
    turns = (*questions, answer) if answer is not None else tuple(questions)
    shown = {turn.id for turn in turns}
    kept = tuple(note for note in notes if note.after in shown)
    return Transcript(works.of_part(head, questions, answer, site), head, turns, kept)


def called(turn: HeldTurn) -> str:
    """Return how whoever speaks is called above a turn: as the source prints it, or by name; empty where neither is."""
    return turn.label or (turn.speaker.name if turn.speaker is not None else "")


def provenance(transcript: Transcript) -> tuple[tuple[str, str], ...]:
    """Return what is known of a transcript, each with what it is: the heading of the forms that people read."""
    head, work, source = transcript.head, transcript.work, transcript.head.source
    facts = [
        ("Part", f"{work.part} of {head.exchange_count}" if work.number is not None else work.part),
        ("Date", f"{head.date}, {head.time}" if head.date and head.time else head.date or "not known"),
        ("Speakers", "; ".join(", ".join(filter(None, (who.name, who.office))) for who in head.speakers)),
        ("Asked by", "; ".join(who.written for who in work.interviewers)),
        ("Outlets", "; ".join(work.outlets)),
        ("Place", head.place),
        ("Language", head.language),
        ("Translation", source.translation if source.translation != "original" else None),
        ("Address", work.address),
        ("Version", f"{numbered(head)}, {work.url}"),
        ("Interview", None if work.kind == "interview" else f"{work.interview}?v={head.version}"),
        ("Source", source.name),
        ("SHA-256", source.sha256),
        ("Published by", source.publisher),
        ("Published at", source.url),
        ("Retrieved", source.retrieved),
        ("Licence", source.licence),
    ]
    return tuple((name, value) for name, value in facts if value)
