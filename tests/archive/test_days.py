"""Dates are found with their interviews, at the precision known, and so are the nearest ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection

from app.archive import days, listing
from app.archive.holdings import InterviewFilter
from app.archive.overviews import DateCount
from app.archive.writing import Stored

Publish = Callable[..., list[Stored]]
Make = Callable[..., Any]
Held = Callable[[], Connection]
DATES = ["2015-12-11", "2015-12-11", "2015-12", "2015", "2015-02-28", "2013", "2018-01-01", "2018-03", None]


@pytest.fixture
def c(publish: Publish, receipt: Make, held: Held) -> Connection:
    publish(*(receipt(f"{number}.txt", date=date) for number, date in enumerate(DATES)))
    return held()


def test_the_dates_of_a_period_are_counted(c: Connection) -> None:
    assert days.dates_in(c, 2015) == (
        DateCount("2015", 1),
        DateCount("2015-02-28", 1),
        DateCount("2015-12", 1),
        DateCount("2015-12-11", 2),
    )
    assert days.dates_in(c, 2015, 12) == (DateCount("2015-12", 1), DateCount("2015-12-11", 2))
    assert days.dates_in(c, 2015, 11) == days.dates_in(c, 2014) == ()


def test_every_date_is_told_once(c: Connection) -> None:
    dates = ["2013", "2015", "2015-02-28", "2015-12", "2015-12-11", "2018-01-01", "2018-03"]
    assert [each.date for each in days.every_date(c)] == dates
    assert sum(each.interviews for each in days.every_date(c)) == len(DATES) - 1


@pytest.mark.parametrize(
    ("precision", "period", "nearest"),
    [
        ("year", (2015,), ("2013", "2018")),
        ("year", (2014,), ("2013", "2015")),
        ("year", (2013,), (None, "2015")),
        ("year", (2018,), ("2015", None)),
        ("month", (2015, 12), ("2015-02", "2018-01")),
        ("month", (2015, 2), (None, "2015-12")),
        ("month", (2018, 3), ("2018-01", None)),
        ("month", (2016, 7), ("2015-12", "2018-01")),
        ("day", (2015, 12, 11), ("2015-02-28", "2018-01-01")),
        ("day", (2015, 12, 12), ("2015-12-11", "2018-01-01")),
        ("day", (2015, 2, 28), (None, "2015-12-11")),
        ("day", (2018, 1, 1), ("2015-12-11", None)),
    ],
)
def test_the_nearest_period_is_one_that_has_something(
    c: Connection, precision: days.Precision, period: tuple[int, ...], nearest: tuple[str | None, str | None]
) -> None:
    assert days.neighbours(c, precision, *period) == nearest


@pytest.mark.parametrize(
    ("chosen", "dates"),
    [
        (InterviewFilter(2015, 12, day=11), ["2015-12-11", "2015-12-11"]),
        (InterviewFilter(2015, 12, day=0), ["2015-12"]),
        (InterviewFilter(2015, 0), ["2015"]),
        (InterviewFilter(0), [None]),
        (InterviewFilter(2015, 12, day=12), []),
    ],
)
def test_a_list_can_be_of_a_day_or_of_what_is_known_in_part(
    c: Connection, chosen: InterviewFilter, dates: list[str | None]
) -> None:
    total, listed = listing.interviews(c, chosen)
    assert (total, [one.date for one in listed]) == (len(dates), dates)
