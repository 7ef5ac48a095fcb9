"""Statements whose SQL is written once and given to SQLite as it is: what is read for every page, in rows with names.

SQLAlchemy looks up and checks each statement anew, which for a row or two takes several times as long as SQLite does.
"""

from __future__ import annotations

import json
import sqlite3
from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, select
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.exc import DBAPIError

_DIALECT = dialect(paramstyle="named")


def among(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Return the condition that a column has one of the values in the parameter `name`, which `listed` writes.

    A statement so stays one, however many there are.
    """
    return column.in_(select(func.json_each(bindparam(name)).table_valued("value").c.value))


def listed(values: Iterable[int | str]) -> str:
    """Return values as one parameter: a JSON list."""
    return json.dumps([*values])


class Prepared:
    """One statement, whose parameters and columns SQLite has as Python has them; a list is one as `listed` writes it.

    Raises the errors of SQLAlchemy, as a connection does that executes the statement itself.
    """

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        self._statement = statement

    def all(self, c: Connection, **given: object) -> Sequence[Any]:
        """Return all rows, which have their columns by name and in order."""
        return self._run(c, given, -1)

    def first(self, c: Connection, **given: object) -> Any:
        """Return the first row; None where there is none."""
        return next(iter(self._run(c, given, 1)), None)

    def _run(self, c: Connection, given: Mapping[str, object], most: int) -> Sequence[Any]:
        sql, constants, row = self._written
        values = {**constants, **given}
        try:
            cursor = _connection(c).execute(sql, values)
            found = cursor.fetchall() if most < 0 else cursor.fetchmany(most)
        except sqlite3.Error as error:
            raise DBAPIError.instance(sql, values, error, sqlite3.Error) from error
        return list(map(row, found))

    @cached_property
    def _written(self) -> tuple[str, dict[str, object], Callable[[Sequence[object]], Any]]:
        compiled = self._statement.compile(dialect=_DIALECT)
        asked = {name: None for name, each in compiled.binds.items() if each.required}
        state = compiled.construct_expanded_state(asked)
        constants = {name: value for name, value in state.parameters.items() if name not in asked}
        row = namedtuple("row", [column.key for column in self._statement.selected_columns])  # type: ignore[misc]
        return state.statement, constants, row._make


def _connection(c: Connection) -> sqlite3.Connection:
    return cast(sqlite3.Connection, c.connection.dbapi_connection)
