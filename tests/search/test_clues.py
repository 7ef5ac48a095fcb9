"""The words of a quotation are told apart by how many rows have them, and the rarest are looked for first."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from sqlalchemy import Connection

from app.search import clues, quoting
from app.search.clues import Held
from app.search.dates import day_of, numbers
from app.search.quoting import check

Add = Callable[..., int]

MONTHS = 40


@pytest.fixture
def held(c: Connection, add: Add) -> Connection:
    for month in range(MONTHS):
        date = f"{2015 + month // 12}-{month % 12 + 1:02}-01"
        words = "We shall see what we shall do." + " The ferry runs." * (month % 8 == 0) + " Tallow!" * (month == 3)
        add(f"talk-{month}", date, ("question", None, 1, "What then?"), ("answer", "petrova", 1, words))
    return c


def test_rare_words_are_counted_and_common_ones_guessed_by_how_far_back_the_newest_reach(held: Connection) -> None:
    found = clues.count(held, {"tallow", "ferry", "shall", "zebra"})
    assert (found.rows["zebra"], found.rows["tallow"]) == (0, 1)
    assert found.common == 3
    assert 4 <= found.rows["ferry"] <= 7
    assert MONTHS * 0.6 <= found.rows["shall"] <= MONTHS * 1.6
    assert found.of("uncounted") > found.common


def test_days_are_counted_alike_in_every_part_of_the_year() -> None:
    days = [day_of(numbers(date)[0]) for date in (20151230, 20151231, 20160101, 20160102, 20160201)]
    assert [later - earlier for earlier, later in pairwise(days)] == [1, 1, 1, 30]
    assert day_of(numbers(0)[0] + 5) == 0


def test_words_are_dull_where_they_are_few_or_nearly_all_usual() -> None:
    rows = {f"rare{n}": 5 for n in range(12)} | {f"usual{n}": 500 for n in range(12)}
    known = Held(rows, common=10, usual=100)
    rare, usual = tuple(word for word in rows if word[0] == "r"), tuple(word for word in rows if word[0] == "u")
    assert not known.is_dull((rare,))
    assert known.is_dull((rare[:11],))
    assert known.is_dull((usual,))
    assert known.rarest((usual, rare), 4) == sorted(rare, key=lambda word: (-len(word), word))[:4]
    assert len(known.rarest((usual,), 32)) == 6


def test_what_no_other_row_has_is_no_clue_where_others_are_asked_for(held: Connection) -> None:
    reading = (("tallow", "the", "ferry", "runs"),)
    known = clues.count(held, {word for fragment in reading for word in fragment})
    assert len(clues.likely(held, reading, known, 48)) > len(clues.likely(held, (("tallow",),), known, 48)) == 1
    assert clues.likely(held, (("tallow",),), known, 48, least=2) == []


def test_usual_words_are_found_by_their_order_alone(held: Connection, add: Add) -> None:
    add(
        "old",
        "2001-01-01",
        ("question", None, 1, "And?"),
        ("answer", "brown", 1, "What shall we see? We do what we do."),
    )
    reading = (("what", "shall", "we", "see"),)
    known = clues.count(held, set(reading[0]))
    clue = clues.phrase(("shall", "we", "see"))
    assert clue not in {clue for clue, _ in clues._clues(reading, known, False, 1)}
    assert clue in {clue for clue, _ in clues._clues(reading, known, True, 1)}


def test_where_many_have_the_rare_words_the_words_are_asked_for_in_their_order(
    held: Connection, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(
        "old",
        "2001-01-01",
        ("question", None, 1, "And?"),
        ("answer", "brown", 1, "What we shall see is what we shall."),
    )
    monkeypatch.setattr(quoting, "_COUNTED", 5)
    checked = check(held, "what we shall see is")
    assert (checked.verdict, checked.total, checked.matches[0].interview.date) == ("exact", 1, "2001-01-01")
    many = check(held, "we shall see what we shall do")
    assert (many.verdict, many.total, many.total_is_exact) == ("exact", 5, False)
