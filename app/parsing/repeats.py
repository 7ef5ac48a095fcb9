"""Tells paragraphs that a source prints twice, as a page's last one again at the top of the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.parsing.turns import Cut
from app.records import Finding, Line

_LONGEST_WAY = 6
"""Paragraphs between the two within which one is the other again, and nobody who repeats himself."""
_SHORTEST = 100
"""Characters below which people do say the same twice."""


def set_aside(cut: Cut) -> None:
    """Move a long paragraph that stands in a turn a second time, word for word, to what is kept aside of the turns.

    The first one stays. A turn that would have no words left keeps them. Each is told by a finding.
    """
    for number, draft in enumerate(cut.drafts):
        gone = _again(draft.paragraphs)
        if not gone:
            continue
        for at in gone:
            line = draft.lines[at]
            cut.furniture.append(Line(draft.paragraphs[at], line, "paragraph repeated"))
            message = "a paragraph stands here a second time: it is kept once"
            cut.findings.append(Finding("paragraph-repeated", line, message))
        cut.notes = [
            note
            if note.after != number
            else replace(note, paragraph=note.paragraph - sum(at < note.paragraph for at in gone))
            for note in cut.notes
        ]
        draft.paragraphs = [text for at, text in enumerate(draft.paragraphs) if at not in gone]
        draft.lines = [line for at, line in enumerate(draft.lines) if at not in gone]


def _again(paragraphs: Sequence[str]) -> list[int]:
    """Return the indices of the long paragraphs that stand before already, not far away."""
    seen: dict[str, int] = {}
    found: list[int] = []
    for at, paragraph in enumerate(paragraphs):
        if len(paragraph) < _SHORTEST:
            continue
        text = "".join(paragraph.split())
        if text in seen and at - seen[text] <= _LONGEST_WAY:
            found.append(at)
        else:
            seen[text] = at
    return found
