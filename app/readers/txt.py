"""Reads plain text: lines, wrapped or one a paragraph, into blocks; plain text marks nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from statistics import quantiles

from app.readers.decoding import decode
from app.records import Block, Document

SUFFIXES = (".txt",)
MEDIA_TYPE = "text/plain"

_LINE_END = re.compile(r"\r\n|\n|\r")
_OLD_LINE_END = re.compile("[\u0085\u2028\u2029]")
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060\u00ad"
_SENTENCE_END = re.compile(r"[.?!…:;][)\]}\"'”’»]*$")
_WIDEST_WRAP = 132


@dataclass(frozen=True, slots=True)
class _Row:
    text: str
    line: int
    after_blank: bool


def read(data: bytes) -> Document:
    """Return the blocks of a plain text. Raises SourceRefused (with no name) for what is not text."""
    decoded = decode(data)
    rows, furniture = _rows(decoded.text)
    blocks = sorted([*_joined(rows), *furniture], key=lambda block: block.line)
    return Document(tuple(blocks), decoded.text, decoded.encoding, False, (), decoded.findings)


def _rows(text: str) -> tuple[list[_Row], list[Block]]:
    """Return the lines that hold words, and those that hold only characters nobody sees."""
    lines = _LINE_END.split(text)
    if len(lines) == 1:
        lines = _OLD_LINE_END.split(text)
    rows: list[_Row] = []
    unseen: list[Block] = []
    blank = True
    for number, raw in enumerate(lines, 1):
        line = raw.strip()
        if not line.strip(_INVISIBLE + " \t"):
            if line:
                unseen.append(Block(line, number, "furniture", reason="characters that are not seen"))
            blank = True
            continue
        rows.append(_Row(line, number, blank))
        blank = False
    return rows, unseen


def _joined(rows: list[_Row]) -> list[Block]:
    """Return a block for each line, marked where it continues the paragraph of the line before."""
    width = _wrap_width(rows)
    spaced = sum(row.after_blank for row in rows) * 12 > len(rows)
    blocks: list[Block] = []
    for before, row in zip([None, *rows], rows, strict=False):
        goes_on = (
            width > 0
            and before is not None
            and not row.after_blank
            and (_is_full(before, row, width) or (spaced and not _SENTENCE_END.search(before.text)))
        )
        blocks.append(Block(row.text, row.line, continues=goes_on))
    return blocks


def _is_full(row: _Row, following: _Row, width: int) -> bool:
    """Say whether the next line's first word would not have fitted on this one."""
    word = following.text.split(maxsplit=1)[0]
    return len(row.text) + 1 + len(word) > width * 0.85


def _wrap_width(rows: list[_Row]) -> int:
    """Return the width at which the lines are wrapped, in characters; 0 where each line is a paragraph."""
    inner = [(a, b) for a, b in pairwise(rows) if not b.after_blank]
    if len(inner) < 2:
        return 0
    lengths = [len(a.text) for a, _ in inner]
    width = int(quantiles(lengths, n=20)[-1]) if len(lengths) > 20 else max(lengths)
    if width > _WIDEST_WRAP or width < 30:
        return 0
    full = sum(_is_full(a, b, width) for a, b in inner)
    return width if full >= 0.6 * len(inner) else 0
