"""Dates are read as printed, to the precision known, and never guessed."""

from __future__ import annotations

import pytest

from app.parsing.dates import find, time_in


@pytest.mark.parametrize(
    ("text", "date", "time"),
    [
        ("11 December 201518:47", "2015-12-11", "18:47"),
        ("11 December 2015 18:47", "2015-12-11", "18:47"),
        ("December 11, 2015", "2015-12-11", None),
        ("Dec. 11, 2015, 6:05 p.m. EST", "2015-12-11", "18:05"),
        ("9TH JANUARY, 1967", "1967-01-09", None),
        ("the 3rd of May 2001", "2001-05-03", None),
        ("2017-05-17", "2017-05-17", None),
        ("2017-05-17T14:40", "2017-05-17", "14:40"),
        ("17.05.2017", "2017-05-17", None),
        ("17/11/2016", "2016-11-17", None),
        ("11/17/2016", "2016-11-17", None),
        ("11 декабря 2015 года", "2015-12-11", None),
        ("21 апреля 2025 года 16:45 Москва", "2025-04-21", "16:45"),
        ("December 2015", "2015-12", None),
        ("Декабрь 2015", "2015-12", None),
        ("2015", "2015", None),
        ("2015 год", "2015", None),
        ("29 February 2024", "2024-02-29", None),
        ("May 30, 2018, 00:00", "2018-05-30", None),
        ("12:00 May 30, 2018", "2018-05-30", "12:00"),
    ],
)
def test_a_date_is_read_as_printed(text: str, date: str, time: str | None) -> None:
    found = find(text)
    assert found is not None
    assert (found.date, found.time, found.alone) == (date, time, True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "31 November 2015",
        "29 February 2023",
        "04/05/2016",
        "in 2015",
        "© 2015",
        "2015 2016",
        "1815",
        "May we begin",
        "December",
        "11 December",
        "Resolution 2254",
        "RG-50.030*0555",
        "11 December 20155",
        "0 May 2015",
    ],
)
def test_what_is_not_surely_a_date_is_none(text: str) -> None:
    assert find(text) is None


def test_a_date_among_other_words_is_found_but_not_alone() -> None:
    found = find("Foreign Minister Sergey Lavrov’s interview, December 11, 2015")
    assert found is not None
    assert (found.date, found.alone) == ("2015-12-11", False)


@pytest.mark.parametrize(
    ("text", "time"),
    [("14:40", "14:40"), ("9:05", "09:05"), ("00:00", None), ("24:10", None), ("3:1", None), ("x", None)],
)
def test_a_time_alone_is_read_and_midnight_is_unknown(text: str, time: str | None) -> None:
    assert time_in(text) == time
