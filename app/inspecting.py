"""Shows what the importer sees in one source, without an archive; it reads no file and stores nothing."""

from __future__ import annotations

from dataclasses import dataclass

from app.errors import SourceRefused
from app.parsing import parse
from app.readers import read
from app.records import Exchange, Finding, Line, Source, Speaker


@dataclass(frozen=True, slots=True)
class SeenTurn:
    """A turn as `inspect` shows it."""

    role: str
    speaker: str | None
    label: str
    paragraphs: tuple[str, ...]
    line: int
    lines: tuple[int, ...]
    """For each paragraph, the line of the source where it starts."""


@dataclass(frozen=True, slots=True)
class SeenText:
    """Words that nobody said, with their line."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Inspection:
    """What the importer sees in a source; as JSON, `dataclasses.asdict` of it. Empty but for `refused` if refused."""

    name: str
    sha256: str
    size: int
    title: str | None = None
    date: str | None = None
    time: str | None = None
    place: str | None = None
    language: str | None = None
    also_in: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    turns: tuple[SeenTurn, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    notes: tuple[SeenText, ...] = ()
    metadata: tuple[Line, ...] = ()
    furniture: tuple[Line, ...] = ()
    warnings: tuple[Finding, ...] = ()
    words: int = 0
    """Words of the source body, all accounted for."""
    encoding: str | None = None
    refused: str | None = None
    """None, or `file:line: reason`."""
    refused_code: str | None = None


def inspect(source: Source) -> Inspection:
    """Return what reading and parsing make of a source; a refusal is part of the record, not an exception."""
    try:
        document = read(source)
        interview = parse(document, source)
    except SourceRefused as refused:
        return Inspection(source.name, source.sha256, source.size, refused=str(refused), refused_code=refused.code)
    return Inspection(
        name=source.name,
        sha256=source.sha256,
        size=source.size,
        title=interview.title,
        date=interview.date,
        time=interview.time,
        place=interview.place,
        language=interview.language,
        also_in=interview.also_in,
        outlets=interview.outlets,
        speakers=interview.speakers,
        turns=tuple(SeenTurn(t.role, t.speaker, t.label, t.paragraphs, t.line, t.lines) for t in interview.turns),
        exchanges=interview.exchanges,
        notes=tuple(SeenText(note.text, note.line) for note in interview.notes),
        metadata=interview.metadata,
        furniture=interview.furniture,
        warnings=interview.findings,
        words=interview.words,
        encoding=document.encoding,
    )
