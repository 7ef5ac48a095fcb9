"""A statement that is written once reads what SQLAlchemy would read, and fails as it does."""

from __future__ import annotations

import pytest
from sqlalchemy import bindparam, create_engine, literal, select, text
from sqlalchemy.exc import OperationalError

from app.archive.prepared import Prepared
from app.archive.tables import outlets

BY_NAME = (
    select(outlets.c.slug, outlets.c.name.label("called"), literal("held").label("state"))
    .where(outlets.c.name == bindparam("name"), outlets.c.slug.in_(["a", "b"]))
    .order_by(outlets.c.slug)
)


def test_it_reads_the_same_rows_by_name_and_in_order() -> None:
    statement = Prepared(BY_NAME)
    with create_engine("sqlite://").connect() as c:
        c.execute(text("CREATE TABLE outlets (slug TEXT, name TEXT)"))
        c.execute(text("INSERT INTO outlets VALUES ('b', 'One'), ('a', 'One'), ('c', 'One'), ('a', 'Two')"))
        for name in ("One", "Two", "None"):
            wanted = c.execute(BY_NAME, {"name": name}).all()
            assert [tuple(row) for row in statement.all(c, name=name)] == [tuple(row) for row in wanted], name
            first = statement.first(c, name=name)
            assert (first.slug, first.called, first.state) == wanted[0] if wanted else first is None, name


def test_what_sqlite_refuses_is_raised_as_by_a_connection() -> None:
    statement = Prepared(BY_NAME)
    with create_engine("sqlite://").connect() as c:
        for read in (statement.all, statement.first):
            with pytest.raises(OperationalError, match="no such table") as caught:
                read(c, name="One")
            assert caught.value.orig is caught.value.__cause__
