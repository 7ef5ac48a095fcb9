"""Words that people take for the same give the same tokens, and others do not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.folding import tokens, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ещё", "еще"),
        ("Е\u0308лка", "ёлка"),
        ("переговоры", "перегово\u0301ры"),
        ("ко\u0300торые", "которые"),
        (unicodedata.normalize("NFD", "Йод, ёж; café"), "йод ёж cafe"),
        ("can’t", "can't"),
        ("п’ять", "пʼять"),
        ("Façade Łódź ﬁnance Straße", "facade lodz finance strasse"),
        ("ter\u00adror\u200bism", "terrorism"),
        ("50\u00a0000\u2009000", "50 000 000"),
        ("anti–Russian", "anti-Russian"),
        ("“islands of security”", "«islands of security»"),
        ("ＮＡＴＯ ２０１５", "nato 2015"),
        ("٢٠١٥", "2015"),
        ("İstanbul", "istanbul"),
        ("Ὀδυσσεύς", "οδυσσευς"),
    ],
)
def test_differences_that_nobody_means_are_folded(one: str, other: str) -> None:
    assert words(one) == words(other) != []


@pytest.mark.parametrize(("one", "other"), [("йод", "иод"), ("їжа", "іжа"), ("ќ", "к"), ("หมา", "หมี"), ("हिन", "हन")])
def test_letters_that_differ_stay_apart(one: str, other: str) -> None:
    assert words(one) != words(other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("11 December 201518:47", ["11", "december", "201518", "47"]),
        ("No. 553, the Su-24 and the A321", ["no", "553", "the", "su", "24", "and", "the", "a321"]),
        ("US/Russia", ["us", "russia"]),
        ("Russia’s", ["russia", "s"]),
        ("安全保障 난민", ["安", "全", "保", "障", "난", "민"]),
        ("word¹ and C++", ["word", "and", "c"]),
        ("\x00 \ud800 😀 — …", []),
    ],
)
def test_a_text_is_split_as_people_type_it(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_token_knows_its_place_in_the_text_as_stored() -> None:
    text = "“Ещё\u0301  ter\u00adror”"
    assert [(token.text, text[token.start : token.end]) for token in tokens(text)] == [
        ("еще", "Ещё\u0301"),
        ("terror", "ter\u00adror"),
    ]


@given(st.text(st.characters() | st.sampled_from('ё\u0301\u0308’-\u00ad*" \x00\ud800·¶')))
def test_no_token_can_be_split_or_dropped_by_the_index(text: str) -> None:
    found = tokens(text)
    assert words(text) == [token.text for token in found]
    for token in found:
        assert token.text
        token.text.encode()
        assert all(each.isalnum() and not each.isupper() for each in token.text if each.isascii())
        assert not {"·", "¶"} & set(token.text)
    places = [place for token in found for place in (token.start, token.end)]
    assert places == sorted(places)
    assert all(token.start < token.end <= len(text) for token in found)


@given(st.text())
def test_both_normal_forms_of_a_text_give_the_same_tokens(text: str) -> None:
    assert words(unicodedata.normalize("NFC", text)) == words(unicodedata.normalize("NFD", text))
