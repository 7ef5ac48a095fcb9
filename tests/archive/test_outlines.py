"""The outline of an interview has each question once, with the page of its answer."""

from __future__ import annotations

from sqlalchemy import Connection

from app.archive import listing, outlines, reading
from app.archive.holdings import InterviewFilter


def test_each_question_leads_to_its_first_answer(counted: Connection) -> None:
    listed = listing.interviews(counted, InterviewFilter())[1]
    outline = outlines.questions(counted, [one.slug for one in listed])
    assert sorted(len(questions) for questions in outline.values()) == [1, 1, 2]
    for slug, questions in outline.items():
        held = reading.interview(counted, slug)
        turns = {turn.id: turn for turn in held.turns}
        assert [question.number for question in questions] == [exchange.number for exchange in held.exchanges]
        for question, exchange in zip(questions, held.exchanges, strict=True):
            assert question.id == exchange.answers[0]
            assert question.text == turns[exchange.questions[0]].paragraphs[0]


def test_nothing_is_asked_of_no_interviews(counted: Connection) -> None:
    assert outlines.questions(counted, []) == outlines.questions(counted, ["nowhere"]) == {}
