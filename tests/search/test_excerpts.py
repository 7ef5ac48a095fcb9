"""An excerpt is cut from the text as stored, and marks what the query found in it and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.excerpts import ELLIPSIS, LENGTH, Piece, excerpt, mark, mark_all
from app.search.grammar import parse


def marked(text: str, typed: str, language: str = "en") -> list[str]:
    pieces = mark(text, parse(typed), language)
    assert "".join(piece.text for piece in pieces) == text
    return [piece.text for piece in pieces if piece.match]


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("Amp, champ and amplify", "amp", ["Amp"]),
        ("We negotiate; negotiations go on", "negotiation", ["negotiate", "negotiations"]),
        ("We negotiate; negotiations go on", '"negotiations"', ["negotiations"]),
        ("islands and “islands of\nsecurity”", '"islands of security"', ["islands of\nsecurity"]),
        ("Russia’s anti–Russian, anti-war Russian", "anti-russian", ["anti–Russian"]),
        ("Russia’s part", "Russia's", ["Russia’s"]),
        ("Russia and Russia’s", "Russia's", ["Russia", "Russia’s"]),
        ("terror, terrorists, counterterror", "terror*", ["terror", "terrorists"]),
        ("one two three four five one", "two NEAR/1 four", ["two", "four"]),
        ("one two three four five one", "two NEAR/0 four", []),
        ("ones two, and much later far away two", "one NEAR/1 two", ["ones", "two"]),
        ("peace without war", "peace -war", ["peace"]),
        ("peace or war", "peace OR war", ["peace", "war"]),
        ("one two three", '"one two" OR "two three"', ["one two three"]),
        ("У 2015 года", "2015", ["2015"]),
    ],
)
def test_what_the_query_found_is_marked_and_nothing_else(text: str, typed: str, expected: list[str]) -> None:
    assert marked(text, typed) == expected


def test_a_side_of_or_that_does_not_hold_is_not_marked() -> None:
    query = parse("peace OR (war troops)")
    whole = ("War is over.", "There is peace.")
    assert not any(piece.match for piece in mark(whole[0], query, "en", whole))
    assert [piece.text for piece in mark(whole[1], query, "en", whole) if piece.match] == ["peace"]
    assert [piece.text for piece in excerpt(" ".join(whole), query, "en") if piece.match] == ["peace"]
    assert [piece.text for piece in excerpt("War.", query, "en", ["Are there troops?"]) if piece.match] == ["War"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("war", [["War"], []]),
        ("war troops", [["War"], ["troops"]]),
        ("war peace", [[], []]),
        ("war -troops", [[], []]),
        ("war -peace", [["War"], []]),
        ("-peace", [[], []]),
        ("peace OR troops", [[], ["troops"]]),
        ("(peace OR -army) war", [["War"], []]),
        ("war NOT (peace OR troops)", [[], []]),
        ('"over are"', [[], []]),
        ("over NEAR/5 troops", [[], []]),
        ("", [[], []]),
        ("speaker:nobody war", [["War"], []]),
    ],
)
def test_texts_searched_together_are_marked_where_all_of_the_query_holds_of_them(
    typed: str, expected: list[list[str]]
) -> None:
    texts = ["War is over.", "Are there troops?"]
    found = mark_all(texts, parse(typed), "en")
    assert ["".join(piece.text for piece in pieces) for pieces in found] == texts
    assert [[piece.text for piece in pieces if piece.match] for pieces in found] == expected


def test_forms_are_marked_by_the_language_of_the_text() -> None:
    assert marked("Шли переговоры, на перегово\u0301рах", "переговорам", "ru") == ["переговоры", "перегово\u0301рах"]
    assert marked("переговоры", "переговорам", "uk") == []


@pytest.mark.parametrize("typed", ["", "word", "nothing", '"needle in"'])
@pytest.mark.parametrize(
    "text",
    ["", "short text", "word " * 500, "x" * 2000, "字" * 2000, f"{'hay ' * 300}needle in {'hay ' * 300}", " \n" * 500],
)
def test_an_excerpt_is_about_its_length_and_ends_between_words(text: str, typed: str) -> None:
    pieces = list(excerpt(text, parse(typed), "en"))
    left = pieces.pop(0) if pieces and pieces[0] == Piece(ELLIPSIS, False) else None
    right = pieces.pop() if pieces and pieces[-1] == Piece(ELLIPSIS, False) else None
    cut = "".join(piece.text for piece in pieces)
    assert len(cut) <= LENGTH
    assert cut in text
    assert left is None or f" {cut}" in text or "字" in text
    assert right is None or f"{cut} " in text or set(text) <= set("x字 \n")
    assert bool(cut) == bool(text)


def test_an_excerpt_stands_where_different_words_of_the_query_are_together() -> None:
    text = f"{'peace ' * 10}{'hay ' * 200}the war and the peace {'hay ' * 200}"
    shown = [piece.text for piece in excerpt(text, parse("peace war"), "en") if piece.match]
    assert shown == ["war", "peace"]


def test_a_long_phrase_is_shown_whole() -> None:
    phrase = " ".join(f"word{n}" for n in range(50))
    pieces = excerpt(f"{'hay ' * 200}{phrase} {'hay ' * 200}", parse(f'"{phrase}"'), "en")
    assert [piece.text for piece in pieces if piece.match] == [phrase]


@given(
    st.text(st.sampled_from("ab ё’-字\n.") | st.characters(), max_size=700),
    st.text(st.sampled_from('ab ё’-"*O字R'), max_size=20),
)
def test_an_excerpt_is_a_run_of_the_text(text: str, typed: str) -> None:
    query = parse(typed)
    assert "".join(piece.text for piece in mark(text, query, "ru")) == text
    pieces = excerpt(text, query, "ru")
    cut = "".join(piece.text for piece in pieces if piece.text != ELLIPSIS or piece.text in text)
    assert cut.strip(ELLIPSIS) in text
    assert all(piece.text for piece in pieces)
