"""An id leads to its turn, with the question it answers and its neighbours beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection

from app.archive import reading
from app.archive.holdings import Named
from app.archive.writing import Stored
from app.errors import NotHeld
from app.records import Note

Publish = Callable[..., list[Stored]]
Make = Callable[..., Any]
Held = Callable[[], Connection]

BRIEFING = [
    ("moderator", "Mary Host", "Good morning."),
    ("statement", "Anna Petrova", "Let me begin with a word of thanks."),
    ("question", None, "First?"),
    ("question", "Tom Reporter", "And a second?"),
    ("answer", "Anna Petrova", "To both, yes."),
    ("answer", "John Brown", "I agree."),
    ("question", None, "Nobody answers this?"),
    ("moderator", "Mary Host", "Next, please."),
    ("question", None, "The last?"),
    ("answer", "Anna Petrova", "The last."),
]


@pytest.fixture
def briefing(publish: Publish, receipt: Make, held: Held) -> tuple[Connection, str, list[str]]:
    notes = (Note("(laughs)", 4, 4, 1), Note("(pause)", 5, 8, 0), Note("Opening", 1, None, 0))
    given = receipt(said=BRIEFING, notes=notes)
    pairs = given.interview.exchanges
    assert [len(pair.answers) for pair in pairs] == [2, 1], "the builder joins the unanswered question to the next"
    exchanges = (pairs[0], type(pairs[0])((6,), ()), type(pairs[0])((8,), (9,)))
    object.__setattr__(given.interview, "exchanges", exchanges)
    (stored,) = publish(given)
    c = held()
    return c, stored.slug, [turn.id for turn in reading.interview(c, stored.slug).turns]


def test_an_answer_carries_its_questions_its_fellows_and_its_notes(briefing: Any) -> None:
    c, slug, ids = briefing
    answer = reading.answer(c, ids[4])
    assert answer.turn.paragraphs == ("To both, yes.",)
    assert answer.turn.speaker == Named("anna-petrova", "Anna Petrova")
    assert [turn.id for turn in answer.questions] == ids[2:4]
    assert [turn.id for turn in answer.others] == [ids[5]]
    assert [note.text for note in answer.notes] == ["(laughs)"]
    assert (answer.number, answer.head.slug) == (1, slug)


def test_a_statement_and_an_unanswered_question_have_pages(briefing: Any) -> None:
    c, _, ids = briefing
    statement, question = reading.answer(c, ids[1]), reading.answer(c, ids[6])
    assert (statement.questions, statement.others, statement.number) == ((), (), None)
    assert (question.turn.role, question.questions, question.others, question.number) == ("question", (), (), 2)


def test_pages_follow_each_other_through_the_interview(briefing: Any) -> None:
    c, _, ids = briefing
    pages = [ids[1], ids[4], ids[5], ids[6], ids[9]]
    seen = [reading.answer(c, id) for id in pages]
    assert [answer.previous for answer in seen] == [None, *pages[:-1]]
    assert [answer.next for answer in seen] == [*pages[1:], None]


def test_an_answered_question_leads_to_its_first_answer_and_a_moderator_nowhere(briefing: Any) -> None:
    c, slug, ids = briefing
    places = [reading.place(c, id) for id in ids]
    owners = [None, ids[1], ids[4], ids[4], ids[4], ids[5], ids[6], None, ids[9], ids[9]]
    owners[4], owners[5] = ids[4], ids[5]
    assert [place.page for place in places] == owners
    assert {place.interview for place in places} == {slug}
    for id in (ids[0], ids[2], ids[7]):
        with pytest.raises(NotHeld):
            reading.answer(c, id)


def test_exchanges_are_numbered_and_lead_to_their_first_answer(briefing: Any) -> None:
    c, slug, ids = briefing
    assert [reading.first_answer(c, slug, number) for number in (1, 2, 3)] == [ids[4], ids[6], ids[9]]
    for number in (0, 4, -1, 10**30):
        with pytest.raises(NotHeld):
            reading.first_answer(c, slug, number)
    exchanges = reading.interview(c, slug).exchanges
    assert [(pair.number, len(pair.questions), len(pair.answers)) for pair in exchanges] == [
        (1, 2, 2),
        (2, 1, 0),
        (3, 1, 1),
    ]


def test_the_head_tells_those_who_answer_from_those_who_only_ask(briefing: Any) -> None:
    c, slug, _ = briefing
    head = reading.interview(c, slug).head
    assert [(person.name, person.answers) for person in head.speakers] == [("Anna Petrova", 3), ("John Brown", 1)]
    assert [person.name for person in head.interviewers] == ["Mary Host", "Tom Reporter"]


def test_notes_say_in_which_turn_they_stand(briefing: Any) -> None:
    c, slug, ids = briefing
    notes = reading.interview(c, slug).notes
    assert [(note.text, note.after, note.paragraph) for note in notes] == [
        ("(laughs)", ids[4], 1),
        ("(pause)", ids[8], 0),
        ("Opening", None, 0),
    ]


@pytest.mark.parametrize("version", [0, 2, -1, 10**30])
def test_what_is_not_held_is_told(briefing: Any, version: int) -> None:
    c, slug, ids = briefing
    for call in (
        lambda: reading.interview(c, slug, version),
        lambda: reading.answer(c, ids[4], version),
        lambda: reading.source(c, slug, version),
        lambda: reading.interview(c, "no-such-interview"),
        lambda: reading.answer(c, "0" * 13),
        lambda: reading.place(c, "no such id\x00"),
    ):
        with pytest.raises(NotHeld):
            call()
    assert reading.ending(c, "0" * 13) is None


def test_the_saved_copy_is_the_bytes_that_came(publish: Publish, receipt: Make, held: Held) -> None:
    given = receipt()
    (stored,) = publish(given)
    source, data = reading.source(held(), stored.slug)
    assert data == given.source.data
    assert (source.sha256, source.size, source.name) == (given.source.sha256, given.source.size, "talk.txt")
