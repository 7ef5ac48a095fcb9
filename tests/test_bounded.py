"""A document that a rule takes too long over ends in a refusal; a large sound one is parsed as a small one is."""

from __future__ import annotations

import pytest

from app import bounded, parsing, readers
from app.errors import SourceRefused
from app.readers import LARGE, isolation
from app.records import Source


def source(text: str) -> Source:
    return Source("a.txt", text.encode(), "text/plain")


def many_people_of_one_surname(count: int) -> str:
    """A document in which whoever compares each label with each other is at it for minutes."""
    names = [f"ANN{''.join(chr(65 + number // 26**place % 26) for place in range(4))} BO" for number in range(count)]
    return "Hearing\n\n" + "".join(f"{name}: why so?\n" for name in names) * 2


SOUND = "Interview with Lio Tarn\n\n" + "Question: Why is it so?\n\nLio Tarn: It is so, as we said.\n\n" * (LARGE // 50)


def test_a_document_that_takes_out_of_proportion_is_refused_at_the_deadline_and_the_next_is_parsed() -> None:
    with pytest.raises(SourceRefused, match=r"^a\.txt:1: it takes longer than 0\.5 seconds") as refused:
        bounded.interview_in(source(many_people_of_one_surname(30_000)), seconds=0.5)
    assert refused.value.code == "too-slow"
    _, interview = bounded.interview_in(source(SOUND))
    assert len(interview.turns) == 2 * (LARGE // 50)


def test_a_large_document_is_parsed_as_a_small_one_is() -> None:
    large = source(SOUND)
    assert large.size > LARGE
    document, interview = bounded.interview_in(large)
    assert document == readers.read(large)
    assert interview == parsing.parse(document, large)


def test_a_small_document_needs_no_process_of_its_own() -> None:
    isolation._end()
    bounded.interview_in(source(SOUND[:4000]))
    assert not isolation._children


def test_a_large_document_that_is_no_interview_is_refused_by_its_name_and_line() -> None:
    with pytest.raises(SourceRefused, match=r"^a\.txt:1: not a transcript") as refused:
        bounded.interview_in(source("All of it is prose, and nobody speaks in it.\n\n" * (LARGE // 20)))
    assert refused.value.code == "no-turns"
