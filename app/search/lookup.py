"""Asks the full-text index which rows match: how many, and which stand on a page; what the rows are is elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from sqlalchemy import Connection, TextClause, text

from app.search.dates import DAY, FIRST_DATED, Span

WINDOW = 10_000
"""The newest matches that are counted and ranked; more are said to be more."""

_WEIGHTS = "bm25(search_index, 1000.0, 1.0, 500.0, 0.5, 0.0)"
"""A very form typed outweighs any number of other forms of it, for its weight is past where bm25 levels off."""
_EVEN = "bm25(search_index, 1.0, 1.0, 0.5, 0.5, 0.0)"


@dataclass(frozen=True, slots=True)
class Lookup:
    """What the index is asked for."""

    match: str
    """In the language of FTS5, made by matching alone."""
    span: Span
    prefers_forms: bool
    """Whether the very forms typed rank before other forms of the same words."""

    def parameters(self) -> dict[str, int | str]:
        """Return what the statements of `rows_matching` are to be run with."""
        gaps = {f"gap{number}": day * DAY for number, day in enumerate(self.span.but)}
        return {"match": self.match, "first": self.span.first, "end": self.span.end, **gaps}


def rows_matching(gaps: int) -> str:
    """Return the FROM and WHERE of a statement over matching rows, with so many dates left out of the span."""
    left_out = "".join(f" AND NOT (rowid >= :gap{n} AND rowid < :gap{n} + {DAY})" for n in range(gaps))
    return f"FROM search_index WHERE search_index MATCH :match AND rowid >= :first AND rowid < :end{left_out}"


def count(c: Connection, lookup: Lookup) -> tuple[int, int | None]:
    """Return how many rows match, at most WINDOW, and the oldest row of the window where there are more."""
    found, oldest = c.execute(_count(len(lookup.span.but)), lookup.parameters() | {"limit": WINDOW + 1}).one()
    return (WINDOW, oldest + 1) if found > WINDOW else (found, None)


def newest(c: Connection, lookup: Lookup, offset: int, limit: int) -> list[int]:
    """Return the row numbers of a page, newest first, the undated last."""
    return _page(c, lookup, "rowid DESC", offset, limit)


def oldest(c: Connection, lookup: Lookup, offset: int, limit: int) -> list[int]:
    """Return the row numbers of a page, oldest first, the undated last."""
    span = lookup.span
    dated = replace(lookup, span=replace(span, first=max(span.first, FIRST_DATED)))
    undated = replace(lookup, span=replace(span, end=min(span.end, FIRST_DATED)))
    rows = _page(c, dated, "rowid", offset, limit)
    if len(rows) == limit or undated.span.is_empty:
        return rows
    before = offset + len(rows)
    if not rows and offset:
        before = c.execute(_count(len(span.but)), dated.parameters() | {"limit": offset}).one()[0]
    return rows + _page(c, undated, "rowid", offset + len(rows) - before, limit - len(rows))


def most_relevant(c: Connection, lookup: Lookup, oldest_row: int | None, offset: int, limit: int) -> list[int]:
    """Return the row numbers of a page, best first and of equals the newest; none from before `oldest_row`."""
    if oldest_row is not None:
        lookup = replace(lookup, span=replace(lookup.span, first=oldest_row))
    weights = _WEIGHTS if lookup.prefers_forms else _EVEN
    return _page(c, lookup, f"{weights}, rowid DESC", offset, limit)


def _page(c: Connection, lookup: Lookup, order: str, offset: int, limit: int) -> list[int]:
    if lookup.span.is_empty:
        return []
    parameters = lookup.parameters() | {"limit": limit, "offset": offset}
    return list(c.execute(_select(order, len(lookup.span.but)), parameters).scalars())


@lru_cache(maxsize=128)
def _select(order: str, gaps: int) -> TextClause:
    return text(f"SELECT rowid {rows_matching(gaps)} ORDER BY {order} LIMIT :limit OFFSET :offset")


@lru_cache(maxsize=128)
def _count(gaps: int) -> TextClause:
    return text(
        "SELECT count(*), min(id) FROM "  # noqa: S608
        f"(SELECT rowid AS id {rows_matching(gaps)} ORDER BY rowid DESC LIMIT :limit)"
    )
