"""Dates of a search are ranges of row numbers, and a vague date is only where it is known to be."""

from __future__ import annotations

import pytest

from app.search.dates import DAY, is_date, likely, numbers, span


def held(date: int, after: tuple[str, ...] = (), before: tuple[str, ...] = (), years: tuple[str, ...] = ()) -> bool:
    within = span(after, before, years)
    return within.first <= numbers(date)[0] < within.end and date not in within.but


@pytest.mark.parametrize(
    ("bounds", "inside", "outside"),
    [
        ({"after": ("2015",)}, [20150000, 20150100, 20150101, 20160000], [0, 20141231]),
        ({"after": ("2015-06",)}, [20150600, 20150601], [0, 20150000, 20150531]),
        ({"after": ("2015-06-15",)}, [20150615], [20150600, 20150000]),
        ({"before": ("2015",)}, [20141231, 20140000], [0, 20150000, 20150101]),
        ({"before": ("2015-06",)}, [20150531, 20150500], [20150000, 20150600]),
        ({"before": ("2015-06-01",)}, [20150531], [20150000, 20150600]),
        ({"before": ("2015-06-15",)}, [20150614], [20150000, 20150600, 20150615]),
        ({"years": ("2015",)}, [20150000, 20151231], [0, 20140000, 20160000]),
        ({"years": ("undated",)}, [0], [20150000]),
        ({"years": ("undated",), "before": ("2015",)}, [], [0, 20140000]),
        ({"after": ("2015", "2016")}, [20160000], [20150101]),
        ({}, [0, 20150000], []),
    ],
)
def test_a_date_is_in_or_out(bounds: dict[str, tuple[str, ...]], inside: list[int], outside: list[int]) -> None:
    assert [date for date in inside if not held(date, **bounds)] == []
    assert [date for date in outside if held(date, **bounds)] == []


@pytest.mark.parametrize(("text", "right"), [("2015", True), ("2015-02-29", False), ("2015-1", False), ("٢٠١٥", False)])
def test_a_date_is_of_the_calendar(text: str, right: bool) -> None:
    assert is_date(text) is right


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2015/12/11", "2015-12-11"),
        ("31.12.2015", "2015-12-31"),
        ("2015-6", "2015-06"),
        ("06.2015", "2015-06"),
        ("11.12.2015", None),
        ("11.11.2015", "2015-11-11"),
        ("2015-31-12", None),
        ("soon", None),
    ],
)
def test_another_way_to_write_a_date_is_understood_where_it_is_certain(text: str, meant: str | None) -> None:
    assert likely(text) == meant


def test_a_date_has_room_for_a_million_turns() -> None:
    assert numbers(20150101) == (20150101 * DAY, 20150102 * DAY)
    assert numbers(0)[1] <= numbers(1_0000)[0]
