"""What completes a publication is of the size of what was published, not of what is held."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event

from app.archive.publishing import building
from app.archive.writing import Receipt, store

Publish = Callable[..., Any]
Make = Callable[..., Receipt]

SMALL = ("present_", "temp.", "generation", "sqlite_master", "counted", "others", "anon_")
"""What may be read from one end to the other: temporary tables, and tables of few rows."""
QUESTIONS = ("SELECT", "INSERT", "UPDATE", "DELETE")


def test_adding_an_interview_reads_no_table_from_one_end_to_the_other(
    tmp_path: Path, publish: Publish, receipt: Make
) -> None:
    publish(receipt(), receipt("other.txt"))
    scanned: list[tuple[str, str]] = []
    asked = 0

    def explain(_c: Connection, cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        nonlocal asked
        if not statement.startswith(QUESTIONS):
            return
        asked += 1
        plan = cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters[0] if many else parameters)
        # Where a row is inserted that others may name, its plan has a scan for rows that wait for it: there are none.
        if not statement.startswith("INSERT INTO") or " SELECT " in statement:
            steps = [row[3] for row in plan if row[3].startswith("SCAN ")]
            scanned.extend((step, statement) for step in steps if not step.removeprefix("SCAN ").startswith(SMALL))

    with building(tmp_path / "archive.db") as c:
        event.listen(c.engine, "before_cursor_execute", explain)
        store(c, receipt("new.txt", date="2021-01-01", outlets=("Another",)))
    assert asked > 50
    assert scanned == []
