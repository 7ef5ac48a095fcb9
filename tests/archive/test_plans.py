"""What pages ask of the archive is answered from ranges of indexes: nothing large is read whole or sorted."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest
from sqlalchemy import Connection

from app.archive import (
    addresses,
    corrections,
    days,
    directory,
    listing,
    neighbours,
    outlines,
    profiles,
    reading,
    versions,
)
from app.archive.holdings import InterviewFilter

LARGE = ("interviews", "versions", "turns", "passages", "appearances", "listed_", "version_outlets", "search_", "notes")
ASKED: dict[str, Callable[[Connection], object]] = {
    "holdings": listing.holdings,
    "most heard": lambda c: listing.most_heard(c, 10),
    "most": lambda c: listing.most(c, "outlet", 10),
    "held": lambda c: listing.held(c, "speaker", "anna-petrova"),
    "months": listing.months,
    "publishers": listing.publishers,
    "lacking": listing.lacking,
    "imports": listing.imports,
    "imported": lambda c: listing.imported(c, ["a", "b"]),
    "day": lambda c: listing.interviews(c, InterviewFilter(2020, 5, day=4)),
    "undated": lambda c: listing.interviews(c, InterviewFilter(0)),
    "letters": lambda c: directory.letters(c, "answering"),
    "filed": lambda c: directory.filed(c, "answering", offset=0, limit=10),
    "filed outlets": lambda c: directory.filed(c, "outlet", offset=0, limit=10),
    "speaker": lambda c: profiles.speaker(c, "anna-petrova"),
    "outlet": lambda c: profiles.outlet(c, "bbc"),
    "former": lambda c: profiles.former(c, "speaker", "anna-petrova"),
    "former outlet": lambda c: profiles.former(c, "outlet", "bbc"),
    "dates": lambda c: days.dates_in(c, 2020, 5),
    "every date": days.every_date,
    "neighbours": lambda c: days.neighbours(c, "day", 2020, 5, 4),
    "interview parts": addresses.interview_parts,
    "answer parts": addresses.answer_parts,
    "interviews in a part": lambda c: addresses.interviews_in(c, 1),
    "answers in a part": lambda c: addresses.answers_in(c, 1),
    "outlines": lambda c: outlines.questions(c, ["a", "b"]),
    "corrections": corrections.changes,
    "versions": lambda c: versions.of_interview(c, "2019-01-01-brown-interview-with-anna-petrova"),
    "texts": lambda c: versions.texts(c, "2019-01-01-brown-interview-with-anna-petrova", (1, 2)),
    "ends": lambda c: versions.ends(c, "2019-01-01-brown-interview-with-anna-petrova"),
    "origin": lambda c: versions.origin(c, "2019-01-01-brown-interview-with-anna-petrova", 1),
    "wordings": lambda c: versions.of_turn(c, "0" * 13),
    "interview": lambda c: reading.interview(c, "2019-01-01-brown-interview-with-anna-petrova"),
    "beside": lambda c: neighbours.beside(c, "2019-01-01-brown-interview-with-anna-petrova"),
    "redirect": lambda c: reading.redirect(c, "speaker", "old"),
}
MOST_STATEMENTS = 9


@pytest.mark.parametrize("name", ASKED)
def test_nothing_large_is_read_whole(counted: Connection, name: str) -> None:
    driver = counted.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    asked: list[str] = []
    # What SQLite itself runs, with the values in it: not all of it goes through SQLAlchemy.
    driver.set_trace_callback(asked.append)
    ASKED[name](counted)
    driver.set_trace_callback(None)
    statements = [each for each in asked if not each.startswith("--")]
    assert 0 < len(statements) <= MOST_STATEMENTS
    for statement in statements:
        plan = [row[3] for row in driver.execute(f"EXPLAIN QUERY PLAN {statement}")]
        scanned = [step for step in plan if step.startswith("SCAN") and step.split()[1].startswith(LARGE)]
        assert not scanned, (statement, plan)


def test_a_statement_that_reads_all_of_something_large_would_be_seen(counted: Connection) -> None:
    ASKED["everything"] = lambda c: c.exec_driver_sql("SELECT length(title) FROM versions").all()
    try:
        with pytest.raises(AssertionError, match="SCAN versions"):
            test_nothing_large_is_read_whole(counted, "everything")
    finally:
        del ASKED["everything"]
