"""Reads an A to Z of the speakers or the outlets; what is known of each one is in profiles."""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import Connection, Select, bindparam, func, select

from app.archive.filing import letter
from app.archive.overviews import Count, Filed, Letter
from app.archive.tables import cross_tallies, tallies

Kind = Literal["answering", "asking", "outlet"]
"""Speakers who answer, speakers who only ask, and outlets."""

_FIRST = func.substr(tallies.c.filing, 1, 1)


def _of(kind: Kind, statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    if kind == "outlet":
        return statement.where(tallies.c.kind == "outlet")
    of_speakers = statement.where(tallies.c.kind == "speaker")
    return of_speakers.where(tallies.c.answers > 0 if kind == "answering" else tallies.c.answers == 0)


_KINDS: tuple[Kind, ...] = ("answering", "asking", "outlet")
_LETTERS = {kind: _of(kind, select(_FIRST, func.count()).group_by(_FIRST).order_by(_FIRST)) for kind in _KINDS}
_FILED = {
    kind: _of(
        kind,
        select(
            tallies.c.filing,
            tallies.c.value,
            tallies.c.name,
            tallies.c.interviews,
            tallies.c.answers,
            tallies.c.first,
            tallies.c.last,
        )
        .order_by(tallies.c.filing, tallies.c.answers, tallies.c.value)
        .limit(bindparam("limit"))
        .offset(bindparam("offset")),
    )
    for kind in _KINDS
}
_OFFICES = (
    select(cross_tallies.c.value, cross_tallies.c.key)
    .where(
        cross_tallies.c.kind == "speaker",
        cross_tallies.c.value.in_(bindparam("slugs", expanding=True)),
        cross_tallies.c.by == "office",
    )
    .order_by(cross_tallies.c.last.desc(), cross_tallies.c.first.desc(), cross_tallies.c.key)
)


def letters(c: Connection, kind: Kind) -> tuple[Letter, ...]:
    """Return the letters that names are filed under, in the order of the list."""
    found: list[Letter] = []
    before = 0
    for first, names in c.execute(_LETTERS[kind]):
        if found and found[-1].letter == letter(first):
            found[-1] = Letter(found[-1].letter, found[-1].names + names, found[-1].first)
        else:
            found.append(Letter(letter(first), names, before))
        before += names
    return tuple(found)


def filed(c: Connection, kind: Kind, *, offset: int, limit: int) -> tuple[Filed, ...]:
    """Return the names from `offset` on, in the order of what they are filed under."""
    rows = c.execute(_FILED[kind], {"offset": offset, "limit": limit}).all()
    offices: dict[str, list[str]] = {}
    if kind == "answering" and rows:
        for slug, office in c.execute(_OFFICES, {"slugs": [row.value for row in rows]}):
            offices.setdefault(slug, []).append(office)
    return tuple(Filed(letter(row.filing), Count(*row[1:]), tuple(offices.get(row.value, ()))) for row in rows)
