"""Runs the scripts of versions/ on the connection it is handed; the program calls it, and so can Alembic's command."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection, create_engine
from sqlalchemy.schema import SchemaItem

from app.archive.tables import metadata


def _is_ours(_object: SchemaItem, name: str | None, kind: str, _reflected: bool, _other: SchemaItem | None) -> bool:
    """Leave out the full-text index and its shadow tables, which Alembic cannot describe."""
    return not (kind == "table" and (name or "").startswith("search_index"))


def _run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=metadata, include_object=_is_ours, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


handed: Connection | None = context.config.attributes.get("connection")
if handed is not None:
    _run(handed)
else:
    with create_engine(context.config.get_main_option("sqlalchemy.url") or "sqlite://").connect() as own:
        _run(own)
