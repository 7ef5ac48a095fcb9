"""Cuts a document's blocks into turns and the notes between their paragraphs; roles are decided elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from app.parsing.candidates import Label
from app.records import Block, Finding, Line, Note

_STAGE = re.compile(r"(?:\([^()]{1,300}\)|\[[^\[\]]{1,300}\]|（[^（）]{1,300}）|<[a-z][^<>]{1,60}>)[.。]?")
_CONTINUED = re.compile(r"[(\[]\s?(?:cont|ctd)[^)\]]{0,12}[)\]]\s*", re.IGNORECASE)
_LABELS = re.compile(r"(?:[^\W\d_a-zа-яё][^\W\d_:.?!]{2,}(?: [^\W\d_:.?!]+){0,2}[:：]\s*)(?:[^\W\d_][^\s:]+[:：]|$)")
"""A label and nothing but another label after it, or nothing."""
_RULE = re.compile(r"[\W_]+")


@dataclass(slots=True)
class Draft:
    """A turn while its paragraphs are gathered."""

    label: Label
    line: int
    speaker: str | None
    paragraphs: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Cut:
    """What the blocks from the first label on come to."""

    drafts: list[Draft] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    furniture: list[Line] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    columns: int = 0
    """How often labels stand together without words, as where columns are read apart."""


def cut(blocks: Sequence[Block], labels: dict[int, Label], names: dict[str, str]) -> Cut:
    """Return the turns that `labels` begin, by index into `blocks`; `names` tells the person each label stands for.

    Blocks before the first label are left out: they are the head. A named speaker's next label right after their own
    turn continues it; that label is kept as furniture.
    """
    out = Cut()
    open_paragraph = False
    for index in range(min(labels, default=len(blocks)), len(blocks)):
        block = blocks[index]
        label = labels.get(index)
        text = block.text
        if label is not None:
            text = text[label.end :].strip()
            if (goes_on := _CONTINUED.match(text)) and out.drafts and out.drafts[-1].label.text == label.text:
                out.furniture.append(Line(f"{label.text}{label.mark} {goes_on[0]}", block.line, "label repeated"))
                text = text[goes_on.end() :].strip()
                label = None
        if label is not None:
            _begin(out, label, block.line, names.get(label.text))
            out.columns += bool(_LABELS.match(text))
            open_paragraph = False
        elif not block.continues and (purpose := _aside(block)):
            _set_aside(out, block, purpose)
            open_paragraph = False
            continue
        if not text:
            continue
        draft = out.drafts[-1]
        if block.continues and open_paragraph and label is None:
            draft.paragraphs[-1] += " " + text
        else:
            draft.paragraphs.append(text)
            draft.lines.append(block.line)
        open_paragraph = True
    return _without_empty(out)


def _begin(out: Cut, label: Label, line: int, speaker: str | None) -> None:
    last = out.drafts[-1] if out.drafts else None
    if last is not None and speaker is not None and last.speaker == speaker:
        out.furniture.append(Line(label.text + label.mark, line, "label repeated"))
        return
    out.drafts.append(Draft(label, line, speaker))


def _aside(block: Block) -> str:
    if _STAGE.fullmatch(block.text) or block.kind == "heading":
        return "note"
    return "separator" if _RULE.fullmatch(block.text) and not block.text.strip("*-–—_=~•·. \u00a0#") else ""


def _set_aside(out: Cut, block: Block, purpose: str) -> None:
    if purpose == "note":
        out.notes.append(Note(block.text, block.line, len(out.drafts) - 1, len(out.drafts[-1].paragraphs)))
    else:
        out.furniture.append(Line(block.text, block.line, purpose))


def _speak_by_remarks(out: Cut) -> None:
    """Make remarks that alone stand under a label, as "(inaudible)" does, what is said there: somebody spoke."""
    silent = {number for number, draft in enumerate(out.drafts) if not draft.paragraphs}
    notes: list[Note] = []
    for note in out.notes:
        if note.after in silent and _STAGE.fullmatch(note.text):
            draft = out.drafts[note.after]
            draft.paragraphs.append(note.text)
            draft.lines.append(note.line)
        else:
            notes.append(note)
    out.notes = notes


def _without_empty(out: Cut) -> Cut:
    """Return the same with labels that no words follow made notes: nobody speaks there."""
    _speak_by_remarks(out)
    if all(draft.paragraphs for draft in out.drafts):
        return out
    out.columns += len({one.line for one, two in pairwise(out.drafts) if not one.paragraphs and one.line == two.line})
    empty = sum(not one.paragraphs for one in out.drafts)
    together = sum(not one.paragraphs and not two.paragraphs for one, two in pairwise(out.drafts))
    out.columns += together if together > 1 and empty * 5 > len(out.drafts) else 0
    kept: list[Draft] = []
    place: list[int] = []
    notes: list[tuple[int, Note]] = []
    for number, draft in enumerate(out.drafts):
        if draft.paragraphs:
            kept.append(draft)
        else:
            text = draft.label.text + draft.label.mark
            after = len(kept) - 1 if kept else None
            notes.append((number, Note(text, draft.line, after, len(kept[-1].paragraphs) if kept else 0)))
            out.findings.append(Finding("label-without-words", draft.line, f"nothing is said under “{text}”"))
        place.append(len(kept) - 1)
    moved = [note for _, note in notes]
    for note in out.notes:
        if note.after is not None and not out.drafts[note.after].paragraphs:
            after = place[note.after] if place[note.after] >= 0 else None
            count = len(kept[after].paragraphs) if after is not None else 0
            moved.append(Note(note.text, note.line, after, count))
        else:
            moved.append(Note(note.text, note.line, None if note.after is None else place[note.after], note.paragraph))
    out.drafts, out.notes = kept, sorted(moved, key=lambda note: note.line)
    return out
