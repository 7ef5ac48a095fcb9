"""The quotation check says exact, near or not in this archive, and shows where."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from app.search.quoting import Match, check

Add = Callable[..., int]

TRADE = (
    "We agreed on three things. The first is trade: grain, ore and timber may pass without duty from the spring on. "
    "The second is the border, which stays where it is."
)
YES = "Yes, and I do not think that anybody ever doubted it, whatever the newspapers wrote."
RUSSIAN = "Мы ещё вернёмся к этому вопросу, когда переговоры в Вене закончатся."


@pytest.fixture
def held(c: Connection, add: Add) -> Connection:
    add(
        "2020-may",
        "2020-05-04",
        ("question", "host", 1, "What did both sides agree on after so many years of dispute?"),
        ("answer", "petrova", 1, TRADE),
        ("question", "host", 2, "Will the ferry run again before the summer holidays begin?"),
        ("answer", "petrova", 2, YES),
    )
    add(
        "2021-june",
        "2021-06-01",
        ("moderator", "chair", None, "We have time for one more question from the regional press."),
        ("question", None, 1, "And the pipeline?"),
        ("answer", "brown", 1, "Nobody has laid a single metre of it. " + YES),
        ("statement", "brown", None, "Let me add that the tunnel under the strait has to wait for better days."),
    )
    add(
        "2022-vena",
        "2022-02-02",
        ("question", None, 1, "Что дальше?"),
        ("answer", "petrova", 1, RUSSIAN),
        language="ru",
    )
    return c


def only(c: Connection, pasted: str) -> Match:
    (match,) = check(c, pasted).matches
    return match


@pytest.mark.parametrize(
    ("pasted", "passage"),
    [
        ("grain, ore and timber may pass without duty", "grain, ore and timber may pass without duty"),
        ("“Grain, ore and timber may pass” —", "grain, ore and timber may pass"),
        ("GRAIN ORE\nAND   TIMBER", "grain, ore and timber"),
        ("The first is trade … may pass without duty", "The first is trade […] may pass without duty"),
        ("The second [thing] is the border", "The second […] is the border"),
        ("Let me add that the tunnel", "Let me add that the tunnel"),
        ("ferry run again before the summer", "ferry run again before the summer"),
        ("one more question from the regional press", "one more question from the regional press"),
        ("мы еще вернемся к этому вопросу", "Мы ещё вернёмся к этому вопросу"),
    ],
)
def test_what_stands_word_for_word_is_exact(held: Connection, pasted: str, passage: str) -> None:
    checked = check(held, pasted)
    assert (checked.verdict, checked.total) == ("exact", 1)
    match = checked.matches[0]
    assert (match.passage, match.score, match.difference) == (passage, 1.0, ())


def test_every_place_is_shown_the_newest_first(held: Connection) -> None:
    checked = check(held, "whatever the newspapers wrote")
    assert [match.interview.date for match in checked.matches] == ["2021-06-01", "2020-05-04"]
    assert [match.speaker.slug for match in checked.matches if match.speaker] == ["brown", "petrova"]
    assert checked.matches[1].question == "Will the ferry run again before the summer holidays begin?"
    assert checked.total_is_exact


@pytest.mark.parametrize(
    ("pasted", "passage"),
    [
        ("grain, ore and timber may never pass without duty", "grain, ore and timber may pass without duty"),
        ("grain, ore and timber may not pass without duty", "grain, ore and timber may pass without duty"),
        ("grain, ore and tiber may pass without duty", "grain, ore and timber may pass without duty"),
        ("grain and timber may pass without any duty", "grain, ore and timber may pass without duty"),
        ("nobody has ever laid a single metre of it", "Nobody has laid a single metre of it"),
        ("мы скоро вернёмся к этому вопросу", "Мы ещё вернёмся к этому вопросу"),
    ],
)
def test_what_differs_in_a_word_is_near_and_the_word_is_told(held: Connection, pasted: str, passage: str) -> None:
    checked = check(held, pasted)
    assert checked.verdict == "near"
    match = checked.matches[0]
    assert match.passage == passage
    assert not match.is_exact
    assert 0.6 < match.score < 1
    assert "".join(change.text for change in match.difference if change.op != "added") == pasted
    assert "".join(change.text for change in match.difference if change.op != "removed") == passage


def test_a_quotation_made_of_two_places_says_so(held: Connection) -> None:
    match = only(held, "The first is trade, the second is the border, which stays where it is")
    assert (match.is_exact, match.is_stitched) == (False, True)
    assert match.passage == "The first is trade […] The second is the border, which stays where it is"


@pytest.mark.parametrize(
    "pasted",
    [
        "grain and ore will be taxed at the harbour until the autumn",
        "The minister denied every word of the report on Friday",
        "We have never agreed on anything of the kind",
        "Сегодня мы подписали договор о дружбе и торговле",
        "zzz",
    ],
)
def test_what_nobody_said_here_is_not_in_this_archive(held: Connection, pasted: str) -> None:
    checked = check(held, pasted)
    assert (checked.verdict, checked.total, checked.matches) == ("none", 0, ())


def test_without_a_word_there_is_no_verdict(held: Connection) -> None:
    assert check(held, " …—").verdict is None


def test_no_quotation_runs_from_a_question_into_its_answer(held: Connection) -> None:
    assert check(held, "before the summer holidays begin? Yes, and I do not think that anybody").verdict != "exact"


def test_what_stands_around_the_words_is_shown(held: Connection) -> None:
    match = only(held, "timber may pass")
    assert match.before.endswith("grain, ore and ")
    assert match.after.startswith(" without duty")


HOSTILE = st.sampled_from(
    ['"', "'", "*", "NEAR(", " AND ", "OR", ":", "\x00", "\ud800", "{", "^", "-", "😀", "[", "…", "a"]
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200) | st.lists(HOSTILE, max_size=60).map("".join))
def test_nothing_pasted_raises(held: Connection, pasted: str) -> None:
    checked = check(held, pasted)
    assert (checked.verdict is None) == (not checked.quotation.readings)
