"""Reads plain text: lines, wrapped or one a paragraph, into blocks; plain text marks nothing else."""

from __future__ import annotations

import re

from app.readers.decoding import decode
from app.readers.mending import LINE_END, undo_references
from app.readers.wrapping import Row, continuing
from app.records import Block, Document

SUFFIXES = (".txt",)
MEDIA_TYPE = "text/plain"

_OLD_LINE_END = re.compile("[\u0085\u2028\u2029]")
_UNSEEN = "\ufeff\u200b\u200c\u200d\u2060\u00ad \t\u00a0"


def read(data: bytes) -> Document:
    """Return the blocks of a plain text. Raises SourceRefused (with no name) for what is not text."""
    decoded = decode(data)
    text, undone = undo_references(decoded.text, is_marked_up=False)
    is_written_out = any(finding.code == "bytes-written-out" for finding in decoded.findings)
    rows, furniture = _rows(text, is_written_out)
    words = [Block(row.text, row.line, continues=goes_on) for row, goes_on in zip(rows, continuing(rows), strict=True)]
    blocks = sorted([*words, *furniture], key=lambda block: block.line)
    return Document(tuple(blocks), text, decoded.encoding, False, (), (*decoded.findings, *undone))


def _rows(text: str, is_written_out: bool) -> tuple[list[Row], list[Block]]:
    """Return the lines that hold words, and those that hold only characters nobody sees.

    Where line ends were written out, several lines of the text stand on one of the source.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(lines) == 1 and not is_written_out:
        lines = _OLD_LINE_END.split(text)
    rows: list[Row] = []
    unseen: list[Block] = []
    gap = True
    numbered = list(enumerate(lines, 1))
    if is_written_out:
        numbered = [(number, part) for number, line in numbered for part in line.split(LINE_END)]
    for number, raw in numbered:
        line = raw.strip()
        if not line.strip(_UNSEEN):
            if line:
                unseen.append(Block(line, number, "furniture", reason="characters that are not seen"))
            gap = True
            continue
        rows.append(Row(line, number, gap))
        gap = False
    return rows, unseen
