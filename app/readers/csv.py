"""Reads CSV files whose columns say who speaks and what; a table of anything else is refused."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from app.errors import SourceRefused
from app.readers import keys
from app.readers.decoding import decode
from app.records import Block, Document, Field

SUFFIXES = (".csv",)
MEDIA_TYPE = "text/csv"

_DELIMITERS = ",;\t|"
_CELL = 2**24
"""Characters of the longest cell that is read."""


def read(data: bytes) -> Document:
    """Return the blocks of a table, one turn a row; a line is that on which the row begins.

    Raises SourceRefused (with no name) where no columns are named for a speaker and for words.
    """
    decoded = decode(data)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    delimiter = max(_DELIMITERS, key=lambda one: text.partition("\n")[0].count(one))
    rows = _rows(text, delimiter)
    header, first = rows[0][1], rows[0][0]
    names = [keys.plain(name) for name in header]
    speaker = _column(names, keys.SPEAKERS)
    words = _column(names, keys.WORDS)
    if speaker < 0 or words < 0:
        reason = "the first row names no column for the speaker (speaker, name …) or none for the words (text, words …)"
        raise SourceRefused("", first, reason, "not-understood")
    blocks = [Block(name.strip(), first, "furniture", reason="column name") for name in header if name.strip()]
    fields: list[Field] = []
    for line, cells in rows[1:]:
        if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
            raise SourceRefused("", line, f"the row has {len(cells)} cells, the first row {len(header)}", "damaged")
        blocks += _turn(line, cells, names, (speaker, words), fields)
    witness = " ".join(cell for _, cells in rows for cell in cells)
    return Document(tuple(blocks), witness, decoded.encoding, False, tuple(fields), decoded.findings)


def _rows(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """Return the rows that hold anything, each with the line it begins on."""
    csv.field_size_limit(_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise SourceRefused("", line, f"not a table of this kind: {error}", "damaged") from error
    if not rows:
        raise SourceRefused("", 1, "the table holds nothing", "empty")
    return rows


def _column(names: Sequence[str], wanted: Sequence[str]) -> int:
    """Return the first column that has the first of the wanted names that any has; -1 where none has."""
    return next((names.index(name) for name in wanted if name in names), -1)


def _turn(
    line: int, cells: Sequence[str], names: Sequence[str], place: tuple[int, int], fields: list[Field]
) -> list[Block]:
    """Return one row's blocks; facts that it states are added to `fields`."""
    blocks: list[Block] = []
    for index, cell in enumerate(cells):
        value = " ".join(cell.split("\n")).strip()
        if index in place or not value:
            continue
        if fact := keys.field_of(names[index]):
            _add(fields, Field(fact, value, line))
        blocks.append(Block(value, line, "furniture", reason=names[index] or "column without a name"))
    speaker, words = (cells[index].strip() if index < len(cells) else "" for index in place)
    speaker = " ".join(speaker.split())
    paragraphs = [part.strip() for part in words.split("\n") if part.strip()]
    if speaker and not paragraphs:
        blocks.append(Block(speaker, line, "furniture", reason="speaker without words"))
    for number, paragraph in enumerate(paragraphs):
        blocks.append(Block(paragraph, line, speaker=speaker or None if not number else None))
    return blocks


def _add(fields: list[Field], fact: Field) -> None:
    """Add a fact that a row states; the same one is stated once. Raises SourceRefused where rows have two titles."""
    same = [one for one in fields if one.name == fact.name]
    if fact.name in ("title", "date") and any(one.value != fact.value for one in same):
        reason = f"several interviews in one file: the {fact.name} is {fact.value!r} here and {same[0].value!r} above"
        raise SourceRefused("", fact.line, reason, "several")
    if all(one.value != fact.value for one in same):
        fields.append(fact)
