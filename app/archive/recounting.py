"""Keeps the counts true to what a publication changed, by what its interviews count now and counted before.

What is counted, and how all of it is, is in tallying and crossing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, insert, select

import app
from app.archive import crossing, tallying
from app.archive.present import gathered
from app.archive.tables import cross_tallies, generation, tallies

MOST = 1000
"""Interviews that are counted by themselves; of more, counting all anew costs about as much."""

Counts = dict[tuple[str, ...], dict[str, Any]]
"""Rows of a table of counts: by the values of its key, those of its other columns."""

_TABLES = (tallies, cross_tallies)
_TEXTS = ("name", "filing")
_SUMS = ("interviews", "answers", "words")
_PROGRAM = select(generation.c.program)
_KEPT = {
    table: select(table).where(*(column == bindparam(column.name) for column in table.primary_key)) for table in _TABLES
}
_DROP = {
    table: delete(table).where(*(column == bindparam(f"the_{column.name}") for column in table.primary_key))
    for table in _TABLES
}
_KEEP = {table: insert(table).prefix_with("OR REPLACE") for table in _TABLES}


class _NotKnown(Exception):
    """What a count is now cannot be said from what changed: its first or last interview left it."""


def recount(c: Connection, published: Connection | None, slugs: Collection[str]) -> None:
    """Bring the counts up to date; `slugs` are those of all interviews that were touched, the old ones and the new.

    `published` reads the file that the one of `c` began as a copy of. All is counted anew where there is none, where
    another version of the program made it, where many interviews were touched, and where the first or last interview of
    a count is gone.
    """
    is_known = published is not None and len(slugs) <= MOST and c.execute(_PROGRAM).scalar() == app.__version__
    if published is not None and is_known:
        try:
            _settle(c, _now(published, slugs), _now(c, slugs))
        except _NotKnown:
            is_known = False
    if not is_known:
        tallying.count(c)


def _now(c: Connection, slugs: Collection[str]) -> dict[Table, Counts]:
    """Return what these interviews count, by themselves."""
    with gathered(c, slugs):
        return {
            tallies: _named(tallies, tallying.counted(c)),
            cross_tallies: _named(cross_tallies, crossing.counted(c)),
        }


def _named(table: Table, rows: Iterable[tuple[Any, ...]]) -> Counts:
    many, names = len(table.primary_key), table.c.keys()
    return {row[:many]: dict(zip(names[many:], row[many:], strict=True)) for row in rows}


def _settle(c: Connection, before: dict[Table, Counts], now: dict[Table, Counts]) -> None:
    """Write the counts that differ: as they are kept, less what the interviews counted, with what they count."""
    changes = {table: _changed(c, table, before[table], now[table]) for table in _TABLES}
    for table, rows in changes.items():
        keys = table.primary_key.columns.keys()
        gone = [dict(zip((f"the_{key}" for key in keys), row, strict=True)) for row, left in rows.items() if not left]
        kept = [dict(zip(keys, row, strict=True)) | left for row, left in rows.items() if left]
        if gone:
            c.execute(_DROP[table], gone)
        if kept:
            c.execute(_KEEP[table], kept)


def _changed(c: Connection, table: Table, before: Counts, now: Counts) -> Counts:
    """Return the counts that are not as they are kept; without values those that count nothing any more."""
    names = table.primary_key.columns.keys()
    changed = {}
    for key in before.keys() | now.keys():
        was, new = before.get(key), now.get(key)
        if was != new:
            kept = c.execute(_KEPT[table], dict(zip(names, key, strict=True))).mappings().first()
            changed[key] = _sum({} if kept is None else dict(kept), was or {}, new or {})
    return changed


def _sum(kept: Mapping[str, Any], was: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Return kept - was + new. What counts nothing is no row, but where there is one whatever is counted."""
    sums = {
        name: kept.get(name, 0) - was.get(name, 0) + new.get(name, 0) for name in _SUMS if name in kept or name in new
    }
    if (was and not kept) or any(total < 0 for total in sums.values()):
        raise _NotKnown
    if not sums["interviews"]:
        return {**new, **sums, "first": None, "last": None} if new else {}
    return {
        **{name: value for name, value in {**kept, **new}.items() if name in _TEXTS},
        **sums,
        "first": _end(min, kept.get("first"), was.get("first"), new.get("first")),
        "last": _end(max, kept.get("last"), was.get("last"), new.get("last")),
    }


def _end(end: Callable[[Iterable[str]], str], kept: str | None, was: str | None, new: str | None) -> str | None:
    """Return the first or last date of a count, where it is still known once `was` is no longer counted."""
    if was is not None and was == kept and (new is None or end((was, new)) != new):
        raise _NotKnown
    dates = [date for date in (kept, new) if date is not None]
    return end(dates) if dates else None
