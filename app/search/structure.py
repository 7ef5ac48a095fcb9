"""Checks what the index keeps for itself: that each word leads to its rows, the sizes of rows, and their totals."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, text

_WORDS = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_words USING fts5vocab(main, search_index, row)"
_LENGTHS = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_terms USING fts5vocab(main, search_index, instance)"
_WORD = text("SELECT term, doc FROM temp.search_words")
_FOUND = text("SELECT count(*) FROM search_index WHERE search_index MATCH :query")
_COUNTED = text("SELECT doc, col, count(*) FROM temp.search_terms GROUP BY doc, col")
_SIZES = text("SELECT id, sz FROM search_index_docsize")
_TOTALS = text("SELECT block FROM search_index_data WHERE id = 1")
_WAYS = text("SELECT segid, term, pgno FROM search_index_idx ORDER BY segid, pgno")
_LEAVES = text("SELECT id, block FROM search_index_data WHERE id > 10")
_SETTINGS = text("SELECT k, v FROM search_index_config")
_COLUMNS = ("answer", "answer_stem", "question", "question_stem", "filters")
_FORMAT = [("version", 4)]
_PAGE, _PAGE_AND_KIND = 2**31 - 1, 2**37 - 1
"""Bits of a number: of a leaf they are the same; of the pages above leaves they are not."""


def faults(c: Connection) -> Iterator[str]:
    """Yield what is wrong in the tables behind the index, one sentence each.

    Their layout is that of FTS5, https://www.sqlite.org/fts5.html, section 9. `c` must be let make temporary tables.
    """
    c.exec_driver_sql(_WORDS)
    c.exec_driver_sql(_LENGTHS)
    for term, rows in c.execute(_WORD).all():
        if c.execute(_FOUND, {"query": '"' + term.replace('"', '""') + '"'}).scalar() != rows:
            yield f"the index does not find {term!r} where it is"
    sizes = {row: [0] * len(_COLUMNS) for (row,) in c.exec_driver_sql("SELECT id FROM search_rows")}
    for row, column, count in c.execute(_COUNTED):
        sizes.setdefault(row, [0] * len(_COLUMNS))[_COLUMNS.index(column)] = count
    totals = [len(sizes), *(sum(each[at] for each in sizes.values()) for at in range(len(_COLUMNS)))]
    for row, size in c.execute(_SIZES):
        if _numbers(size) != sizes.pop(row, None):
            yield f"the index has another size for row {row}"
    yield from (f"the index has no size for row {row}" for row in sizes)
    if any(totals) and _numbers(c.execute(_TOTALS).scalar()) != totals:
        yield "the index has other totals than its rows"
    yield from _lost_ways(c)
    if [tuple(row) for row in c.execute(_SETTINGS)] != _FORMAT:
        yield "the index has other settings than those it was made with"


def _lost_ways(c: Connection) -> Iterator[str]:
    """Yield which entry of the table of ways leads to no page, or to one that does not begin with its term.

    A page is numbered segment * 2 ** 37 + page; the first of a segment is entered under no term at all. A merge that
    is done by and by takes away the first pages of a segment and leaves their ways, which lead to the first that stays.
    """
    leaves = {row.id: row.block for row in c.execute(_LEAVES)}
    first: dict[int, int] = {}
    for number in sorted(number for number in leaves if number & _PAGE == number & _PAGE_AND_KIND):
        first.setdefault(number >> 37, number & _PAGE)
    last: dict[int, bytes] = {}
    for segment, term, place in c.execute(_WAYS):
        page, start, before = place >> 1, first.get(segment), last.get(segment)
        last[segment] = term
        leads = start is not None and (
            page <= start or _first_term(leaves.get((segment << 37) + page, b"")).startswith(term)
        )
        if not leads or (term != b"" if before is None else term <= before):
            yield f"the index leads astray at {term!r} of segment {segment}"
    yield from (f"the index has no way to segment {segment}" for segment in sorted(first.keys() - last.keys()))


def _first_term(leaf: bytes) -> bytes:
    """Return the first term of a leaf: its place begins the footer, whose own place is in bytes 2 and 3."""
    footer = int.from_bytes(leaf[2:4], "big")
    start = (_numbers(leaf[footer : footer + 3]) or [0])[0]
    length = (_numbers(leaf[start : start + 3]) or [0])[0]
    begins = start + (1 if length < 128 else 2)
    return leaf[begins : begins + length]


def _numbers(packed: object) -> list[int] | None:
    """Return the numbers in SQLite's variable-length form, seven bits a byte, the highest first."""
    if not isinstance(packed, bytes):
        return None
    numbers, value = [], 0
    for byte in packed:
        value = value << 7 | byte & 127
        if not byte & 128:
            numbers.append(value)
            value = 0
    return numbers
