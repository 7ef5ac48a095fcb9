"""What is counted is what a person counts by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection

from app.archive.writing import Stored

Publish = Callable[..., list[Stored]]
Make = Callable[..., Any]
Held = Callable[[], Connection]


def counts(c: Connection, kind: str, columns: str = "value, interviews, answers") -> list[tuple[Any, ...]]:
    asked = f"SELECT {columns} FROM tallies WHERE kind = ? ORDER BY value"
    return [tuple(row) for row in c.exec_driver_sql(asked, (kind,))]


def crossed(c: Connection, kind: str, value: str, by: str, columns: str = "") -> list[tuple[Any, ...]]:
    asked = f"SELECT key, interviews, answers{columns} FROM cross_tallies WHERE kind = ? AND value = ? AND by = ?"
    return [tuple(row) for row in c.exec_driver_sql(f"{asked} ORDER BY key", (kind, value, by))]


def test_every_interview_is_counted_once_by_date_language_publisher_and_format(counted: Connection) -> None:
    assert counts(counted, "all", "interviews, answers, first, last") == [(3, 6, "2020", "2021-02-28")]
    assert counts(counted, "year") == [("2020", 2, 4), ("2021", 1, 2)]
    assert counts(counted, "month") == [("2020", 1, 1), ("2020-05", 1, 3), ("2021-02", 1, 2)]
    assert counts(counted, "language") == [("en", 2, 4), ("ru", 1, 2)]
    assert counts(counted, "publisher") == [("", 2, 3), ("The Ministry", 1, 3)]
    assert counts(counted, "format") == [("text/plain", 3, 6)]
    assert [row[1:] for row in counts(counted, "imported")] == [(3, 6)]
    assert counts(counted, "corrected") == [("", 1, 2)]


def test_what_is_not_known_is_counted_as_that(counted: Connection) -> None:
    assert {what: interviews for what, interviews, _ in counts(counted, "lacking")} == {
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


def test_speakers_and_outlets_are_counted_and_filed(counted: Connection) -> None:
    assert counts(counted, "speaker", "value, filing, interviews, answers, first, last") == [
        ("anna-petrova", "petrova anna", 3, 3, "2020", "2021-02-28"),
        ("john-brown", "brown john", 2, 3, "2020-05-04", "2021-02-28"),
        ("mary-host", "host mary", 2, 0, "2020", "2020-05-04"),
    ]
    assert counts(counted, "outlet", "value, filing, interviews, answers") == [
        ("bbc", "bbc", 2, 4),
        ("daily-news", "daily-news", 1, 3),
    ]


def test_within_a_speaker_their_own_answers_are_counted(counted: Connection) -> None:
    assert crossed(counted, "speaker", "anna-petrova", "year") == [("2020", 2, 3), ("2021", 1, 0)]
    assert crossed(counted, "speaker", "anna-petrova", "language") == [("en", 2, 3), ("ru", 1, 0)]
    assert crossed(counted, "speaker", "anna-petrova", "part") == [("answers", 2, 3), ("asks", 1, 0)]
    assert crossed(counted, "speaker", "anna-petrova", "outlet") == [("bbc", 2, 3), ("daily-news", 1, 2)]
    assert crossed(counted, "speaker", "anna-petrova", "office", ", first, last") == [
        ("Governor", 2, 1, "2020", "2021-02-28"),
        ("Minister", 1, 2, "2020-05-04", "2020-05-04"),
    ]
    assert crossed(counted, "speaker", "john-brown", "office") == [("Mayor", 1, 2)]


def test_who_asks_is_told_with_whom_they_ask(counted: Connection) -> None:
    assert crossed(counted, "speaker", "anna-petrova", "asker") == [("mary-host", 2, 3)]
    assert crossed(counted, "speaker", "anna-petrova", "asked") == [("john-brown", 1, 2)]
    assert crossed(counted, "speaker", "mary-host", "asked") == [("anna-petrova", 2, 3), ("john-brown", 1, 1)]
    assert crossed(counted, "speaker", "mary-host", "part") == [("asks", 2, 0)]


def test_within_an_outlet_whole_interviews_are_counted_and_its_speakers_by_their_own_answers(
    counted: Connection,
) -> None:
    assert crossed(counted, "outlet", "bbc", "year") == [("2020", 2, 4)]
    assert crossed(counted, "outlet", "bbc", "language") == [("en", 2, 4)]
    assert crossed(counted, "outlet", "bbc", "speaker") == [
        ("anna-petrova", 2, 3),
        ("john-brown", 1, 1),
        ("mary-host", 2, 0),
    ]


def test_undated_interviews_have_no_year(publish: Publish, receipt: Make, held: Held) -> None:
    publish(receipt(date=None))
    c = held()
    assert counts(c, "year") == counts(c, "month") == [("", 1, 3)]
    assert crossed(c, "speaker", "anna-petrova", "year", ", first") == [("", 1, 2, None)]
    assert {("date", 1, 3), ("day", 0, 0)} <= set(counts(c, "lacking"))
