"""The invented collection is imported whole, with the roles, people and dates that its documents were written with."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from app import readers
from app.archive import listing, reading
from app.archive.holdings import HeldInterview, InterviewFilter
from app.archive.opening import Library

HERE = Path(__file__).resolve().parent
MARKS = ("(Invented for testing; ", "(Документ вымышлен для проверки программы, ")

ROLES = {
    "2009-03-04-marwick-courier": {"question": 5, "answer": 5},
    "2009-03-04-marwick-radio": {"question": 4, "answer": 3},
    "2009-11-19-ashgrove-budget": {"moderator": 3, "statement": 1, "question": 5, "answer": 4},
    "2011-06-08-lindgate-rates": {"moderator": 5, "statement": 1, "question": 7, "answer": 7},
    "2012-04-26-merriden-cantons": {"question": 5, "answer": 5},
    "2012-10-11-gornov-most": {"statement": 1, "question": 4, "answer": 4},
    "2013-05-15-joint-press-conference": {"moderator": 4, "statement": 2, "question": 5, "answer": 10},
    "2017-05-notes-merriden-mediation": {"question": 3, "answer": 3},
    "2018-03-22-marwick-ledger": {"question": 25, "answer": 25},
    "2019-04-05-gornov-ozero": {"question": 25, "answer": 25},
    "2021-10-05-vyaznikova-kurier": {"question": 5, "answer": 5},
}
"""What each of these was written with, by the stem of its name."""


@pytest.fixture(scope="module")
def held(filled_archive: Path) -> dict[str, HeldInterview]:
    """Every interview of the collection, by the stem of its file's name."""
    library = Library(filled_archive, 5)
    with library.lease() as lease:
        _, listed = listing.interviews(lease.connection, InterviewFilter(), limit=1000)
        read = [reading.interview(lease.connection, each.slug) for each in listed]
    library.close()
    return {Path(each.head.source.name).stem: each for each in read}


def test_every_document_is_one_interview_and_says_that_it_is_invented(held: dict[str, HeldInterview]) -> None:
    documents = [path for path in sorted((HERE / "transcripts").iterdir()) if path.suffix in readers.suffixes()]
    assert sorted(path.stem for path in documents) == sorted(held)
    for stem, interview in held.items():
        marked = [note for note in interview.notes if note.text.startswith(MARKS)]
        assert [note.after for note in marked] == [None], stem
        assert interview.head.title != stem, stem


@pytest.mark.parametrize("stem", sorted(ROLES))
def test_turns_have_the_roles_they_were_written_with(held: dict[str, HeldInterview], stem: str) -> None:
    assert Counter(turn.role for turn in held[stem].turns) == ROLES[stem]


def test_everybody_answers_under_their_own_name(held: dict[str, HeldInterview]) -> None:
    joint = held["2013-05-15-joint-press-conference"]
    assert {(one.name, one.answers) for one in joint.head.speakers} == {
        ("Ilse Marwick", 6),
        ("Nikodim Zarechensky", 5),
        ("Joss Merriden", 1),
    }
    asked = held["2011-06-08-lindgate-rates"]
    assert [one.name for one in asked.head.interviewers] == ["Cormac Abelin", "Sigrun Oakes", "Davi Tarrant"]
    offices = {one.office for each in held.values() for one in each.head.speakers if one.name == "Ilse Marwick"}
    assert offices >= {"Foreign Minister", "Prime Minister", "Special Envoy"}


def test_the_collection_fills_lists_calendars_and_charts(held: dict[str, HeldInterview]) -> None:
    dates = [each.head.date for each in held.values()]
    years = {int(date[:4]) for date in dates if date}
    assert len(held) > 50, "a list of interviews has a second page"
    assert len(years) > 9
    assert set(range(min(years), max(years))) - years, "some years are empty"
    assert max(Counter(date for date in dates if date and len(date) == 10).values()) > 1
    assert {None, "2012", "2014-10"} <= set(dates)
    assert sum(each.head.exchange_count > 20 for each in held.values()) > 1
    assert {each.head.language for each in held.values()} == {"en", "ru"}
    assert len({one.slug for each in held.values() for one in each.head.speakers}) > 6
    assert len({outlet.slug for each in held.values() for outlet in each.head.outlets}) > 6
