"""Markdown (CommonMark): the words with their permanent links; whatever they hold is text and never markup."""

from __future__ import annotations

import re

from app import permalinks
from app.archive.holdings import HeldTurn
from app.exports.transcripts import Transcript, called, provenance

SUFFIX = ".md"
MEDIA_TYPE = "text/markdown"
NAME = "Markdown"
IS_CITATION = False

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~&!]")
_ADDRESS = re.compile(r"https?://[^\s<>]+")
_AT_START = re.compile(r"^([-+=:]|\d{1,9}(?=[.)]))")


def write(transcript: Transcript) -> str:
    """Return the transcript as Markdown."""
    work = transcript.work
    facts = "\n".join(f"- {name}: {_value(value)}" for name, value in provenance(transcript))
    blocks = [f"# {escaped(work.title)}", facts]
    blocks += [f"*{escaped(note.text)}*" for note in transcript.notes_before()]
    for section in transcript.sections():
        if section.number is not None and work.kind == "interview":
            blocks.append(f"## {section.number}")
        for turn in section.turns:
            blocks += _turn(transcript, turn)
    return "\n\n".join(blocks) + "\n"


def _turn(transcript: Transcript, turn: HeldTurn) -> list[str]:
    name = called(turn)
    begins = f"**{escaped(name)}:** " if name else ""
    blocks = []
    for line in transcript.lines(turn):
        if isinstance(line, str):
            blocks.append(f"{begins}{escaped(line, at_start=not begins)}")
            begins = ""
        else:
            blocks.append(f"*{escaped(line.text)}*")
    if turn.role in ("answer", "statement"):
        blocks.append(f"<{transcript.site}{permalinks.answer_path(turn.id)}?v={transcript.head.version}>")
    return blocks


def escaped(text: str, *, at_start: bool = True) -> str:
    """Return `text` so that Markdown shows its very words; `at_start` of a line also what would begin a list."""
    text = _SPECIAL.sub(r"\\\g<0>", " ".join(text.splitlines()).strip())
    return _AT_START.sub(_apart, text) if at_start else text


def _apart(found: re.Match[str]) -> str:
    return f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}"


def _value(value: str) -> str:
    """Return a fact, with the addresses in it as links."""
    words = value.split(" ")
    return " ".join(f"<{word}>" if _ADDRESS.fullmatch(word) else escaped(word, at_start=False) for word in words)
