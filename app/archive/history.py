"""Tells all that is held as records without row numbers, one a line: what digests are made of and bags carry."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, Table, bindparam, select

from app.archive.tables import (
    appearances,
    endings,
    findings,
    interviews,
    lapses,
    margins,
    notes,
    outlets,
    passages,
    redirects,
    sources,
    speaker_labels,
    speakers,
    turns,
    version_outlets,
    versions,
)

Record = dict[str, Any]
"""Made of JSON's own types."""
Statement = Select[*tuple[Any, ...]]

SCOPES = ("speaker", "outlet", "redirect", "lapse", "interview")
"""In the order in which they can be written again: nothing names what comes after it, but an ending its successor."""
DERIVED = frozenset({"sort_date", "sort_key"})
"""Columns that other columns give."""


def plain(table: Table) -> list[str]:
    """Return the columns that say something by themselves: no row numbers, nothing that others give."""
    return [
        column.name
        for column in table.c
        if not column.foreign_keys and column.name != "id" and column.name not in DERIVED
    ]


def _of(table: Table, source: FromClause, *more: ColumnElement[Any]) -> Statement:
    return select(*(table.c[name] for name in plain(table)), *more).select_from(source)


def _part(table: Table, *more: ColumnElement[Any], source: FromClause | None = None) -> Statement:
    found = _of(table, table if source is None else source, *more)
    return found.where(table.c.version_id == bindparam("row")).order_by(table.c.position)


_successors = turns.alias("successors")
_KEYS: dict[str, Statement] = {
    "interview": select(interviews.c.slug).order_by(interviews.c.slug),
    "speaker": select(speakers.c.slug).order_by(speakers.c.slug),
    "outlet": select(outlets.c.slug).order_by(outlets.c.slug),
    "redirect": select(redirects.c.kind + " " + redirects.c.old).order_by(redirects.c.kind, redirects.c.old),
    "lapse": select(lapses.c.kind + " " + lapses.c.gone).order_by(lapses.c.kind, lapses.c.gone),
}
_PEOPLE = {
    table.name: _of(table, table, table.c.id.label("row")).where(table.c.slug == bindparam("key"))
    for table in (interviews, speakers, outlets)
}
_LABELS = (
    select(speaker_labels.c.label)
    .where(speaker_labels.c.speaker_id == bindparam("row"))
    .order_by(speaker_labels.c.label)
)
_WAS = {"redirect": redirects.c.old, "lapse": lapses.c.gone}
"""Of what is known by its kind and by what something was called, where that stands."""
_BY_KIND = {
    scope: _of(was.table, was.table).where(was.table.c.kind == bindparam("kind"), was == bindparam("was"))
    for scope, was in _WAS.items()
}
_VERSIONS = (
    _of(
        versions,
        versions.join(sources, sources.c.id == versions.c.source_id),
        versions.c.id.label("row"),
        *(sources.c[name].label(f"source_{name}") for name in ("sha256", "size", "media_type")),
        sources.c.data.is_(None).label("source_withheld"),
    )
    .where(versions.c.interview_id == bindparam("row"))
    .order_by(versions.c.number)
)
_TURNS = (
    _of(turns, turns.outerjoin(speakers, speakers.c.id == turns.c.speaker_id), speakers.c.slug.label("speaker"))
    .where(turns.c.interview_id == bindparam("row"))
    .order_by(turns.c.public_id)
)
_ENDINGS = (
    _of(
        endings,
        endings.join(turns, turns.c.id == endings.c.turn_id)
        .outerjoin(_successors, _successors.c.id == endings.c.successor_id)
        .outerjoin(passages, passages.c.id == endings.c.passage_id)
        .outerjoin(versions, versions.c.id == passages.c.version_id),
        turns.c.public_id,
        _successors.c.public_id.label("successor"),
        versions.c.number.label("version"),
        passages.c.position,
    )
    .where(turns.c.interview_id == bindparam("row"))
    .order_by(turns.c.public_id)
)
_PARTS = {
    "speakers": _part(
        appearances, speakers.c.slug, source=appearances.join(speakers, speakers.c.id == appearances.c.speaker_id)
    ),
    "outlets": _part(
        version_outlets,
        outlets.c.slug,
        source=version_outlets.join(outlets, outlets.c.id == version_outlets.c.outlet_id),
    ),
    "passages": _part(passages, turns.c.public_id, source=passages.join(turns, turns.c.id == passages.c.turn_id)),
    "notes": _part(notes),
    "margins": _part(margins),
    "findings": _part(findings),
}


def keys(c: Connection, scope: str) -> list[str]:
    """Return the keys of all records of a scope, in order."""
    return list(c.execute(_KEYS[scope]).scalars())


def records(c: Connection, scope: str) -> Iterator[Record]:
    """Yield all records of a scope, in the order of their keys."""
    for key in keys(c, scope):
        record = tell(c, scope, key)
        if record is not None:
            yield record


def key_of(record: Record) -> str:
    """Return by what key a record is told: its slug; of a redirect or a lapse, kind and what something was called."""
    was = _WAS.get(record["is"])
    return str(record["slug"] if was is None else f"{record['kind']} {record[was.name]}")


def tell(c: Connection, scope: str, key: str) -> Record | None:
    """Return the record of an interview, speaker or outlet by its slug, of others by the key that key_of gives them.

    None where there is none.
    """
    if scope in _WAS:
        kind, _, was = key.partition(" ")
        found = c.execute(_BY_KIND[scope], {"kind": kind, "was": was}).mappings().first()
        return None if found is None else {"is": scope, **found}
    found = c.execute(_PEOPLE[f"{scope}s"], {"key": key}).mappings().first()
    if found is None:
        return None
    record: Record = {"is": scope, **found}
    row = {"row": record.pop("row")}
    if scope == "speaker":
        record["labels"] = list(c.execute(_LABELS, row).scalars())
    elif scope == "interview":
        record["turns"] = _rows(c, _TURNS, row)
        record["endings"] = _rows(c, _ENDINGS, row)
        record["versions"] = [_version(c, version) for version in _rows(c, _VERSIONS, row)]
    return record


def _version(c: Connection, version: Record) -> Record:
    row = {"row": version.pop("row")}
    sidecar = version["sidecar"]
    version["sidecar"] = None if sidecar is None else hashlib.sha256(sidecar).hexdigest()
    names = [name for name in version if name.startswith("source_")]
    version["source"] = {name.removeprefix("source_"): version.pop(name) for name in names}
    return {**version, **{name: _rows(c, statement, row) for name, statement in _PARTS.items()}}


def _rows(c: Connection, statement: Statement, row: dict[str, int]) -> list[Record]:
    return [dict(found) for found in c.execute(statement, row).mappings()]


def line(record: Record) -> bytes:
    """Return a record in its one form: JSON in UTF-8 without spaces, names sorted; its end of line is not of it."""
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_shown).encode(
        "utf-8", "surrogatepass"
    )


def _shown(value: object) -> str:
    """Give what only a damaged file holds in a place of text: bytes."""
    return repr(value)


def digest(lines_: Iterator[bytes]) -> str:
    """Return one SHA-256, in hexadecimal, over those of all lines, sorted: in whatever order they come."""
    return total(hashlib.sha256(each).digest() for each in lines_)


def total(digests: Iterable[bytes]) -> str:
    """Return what `digest` returns, of the SHA-256 of each line."""
    return hashlib.sha256(b"".join(sorted(digests))).hexdigest()
