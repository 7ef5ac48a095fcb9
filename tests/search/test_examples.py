"""The examples of a search are made of an archive's own words, and each finds something in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from app.archive.opening import Library
from app.search.examples import examples
from app.search.lexemes import OPERATORS
from app.search.results import find

ALL = {"word", "words", "phrase", "without", "or", "brackets", "prefix", "near", *OPERATORS.values()}


@pytest.mark.parametrize("held", ["archive", "filled_archive"])
def test_every_example_finds_what_it_says(request: pytest.FixtureRequest, held: str) -> None:
    path: Path = request.getfixturevalue(held)
    library = Library(path, 60)
    with library.lease() as lease:
        made = examples(lease.connection)
        for example in made:
            results = find(lease.connection, example.found.request)
            assert results.total == example.found.total > 0
            assert not results.mistakes, example
    library.close()
    assert {example.shows for example in made} == ALL
    shown = [example.shows for example in made]
    assert shown == sorted(shown, key=shown.index), "those of one operator stand together"


def test_each_example_is_one_of_what_it_shows(filled_archive: Path) -> None:
    library = Library(filled_archive, 60)
    with library.lease() as lease:
        made = [(example.shows, example.found.request.q) for example in examples(lease.connection)]
    library.close()
    signs = {"phrase": '"', "without": " -", "or": " OR ", "brackets": "(", "prefix": "*", "near": " NEAR/5 "}
    for shows, q in made:
        assert signs.get(shows, f"{shows}:" if shows in OPERATORS.values() else "") in q
        if shows in ("word", "words"):
            assert q.replace(" ", "").isalpha()
            assert len(q.split()) == (1 if shows == "word" else 2)
    languages = {shows: {q.isascii() for other, q in made if other == shows} for shows in ("word", "phrase", "prefix")}
    assert all(found == {True, False} for found in languages.values()), "there are texts in English and in Russian"


def test_an_empty_archive_has_no_examples(c: Connection) -> None:
    assert examples(c) == ()


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ((("statement", None, None, "No."),), "en"),
        ((("question", None, 1, "Why?"), ("answer", None, 1, "1 2 3 — 4 5 6!")), "en"),
        ((("statement", None, None, "安全保障は大切です。"),), "ja"),
        ((("answer", "a", 1, "Wir sprechen über Brücken und Häfen."),), "de-AT"),
        ((("question", None, 1, "Nobody answers this question?"),), "en"),
        ((("statement", "a", None, "x" * 300),), "en"),
    ],
)
def test_whatever_is_held_every_example_finds_something(c: Connection, add: Any, said: Any, language: str) -> None:
    add("only", None, *said, language=language)
    made = examples(c)
    assert all(find(c, example.found.request).total == example.found.total > 0 for example in made)
    assert bool(made) == (language == "de-AT" or said[0][3].startswith("xx"))
