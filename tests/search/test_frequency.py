"""What a term finds is counted by year and by month, with its first and last use."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Connection

from app.search.frequency import frequency

Add = Callable[..., int]


@pytest.fixture
def held(c: Connection, add: Add) -> Connection:
    add("one", "2019-03-01", ("question", None, 1, "Grain?"), ("answer", "petrova", 1, "Grain, grain and again grain."))
    add("two", "2019-04-09", ("question", None, 1, "Ore?"), ("answer", "brown", 1, "Ore, and grain too."))
    add(
        "three",
        "2021",
        ("question", None, 1, "Ships?"),
        ("answer", "brown", 1, "Ships full of grain."),
        outlets=("post",),
    )
    add("four", "2021-06", ("question", None, 1, "Ships?"), ("answer", "brown", 1, "Ships again."))
    add("five", None, ("question", None, 1, "And grain?"), ("answer", "petrova", 1, "Some day grain will be sold."))
    return c


def test_answers_are_counted_once_each_by_year(held: Connection) -> None:
    found = frequency(held, "grain", "year")
    assert (found.counts, found.undated, found.total) == ({"2019": 2, "2021": 1}, 1, 4)
    assert found.first is not None
    assert found.last is not None
    assert (found.first.interview.date, found.last.interview.date) == ("2019-03-01", "2021")
    assert [(each.value, each.count) for each in found.speakers] == [("brown", 2), ("petrova", 2)]
    assert [(each.value, each.count) for each in found.outlets] == [("post", 1)]
    assert found.is_of_all
    assert not found.timed_out


def test_by_month_a_year_without_a_month_stands_under_itself(held: Connection) -> None:
    assert frequency(held, "grain", "month").counts == {"2019-03": 1, "2019-04": 1, "2021": 1}
    assert frequency(held, "ships", "month").counts == {"2021": 1, "2021-06": 1}


def test_any_search_is_a_term(held: Connection) -> None:
    assert frequency(held, "grain -ore", "year").counts == {"2019": 1, "2021": 1}
    assert frequency(held, "in:question grain", "year").counts == {"2019": 1}
    assert frequency(held, "grain before:2020", "year").counts == {"2019": 2}
    assert frequency(held, '"full of grain"', "year").counts == {"2021": 1}
    assert frequency(held, "grain (", "year").mistakes


@pytest.mark.parametrize("term", ["zebra", "", "(", "speaker:nobody grain", "\x00", '"'])
def test_what_finds_nothing_has_no_first_and_no_last(held: Connection, term: str) -> None:
    found = frequency(held, term, "year")
    assert (found.first is None) == (not found.counts)
    assert not found.timed_out
