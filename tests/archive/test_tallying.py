"""What is counted is what a person counts by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection

from app.archive.writing import Stored
from app.records import Provenance

Publish = Callable[..., list[Stored]]
Make = Callable[..., Any]
Held = Callable[[], Connection]

ONE = [
    ("question", "Mary Host", "What did you agree on?"),
    ("answer", "Anna Petrova", "We agreed on three things."),
    ("question", None, "And what of the border?"),
    ("answer", "Anna Petrova", "It stays where it is."),
    ("answer", "John Brown", "Nothing to add."),
]
TWO = [
    ("statement", "John Brown", "Good morning to all of you."),
    ("question", "Anna Petrova", "May I, too, ask something?"),
    ("answer", "John Brown", "Of course you may."),
]
THREE = [("question", "Mary Host", "Is that all?"), ("answer", "Anna Petrova", "It is.")]


@pytest.fixture
def c(publish: Publish, receipt: Make, held: Held) -> Connection:
    """Three interviews, one of them dated by its year alone, and one that was corrected from another date."""
    known = Provenance(url="https://ministry.example/1", publisher="The Ministry")
    minister, governor = {"Anna Petrova": "Minister"}, {"Anna Petrova": "Governor", "John Brown": "Mayor"}
    two = {"outlets": (), "language": "ru", "offices": governor, "provenance": Provenance(id="two")}
    publish(
        receipt("1.txt", ONE, date="2020-05-04", outlets=("The Daily News", "BBC"), offices=minister, provenance=known),
        receipt("2.txt", TWO, date="2019-01-01", **two),
        receipt("3.txt", THREE, date="2020", outlets=("BBC",), offices=governor, title="Three"),
    )
    publish(receipt("2.txt", TWO, date="2021-02-28", **two))
    return held()


def counts(c: Connection, kind: str, columns: str = "value, interviews, answers") -> list[tuple[Any, ...]]:
    asked = f"SELECT {columns} FROM tallies WHERE kind = ? ORDER BY value"
    return [tuple(row) for row in c.exec_driver_sql(asked, (kind,))]


def crossed(c: Connection, kind: str, value: str, by: str, columns: str = "") -> list[tuple[Any, ...]]:
    asked = f"SELECT key, interviews, answers{columns} FROM cross_tallies WHERE kind = ? AND value = ? AND by = ?"
    return [tuple(row) for row in c.exec_driver_sql(f"{asked} ORDER BY key", (kind, value, by))]


def test_every_interview_is_counted_once_by_date_language_publisher_and_format(c: Connection) -> None:
    assert counts(c, "all", "interviews, answers, first, last") == [(3, 6, "2020", "2021-02-28")]
    assert counts(c, "year") == [("2020", 2, 4), ("2021", 1, 2)]
    assert counts(c, "month") == [("2020", 1, 1), ("2020-05", 1, 3), ("2021-02", 1, 2)]
    assert counts(c, "language") == [("en", 2, 4), ("ru", 1, 2)]
    assert counts(c, "publisher") == [("", 2, 3), ("The Ministry", 1, 3)]
    assert counts(c, "format") == [("text/plain", 3, 6)]
    assert [row[1:] for row in counts(c, "imported")] == [(3, 6)]
    assert counts(c, "corrected") == [("", 1, 2)]


def test_what_is_not_known_is_counted_as_that(c: Connection) -> None:
    assert {what: interviews for what, interviews, _ in counts(c, "lacking")} == {
        "date": 0,
        "day": 1,
        "speaker": 0,
        "outlet": 1,
        "url": 2,
        "publisher": 2,
        "retrieved": 3,
        "licence": 3,
        "translation": 3,
        "source": 0,
    }


def test_speakers_and_outlets_are_counted_and_filed(c: Connection) -> None:
    assert counts(c, "speaker", "value, filing, interviews, answers, first, last") == [
        ("anna-petrova", "petrova anna", 3, 3, "2020", "2021-02-28"),
        ("john-brown", "brown john", 2, 3, "2020-05-04", "2021-02-28"),
        ("mary-host", "host mary", 2, 0, "2020", "2020-05-04"),
    ]
    assert counts(c, "outlet", "value, filing, interviews, answers") == [
        ("bbc", "bbc", 2, 4),
        ("daily-news", "daily-news", 1, 3),
    ]


def test_within_a_speaker_their_own_answers_are_counted(c: Connection) -> None:
    assert crossed(c, "speaker", "anna-petrova", "year") == [("2020", 2, 3), ("2021", 1, 0)]
    assert crossed(c, "speaker", "anna-petrova", "language") == [("en", 2, 3), ("ru", 1, 0)]
    assert crossed(c, "speaker", "anna-petrova", "part") == [("answers", 2, 3), ("asks", 1, 0)]
    assert crossed(c, "speaker", "anna-petrova", "outlet") == [("bbc", 2, 3), ("daily-news", 1, 2)]
    assert crossed(c, "speaker", "anna-petrova", "office", ", first, last") == [
        ("Governor", 2, 1, "2020", "2021-02-28"),
        ("Minister", 1, 2, "2020-05-04", "2020-05-04"),
    ]
    assert crossed(c, "speaker", "john-brown", "office") == [("Mayor", 1, 2)]


def test_who_asks_is_told_with_whom_they_ask(c: Connection) -> None:
    assert crossed(c, "speaker", "anna-petrova", "asker") == [("mary-host", 2, 3)]
    assert crossed(c, "speaker", "anna-petrova", "asked") == [("john-brown", 1, 2)]
    assert crossed(c, "speaker", "mary-host", "asked") == [("anna-petrova", 2, 3), ("john-brown", 1, 1)]
    assert crossed(c, "speaker", "mary-host", "part") == [("asks", 2, 0)]


def test_within_an_outlet_whole_interviews_are_counted_and_its_speakers_by_their_own_answers(c: Connection) -> None:
    assert crossed(c, "outlet", "bbc", "year") == [("2020", 2, 4)]
    assert crossed(c, "outlet", "bbc", "language") == [("en", 2, 4)]
    assert crossed(c, "outlet", "bbc", "speaker") == [
        ("anna-petrova", 2, 3),
        ("john-brown", 1, 1),
        ("mary-host", 2, 0),
    ]


def test_undated_interviews_have_no_year(publish: Publish, receipt: Make, held: Held) -> None:
    publish(receipt(date=None))
    c = held()
    assert counts(c, "year") == counts(c, "month") == [("", 1, 3)]
    assert crossed(c, "speaker", "anna-petrova", "year", ", first") == [("", 1, 2, None)]
    assert ("date", 1, 3) in counts(c, "lacking")
