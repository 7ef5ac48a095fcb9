"""An interview leads to those before and after it in time, an answer to what was asked beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection

from app.archive import neighbours, reading
from app.archive.holdings import Named
from app.archive.neighbours import Beside
from app.archive.writing import Stored
from app.errors import NotHeld
from app.records import Exchange

Publish = Callable[..., list[Stored]]
Make = Callable[..., Any]
Held = Callable[[], Connection]

ANNA, JOHN, TOM = (Named(name.lower().replace(" ", "-"), name) for name in ("Anna Petrova", "John Brown", "Tom Asker"))
BOTH = [("question", None, "Who?"), ("answer", ANNA.name, "Anna here."), ("answer", JOHN.name, "And John.")]
ANNAS = [("question", None, "Who?"), ("answer", ANNA.name, "Anna alone.")]
JOHNS = [("question", ANNA.name, "Anna asks?"), ("answer", JOHN.name, "John alone.")]


@pytest.fixture
def c(publish: Publish, receipt: Make, held: Held) -> Connection:
    """Six English interviews, one of them of a year alone and one undated, and one in Russian."""
    events: tuple[tuple[str, Any, str | None, str | None, str], ...] = (
        ("vague", ANNAS, "2019", None, "en"),
        ("first", BOTH, "2019-03-01", None, "en"),
        ("noon", JOHNS, "2019-03-02", "12:00", "en"),
        ("evening", ANNAS, "2019-03-02", "18:00", "en"),
        ("russian", ANNAS, "2019-03-03", None, "ru"),
        ("last", BOTH, "2020-01-01", None, "en"),
        ("undated", ANNAS, None, None, "en"),
    )
    for name, said, date, time, language in events:
        publish(receipt(f"{name}.txt", said, date=date, time=time, language=language, title=f"The {name}"))
    return held()


def slug_of(c: Connection, name: str) -> str:
    row = c.exec_driver_sql(
        "SELECT slug FROM interviews JOIN versions ON versions.interview_id = interviews.id WHERE title = ?",
        (f"The {name}",),
    )
    return str(row.scalar_one())


def titles(found: Beside) -> list[str | None]:
    return [None if each is None else each.title.removeprefix("The ") for each in (found.previous, found.next)]


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("vague", None, "first"),
        ("first", "vague", "noon"),
        ("noon", "first", "evening"),
        ("evening", "noon", "last"),
        ("last", "evening", None),
    ],
)
def test_interviews_stand_in_the_order_of_their_dates_and_hours(
    c: Connection, name: str, before: str | None, after: str | None
) -> None:
    (found,) = neighbours.beside(c, slug_of(c, name))
    assert found.speaker is None
    assert titles(found) == [before, after]


@pytest.mark.parametrize("name", ["undated", "russian"])
def test_what_has_no_date_or_is_alone_in_its_language_stands_beside_none(c: Connection, name: str) -> None:
    assert neighbours.beside(c, slug_of(c, name), [ANNA]) == ()


def test_an_unknown_interview_stands_beside_none(c: Connection) -> None:
    assert neighbours.beside(c, "nothing", [ANNA]) == ()


def test_a_speakers_own_interviews_are_those_where_they_answer(c: Connection) -> None:
    _, annas, johns = neighbours.beside(c, slug_of(c, "first"), [ANNA, JOHN, TOM])
    assert (annas.speaker, titles(annas)) == (ANNA, ["vague", "evening"])
    assert (johns.speaker, titles(johns)) == (JOHN, [None, "noon"])
    by_date, johns = neighbours.beside(c, slug_of(c, "noon"), [JOHN])
    assert titles(by_date) == ["first", "evening"]
    assert titles(johns) == ["first", "last"]


def test_a_neighbour_is_named_as_its_current_version_has_it(publish: Publish, receipt: Make, held: Held) -> None:
    publish(receipt("a.txt", ANNAS, date="2019-01-01", title="The first"))
    publish(receipt("b.txt", ANNAS, date="2019-01-02", title="The second"))
    publish(receipt("a.txt", ANNAS, date="2019-01-01", title="The first, corrected"))
    c = held()
    (found,) = neighbours.beside(c, slug_of(c, "second"))
    assert titles(found) == ["first, corrected", None]


SAID = [
    ("statement", ANNA.name, "Thank you all.\nLet us begin."),
    ("question", None, "What of the bridge?\nAnd the ferry?"),
    ("question", TOM.name, "And the road?"),
    ("answer", ANNA.name, "All three."),
    ("answer", JOHN.name, "I agree."),
    ("question", None, "Nobody answers?"),
]


def test_a_turn_is_named_by_what_was_asked(publish: Publish, receipt: Make, held: Held) -> None:
    given = receipt(said=SAID)
    object.__setattr__(given.interview, "exchanges", (Exchange((1, 2), (3, 4)), Exchange((5,), ())))
    (stored,) = publish(given)
    c = held()
    ids = [turn.id for turn in reading.interview(c, stored.slug).turns]
    found = neighbours.named(c, stored.slug, 1, [*ids, "nothing"])
    assert [(found[id].role, found[id].speaker, found[id].words) for id in (ids[0], *ids[3:])] == [
        ("statement", "Anna Petrova", "Thank you all.\nLet us begin."),
        ("answer", "Anna Petrova", "What of the bridge?\nAnd the ferry?"),
        ("answer", "John Brown", "What of the bridge?\nAnd the ferry?"),
        ("question", "Question", "Nobody answers?"),
    ]
    assert set(found) == set(ids)
    with pytest.raises(NotHeld):
        neighbours.named(c, stored.slug, 2, ids)
