"""Asks the full-text index which rows match: how many, and which stand on a page; what the rows are is elsewhere."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import neg

from sqlalchemy import Connection, TextClause, bindparam, select, text

from app.archive.tables import search_rows, turns
from app.search.dates import DAY, FIRST_DATED, Span

EVERYTHING = Span()
WINDOW = 2_000
"""The newest matches that are ranked, and counted by what they are; that costs about two microseconds a match."""
COUNTED = 10_000
"""Matches that are counted where that costs little; more are said to be more."""

_WEIGHTS = "bm25(search_index, 1000.0, 1.0, 500.0, 0.5, 0.0)"
"""A very form typed outweighs any number of other forms of it, for its weight is past where bm25 levels off."""
_EVEN = "bm25(search_index, 1.0, 1.0, 0.5, 0.5, 0.0)"

_ROW_OF = (
    select(search_rows.c.id)
    .join(turns, turns.c.id == search_rows.c.turn_id)
    .where(turns.c.public_id == bindparam("public_id"))
)


@dataclass(frozen=True, slots=True)
class Lookup:
    """What the index is asked for."""

    match: str
    """In the language of FTS5, made by matching alone."""
    span: Span
    prefers_forms: bool
    """Whether the very forms typed rank before other forms of the same words."""

    def parameters(self) -> dict[str, int | str]:
        """Return what the statements over matching rows are to be run with."""
        gaps = {f"gap{number}": day * DAY for number, day in enumerate(self.span.but)}
        return {"match": self.match, "first": self.span.first, "end": self.span.end, **gaps}

    def since(self, row: int) -> Lookup:
        """Return the same of no rows before this one."""
        return replace(self, span=replace(self.span, first=max(self.span.first, row)))


def window(c: Connection, lookup: Lookup) -> list[int]:
    """Return the row numbers that match, newest first, the undated last: all, or the WINDOW newest."""
    return [] if lookup.span.is_empty else _page(c, lookup, "rowid DESC", 0, WINDOW)


def by_date(c: Connection, lookup: Lookup, newest: Sequence[int], offset: int, limit: int) -> list[int]:
    """Return the row numbers of a page, newest first, the undated last; `newest` is the window."""
    rows = list(newest[offset : offset + limit])
    if len(newest) < WINDOW or len(rows) == limit:
        return rows
    return rows + _page(c, lookup, "rowid DESC", offset + len(rows), limit - len(rows))


def newest(c: Connection, lookup: Lookup) -> int | None:
    """Return the row number of the newest that matches."""
    found = [] if lookup.span.is_empty else _page(c, lookup, "rowid DESC", 0, 1)
    return found[0] if found else None


def count(c: Connection, lookup: Lookup, most: int) -> int:
    """Return how many rows match, counting no further than `most`."""
    if lookup.span.is_empty:
        return 0
    parameters = lookup.parameters() | {"limit": most, "offset": 0}
    return int(c.execute(_counted(len(lookup.span.but)), parameters).scalar_one())


def oldest(c: Connection, lookup: Lookup, newest: Sequence[int], offset: int, limit: int) -> list[int]:
    """Return the row numbers of a page, oldest first, the undated last; `newest` is the window."""
    if len(newest) < WINDOW:
        dated = bisect_right(newest, -FIRST_DATED, key=neg)
        return [*newest[:dated][::-1], *newest[dated:][::-1]][offset : offset + limit]
    span = lookup.span
    dated_ones = replace(lookup, span=replace(span, first=max(span.first, FIRST_DATED)))
    rows = _page(c, dated_ones, "rowid", offset, limit)
    if len(rows) == limit:
        return rows
    # Fewer are dated than stand up to the end of this page, so counting them is cheap.
    before = len(_page(c, dated_ones, "rowid", 0, offset + len(rows)))
    undated = replace(lookup, span=replace(span, end=min(span.end, FIRST_DATED)))
    return rows + _page(c, undated, "rowid", offset + len(rows) - before, limit - len(rows))


def batches(c: Connection, lookup: Lookup, size: int, *, newest_first: bool = True) -> Iterator[list[int]]:
    """Yield all row numbers that match, so many at once, in the order of their dates; the undated last."""
    order = "rowid DESC" if newest_first else "rowid"
    # Newest first is the order of the index itself; oldest first would begin with the undated.
    whole = lookup.span
    parts = (
        [whole]
        if newest_first
        else [
            replace(whole, first=max(whole.first, FIRST_DATED)),
            replace(whole, end=min(whole.end, FIRST_DATED)),
        ]
    )
    for part in parts:
        span = part
        while not span.is_empty:
            found = _page(c, replace(lookup, span=span), order, 0, size)
            if found:
                yield found
            if len(found) < size:
                break
            span = replace(span, end=found[-1]) if newest_first else replace(span, first=found[-1] + 1)


def past(c: Connection, lookup: Lookup, row: int, limit: int, *, newest_first: bool) -> list[int]:
    """Return the row numbers that match and stand after `row` in the order of their dates, the undated last."""
    whole = lookup.span
    if newest_first:
        return _within(c, lookup, replace(whole, end=min(whole.end, row)), "rowid DESC", limit)
    undated = replace(whole, end=min(whole.end, FIRST_DATED))
    if row < FIRST_DATED:
        return _within(c, lookup, replace(undated, first=max(whole.first, row + 1)), "rowid", limit)
    dated = replace(whole, first=max(whole.first, row + 1))
    rows = _within(c, lookup, dated, "rowid", limit)
    return rows + _within(c, lookup, undated, "rowid", limit - len(rows))


def row_of(c: Connection, id: str) -> int | None:
    """Return the row number of the turn with this permanent id; None where it is not in the index."""
    found = c.execute(_ROW_OF, {"public_id": id}).scalar()
    return None if found is None else int(found)


def _within(c: Connection, lookup: Lookup, span: Span, order: str, limit: int) -> list[int]:
    return [] if span.is_empty or not limit else _page(c, replace(lookup, span=span), order, 0, limit)


def best(c: Connection, lookup: Lookup, newest: Sequence[int], offset: int, limit: int) -> list[int]:
    """Return the row numbers of a page by bm25, of equals the newest first; only of those in the window `newest`.

    That reads every row of the whole archive that has one of the words, so none may be very common.
    """
    order = f"{_WEIGHTS if lookup.prefers_forms else _EVEN}, rowid DESC"
    return _page(c, lookup.since(newest[-1]), order, offset, limit)


def _page(c: Connection, lookup: Lookup, order: str, offset: int, limit: int) -> list[int]:
    parameters = lookup.parameters() | {"limit": limit, "offset": offset}
    return list(c.execute(_select(order, len(lookup.span.but)), parameters).scalars().all())


@lru_cache(maxsize=8)
def _counted(gaps: int) -> TextClause:
    return text(f"SELECT count(*) FROM ({_select('rowid DESC', gaps).text})")  # noqa: S608


@lru_cache(maxsize=128)
def _select(order: str, gaps: int) -> TextClause:
    """Return the statement over matching rows in an order, with so many dates left out of the span."""
    left_out = "".join(f" AND NOT (rowid >= :gap{n} AND rowid < :gap{n} + {DAY})" for n in range(gaps))
    return text(
        "SELECT rowid FROM search_index WHERE search_index MATCH :match AND rowid >= :first AND rowid < :end"  # noqa: S608
        f"{left_out} ORDER BY {order} LIMIT :limit OFFSET :offset"
    )
