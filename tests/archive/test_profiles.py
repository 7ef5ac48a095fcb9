"""What is told of one speaker or outlet is what a person counts by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection

from app.archive import profiles
from app.archive.overviews import Count
from app.archive.writing import Stored
from app.errors import NotHeld

Publish = Callable[..., list[Stored]]
Make = Callable[..., Any]
Held = Callable[[], Connection]


def test_a_speaker_is_told_with_offices_years_outlets_and_who_asks(counted: Connection) -> None:
    anna = profiles.speaker(counted, "anna-petrova")
    assert anna.count == Count("anna-petrova", "Anna Petrova", 3, 3, "2020", "2021-02-28")
    assert (anna.answered, anna.asked) == (2, 1)
    assert anna.offices == (
        Count("Governor", "Governor", 2, 1, "2020", "2021-02-28"),
        Count("Minister", "Minister", 1, 2, "2020-05-04", "2020-05-04"),
    )
    assert [(year.value, year.interviews, year.answers) for year in anna.years] == [("2020", 2, 3), ("2021", 1, 0)]
    assert [(each.value, each.interviews) for each in anna.languages] == [("en", 2), ("ru", 1)]
    assert [(each.name, each.interviews, each.answers) for each in anna.outlets] == [
        ("BBC", 2, 3),
        ("The Daily News", 1, 2),
    ]
    assert [(each.name, each.interviews) for each in anna.askers] == [("Mary Host", 2)]
    assert [(each.name, each.interviews, each.answers) for each in anna.asks] == [("John Brown", 1, 2)]


def test_who_only_asks_has_no_answers_and_those_they_ask(counted: Connection) -> None:
    mary = profiles.speaker(counted, "mary-host")
    assert (mary.count.answers, mary.answered, mary.asked) == (0, 0, 2)
    assert [(each.name, each.interviews, each.answers) for each in mary.asks] == [
        ("Anna Petrova", 2, 3),
        ("John Brown", 1, 1),
    ]
    assert mary.askers == mary.offices == ()


def test_an_outlet_is_told_with_those_who_spoke_to_it_and_those_who_asked(counted: Connection) -> None:
    bbc = profiles.outlet(counted, "bbc")
    assert bbc.count == Count("bbc", "BBC", 2, 4, "2020", "2020-05-04")
    assert [(each.name, each.interviews, each.answers) for each in bbc.speakers] == [
        ("Anna Petrova", 2, 3),
        ("John Brown", 1, 1),
    ]
    assert [(each.name, each.interviews) for each in bbc.askers] == [("Mary Host", 2)]
    assert [(each.value, each.interviews) for each in bbc.years] == [("2020", 2)]
    assert [(each.value, each.interviews) for each in bbc.languages] == [("en", 2)]


def test_who_stands_in_earlier_versions_alone_is_still_known(publish: Publish, receipt: Make, held: Held) -> None:
    publish(receipt())
    publish(receipt(outlets=("BBC",), title="Corrected"))
    c = held()
    gone = profiles.outlet(c, "daily-news")
    assert gone.count == Count("daily-news", "The Daily News", 0, 0)
    assert gone.years == gone.speakers == ()
    assert [one.title for one in profiles.former(c, "outlet", "daily-news")] == ["Corrected"]
    assert [one.title for one in profiles.former(c, "speaker", "john-brown")] == ["Corrected"]


@pytest.mark.parametrize("read", [profiles.speaker, profiles.outlet])
def test_who_was_never_held_is_not(counted: Connection, read: Callable[..., object]) -> None:
    with pytest.raises(NotHeld):
        read(counted, "nobody")
