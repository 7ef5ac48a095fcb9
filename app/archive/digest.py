"""Keeps a digest of all that is held, made anew only where something was touched, and compares it; see history."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from sqlalchemy import Connection, bindparam, delete, select, text, update
from sqlalchemy.dialects.sqlite import insert

from app.archive import history
from app.archive.tables import digests, generation

# Nothing of these is typed by anybody: they are filled in with names from this module alone.
_SLUG = "SELECT 'interview', slug FROM interviews WHERE id"
_OF_INTERVIEW = _SLUG + " = {row}.interview_id"
_OF_VERSION = _SLUG + " = (SELECT interview_id FROM versions WHERE id = {row}.version_id)"  # noqa: S608
_OF_TURN = _SLUG + " = (SELECT interview_id FROM turns WHERE id = {row}.turn_id)"  # noqa: S608
_ALL_OF = _SLUG + " IN (SELECT interview_id FROM versions WHERE {})"  # noqa: S608
_WITH = "id IN (SELECT version_id FROM {} WHERE {} = {{row}}.id)"
_TOUCHES = [
    ("interviews", "SELECT 'interview', {row}.slug"),
    ("versions", _OF_INTERVIEW),
    ("turns", _OF_INTERVIEW),
    ("endings", _OF_TURN),
    *((table, _OF_VERSION) for table in ("passages", "notes", "margins", "findings", "appearances", "version_outlets")),
    *((table, _OF_INTERVIEW) for table in ("listed_speakers", "listed_outlets")),
    ("sources", _ALL_OF.format("source_id = {row}.id")),
    ("speakers", "SELECT 'speaker', {row}.slug"),
    ("speakers", _ALL_OF.format(_WITH.format("appearances", "speaker_id"))),
    ("speaker_labels", "SELECT 'speaker', slug FROM speakers WHERE id = {row}.speaker_id"),
    ("outlets", "SELECT 'outlet', {row}.slug"),
    ("outlets", _ALL_OF.format(_WITH.format("version_outlets", "outlet_id"))),
    ("redirects", "SELECT 'redirect', {row}.kind || ' ' || {row}.old"),
    ("lapses", "SELECT 'lapse', {row}.kind || ' ' || {row}.gone"),
]
"""For each table which digests a row of it goes into; the lists are in none, but their interviews are counted anew."""
_WHEN = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}

_TOUCHED = text("SELECT scope, key FROM temp.touched ORDER BY scope, key")
_KEEP = insert(digests).values(scope=bindparam("scope"), key=bindparam("key"), sha256=bindparam("sha256"))
_KEEP = _KEEP.on_conflict_do_update(index_elements=["scope", "key"], set_={"sha256": _KEEP.excluded.sha256})
_DROP = delete(digests).where(digests.c.scope == bindparam("of"), digests.c.key == bindparam("at"))
_ALL = select(digests.c.sha256).where(digests.c.scope.in_(history.SCOPES))
_OF = select(digests.c.key, digests.c.sha256).where(digests.c.scope == bindparam("of"))
_ONE = select(digests.c.sha256).where(digests.c.scope == bindparam("of"), digests.c.key == bindparam("at"))
_GENERATION = select(generation)
_SCHEMA = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"

_ALTERED = "{} {} is not as it was published"

Touched = list[tuple[str, str]]
"""Scopes and keys of records."""


def watch(c: Connection) -> None:
    """Note from now on which records the rows belong to that this connection writes."""
    c.exec_driver_sql("CREATE TEMP TABLE touched (scope TEXT, key TEXT, PRIMARY KEY (scope, key)) WITHOUT ROWID")
    for number, (table, names) in enumerate(_TOUCHES):
        for when, rows in _WHEN.items():
            body = " ".join(f"INSERT OR IGNORE INTO touched {names.format(row=row)};" for row in rows)
            c.exec_driver_sql(
                f"CREATE TEMP TRIGGER touched_{number}_{when} AFTER {when} ON main.{table} BEGIN {body} END"
            )


def touched(c: Connection) -> Touched:
    """Return which records were written to since `watch`."""
    return [(scope, key) for scope, key in c.execute(_TOUCHED)]


def everything(c: Connection) -> Touched:
    """Return all records, those too of which only a digest is left."""
    kept = [(scope, key) for scope in history.SCOPES for key in c.execute(_OF, {"of": scope}).scalars()]
    return [*kept, *((scope, key) for scope in history.SCOPES for key in history.keys(c, scope))]


def settle(c: Connection, records: Touched) -> None:
    """Make the digests of these records anew, and of them the one of the archive."""
    for scope, key in records:
        sha256 = _sha256(c, scope, key)
        if sha256 is None:
            c.execute(_DROP, {"of": scope, "at": key})
        else:
            c.execute(_KEEP, {"scope": scope, "key": key, "sha256": sha256})
    c.execute(update(generation).values(digest=history.total(c.execute(_ALL).scalars())))


def seal(c: Connection) -> None:
    """Keep the digest of the generation's own row and of the tables' statements; nothing of them may change after."""
    c.execute(_KEEP, {"scope": "generation", "key": "", "sha256": _row(c)})


def faults(c: Connection) -> Iterator[str]:
    """Yield what is held now and not as it was when the generation was published, one sentence each."""
    all_kept: list[bytes] = []
    for scope in history.SCOPES:
        kept = {row.key: row.sha256 for row in c.execute(_OF, {"of": scope})}
        all_kept += kept.values()
        for record_key in history.keys(c, scope):
            if kept.pop(record_key, None) != _sha256(c, scope, record_key):
                yield _ALTERED.format(scope, record_key)
        yield from (f"{scope} {key} was published and is not here" for key in kept)
    if c.execute(_GENERATION).one().digest != history.total(all_kept):
        yield "the digests of the records do not give that of the archive"
    if c.execute(_ONE, {"of": "generation", "at": ""}).scalar() != _row(c):
        yield "the row of generation, or a statement that makes a table, is not as it was published"
    known = {*history.SCOPES, "generation"}
    strange = set(c.execute(select(digests.c.scope).distinct()).scalars()) - known
    yield from (f"digests has rows of {scope}, which is nothing that is held" for scope in sorted(map(str, strange)))


def faults_of(c: Connection, records: Touched) -> Iterator[str]:
    """Yield which of these records are not as they were when the generation was published, one sentence each."""
    for scope, key in records:
        if c.execute(_ONE, {"of": scope, "at": key}).scalar() != _sha256(c, scope, key):
            yield _ALTERED.format(scope, key)


def _sha256(c: Connection, scope: str, key: str) -> bytes | None:
    record = history.tell(c, scope, key)
    return None if record is None else hashlib.sha256(history.line(record)).digest()


def _row(c: Connection) -> bytes:
    made = [list(row) for row in c.exec_driver_sql(_SCHEMA)]
    return hashlib.sha256(json.dumps([list(c.execute(_GENERATION).one()), made]).encode()).digest()
