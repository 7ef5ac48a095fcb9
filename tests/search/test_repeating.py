"""What is said again in another interview is found, and what is only ordinary is not."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, select

from app.archive.tables import passages, turns
from app.search.repeating import said_again

Add = Callable[..., int]
PLEDGE = "The ferry to the northern islands will run twice a day from April, whatever the price of oil may be by then."
CHANGED = PLEDGE.replace("twice", "three times").replace("April", "May")


def id_of(c: Connection, beginning: str) -> str:
    found = select(turns.c.public_id).join(passages, passages.c.turn_id == turns.c.id)
    return str(c.execute(found.where(passages.c.text.startswith(beginning))).scalar_one())


def test_a_passage_said_again_is_found_with_what_differs(c: Connection, add: Add) -> None:
    add(
        "one",
        "2020-01-01",
        ("question", None, 1, "The ferry?"),
        ("answer", "petrova", 1, f"Well. {PLEDGE} That is all."),
    )
    add("two", "2021-01-01", ("question", None, 1, "And now?"), ("answer", "brown", 1, f"As I said: {CHANGED}"))
    add(
        "six",
        "2021-02-01",
        ("question", None, 1, "Trade?"),
        ("answer", "brown", 1, "Trade is another matter altogether."),
    )
    (repeat,) = said_again(c, id_of(c, "Well.")).found
    assert repeat.hit.id == id_of(c, "As I said")
    assert repeat.passage == CHANGED.rstrip(".")
    assert 0.8 < repeat.score < 1
    removed = "".join(change.text for change in repeat.difference if change.op == "removed")
    assert removed.split() == ["twice", "April"]
    (back,) = said_again(c, id_of(c, "As I said")).found
    assert back.hit.id == id_of(c, "Well.")


def test_the_same_interview_is_no_other(c: Connection, add: Add) -> None:
    said = [("question", None, 1, "The ferry?"), ("answer", "petrova", 1, PLEDGE), ("question", None, 2, "Really?")]
    add("one", "2020-01-01", *said, ("answer", "petrova", 2, f"Yes. {PLEDGE}"))
    assert said_again(c, id_of(c, "Yes.")).found == ()


def test_common_words_in_a_row_are_not_said_again(c: Connection, add: Add) -> None:
    for number in range(40):
        words = f"I do not think that it is what we are going to do now, number {number}."
        add(
            f"s-{number}",
            f"2020-01-{number % 28 + 1:02}",
            ("question", None, 1, "So?"),
            ("answer", "petrova", 1, words),
        )
    assert said_again(c, id_of(c, "I do not think that it is what we are going to do now, number 7.")).found == ()


def test_an_id_that_is_not_in_the_index_is_said_nowhere(c: Connection) -> None:
    assert said_again(c, "0000000000000").found == ()
