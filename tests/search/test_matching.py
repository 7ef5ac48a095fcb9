"""What is typed reaches the full-text index as quoted tokens, never as its syntax."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.search.grammar import parse
from app.search.matching import match

COLUMNS = r"answer|answer_stem|question|question_stem|filters|answer question|answer_stem question_stem"
QUOTED = re.compile(r'"[^"\x00-\x1f]+"')
OURS = re.compile(rf"(?:[(){{}}:+*, ]|\b(?:{COLUMNS}|NEAR|AND|OR|NOT|\d+)\b)*")


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE VIRTUAL TABLE t USING fts5(answer, answer_stem, question, question_stem, filters, tokenize=ascii)"
    )
    yield connection
    connection.close()


MARKS = ['"', "“", "(", ")", "-", "*", "^", "+", "{", "a}", ":", ",", "'", " ", " ", "OR", "AND", "NOT", "NEAR("]
WORDS = ["word", "Слово", "安全", "filters:", "answer", "\x00", "\ud800", "18:47", "Su-24", "terror*", "Russia's"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text() | st.lists(st.sampled_from(MARKS + WORDS)).map("".join),
    st.sampled_from(["answer", "question", "both"]),
)
def test_any_query_is_accepted_by_the_index_and_typed_text_is_quoted(
    index: sqlite3.Connection, typed: str, side: Any
) -> None:
    emitted = match(parse(typed).expression, side, ["outlet·1"], ["language·en"])
    assert index.execute("SELECT rowid FROM t WHERE t MATCH ?", (emitted,)).fetchall() == []
    assert OURS.fullmatch(QUOTED.sub("", emitted)), emitted
    for token in QUOTED.findall(emitted):
        assert all(each.isalnum() for each in token[1:-1] if each.isascii()), token


@pytest.mark.parametrize(
    ("typed", "side", "emitted"),
    [
        ("refugees", "answer", '((answer : "refugees") OR (answer_stem : "refuge·en"))'),
        ('"refugees"', "question", '((question : "refugees")) AND (filters : "in·question")'),
        ("terror*", "both", '(({answer question} : "terror" *)) AND (filters : "in·both")'),
        (
            "-x",
            "answer",
            '((filters : "in·answer") NOT ((answer : "x") OR (answer_stem : "x·en")))',
        ),
    ],
)
def test_a_query_is_said_in_index_terms(typed: str, side: Any, emitted: str) -> None:
    assert match(parse(typed).expression, side, []) == emitted
