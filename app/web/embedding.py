"""What puts an answer into another page: a frame, a quotation in plain HTML, and the size of either."""

from __future__ import annotations

from html import escape

from app.exports.transcripts import Transcript

WIDTH = 600
LONGEST = 600
"""Characters of an answer, and of a question, that stand in a frame; the rest is behind a link."""

_LETTER, _LINE, _EDGE, _AROUND = 9, 29, 44, 150
"""Pixels: of a letter and a line in the frame's type, of its sides, and of what stands around the words."""


def frame(transcript: Transcript, width: int = WIDTH, height: int | None = None) -> str:
    """Return an `iframe` of an answer in this version, without a script; as high as its words need."""
    work = transcript.work
    high = height_of(transcript, width) if height is None else height
    title = f"{_who(transcript)}: {work.title}"
    return (
        f'<iframe src="{escape(f"{work.address}/embed?v={work.version}")}" title="{escape(title)}" '
        f'width="{width}" height="{high}" loading="lazy" style="border:0;max-width:100%"></iframe>'
    )


def quotation(transcript: Transcript) -> str:
    """Return the words of an answer as a `blockquote` that says whose they are and where they stand."""
    work = transcript.work
    said = transcript.turns[-1].paragraphs
    words = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in cut(said)[0])
    told = escape(", ".join(filter(None, (_who(transcript), *work.outlets, work.date))))
    return (
        f'<blockquote cite="{escape(work.url)}" lang="{escape(work.language)}">{words}</blockquote>'
        f'<p>— {told}. <a href="{escape(work.url)}">{escape(work.title)}</a></p>'
    )


def height_of(transcript: Transcript, width: int) -> int:
    """Return the pixels that a frame of that width needs to show an answer; words are measured roughly, never short."""
    letters = max(20, (width - _EDGE) // _LETTER)
    shown = [paragraph for words in _shown(transcript) for paragraph in words]
    lines = sum(-(-len(paragraph) // letters) + 1 for paragraph in shown)
    return _AROUND + _LINE * lines


def cut(paragraphs: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
    """Return the paragraphs, or their first words within LONGEST characters, and whether anything is left out."""
    kept: list[str] = []
    left = LONGEST
    for paragraph in paragraphs:
        if len(paragraph) > left:
            begun = paragraph[:left].rsplit(" ", 1)[0].rstrip()
            return (*kept, f"{begun} …"), True
        kept.append(paragraph)
        left -= len(paragraph)
    return tuple(kept), False


def _shown(transcript: Transcript) -> tuple[tuple[str, ...], ...]:
    *questions, last = transcript.turns
    asked = tuple(paragraph for turn in questions for paragraph in turn.paragraphs)
    return cut(asked)[0], cut(last.paragraphs)[0]


def _who(transcript: Transcript) -> str:
    return ", ".join(person.written for person in transcript.work.authors) or transcript.turns[-1].label or "Not named"
