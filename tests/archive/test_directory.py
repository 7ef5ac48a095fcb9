"""The A to Z has everybody once, in order, under the right letter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection

from app.archive import directory
from app.archive.overviews import Count, Filed, Letter
from app.archive.writing import Stored

Publish = Callable[..., list[Stored]]
Make = Callable[..., Any]
Held = Callable[[], Connection]


def test_those_who_answer_and_those_who_only_ask_are_listed_apart(counted: Connection) -> None:
    answering = directory.filed(counted, "answering", offset=0, limit=10)
    assert answering == (
        Filed("B", Count("john-brown", "John Brown", 2, 3, "2020-05-04", "2021-02-28"), ("Mayor",)),
        Filed("P", Count("anna-petrova", "Anna Petrova", 3, 3, "2020", "2021-02-28"), ("Governor", "Minister")),
    )
    asking = directory.filed(counted, "asking", offset=0, limit=10)
    assert asking == (Filed("H", Count("mary-host", "Mary Host", 2, 0, "2020", "2020-05-04"), ()),)
    outlets = directory.filed(counted, "outlet", offset=0, limit=10)
    assert [(each.letter, each.count.name) for each in outlets] == [("B", "BBC"), ("D", "The Daily News")]


@pytest.fixture
def many(publish: Publish, receipt: Make, held: Held) -> Connection:
    """An archive in which people of many names, in two alphabets, answer."""
    names = ["Ann Zed", "Яна Жукова", "Bob Adams", "Zoe Adams", "7 Days", "Юрий Адамов", "…", "Q Zed"]
    said = [("question", None, "Who is there?"), *(("answer", name, f"Here is {name}.") for name in names)]
    publish(receipt("many.txt", said))
    return held()


def test_letters_count_the_names_and_say_where_each_begins(many: Connection) -> None:
    listed = directory.filed(many, "answering", offset=0, limit=100)
    assert [(each.letter, each.count.name) for each in listed] == [
        ("A", "Юрий Адамов"),
        ("A", "Bob Adams"),
        ("A", "Zoe Adams"),
        ("D", "7 Days"),
        ("Z", "Ann Zed"),
        ("Z", "Q Zed"),
        ("Z", "Яна Жукова"),
        ("…", "…"),
    ]
    assert directory.letters(many, "answering") == (
        Letter("A", 3, 0),
        Letter("D", 1, 3),
        Letter("Z", 3, 4),
        Letter("…", 1, 7),
    )
    assert directory.letters(many, "asking") == ()


def test_pages_neither_repeat_nor_skip(many: Connection) -> None:
    whole = directory.filed(many, "answering", offset=0, limit=100)
    paged = [one for offset in range(0, 9, 3) for one in directory.filed(many, "answering", offset=offset, limit=3)]
    assert tuple(paged) == whole
