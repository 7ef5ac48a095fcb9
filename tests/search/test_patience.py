"""What takes too long ends, and is said to have ended early."""

from __future__ import annotations

from collections.abc import Callable
from math import inf

import pytest
from sqlalchemy import Connection

from app.search import quoting, repeating
from app.search.patience import Attempt, while_time_lasts


def test_what_is_done_item_by_item_ends_with_its_time() -> None:
    attempt = Attempt()
    assert list(while_time_lasts(attempt, range(3), inf)) == [0, 1, 2]
    assert not attempt.timed_out
    assert list(while_time_lasts(attempt, range(3), 0)) == []
    assert attempt.timed_out


def test_with_nothing_to_do_no_time_is_too_short() -> None:
    attempt = Attempt()
    assert list(while_time_lasts(attempt, (), 0)) == []
    assert not attempt.timed_out


def test_a_comparison_that_takes_too_long_says_that_there_may_be_more(
    c: Connection, add: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "The ferry over the strait will run twice a day from the first of April on, and nothing will delay it again."
    for name, words in (("one", said), ("two", said.replace("twice", "once"))):
        add(name, "2020-01-01", ("question", None, 1, "And?"), ("answer", "petrova", 1, words))
    id = quoting.check(c, said).matches[0].id
    near = said.replace("twice a", "every")
    assert quoting.check(c, near).verdict == "near"
    assert repeating.said_again(c, id).found
    # A connection of these tests has no clock: what ends is the comparison.
    monkeypatch.setattr(quoting, "SECONDS", 0)
    monkeypatch.setattr(repeating, "SECONDS", 0)
    checked, again = quoting.check(c, near), repeating.said_again(c, id)
    assert (checked.verdict, checked.timed_out) == ("none", True)
    assert (again.found, again.timed_out) == ((), True)
