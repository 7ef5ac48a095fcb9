"""Shows what the importer sees in one source, without an archive; it reads no file and stores nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from app.bounded import interview_in
from app.errors import SourceRefused
from app.parsing.candidates import generic_role
from app.records import Block, Document, Exchange, Finding, Interview, Line, Role, Source, Speaker, Turn

_DOES: dict[Role, str] = {"question": "asks", "answer": "answers", "statement": "speaks", "moderator": "chairs"}


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
    evidence: tuple[str, ...] = ()
    """What shows that somebody begins to speak here, and who, e.g. "bold"."""


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
        document, interview = interview_in(source)
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
        turns=tuple(_seen(document, interview)),
        exchanges=interview.exchanges,
        notes=tuple(SeenText(note.text, note.line) for note in interview.notes),
        metadata=interview.metadata,
        furniture=interview.furniture,
        warnings=interview.findings,
        words=interview.words,
        encoding=document.encoding,
    )


def _seen(document: Document, interview: Interview) -> Iterator[SeenTurn]:
    """Yield the turns with their evidence."""
    blocks: dict[int, list[Block]] = defaultdict(list)
    for block in document.blocks:
        if block.kind != "furniture":
            blocks[block.line].append(block)
    counts = Counter(turn.label for turn in interview.turns)
    offices = {speaker.name: speaker.office for speaker in interview.speakers}
    for turn in interview.turns:
        evidence = [*_of_label(turn, blocks[turn.line], counts[turn.label])]
        if turn.speaker and turn.speaker.split()[-1].casefold() in interview.title.casefold():
            evidence.append("named in the title")
        if office := offices.get(turn.speaker or ""):
            evidence.append(f"holds an office: {office}")
        evidence += [finding.code for finding in interview.findings if finding.line == turn.line]
        yield SeenTurn(
            turn.role, turn.speaker, turn.label, turn.paragraphs, turn.line, turn.lines, tuple(dict.fromkeys(evidence))
        )


def _of_label(turn: Turn, blocks: list[Block], count: int) -> Iterator[str]:
    """Yield what speaks for a label: the format's own word for the speaker, markup, its word, how often it stands."""
    if not turn.label:
        yield "no label: told by the structure"
        return
    block = next((block for block in blocks if turn.label in (block.speaker or block.text)), None)
    if block is not None and block.speaker:
        yield "named by the format"
    elif block is not None and block.kind == "heading":
        yield "a heading"
    elif block is not None and any(block.text[a:b].strip(" :").startswith(turn.label[:3]) for a, b in block.strong):
        yield "bold"
    if role := generic_role(turn.label):
        yield f"a word for who {_DOES[role]}"
    yield f"stands {count} times" if count > 1 else "stands once"
