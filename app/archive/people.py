"""Finds or makes the rows of speakers and outlets by their names; who has several names is decided elsewhere."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, Table, bindparam, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from app import permalinks
from app.archive.lapsed import is_others
from app.archive.tables import appearances, outlets, redirects, speaker_labels, speakers, versions

_BY_NAME = {
    table.name: select(table.c.id).where(table.c.name == bindparam("name")).order_by(table.c.id).limit(1)
    for table in (speakers, outlets)
}
_BY_SLUG = {table.name: select(table.c.id).where(table.c.slug == bindparam("slug")) for table in (speakers, outlets)}
_ONCE = select(redirects.c.new).where(redirects.c.kind == bindparam("kind"), redirects.c.old == bindparam("slug"))
_WITHIN = (
    select(speakers.c.id)
    .join(appearances, appearances.c.speaker_id == speakers.c.id)
    .join(versions, versions.c.id == appearances.c.version_id)
    .where(versions.c.interview_id == bindparam("interview_id"), speakers.c.name == bindparam("name"))
    .limit(1)
)
_LABEL = upsert(speaker_labels).on_conflict_do_nothing()


def speaker(c: Connection, name: str, slug: str | None = None) -> int:
    """Return the row of the speaker of this name; a new one has this slug, or one that the name makes."""
    return _row(c, speakers, name, slug or permalinks.slugify(name) or "speaker")


def office_holder(c: Connection, office: str, interview_id: int, key: str) -> int:
    """Return the row of whoever speaks as this office in an interview, of this key, that does not name them.

    Another interview's holder of the office may be somebody else, and is another row.
    """
    found = c.execute(_WITHIN, {"name": office, "interview_id": interview_id}).scalar()
    if found is not None:
        return int(found)
    return _make(c, speakers, office, permalinks.distinct(permalinks.slugify(office) or "speaker", key))


def outlet(c: Connection, name: str, slug: str | None = None) -> int:
    """Return the row of the outlet of this name; a new one has this slug, or one that the name makes."""
    return _row(c, outlets, name, slug or permalinks.slugify(name) or "outlet")


def add_labels(c: Connection, speaker_id: int, labels: Iterable[str]) -> None:
    """Remember the labels under which a speaker was printed."""
    rows = [{"speaker_id": speaker_id, "label": label} for label in labels]
    if rows:
        c.execute(_LABEL, rows)


def _row(c: Connection, table: Table, name: str, plain: str) -> int:
    found = c.execute(_BY_NAME[table.name], {"name": name}).scalar()
    if found is not None:
        return int(found)
    return _make(c, table, name, plain)


def _make(c: Connection, table: Table, name: str, plain: str) -> int:
    return c.execute(insert(table), {"slug": free_slug(c, table, name, plain), "name": name}).lastrowid


def free_slug(c: Connection, table: Table, name: str, plain: str) -> str:
    """Return `plain`, made distinct where it is the slug of another, or once was and leads on."""
    slug, count = plain, 0
    while not is_free(c, table, slug, name):
        slug, count = permalinks.distinct(plain, f"{name}|{count}" if count else name), count + 1
    return slug


def is_free(c: Connection, table: Table, slug: str, name: str) -> bool:
    """Say whether no speaker, or no outlet, is or was at this slug, but one of this name that has lapsed."""
    at = {"slug": slug, "kind": table.name.removesuffix("s")}
    if is_others(c, at["kind"], slug, name):
        return False
    return c.execute(_BY_SLUG[table.name], at).first() is None and c.execute(_ONCE, at).first() is None
