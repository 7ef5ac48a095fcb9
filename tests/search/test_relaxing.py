"""A search that finds nothing says what emptied it, and what there is without that."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from app.search.counting import Found
from app.search.grammar import parse
from app.search.query import parts, rendered
from app.search.relaxing import Relaxed, relaxed
from app.search.results import SearchRequest, find


@pytest.fixture
def held(c: Connection, add: Any) -> Connection:
    """Three interviews whose hits can be counted by hand."""
    add(
        "bridge",
        "2014-01-16",
        ("question", "anna-kern", 1, "Minister, what of the bridge and the ferry?"),
        ("answer", "ilse-marwick", 1, "The bridge is closed. The harbour is open to everybody."),
        ("question", None, 2, "Is the ferry late?"),
        ("answer", "ilse-marwick", 2, "The ferry waits in the harbour until the ice has gone."),
        outlets=("northern-wire",),
    )
    add(
        "toll",
        "2018-03",
        ("question", None, 1, "And the toll?"),
        ("answer", "joss-merriden", 1, "A toll on the bridge would be paid by the ferry."),
        outlets=("courier",),
    )
    add(
        "most",
        "2019-05-01",
        ("question", None, 1, "Что с мостом?"),
        ("answer", "ilse-marwick", 1, "Мост закрыт, а паром стоит в гавани."),
        language="ru",
    )
    return c


def told(c: Connection, q: str = "", **asked: Any) -> Relaxed:
    request = SearchRequest(q, **asked)
    assert find(c, request).total == 0
    return relaxed(c, request)


def counts(found: Relaxed) -> list[tuple[str, int, int | None]]:
    """Return of each part its words, how much it finds alone and how much the rest finds."""
    return [(part.text, part.alone.total, part.rest.total if part.rest else None) for part in found.parts]


@pytest.mark.parametrize(
    ("q", "asked", "expected"),
    [
        ("zebra", {}, [("zebra", 0, None)]),
        ("bridge zebra", {}, [("bridge", 2, 0), ("zebra", 0, 2)]),
        ("ferry toll harbour", {}, [("ferry", 2, 0), ("toll", 1, 1), ("harbour", 2, 1)]),
        ('"closed ferry" open', {}, [('"closed ferry"', 0, 1), ("open", 1, 0)]),
        ("open -bridge", {}, [("open", 1, 2), ("-bridge", 2, 1)]),
        ("open NOT bridge", {}, [("open", 1, 2), ("NOT bridge", 2, 1)]),
        ("(zebra OR lion) open", {}, [("(zebra OR lion)", 0, 1), ("open", 1, 0)]),
        ("zebra OR lion", {}, [("zebra OR lion", 0, None)]),
        ("ferry NEAR/1 open", {}, [("ferry NEAR/1 open", 0, None)]),
        ("toll speaker:marwick", {}, [("toll", 1, 3), ("speaker:marwick", 3, 1)]),
        ("toll", {"speaker": "ilse-marwick"}, [("toll", 1, 3), ("ilse-marwick", 3, 1)]),
        ("toll", {"after": "2014", "before": "2015"}, [("toll", 1, 2), ("2014 2015", 2, 1)]),
        ("", {"speaker": "joss-merriden", "language": "ru"}, [("joss-merriden", 1, 1), ("ru", 1, 1)]),
        ("toll", {"outlet": "nobody"}, [("toll", 1, 0), ("nobody", 0, 1)]),
        ("toll year:2014 in:answer", {}, [("toll", 1, 2), ("year:2014", 2, 1), ("in:answer", 4, 0)]),
        ("😀", {}, []),
    ],
)
def test_each_part_is_counted_alone_and_left_out(
    held: Connection, q: str, asked: dict[str, Any], expected: list[tuple[str, int, int | None]]
) -> None:
    assert counts(told(held, q, **asked)) == expected


def test_each_count_is_that_of_the_search_it_names(held: Connection) -> None:
    found = told(held, 'toll "harbour open" -ferry', speaker="ilse-marwick", after="2014", before="2019", sort="oldest")
    assert len(found.parts) == 5
    named = [one for part in found.parts for one in (part.alone, part.rest) if one is not None]
    for one in (*named, *found.sides, *found.meant, *filter(None, [found.loose])):
        assert find(held, one.request).total == one.total
        assert one.is_exact


def test_what_was_asked_and_not_said_is_told(held: Connection) -> None:
    def sides(q: str, side: Any) -> dict[str, int]:
        return {one.request.side: one.total for one in told(held, q, side=side).sides}

    assert sides("minister", "answer") == {"question": 1, "both": 1}
    assert sides("ice", "question") == {"answer": 1, "both": 1}
    assert sides("minister ice", "both") == {}
    assert sides("late ice", "answer") == {"both": 1}
    assert sides("minister in:answer", "question") == {}


def test_a_phrase_that_nobody_said_is_loosened_to_its_words(held: Connection) -> None:
    loose = told(held, '"harbour ferries" waits').loose
    assert loose is not None
    assert (loose.request.q, loose.total) == ("harbour ferries waits", 1)
    assert told(held, '"zebra crossing"').loose is None
    assert told(held, "zebra").loose is None
    assert told(held, 'zebra -"the ferry"').loose is None


@pytest.mark.parametrize(
    ("q", "asked", "expected"),
    [
        ("brigde", {}, [("bridge", 2)]),
        ("Brigde", {}, [("Bridge", 2)]),
        ("harber", {}, [("harbour", 2)]),
        ("brigde harbuor", {}, [("bridge harbour", 1)]),
        ('"the brigde" closd', {}, [('"the bridge" closed', 1)]),
        ("brigde", {"speaker": "joss-merriden"}, [("bridge", 1)]),
        ("tolll", {"speaker": "ilse-marwick"}, [("toll", 1)]),
        ("brigde zebra harber", {}, [("bridge", 2), ("harbour", 2)]),
        ("minster", {}, []),
        ("minster", {"side": "question"}, [("minister", 1)]),
        ("паромм", {}, [("паром", 1)]),
        ("-brigde zebra", {}, []),
        ("brigd*", {}, []),
        ("tol", {}, []),
    ],
)
def test_a_word_that_stands_nowhere_is_spelt_as_one_that_does(
    held: Connection, q: str, asked: dict[str, Any], expected: list[tuple[str, int]]
) -> None:
    assert [(one.request.q, one.total) for one in told(held, q, **asked).meant] == expected


def test_the_more_frequent_spelling_comes_first(c: Connection, add: Any) -> None:
    add("a", "2020", *(("statement", "a", None, f"ports and parts and forts {number}") for number in range(3)))
    add("b", "2021", *(("statement", "a", None, f"parts {number}") for number in range(3)))
    add("c", "2022", ("statement", "a", None, "portz"))
    assert [(one.request.q, one.total) for one in told(c, "porty").meant] == [("ports", 3), ("portz", 1)]
    assert [(one.request.q, one.total) for one in told(c, "party").meant] == [("parts", 6)]


QUERY = st.lists(
    st.sampled_from(["a", "b", '"c d"', "-e", "OR", "AND", "NOT", "NEAR/3", "(", ")", "speaker:x", "year:2015", "f*"]),
    max_size=10,
).map(" ".join)


@given(QUERY | st.text(max_size=30))
@settings(max_examples=400, deadline=None)
def test_the_parts_of_any_query_are_queries_and_lose_nothing(typed: str) -> None:
    lexemes = parse(typed).lexemes
    groups = parts(lexemes)
    assert sorted(map(str, (lexeme for group in groups for lexeme in group))) == sorted(
        str(lexeme) for lexeme in lexemes if lexeme.kind != "and"
    )
    for group in groups:
        rest = tuple(lexeme for other in groups if other is not group for lexeme in other)
        for query in (parse(rendered(group)), parse(rendered(rest))):
            assert all(mistake.message.startswith("It only leaves words out") for mistake in query.mistakes)


@given(q=st.text(max_size=60))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_can_be_relaxed(held: Connection, q: str) -> None:
    assert isinstance(relaxed(held, SearchRequest(q)), Relaxed)


def test_counts_end_at_a_thousand(c: Connection, add: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.search.counting.MOST", 2)
    add("a", "2020", *(("statement", "a", None, f"bridge {number}") for number in range(3)))
    (_, zebra) = told(c, "bridge zebra").parts
    assert isinstance(zebra.rest, Found)
    assert (zebra.rest.total, zebra.rest.is_exact) == (2, False)
