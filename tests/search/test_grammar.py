"""Typed text is understood as people mean it, and what cannot be meant is named."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.grammar import parse
from app.search.query import All, Either, Expression, Near, Not, Query, Term, rendered


def shape(expression: Expression | None) -> object:
    """Return an expression as nested tuples that are easy to write down."""
    match expression:
        case None:
            return None
        case Term():
            text = " ".join(expression.tokens) + "*" * expression.prefix
            return f'"{text}"' if expression.exact else text
        case Near(terms, distance):
            return ("near", distance, *map(shape, terms))
        case All(parts):
            return ("and", *map(shape, parts))
        case Either(parts):
            return ("or", *map(shape, parts))
        case Not(part):
            return ("not", shape(part))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", None),
        ("refugees", "refugees"),
        ("Security Council", ("and", "security", "council")),
        ('"islands of security"', '"islands of security"'),
        ("“islands of security”", '"islands of security"'),
        ("”islands of security”", '"islands of security"'),
        ("„острова безопасности“", '"острова безопасности"'),
        ("«острова безопасности»", '"острова безопасности"'),
        ("‘islands of security’", '"islands of security"'),
        ("'islands of security'", '"islands of security"'),
        ("«сказал “да” мне»", '"сказал да мне"'),
        ("can’t don't 'tis", ("and", "can t", "don t", "tis")),
        ("anti-Russian US/Russia", ("and", "anti russian", "us russia")),
        ("18:47 No. 553 Su-24", ("and", "18 47", "no", "553", "su 24")),
        ("安全保障", "安 全 保 障"),
        ("a b OR c d", ("or", ("and", "a", "b"), ("and", "c", "d"))),
        ("a (b OR c) d", ("and", "a", ("or", "b", "c"), "d")),
        ("a AND b", ("and", "a", "b")),
        ("a or b and not near", ("and", "a", "or", "b", "and", "not", "near")),
        ("a -b", ("and", "a", ("not", "b"))),
        ("a NOT b", ("and", "a", ("not", "b"))),
        ("a NOT NOT b", ("and", "a", "b")),
        ('a -"b c"', ("and", "a", ("not", '"b c"'))),
        ("a -(b OR c)", ("and", "a", ("not", ("or", "b", "c")))),
        ("peace - war", ("and", "peace", "war")),
        ("terror*", "terror*"),
        ('"security guar*"', '"security guar*"'),
        ("a NEAR/5 b", ("near", 5, "a", "b")),
        ('"a b" NEAR c NEAR d', ("near", 10, '"a b"', "c", "d")),
        ("a NEAR/5 b c", ("and", ("near", 5, "a", "b"), "c")),
        ("refugee(s)", "refugee s"),
        ("https://mid.ru/x", "https mid ru x"),
        ("speaker:lavrov after:2015-06 refugees", "refugees"),
    ],
)
def test_what_is_typed_is_understood(typed: str, expected: object) -> None:
    query = parse(typed)
    assert shape(query.expression) == expected
    assert query.mistakes == ()


def test_operators_are_read_with_their_values() -> None:
    query = parse('speaker:lavrov -outlet:"Rossiya Segodnya" lang:ru after:2015-06 before:2016 year:2015 in:question x')
    assert [(each.kind, each.value, each.negated) for each in query.filters] == [
        ("speaker", "lavrov", False),
        ("outlet", "Rossiya Segodnya", True),
        ("language", "ru", False),
    ]
    assert (query.after, query.before, query.years, query.side) == (("2015-06",), ("2016",), ("2015",), "question")


@pytest.mark.parametrize(
    ("typed", "part", "corrected"),
    [
        ('"islands of', "not closed", '"islands of"'),
        ("“islands of", "not closed", '"islands of"'),
        ("((a OR b)", "brackets", "((a OR b))"),
        ("a) b", "brackets", "a b"),
        ("OR", "OR stands between", "or"),
        ("refugees OR", "OR stands between", "refugees"),
        ("AND refugees", "AND stands between", "refugees"),
        ("NEAR/3 a", "NEAR/3 stands between", "a"),
        ("foo:bar", "no operator", "foo-bar"),
        ("speker:lavrov a", "taken for “speaker:”", "a speaker:lavrov"),
        ("speaker: lavrov", "without a space", "speaker:lavrov"),
        ("a speaker:", "needs a value", "a"),
        ("a after:2015-13", "not a date", "a"),
        ("a after:2015/12/11", "read as 2015-12-11", "a after:2015-12-11"),
        ("a before:31.12.2015", "read as 2015-12-31", "a before:2015-12-31"),
        ("a before:2015-02-29", "not a date", "a"),
        ("a year:15", "not a date", "a"),
        ("a in:answr", "in: takes", "a"),
        ("-a -b", "only leaves words out", "a b"),
        ("ab* c", "3 letters", "ab c"),
        ("a NEAR/99 b", "50 words at most", "a NEAR/50 b"),
        ("neg*tion", "star", "neg-tion"),
        ('a ""', "no word", "a"),
        ("😀", "no letter", None),
        ("(speaker:x OR a)", "whole query", "(a) speaker:x"),
        (" ".join(f"w{n}" for n in range(20)), "16 words", " ".join(f"w{n}" for n in range(16))),
    ],
)
def test_a_mistake_is_named_and_a_correction_offered(typed: str, part: str, corrected: str | None) -> None:
    mistakes = parse(typed).mistakes
    assert any(part in mistake.message for mistake in mistakes), mistakes
    assert {mistake.corrected for mistake in mistakes} == {corrected}


@pytest.mark.parametrize(
    "piece",
    [
        "(",
        ")",
        "-(",
        "OR ",
        "NEAR/9 ",
        '"',
        "«",
        "'",
        "'a ",
        "- ",
        "a",
        "ab:cd ",
        "() ",
        "'a\"' ",
        "а\u0301",
        "speaker: ",
        "*",
    ],
)
def test_sixteen_kilobytes_of_anything_cost_no_more_than_their_share(piece: str) -> None:
    def cost(size: int) -> float:
        """Return the least of a few times, which is the one that the machine's other work disturbed least."""
        times = []
        for _ in range(5):
            started = time.process_time()
            parse((piece * size)[:size])
            times.append(time.process_time() - started)
        return min(times)

    assert cost(16_000) < 4 * 4 * cost(2_000) + 0.05


WORDS = ["a", "Lavrov", "ё", "terror*", "安全", "2015", "x:y", "😀", "\x00", "\ud800"]
MARKS = ['"', "“", "«", "'", "’", "(", ")", "-", "*", ":", " ", " ", " "]
OPERATORS = ["OR", "AND", "NOT", "NEAR/3", "speaker:", "in:", "after:"]
PIECES = st.sampled_from(WORDS + MARKS + OPERATORS)


@given(st.text() | st.lists(PIECES).map("".join))
def test_any_text_is_a_query(typed: str) -> None:
    query = parse(typed)
    assert isinstance(query, Query)
    query.typed.encode()


@given(st.lists(PIECES).map("".join))
def test_a_corrected_query_has_no_mistake_left_to_correct(typed: str) -> None:
    for mistake in parse(typed).mistakes:
        if mistake.corrected is not None:
            again = parse(mistake.corrected)
            assert {each.corrected for each in again.mistakes} <= {None}, (mistake, again.mistakes)


@given(st.lists(PIECES).map("".join))
def test_a_query_typed_as_it_was_understood_means_the_same(typed: str) -> None:
    query = parse(typed)
    again = parse(rendered(query.lexemes))
    assert shape(again.expression) == shape(query.expression)
    assert again.filters == query.filters
