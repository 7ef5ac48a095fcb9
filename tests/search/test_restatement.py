"""A restatement says what is looked for so that a reader sees what was understood."""

from __future__ import annotations

import pytest

from app.search.grammar import parse
from app.search.query import FilterKind
from app.search.restatement import Stated, language_name, restated


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "answers"),
        ("refugees", "answers containing a form of “refugees”"),
        ('"refugees"', "answers containing the exact word “refugees”"),
        ("18:47", "answers containing “18:47”"),
        ("terror*", "answers containing a word beginning with “terror”"),
        ("a b -c", "answers containing a form of “a” and a form of “b” but not a form of “c”"),
        ("a b OR c", "answers containing either (a form of “a” and a form of “b”) or a form of “c”"),
        ("a (b OR c)", "answers containing a form of “a” and (either a form of “b” or a form of “c”)"),
        ("-a -b", "answers without a form of “a” or a form of “b”"),
        (
            'a NEAR/5 "b c"',
            "answers containing the exact word “a” and the exact phrase “b c” within 5 words of each other",
        ),
        ("year:2015 a", "answers containing a form of “a”, in 2015"),
        ("after:2015 before:2016", "answers, in 2015"),
        ("after:2015-06 before:2016-12-01", "answers, June 2015 or later, before 1 December 2016"),
        ("year:undated", "answers, undated"),
    ],
)
def test_a_query_is_said_in_words(typed: str, said: str) -> None:
    query = parse(typed)
    stated = Stated("answer", (), query.after, query.before, "newest", None)
    assert restated(query, stated) == f"{said}, newest first"


def test_filters_sides_and_the_window_are_said() -> None:
    filters: tuple[tuple[FilterKind, str, bool], ...]
    filters = (("speaker", "Sergey Lavrov", False), ("outlet", "TASS", True), ("language", "Russian", False))
    stated = Stated("question", filters, (), (), "relevance", 10_000)
    assert restated(parse("peace"), stated) == (
        "questions by Sergey Lavrov not from TASS in Russian containing a form of “peace”, "
        "the newest 10,000, most relevant first"
    )


def test_a_language_is_called_by_its_name_where_it_is_known() -> None:
    assert [language_name(tag) for tag in ("ru", "en-GB", "tlh")] == ["Russian", "English (en-GB)", "tlh"]
