"""Plain text: a heading that says what it is and where it is from, then the words, a paragraph a line."""

from __future__ import annotations

from app.exports.transcripts import Transcript, called, provenance

SUFFIX = ".txt"
MEDIA_TYPE = "text/plain"
NAME = "Plain text"
IS_CITATION = False


def write(transcript: Transcript) -> str:
    """Return the transcript as text."""
    facts = provenance(transcript)
    width = max(len(name) for name, _ in facts) + 1
    heading = "\n".join(f"{f'{name}:':{width}} {value}" for name, value in facts)
    blocks = [transcript.work.title, heading, "-" * 8]
    blocks += [_note(note.text) for note in transcript.notes_before()]
    for turn in transcript.turns:
        name = called(turn)
        begins = f"{name}: " if name else ""
        for line in transcript.lines(turn):
            if isinstance(line, str):
                blocks.append(f"{begins}{line}")
                begins = ""
            else:
                blocks.append(_note(line.text))
    return "\n\n".join(blocks) + "\n"


def _note(text: str) -> str:
    return text if text[:1] in "([{<*" else f"[{text}]"
