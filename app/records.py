"""The frozen records that pass between layers, in the words of the field; no behaviour beyond what they derive."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

Role = Literal["question", "answer", "statement", "moderator"]
"""Who a turn's words belong to: the asker, the official asked, the official unasked, the person who chairs."""

TranslationStatus = Literal["original", "official", "unofficial"]
"""What a text is: the words as spoken, a translation by its issuer, a translation by somebody else."""

BlockKind = Literal["text", "heading", "furniture"]


@dataclass(frozen=True, slots=True)
class Provenance:
    """What is known of where a source came from. Every field is stated by a sidecar, none is guessed."""

    id: str | None = None
    """A stable name of the interview, given by whoever keeps the files."""
    url: str | None = None
    publisher: str | None = None
    retrieved: str | None = None
    """ISO 8601 date or date and time."""
    licence: str | None = None
    outlets: tuple[str, ...] = ()
    language: str | None = None
    """BCP 47 tag of the text."""
    translation: TranslationStatus | None = None
    translation_of: str | None = None
    """The sidecar id or slug of the interview this one translates."""


@dataclass(frozen=True)
class Source:
    """One transcript file exactly as received."""

    name: str
    """The file's name, without its folder."""
    data: bytes = field(repr=False)
    media_type: str
    provenance: Provenance = Provenance()

    @cached_property
    def sha256(self) -> str:
        """Lower-case hexadecimal SHA-256 of the bytes."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.data)


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading or piece of page furniture, as the format marks it; a wrapped paragraph is several."""

    text: str
    """The words as the source has them: line ends that mean nothing made a space, the ends stripped, all else
    unchanged."""
    line: int
    """Line of the source where it starts, from 1."""
    kind: BlockKind = "text"
    strong: tuple[tuple[int, int], ...] = ()
    """Half-open character ranges of `text` that the format sets in bold, merged and in order."""
    reason: str = ""
    """For furniture: what shows that it is, e.g. "navigation"."""
    continues: bool = False
    """Whether it goes on in the paragraph of the block before, as a wrapped line does, unless somebody speaks up."""
    speaker: str | None = None
    """The speaker that the format itself names, as it writes the name, where this block begins a turn: a field, a
    column, a voice. The words of the name stand in the witness and not in `text`."""


@dataclass(frozen=True, slots=True)
class Field:
    """A fact that a format states outside the body, e.g. HTML's <title> or a front matter key."""

    name: str
    value: str
    line: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A doubtful decision or a noteworthy fact about one line of a source."""

    code: str
    """Stable, lower case, hyphenated, e.g. "label-once"."""
    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader makes of bytes: the words in order with their markup, before anybody asks who speaks."""

    blocks: tuple[Block, ...]
    witness: str
    """The body's text taken by a second, simpler route; conservation is checked against it."""
    encoding: str
    """The encoding found, e.g. "utf-8"."""
    marked_up: bool
    """Whether the format can mark bold and headings, so that their absence means something."""
    fields: tuple[Field, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """Words of a source that are neither turn nor note, and what they were taken for."""

    text: str
    line: int
    purpose: str
    """For metadata the field it gave ("title", "date", "languages"); for furniture the reason it is furniture."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person as one document presents them."""

    name: str
    """As people write it, e.g. "Sergey Lavrov"."""
    office: str | None
    """The office held in this document, e.g. "Foreign Minister"; None where the document does not say."""
    labels: tuple[str, ...]
    """The labels that stand for this person in the document, as printed."""
    named: bool = True
    """Whether the document names the person; where it gives an office alone, `name` is that office."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One person speaking without interruption."""

    role: Role
    speaker: str | None
    """The name of one of the interview's people; None under a generic label such as "Question"."""
    label: str
    """As printed, without the mark that ends it; empty where the source prints none."""
    mark: str
    """The mark that ends the label in the source, e.g. ":"; empty where there is none."""
    paragraphs: tuple[str, ...]
    lines: tuple[int, ...]
    """For each paragraph, the line of the source where it starts."""
    line: int
    """Line of the source where the turn starts, its label included."""


@dataclass(frozen=True, slots=True)
class Note:
    """Words in the source that nobody said: a stage direction, an editor's note, a heading."""

    text: str
    line: int
    after: int | None
    """Index of the turn in which or after which it stands; None before the first turn."""
    paragraph: int
    """How many paragraphs of that turn stand before it (equal to their number where it follows the turn)."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question, of one or more question turns, and all answers to it; indices into the interview's turns."""

    questions: tuple[int, ...]
    answers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Interview:
    """One event in one language, as one source gives it."""

    title: str
    date: str | None
    """ISO 8601 at the precision known: YYYY, YYYY-MM or YYYY-MM-DD; None where the source does not say."""
    time: str | None
    """HH:MM as printed."""
    place: str | None
    language: str
    """BCP 47 tag."""
    also_in: tuple[str, ...]
    """BCP 47 tags of the languages it was also published in, as the source states."""
    outlets: tuple[str, ...]
    speakers: tuple[Speaker, ...]
    """Everybody who is named as speaking: those who answer or state, then those who only ask or chair."""
    turns: tuple[Turn, ...]
    notes: tuple[Note, ...]
    exchanges: tuple[Exchange, ...]
    metadata: tuple[Line, ...]
    furniture: tuple[Line, ...]
    findings: tuple[Finding, ...]
    words: int
    """Words of the source body, all of them accounted for."""
