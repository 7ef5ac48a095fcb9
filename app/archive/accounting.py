"""Says of each line of a source what it was taken for, from what is held of it; nothing is parsed again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape
from typing import Literal

from app.archive.holdings import HeldInterview, HeldTurn
from app.records import Role

Kind = Literal["words", "label", "note", "metadata", "furniture"]

NO_FILE_LINES = {
    "application/pdf": "a line as printed, counted through all pages",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (
        "a paragraph, empty ones and those in tables counted"
    ),
}
"""The media types of which a line is no line of the file, and what it is."""
MARKED_UP = {"text/html", "application/json"}
"""Those whose files have lines without a word of the text."""

_LINE_END = re.compile(r"\r\n|\n|\r")
_OLD_LINE_END = re.compile("[\u0085\u2028\u2029]")
_TAG = re.compile(r"<[^>]*>")
_VOICE = re.compile(r"<(?:v(?:\.[^\s>]*)?\s([^>]*)|[^>]*)>")
"""A tag; what a voice of captions is called stands within it."""
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Part:
    """What a line, or something on it, was taken for."""

    kind: Kind
    """Words are somebody's; a label alone is the name of who speaks below."""
    continues: bool = False
    """Whether it began on a line above."""
    text: str = ""
    """What begins here, to its end; empty for what began above."""
    turn: str | None = None
    """Id of the turn whose words or label these are, or in which a note stands."""
    role: Role | None = None
    who: str | None = None
    """How whoever speaks is called."""
    label: str = ""
    """As printed before the words, where it stands on their line."""
    paragraph: int | None = None
    """Of the turn, from 1."""
    purpose: str = ""
    """Of metadata the fact that it gave, of furniture what shows that it is some."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line of a source."""

    number: int
    text: str | None
    """As the file has it, decoded; None where a line is no line of the file."""
    parts: tuple[Part, ...]
    """Empty of a blank line, and of one that holds nothing but the format's own marks."""


def lines_of(held: HeldInterview, data: bytes) -> tuple[SourceLine, ...]:
    """Return the lines of a source in order, each with what it was taken for.

    Where a line is no line of the file, those on which anything begins, each with the whole of it.
    """
    begun = _begun(held)
    source = held.head.source
    rows = None if source.media_type in NO_FILE_LINES else _rows(data, source.encoding)
    if rows is None or max(begun, default=0) > len(rows):
        return tuple(SourceLine(number, None, tuple(parts)) for number, parts in sorted(begun.items()))
    return tuple(_placed(rows, begun, is_text=source.media_type not in MARKED_UP))


def _rows(data: bytes, encoding: str) -> list[str] | None:
    try:
        text = data.decode(encoding, "replace").removeprefix("\ufeff")
    except LookupError:
        return None
    rows = _LINE_END.split(text)
    if len(rows) == 1:
        rows = _OLD_LINE_END.split(text)
    return rows if rows[-1] or len(rows) == 1 else rows[:-1]


def _begun(held: HeldInterview) -> dict[int, list[Part]]:
    """Return what begins on each line."""
    begun: dict[int, list[Part]] = {}
    for line in held.metadata:
        begun.setdefault(line.line, []).append(Part("metadata", text=line.text, purpose=line.purpose))
    for turn in held.turns:
        for number, part in _spoken(turn):
            begun.setdefault(number, []).append(part)
    for note in held.notes:
        begun.setdefault(note.line, []).append(Part("note", text=note.text, turn=note.after))
    for line in held.furniture:
        begun.setdefault(line.line, []).append(Part("furniture", text=line.text, purpose=line.purpose))
    return begun


def _spoken(turn: HeldTurn) -> Iterator[tuple[int, Part]]:
    who = turn.speaker.name if turn.speaker is not None else turn.label or None
    of_turn = Part("words", turn=turn.id, role=turn.role, who=who)
    if turn.label and turn.line not in turn.lines[:1]:
        yield turn.line, replace(of_turn, kind="label", text=turn.label)
    for number, (line, text) in enumerate(zip(turn.lines, turn.paragraphs, strict=False), 1):
        label = turn.label if number == 1 and line == turn.line else ""
        yield line, replace(of_turn, text=text, paragraph=number, label=label)


@dataclass(frozen=True, slots=True)
class _Begun:
    """A part that may go on in the lines below it, and its letters without spaces, with and without its label."""

    part: Part
    letters: str


def _placed(rows: Sequence[str], begun: Mapping[int, list[Part]], *, is_text: bool) -> Iterator[SourceLine]:
    """Yield every line of the file; one on which nothing begins goes on with what has its words, above."""
    last: list[_Begun] = []
    spoken: list[_Begun] = []
    for number, row in enumerate(rows, 1):
        parts = begun.get(number)
        if parts is not None:
            goes_on = _beside(row, parts, spoken)
            last = [_Begun(part, _letters_of(part)) for part in reversed(parts)]
            spoken = [each for each in last if each.part.kind == "words"][:1] or spoken
            yield SourceLine(number, row, (*parts, *goes_on))
            continue
        above = _above(row, [*last, *spoken], is_text) if row.strip() else None
        yield SourceLine(number, row, _continued(above))


def _continued(part: Part | None) -> tuple[Part, ...]:
    return () if part is None else (replace(part, continues=True, text="", label=""),)


def _beside(row: str, parts: Sequence[Part], spoken: Sequence[_Begun]) -> tuple[Part, ...]:
    """Return what goes on with somebody's words on a line on which only other things begin."""
    if any(part.kind not in ("furniture", "note") for part in parts):
        return ()
    rest = "".join(unescape(_VOICE.sub(r"\1", row)).split())
    for part in parts:
        rest = rest.replace("".join(part.text.split()), "", 1)
    found = next((each.part for each in spoken if rest in each.letters), None) if _WORD.search(rest) else None
    return _continued(found)


def _letters_of(part: Part) -> str:
    forms = (f"{part.label}:{part.text}", f"{part.label}{part.text}") if part.label else (part.text,)
    return "\n".join("".join(form.split()) for form in forms)


def _above(row: str, candidates: Sequence[_Begun], is_text: bool) -> Part | None:
    for form in (row, unescape(_TAG.sub("", row))):
        letters = "".join(form.split())
        if is_text or _WORD.search(letters):
            found = next((each.part for each in candidates if letters in each.letters), None)
            if found is not None:
                return found
    # Of a text every line is accounted for; where its words were mended, they are not found as they stand here.
    return candidates[-1].part if is_text and candidates else None
