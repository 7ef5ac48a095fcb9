"""Words of the index that are nearly a typed one are all found, in a bounded number of steps."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, text

from app.archive.opening import Library, deadline
from app.errors import QueryTimeout
from app.search import spelling
from app.search.spelling import near


@pytest.fixture(scope="module")
def read(filled_archive: Path) -> Iterator[Connection]:
    """The invented collection as the site reads it, which may read and do nothing else."""
    library = Library(filled_archive, 60)
    with library.lease() as lease:
        yield lease.connection
    library.close()


@pytest.fixture(scope="module")
def held(read: Connection) -> list[str]:
    """Every word of the index."""
    terms = read.execute(text("SELECT DISTINCT term FROM search_index_words")).scalars()
    return [term for term in terms if "·" not in term and "¶" not in term]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bridgee", "bridge"),
        ("brige", "bridge"),
        ("brudge", "bridge"),
        ("birdge", "bridge"),
        ("ridge", "bridge"),
        ("pridge", "bridge"),
        ("ferrry", "ferry"),
        ("harborur", "harbour"),
        ("мостт", "мост"),
        ("озеоо", "озеро"),
        ("министтр", "министр"),
    ],
)
def test_a_word_mistyped_is_found(read: Connection, typed: str, meant: str) -> None:
    assert meant in near(read, typed)


def test_a_name_with_two_letters_missing_is_found(read: Connection) -> None:
    assert "zarechensky" in near(read, "zarchenky")
    assert "halvora" in near(read, "halovrra")


@pytest.mark.parametrize("typed", ["bri", "", "ю", "zzzzzzzzzz", "x" * 128, "安全保障", "\U0010ffff" * 5, "𐐀𐐀𐐀𐐀"])
def test_what_is_too_short_or_like_nothing_has_no_neighbours(read: Connection, typed: str) -> None:
    assert near(read, typed) == ()


def distance(one: str, other: str) -> int:
    """Return the optimal string alignment distance by its definition."""

    @cache
    def between(i: int, j: int) -> int:
        if not i or not j:
            return i + j
        ways = [between(i - 1, j) + 1, between(i, j - 1) + 1, between(i - 1, j - 1) + (one[i - 1] != other[j - 1])]
        if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
            ways.append(between(i - 2, j - 2) + 1)
        return min(ways)

    return between(len(one), len(other))


def _script(letter: str) -> int:
    return next((place for place, (low, high) in enumerate(spelling._SCRIPTS) if low <= letter < high), -1)


@given(st.data())
@settings(max_examples=30, deadline=None)
def test_all_neighbours_are_found_and_nothing_else(read: Connection, held: list[str], data: st.DataObject) -> None:
    word = data.draw(st.sampled_from([each for each in held if len(each) >= 4]))
    for _ in range(data.draw(st.integers(0, 2))):
        place = data.draw(st.integers(0, len(word) - 1))
        put = data.draw(st.sampled_from(["", "a", "о", word[place] * 2]))
        word = word[:place] + put + word[place + 1 :]
    if len(word) < 4:
        return
    close = [each for each in held if abs(len(each) - len(word)) <= 2 and each != word]
    one = {each for each in close if distance(word, each) == 1 and _script(each[0]) == _script(word[0])}
    two = {each for each in close if distance(word, each) == 2 and each[0] == word[0]} if len(word) >= 6 else set()
    assert set(near(read, word)) - {word} == (one or two)


def test_a_walk_ends_after_so_many_steps(read: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spelling, "MOST_STEPS", 50)
    raw = read.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    asked: list[str] = []
    raw.set_trace_callback(lambda statement: asked.append(statement) if "search_index_words" in statement else None)
    near(read, "qqqqqqqq")
    raw.set_trace_callback(None)
    assert 1 < len(asked) <= 50


def test_a_deadline_ends_a_walk(read: Connection) -> None:
    with pytest.raises(QueryTimeout), deadline(read, 0):
        near(read, "qqqqqqqq")
