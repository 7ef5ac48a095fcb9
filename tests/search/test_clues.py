"""The words of a quotation are told apart by how many rows have them, and the rarest are looked for first."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from sqlalchemy import Connection

from app.search import clues, quoting, repeating
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


def test_what_costs_least_is_looked_for_first_and_no_more_than_may_be() -> None:
    rows = {f"w{n}": 400 * n for n in range(30, 0, -1)}
    known = Held(rows, common=100_000, usual=100_000)
    found = [clue for clue, _ in clues._clues((tuple(rows),), known, False, 1)]
    costs = [min(rows[word] for word in clue.split('"')[1::2]) for clue in found]
    assert costs == sorted(costs)
    assert clues._FEW < len(found) < clues._CLUES
    assert sum(costs) <= clues._ROWS_ASKED


def test_a_rare_word_is_looked_for_beside_the_next_but_one_for_that_between_may_be_changed() -> None:
    known = Held({"one": 5, "two": 6, "three": 7}, common=10, usual=10)
    found = [clue for clue, _ in clues._clues((("one", "two", "three"),), known, False, 1)]
    assert {'NEAR("one" "two", 7)', 'NEAR("one" "three", 8)', 'NEAR("two" "three", 7)'} <= set(found)


def test_a_better_passage_is_looked_for_where_only_a_poor_one_was_found(
    held: Connection, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "Do what? We do see. We shall see what we do."
    add("old", "2001-01-01", ("answer", "brown", None, said))
    monkeypatch.setattr(clues, "_ROWS_A_CLUE", 3)
    for pasted in ("we do see we shall see what we shall", "do what we do see shall we see what we do"):
        assert check(held, pasted).matches[0].interview.date == "2001-01-01"
    monkeypatch.setattr(Held, "is_dull", lambda *_: False)
    poor = check(held, "we do see we shall see what we shall").matches
    assert poor
    assert "2001-01-01" not in {match.interview.date for match in poor}
    assert check(held, pasted).verdict == "none"


def test_words_of_one_turn_alone_keep_no_passage_from_being_found_again(
    held: Connection, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    pledge = "The bridge to the island opens every morning at seven for carts."
    own = " ".join(f"alone{n}" for n in range(12))
    add("one", "2022-01-01", ("answer", "petrova", None, f"{own}. {pledge}"))
    add("two", "2022-02-01", ("answer", "brown", None, f"Again: {pledge}"))
    monkeypatch.setattr(clues, "_CLUES", 6)
    id = check(held, own).matches[0].id
    assert [repeat.hit.interview.slug for repeat in repeating.said_again(held, id).found] == ["two"]
