"""Lists are in order, filters narrow them, and counts count what is held today."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from sqlalchemy import Connection

from app.archive import listing, selecting
from app.archive.holdings import InterviewFilter
from app.archive.overviews import Count
from app.archive.writing import Stored

Publish = Callable[..., list[Stored]]
Make = Callable[..., Any]
Held = Callable[[], Connection]
DATES = [None, "2015", "2015-12", "2015-12-11", "2016-01-01", "2016-02-29", None]


@pytest.fixture
def c(publish: Publish, receipt: Make, held: Held, talk: Any) -> Connection:
    made = []
    for number, (date, language) in enumerate(product(DATES, ("en", "ru"))):
        said = (
            talk if number % 3 else [("question", "Mary Host", "Why?"), ("answer", "John Brown", f"Because {number}.")]
        )
        outlets = (("The Daily News",), ("BBC", "The Daily News"), ())[number % 3]
        time = ("18:47", None, "09:00")[number % 3]
        made.append(receipt(f"{number}.txt", said, date=date, language=language, outlets=outlets, time=time))
    publish(*made)
    return held()


def slugs(c: Connection, filter: InterviewFilter, **how: Any) -> list[str]:
    return [one.slug for one in listing.interviews(c, filter, **how)[1]]


def test_lists_are_by_date_then_time_then_slug_and_the_undated_come_last_either_way(c: Connection) -> None:
    _, listed = listing.interviews(c, InterviewFilter(), newest_first=False)
    dated = [one for one in listed if one.date]
    keys = [((one.date or "").replace("-", "").ljust(8, "0"), one.time or "", one.slug) for one in dated]
    assert keys == sorted(keys)
    assert [one.date for one in listed[len(dated) :]] == [None] * 4
    _, newest = listing.interviews(c, InterviewFilter(), newest_first=True)
    assert [one.slug for one in newest[: len(dated)]] == [one.slug for one in reversed(dated)]
    assert [one.date for one in newest[len(dated) :]] == [None] * 4


@pytest.mark.parametrize("newest_first", [True, False])
@pytest.mark.parametrize("size", [1, 3, 5, 50])
def test_pages_neither_repeat_nor_skip(c: Connection, newest_first: bool, size: int) -> None:
    whole = slugs(c, InterviewFilter(), newest_first=newest_first)
    paged = [
        slug
        for offset in range(0, 14, size)
        for slug in slugs(c, InterviewFilter(), newest_first=newest_first, offset=offset, limit=size)
    ]
    assert paged == whole
    assert len(set(whole)) == 14
    assert slugs(c, InterviewFilter(), offset=99) == []


FILTERS = [
    InterviewFilter(year, month, speaker, outlet, language)
    for (year, month), speaker, outlet, language in product(
        [(None, None), (2015, None), (2015, 12), (2016, 2), (1999, None)],
        [None, "john-brown", "mary-host", "nobody"],
        [None, "bbc", "daily-news"],
        [None, "ru", "xx"],
    )
]


@pytest.mark.parametrize("filter", FILTERS, ids=str)
def test_every_filter_gives_what_a_reading_of_all_gives(c: Connection, filter: InterviewFilter) -> None:
    _, every = listing.interviews(c, InterviewFilter())
    appearing = "SELECT i.slug FROM interviews i JOIN versions v ON v.interview_id = i.id JOIN appearances a "
    appearing += "ON a.version_id = v.id JOIN speakers s ON s.id = a.speaker_id WHERE s.slug = ?"
    who = set(c.exec_driver_sql(appearing, (filter.speaker or "",)).scalars())
    month = f"-{filter.month:02}" if filter.month else ""
    expected = [
        one
        for one in every
        if (filter.year is None or (one.date or "").startswith(f"{filter.year}{month}"))
        and (filter.speaker is None or one.slug in who)
        and (filter.outlet is None or filter.outlet in [outlet.slug for outlet in one.outlets])
        and (filter.language is None or one.language == filter.language)
    ]
    total, found = listing.interviews(c, filter)
    assert (total, list(found)) == (len(expected), expected)


def test_lists_show_those_who_answer_and_the_outlets_in_order(c: Connection) -> None:
    _, listed = listing.interviews(c, InterviewFilter(speaker="mary-host"))
    assert {tuple(speaker.name for speaker in one.speakers) for one in listed} == {("John Brown",)}
    _, listed = listing.interviews(c, InterviewFilter(outlet="bbc"))
    assert {tuple(outlet.name for outlet in one.outlets) for one in listed} == {("BBC", "The Daily News")}


def test_counts_add_up(c: Connection) -> None:
    holdings = listing.holdings(c)
    total, listed = listing.interviews(c, InterviewFilter())
    assert (holdings.interviews, total, len(listed)) == (14, 14, 14)
    assert (holdings.first, holdings.last, holdings.languages) == ("2015", "2016-02-29", ("en", "ru"))
    assert (holdings.speakers, holdings.outlets) == (3, 2)
    years = listing.years(c)
    assert [(year.value, year.interviews) for year in years] == [("", 4), ("2015", 6), ("2016", 4)]
    assert sum(year.answers for year in years) == holdings.answers == sum(one.answers for one in listing.speakers(c))
    assert [one.value for one in listing.speakers(c)] == ["anna-petrova", "john-brown", "mary-host"]
    for count in listing.speakers(c):
        assert count.interviews == listing.interviews(c, InterviewFilter(speaker=count.value))[0]
    for count in listing.outlets(c):
        assert count.interviews == listing.interviews(c, InterviewFilter(outlet=count.value))[0]
    for count in listing.languages(c):
        assert count.interviews == listing.interviews(c, InterviewFilter(language=count.value))[0] == 7


def test_lists_and_counts_are_of_the_current_version(publish: Publish, receipt: Make, held: Held) -> None:
    publish(receipt())
    publish(receipt(outlets=("BBC",), title="Corrected"))
    c = held()
    total, (listed,) = listing.interviews(c, InterviewFilter(outlet="bbc"))
    assert (total, listed.title, [one.name for one in listed.outlets]) == (1, "Corrected", ["BBC"])
    assert listing.interviews(c, InterviewFilter(outlet="daily-news")) == (0, ())
    assert listing.outlets(c) == (Count("bbc", "BBC", 1, 3, "2020-05-04", "2020-05-04"),)


def test_an_archive_of_nothing_is_listed_as_that(publish: Publish, held: Held) -> None:
    publish()
    c = held()
    assert listing.interviews(c, InterviewFilter()) == (0, ())
    holdings = listing.holdings(c)
    assert (holdings.interviews, holdings.answers, holdings.first, holdings.languages) == (0, 0, None, ())
    assert listing.years(c) == listing.speakers(c) == ()


@pytest.mark.parametrize("kinds", [(), ("speaker",), ("outlet",), ("language",), ("speaker", "outlet", "language")])
def test_no_list_is_sorted_or_read_whole(c: Connection, kinds: tuple[str, ...]) -> None:
    for statement in (selecting._paging(kinds, True), selecting._paging(kinds, False), selecting._counting(kinds)):
        compiled = str(statement.compile(c, compile_kwargs={"render_postcompile": True}))
        values = {"low": "", "high": "~", "limit": 5, "offset": 0, "speaker": 1, "outlet": 1, "language": "en"}
        names = statement.compile(c).positiontup or []
        plan = _plan(compiled, [values[name] for name in names], str(c.engine.url), c)
        assert not [step for step in plan if "TEMP B-TREE" in step or step.startswith("SCAN")], plan


def _plan(statement: str, values: list[Any], _url: str, c: Connection) -> list[str]:
    return [row[3] for row in c.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", tuple(values))]
