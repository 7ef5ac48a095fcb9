"""Checks that a file has the tables and indexes of this program, each made by the very statement that makes it."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from app.archive.tables import SCHEMA, metadata

_HELD = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
_STAMP = "SELECT version_num FROM alembic_version"


def faults(c: Connection) -> Iterator[str]:
    """Yield which table or index is missing, has other columns, or is not of this program, one sentence each."""
    held = {name: kind for kind, name, _, _ in c.exec_driver_sql(_HELD)}
    for table in metadata.tables.values():
        columns = {row[1] for row in c.exec_driver_sql(f"PRAGMA table_xinfo({table.name})")}
        if columns != set(table.columns.keys()):
            yield f"table {table.name} has other columns than this program gives it"
        for index in table.indexes:
            if held.pop(str(index.name), None) != "index":
                yield f"index {index.name} is not there"
        held.pop(table.name, None)
    for name in held:
        if name != "alembic_version" and not name.startswith("search_index"):
            yield f"{held[name]} {name} is not of this program"
    if c.exec_driver_sql(_STAMP).scalars().all() != [SCHEMA]:
        yield "alembic_version names another schema than the file's header"
