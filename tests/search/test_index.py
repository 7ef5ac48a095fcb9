"""The index holds the words of the current versions, all of them and no others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select, text, update

from app.archive import tables
from app.search import index
from app.search.dates import DAY

FIRST = (
    ("question", "anna-kern", 1, "Will there be negotiations?"),
    ("answer", "sergey-lavrov", 1, "We are negotiating.\nIt’s “Su-24”."),
    ("question", None, 2, "And sanctions?"),
)
SECOND = (
    ("question", "anna-kern", 1, "Will there be talks?"),
    ("answer", "sergey-lavrov", 1, "We are negotiating.\nIt’s “Su-24”."),
)


def hits(c: Connection, match: str) -> list[int]:
    found = c.execute(text("SELECT rowid FROM search_index WHERE search_index MATCH :match"), {"match": match})
    return [rowid for (rowid,) in found]


def test_a_fresh_index_agrees_with_its_text(c: Connection, add: Any) -> None:
    add("one", "2015-12-11", *FIRST, outlets=("tass", "bbc"))
    add("two", None, *FIRST, language="ru")
    assert index.check(c) == ()
    assert hits(c, 'answer : "su 24"') == [0 + 1, 20151211 * DAY + 1]
    assert c.execute(select(tables.generation.c.analysis)).scalar() == index.ANALYSIS


def test_a_new_version_leaves_no_word_of_the_old_one(c: Connection, add: Any) -> None:
    add("one", "2015-12-11", *FIRST, outlets=("tass",))
    add("one", "2015-12-12", *SECOND, outlets=("bbc",))
    assert hits(c, '"negotiations"') == []
    assert hits(c, '"sanctions"') == []
    assert hits(c, '"talks"') == [20151212 * DAY, 20151212 * DAY + 1]
    assert index.check(c) == ()


def test_indexing_twice_changes_nothing(c: Connection, add: Any) -> None:
    one = add("one", "2015-12-11", *FIRST)
    before = c.execute(select(tables.search_rows)).all()
    index.index_interview(c, one)
    assert c.execute(select(tables.search_rows)).all() == before
    assert index.check(c) == ()


def test_a_removed_interview_leaves_nothing(c: Connection, add: Any) -> None:
    index.remove_interview(c, add("one", "2015-12-11", *FIRST))
    assert hits(c, '"negotiating" OR "in·both" OR "in·question"') == []


def test_an_index_of_another_analysis_is_made_anew(c: Connection, add: Any) -> None:
    one = add("one", "2015-12-11", *FIRST)
    add("two", "2015-12-11", *FIRST)
    c.execute(update(tables.generation).values(analysis="0"))
    assert "another analysis" in index.check(c)[0]
    index.index_interview(c, one)
    assert index.check(c) == ()
    assert len(c.execute(select(tables.search_rows)).all()) == 6


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        ("UPDATE passages SET text = replace(text, 'Su-24', 'Su-25')", "other words than the text"),
        ("DELETE FROM search_rows WHERE side = 'answer'", "not in the index"),
        ("INSERT INTO search_index(rowid, answer) VALUES (7, 'stray')", "stands for no turn"),
        ("UPDATE search_rows SET side = 'question'", "another's"),
        ("UPDATE interviews SET sort_date = 20151210", "another date"),
        (
            "INSERT INTO search_index(search_index, rowid, answer) VALUES ('delete', 20151211000001, 'we')",
            "other words than the text",
        ),
    ],
)
def test_one_wrong_token_or_row_is_found(c: Connection, add: Any, damage: str, fault: str) -> None:
    add("one", "2015-12-11", *FIRST)
    c.execute(text(damage))
    assert any(fault in found for found in index.check(c))


def test_words_of_two_questions_make_no_phrase(c: Connection, add: Any) -> None:
    said = (*FIRST[:1], ("question", "ivan-petrov", 1, "Peace as well?"), FIRST[1])
    add("one", "2015-12-11", *said)
    assert hits(c, 'question : "negotiations peace"') == []
    assert len(hits(c, 'question : "negotiations" AND question : "peace"')) == 1


def test_the_archive_file_is_a_real_one(empty_archive: Path) -> None:
    assert empty_archive.read_bytes().startswith(b"SQLite format 3")
