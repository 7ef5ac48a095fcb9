"""Notes what a generation that is rolled back had and no other has, and forgets it where that is published again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from sqlalchemy import Column, Connection, bindparam, insert, select, update

from app.archive import dates, lapsed, previous
from app.archive.lapsed import Kind, mark_of_turn
from app.archive.tables import generation, interviews, lapses, outlets, passages, redirects, speakers, turns, versions

_MANY = 500
"""Ids that are looked up at once."""
_THINGS: dict[Kind, tuple[Column[str], Column[str]]] = {
    "interview": (interviews.c.slug, interviews.c.key),
    "speaker": (speakers.c.slug, speakers.c.name),
    "outlet": (outlets.c.slug, outlets.c.name),
}
"""Of each kind that has slugs, where they stand, and what it is known by."""
_IDS = select(turns.c.public_id).order_by(turns.c.public_id)
_HERE = select(turns.c.public_id).where(turns.c.public_id.in_(bindparam("ids", expanding=True)))
_own, _before = passages.alias("own"), passages.alias("before")
_WORDS_BEFORE = (
    select(_before.c.text)
    .join(_own, (_own.c.version_id == _before.c.version_id) & (_own.c.position == _before.c.position + 1))
    .where(_own.c.turn_id == turns.c.id)
    .order_by(_own.c.version_id)
    .limit(1)
    .scalar_subquery()
)
_TOLD = select(turns.c.public_id, _WORDS_BEFORE).where(turns.c.public_id.in_(bindparam("ids", expanding=True)))
_VERSIONS = select(interviews.c.slug, versions.c.number, versions.c.id).join(
    interviews, interviews.c.id == versions.c.interview_id
)
_LEADS = select(redirects.c.kind, redirects.c.old)
_GENERATION = select(generation.c.number, generation.c.published_at)
_IS_LAPSED = (
    select(lapses.c.gone)
    .where(lapsed.are_of(interviews.c.slug), lapsed.number_of(interviews.c.slug) == versions.c.number)
    .exists()
)
_ALIVE = {
    kind: select(lapses.c.gone).join(column.table, column == lapses.c.gone).where(lapses.c.kind == kind)
    for kind, column in [("turn", turns.c.public_id), *((kind, slug) for kind, (slug, _) in _THINGS.items())]
}
_NOTE = insert(lapses).prefix_with("OR REPLACE")

Gone = tuple[Kind, list[tuple[str, str]]]
"""Ids or slugs of one kind, each with what the thing is known by."""


def watch(c: Connection) -> None:
    """Forget from now on what has lapsed as soon as this connection writes it again."""
    written = {"turn": ("turns", "public_id"), **{kind: (f"{kind}s", "slug") for kind in _THINGS}}
    for kind, (table, column) in written.items():
        for when in ("INSERT", f"UPDATE OF {column}"):
            # Nothing of this is typed by anybody.
            c.exec_driver_sql(
                f"CREATE TEMP TRIGGER revived_{table}_{when[:6]} AFTER {when} ON main.{table} BEGIN "  # noqa: S608
                f"DELETE FROM lapses WHERE kind = '{kind}' AND gone = NEW.{column}; END"
            )


def faults(c: Connection) -> Iterator[str]:
    """Yield which ids and slugs are said to have lapsed, and are here, one sentence each."""
    for slug, number, _ in c.execute(_VERSIONS.where(_IS_LAPSED)):
        yield f"version {number} of interview {slug} is said to have lapsed, and is here"
    for kind, statement in _ALIVE.items():
        yield from (f"{kind} {gone} is said to have lapsed, and is here" for gone in c.execute(statement).scalars())


def lapse(c: Connection, dropped: Path, reason: str | None) -> dict[str, int]:
    """Note what the file `dropped` has and `c` has not, and take its number, which the next generation then follows.

    Returns how many ids and slugs of each kind have lapsed. The file may be of an older schema.
    """
    counts: Counter[str] = Counter()
    with previous.opened(dropped) as old:
        number, published_at = old.execute(_GENERATION).one()
        common = {"generation": number, "published_at": published_at, "reason": reason, "lapsed_at": dates.now()}
        for kind, gone in chain(_slugs_gone(c, old), _leads_gone(c, old), _versions_gone(c, old), _turns_gone(c, old)):
            rows = [{"kind": kind, "gone": was, "known_by": mark} | common for was, mark in gone]
            if rows:
                c.execute(_NOTE, rows)
                counts[kind] += len(rows)
    c.execute(update(generation).values(number=number))
    return dict(counts)


def _slugs_gone(c: Connection, old: Connection) -> Iterator[Gone]:
    for kind, (slug, mark) in _THINGS.items():
        here = set(c.execute(select(slug)).scalars())
        yield kind, [(was, known_by) for was, known_by in old.execute(select(slug, mark)) if was not in here]


def _leads_gone(c: Connection, old: Connection) -> Iterator[Gone]:
    """Yield slugs that only led on to others: they are known by nothing, and so never given again."""
    leads = set(c.execute(_LEADS))
    for kind, (slug, _) in _THINGS.items():
        here = {*c.execute(select(slug)).scalars(), *old.execute(select(slug)).scalars()}
        gone = [was for of, was in old.execute(_LEADS) if of == kind and (of, was) not in leads and was not in here]
        yield kind, [(was, "") for was in gone]


def _versions_gone(c: Connection, old: Connection) -> Iterator[Gone]:
    here = {(slug, number) for slug, number, _ in c.execute(_VERSIONS)}
    gone = [(slug, number, row) for slug, number, row in old.execute(_VERSIONS) if (slug, number) not in here]
    yield (
        "version",
        [(lapsed.name_of_version(slug, number), lapsed.mark_of_version(old, row)) for slug, number, row in gone],
    )


def _turns_gone(c: Connection, old: Connection) -> Iterator[Gone]:
    for ids in old.execute(_IDS).scalars().partitions(_MANY):
        here = set(c.execute(_HERE, {"ids": ids}).scalars())
        gone = [id for id in ids if id not in here]
        if gone:
            yield "turn", [(id, mark_of_turn(before)) for id, before in old.execute(_TOLD, {"ids": gone})]
