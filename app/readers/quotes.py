"""Sets aside pull quotes: words of the text that a page shows a second time; nothing that stands once is touched."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import replace

from app.records import Block

_MARKS = "\"'“”„‟«»‘’‹›"
_SHORTEST, _LONGEST = 4, 80
"""Words of a pull quote."""
_FOLDED = re.compile(r"[\W_]+")


def set_aside(blocks: Sequence[Block], quoted: Container[int]) -> list[Block]:
    """Return the blocks with pull quotes made furniture; `quoted` are those that the page marks as quotations.

    A pull quote is a whole block, in quotation marks from end to end or marked as a quotation by the page, whose words
    stand without those marks in another block of text.
    """
    marked = {number for number, block in enumerate(blocks) if block.kind == "text" and number in quoted}
    if len(marked) * 4 > sum(block.kind == "text" for block in blocks):
        marked = set()  # a whole transcript can stand in a quotation
    able = [number for number, block in enumerate(blocks) if _could_be(block, number in marked)]
    if not able:
        return list(blocks)
    texts = [_folded(block.text) if block.kind == "text" else "" for block in blocks]
    out = list(blocks)
    for number in able:
        words = texts[number]
        if any(words in text for other, text in enumerate(texts) if other != number and len(text) > len(words)):
            out[number] = replace(blocks[number], kind="furniture", reason="pull quote", continues=False)
    return out


def _could_be(block: Block, is_marked: bool) -> bool:
    text = block.text
    if block.kind != "text" or not _SHORTEST <= len(text.split()) <= _LONGEST:
        return False
    return is_marked or (text[0] in _MARKS and text.rstrip(".")[-1] in _MARKS)


def _folded(text: str) -> str:
    return f" {_FOLDED.sub(' ', text.casefold()).strip()} "
