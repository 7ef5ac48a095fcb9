"""Sitemaps are told every page of an interview and an answer, once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection

from app.archive import addresses, listing, reading
from app.archive.holdings import InterviewFilter
from app.archive.writing import Stored
from app.errors import NotHeld

Publish = Callable[..., list[Stored]]
Make = Callable[..., Any]
Held = Callable[[], Connection]

UNANSWERED = [
    ("question", None, "Is anybody there?"),
    ("question", "Mary Host", "Nobody at all?"),
    ("moderator", "John Brown", "That was the last question."),
    ("statement", "Anna Petrova", "Thank you all."),
]


@pytest.mark.parametrize("size", [1, 2, 1000])
def test_every_turn_with_a_page_is_told_once(
    counted: Connection, publish: Publish, receipt: Make, held: Held, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    publish(receipt("late.txt", UNANSWERED, date="2022-01-01"))
    c = held()
    monkeypatch.setattr(addresses, "PART", size)
    told = [one.key for part in range(1, addresses.answer_parts(c) + 1) for one in addresses.answers_in(c, part)]
    pages = []
    for listed in listing.interviews(c, InterviewFilter())[1]:
        for turn in reading.interview(c, listed.slug).turns:
            if reading.place(c, turn.id).page == turn.id:
                pages.append(turn.id)
    assert sorted(told) == sorted(pages)
    assert len(pages) == 6 + 3
    slugs = [one.key for part in range(1, addresses.interview_parts(c) + 1) for one in addresses.interviews_in(c, part)]
    assert sorted(slugs) == sorted(one.slug for one in listing.interviews(c, InterviewFilter())[1])
    assert all(one.imported_at.endswith("Z") for one in addresses.interviews_in(c, 1))


def test_what_ended_is_not_told(publish: Publish, receipt: Make, held: Held) -> None:
    said = [("question", None, "What of it?"), ("answer", "Anna Petrova", "These words will be taken back one day.")]
    publish(receipt("a.txt", said))
    (before,) = addresses.answers_in(held(), 1)
    other = [said[0], ("answer", "Anna Petrova", "Entirely different sentences stand here now, about spring.")]
    publish(receipt("a.txt", other), retire=[before.key], reason="Taken back")
    c = held()
    (after,) = addresses.answers_in(c, 1)
    assert after.key != before.key
    with pytest.raises(NotHeld):
        reading.place(c, before.key)


def test_an_empty_archive_has_no_parts(publish: Publish, held: Held) -> None:
    publish()
    assert (addresses.interview_parts(held()), addresses.answer_parts(held())) == (0, 0)
