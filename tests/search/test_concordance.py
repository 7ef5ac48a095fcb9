"""Each match of a search stands in a line with the words before and after it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Connection

from app.search.concordance import Line, Wish, all_lines, gather, of_hits, read
from app.search.results import find
from app.search.understanding import SearchRequest

Add = Callable[..., int]


@pytest.fixture
def held(c: Connection, add: Add) -> Connection:
    add(
        "one",
        "2019-03-01",
        ("question", "host", 1, "Will grain be sold?"),
        ("answer", "petrova", 1, "All grain is sold, and\nthe grain-dealers know it."),
    )
    add("two", "2020-01-01", ("question", None, 1, "And ore?"), ("answer", "brown", 1, "Not ore. Grain!"))
    add("three", None, ("question", None, 1, "Ships?"), ("answer", "brown", 1, "They carry grain abroad."))
    return c


def shown(lines: tuple[Line, ...] | list[Line]) -> list[tuple[str, str, str]]:
    return [(line.left, line.hit, line.right) for line in lines]


def test_every_match_has_a_line_in_the_order_of_the_answers(held: Connection) -> None:
    request = SearchRequest("grain", sort="newest")
    lines = of_hits(held, find(held, request).hits, request, Wish(left=2, right=3))
    assert shown(lines) == [
        ("Not ore. ", "Grain", "!"),
        ("All ", "grain", " is sold, and"),
        ("and the ", "grain", "-dealers know it."),
        ("They carry ", "grain", " abroad."),
    ]
    assert [line.date for line in lines] == ["2020-01-01", "2019-03-01", "2019-03-01", None]
    assert lines[0].speaker is not None
    assert lines[0].speaker.slug == "brown"


@pytest.mark.parametrize(
    ("order", "hits_and_neighbours"),
    [
        ("right", ["!", " abroad.", "-dealers know", " is sold,"]),
        ("left", ["All ", "They carry ", "Not ore. ", "and the "]),
    ],
)
def test_lines_are_ordered_by_the_nearest_word_first(
    held: Connection, order: str, hits_and_neighbours: list[str]
) -> None:
    wish = Wish(left=2, right=2, order=order)  # type: ignore[arg-type]
    lines = read(held, gather(held, SearchRequest("grain"), wish).contexts)
    assert [line.right if order == "right" else line.left for line in lines] == hits_and_neighbours


def test_a_sample_is_drawn_again_by_its_seed(held: Connection) -> None:
    request = SearchRequest("grain")
    drawn = {seed: gather(held, request, Wish(sample=1, seed=seed)) for seed in range(12)}
    assert {len(lines.contexts) for lines in drawn.values()} <= {1, 2}
    assert len({lines.contexts[0].row for lines in drawn.values()}) == 3
    assert all(gather(held, request, Wish(sample=1, seed=seed)) == lines for seed, lines in drawn.items())
    assert (drawn[0].turns, drawn[0].of, drawn[0].of_is_exact) == (1, 3, True)
    assert len({line.id for line in read(held, gather(held, request, Wish(sample=100)).contexts)}) == 3


def test_all_lines_are_yielded_and_widths_of_none_give_the_match_alone(held: Connection) -> None:
    lines = list(all_lines(held, SearchRequest("grain"), Wish(left=0, right=0)))
    assert shown(lines) == [("", "Grain", ""), ("", "grain", ""), ("", "grain", ""), ("", "grain", "")]
    assert next(iter(all_lines(held, SearchRequest("grain", sort="oldest"), Wish()))).date == "2019-03-01"
    assert list(all_lines(held, SearchRequest("zebra"), Wish())) == []


def test_questions_have_lines_where_they_are_searched(held: Connection) -> None:
    wish = Wish(left=1, right=1)
    assert shown(list(all_lines(held, SearchRequest("grain", side="question"), wish))) == [("Will ", "grain", " be")]
    both = shown(list(all_lines(held, SearchRequest("grain", side="both", before="2019-12"), wish)))
    assert both == [("Will ", "grain", " be"), ("All ", "grain", " is"), ("the ", "grain", "-dealers")]


def test_a_phrase_is_one_match(held: Connection) -> None:
    lines = list(all_lines(held, SearchRequest('"and the grain"'), Wish(left=1, right=1)))
    assert shown(lines) == [("sold, ", "and the grain", "-dealers")]
