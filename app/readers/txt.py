"""Reads plain text: lines, wrapped or one a paragraph, into blocks; plain text marks nothing else."""

from __future__ import annotations

import re

from app.readers.decoding import decode
from app.readers.wrapping import Row, continuing
from app.records import Block, Document

SUFFIXES = (".txt",)
MEDIA_TYPE = "text/plain"

_LINE_END = re.compile(r"\r\n|\n|\r")
_OLD_LINE_END = re.compile("[\u0085\u2028\u2029]")
_UNSEEN = "\ufeff\u200b\u200c\u200d\u2060\u00ad \t\u00a0"


def read(data: bytes) -> Document:
    """Return the blocks of a plain text. Raises SourceRefused (with no name) for what is not text."""
    decoded = decode(data)
    rows, furniture = _rows(decoded.text)
    words = [Block(row.text, row.line, continues=goes_on) for row, goes_on in zip(rows, continuing(rows), strict=True)]
    blocks = sorted([*words, *furniture], key=lambda block: block.line)
    return Document(tuple(blocks), decoded.text, decoded.encoding, False, (), decoded.findings)


def _rows(text: str) -> tuple[list[Row], list[Block]]:
    """Return the lines that hold words, and those that hold only characters nobody sees."""
    lines = _LINE_END.split(text)
    if len(lines) == 1:
        lines = _OLD_LINE_END.split(text)
    rows: list[Row] = []
    unseen: list[Block] = []
    gap = True
    for number, raw in enumerate(lines, 1):
        line = raw.strip()
        if not line.strip(_UNSEEN):
            if line:
                unseen.append(Block(line, number, "furniture", reason="characters that are not seen"))
            gap = True
            continue
        rows.append(Row(line, number, gap))
        gap = False
    return rows, unseen
