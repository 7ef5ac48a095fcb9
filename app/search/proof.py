"""Compares the index, token by token, with what the stored text gives today; changes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import Connection, select, text

from app.archive.tables import interviews, search_rows, turns, versions
from app.search.dates import numbers
from app.search.rows import Row, rows

_TERMS = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_terms USING fts5vocab(main, search_index, instance)"
"""Lays open what the index holds: one row for each place of each token."""

MOST = 20
"""Faults that are told at most."""
_MASK = 2**64 - 1
_COLUMNS = ("answer", "answer_stem", "question", "question_stem", "filters")
_HELD = text('SELECT term, doc, col, "offset" FROM temp.search_terms')
_CURRENT = (
    select(versions.c.id, interviews.c.id, interviews.c.sort_date)
    .join(interviews, (interviews.c.id == versions.c.interview_id) & (interviews.c.version == versions.c.number))
    .order_by(interviews.c.id)
)
_ROWS = select(search_rows, turns.c.public_id).join(turns, turns.c.id == search_rows.c.turn_id)

_Listed = dict[int, tuple[int, str, tuple[object, ...]]]


def faults(c: Connection) -> tuple[str, ...]:
    """Return the first twenty differences between index and text, one sentence each."""
    found = []
    for fault in _faults(c):
        found.append(fault)
        if len(found) == MOST:
            break
    return tuple(found)


def _faults(c: Connection) -> Iterator[str]:
    c.exec_driver_sql(_TERMS)
    listed: _Listed = {
        row.passage_id: (
            row.id,
            row.public_id,
            (row.turn_id, row.interview_id, row.side, row.speaker_id, row.language),
        )
        for row in c.execute(_ROWS)
    }
    held = _sums(c)
    for version, interview, sort_date in c.execute(_CURRENT).all():
        for row in rows(c, version):
            if row.passage not in listed:
                yield f"interview {interview}: turn {row.turn} is not in the index"
                continue
            number, id, stated = listed.pop(row.passage)
            if stated != (row.turn, interview, row.side, row.speaker, row.language):
                yield f"{id}: the row of the index is another's"
            first, end = numbers(sort_date)
            if not first <= number < end:
                yield f"{id}: the index has it under another date"
            if held.pop(number, 0) != _sum(row):
                yield f"{id}: the index holds other words than the text"
    for number, id, _ in listed.values():
        held.pop(number, None)
        yield f"{id}: the index holds it, but no current version does"
    for number in held:
        yield f"the index holds row {number}, which stands for no turn"


def _sums(c: Connection) -> dict[int, int]:
    """Return for each row of the index one number that any other token, column or place would change."""
    sums: defaultdict[int, int] = defaultdict(int)
    for term, row, column, place in c.execute(_HELD):
        sums[row] = (sums[row] + hash((term, column, place))) & _MASK
    return sums


def _sum(row: Row) -> int:
    total = 0
    columns = (row.answer, row.answer_stem, row.question, row.question_stem, row.filters)
    for column, tokens in zip(_COLUMNS, columns, strict=True):
        total += sum(hash((token, column, place)) for place, token in enumerate(tokens.split(" ")) if token)
    return total & _MASK
