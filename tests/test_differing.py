"""Two texts told apart word by word."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import differing
from app.differing import Change, difference

PARTS = ["ferry", "the ", "bridge", " ", "\n", ", ", ".", "don’t", "道", "路", "a", "б", "\u0301"]
TEXTS = st.lists(st.sampled_from(PARTS)).map("".join)


def _made(pieces: tuple[Change, ...], op: str) -> str:
    return "".join(piece.text for piece in pieces if piece.op in ("same", op))


@given(st.one_of(TEXTS, st.text()), st.one_of(TEXTS, st.text()))
def test_the_pieces_make_both_texts_exactly(old: str, new: str) -> None:
    pieces = difference(old, new)
    assert (_made(pieces, "removed"), _made(pieces, "added")) == (old, new)
    assert all(piece.text for piece in pieces)
    assert all(one.op != other.op for one, other in pairwise(pieces))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("We will not go.", "We will go.", "We will [-not -]go."),
        ("We built 120 houses.", "We built 1,200 houses.", "We built [-120 -]{+1,200 +}houses."),
        ("It is done.", "It is done. We thank you.", "It is done.{+ We thank you.+}"),
        ("It is so, today.", "It is so today.", "It is so[-, -]{+ +}today."),
        ("我们修了这条路。", "我们修了那条路。", "我们修了[-这-]{+那+}条路。"),
        ("แม่น้ำ", "แม่นำ", "แม่[-น้-]{+น+}ำ"),
        ("भाषा अच्छी है", "भाषा बुरी है", "भाषा [-अच्छी -]{+बुरी +}है"),
        ("ខ្មែរ នេះ", "ខ្មែរ នោះ", "ខ្មែរ [-នេះ-]{+នោះ+}"),
        ("မြန်မာ ကား", "မြန်မာ ကို", "မြန်မာ [-ကား-]{+ကို+}"),
        ("Don’t go", "Do go", "[-Don’t -]{+Do +}go"),
    ],
)
def test_words_are_whole_and_punctuation_and_characters_by_themselves(old: str, new: str, told: str) -> None:
    signs = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    assert "".join(signs[piece.op].format(piece.text) for piece in difference(old, new)) == told


def test_a_rewritten_sentence_is_not_told_in_confetti() -> None:
    old = "Our ministers have long argued the case of every small village on this lake."
    new = "Nobody in power ever heard the plea that some tiny hamlet near us made."
    assert len([piece for piece in difference(old, new) if piece.op == "same"]) <= 1


def test_paragraphs_stay_apart_however_rewritten() -> None:
    old = "Our ministers have argued the case, and.\nEvery small village on this lake knows."
    new = "Nobody in power ever heard that plea, and.\nSome tiny hamlet near us made it."
    assert [piece.text for piece in difference(old, new) if piece.op == "same" and "\n" in piece.text] == [", and.\n"]


def test_a_large_text_holds_by_its_unique_words_and_a_large_rewrite_is_told_in_blocks() -> None:
    words = [f"word{number}" if number % 3 else "the" for number in range(10_000)]
    corrected = [*words[:2_000], "now", *words[2_000:7_001], *words[7_004:]]
    pieces = difference(" ".join(words), " ".join(corrected))
    assert [piece.text for piece in pieces if piece.op == "added"] == ["now "]
    assert len([piece for piece in pieces if piece.op == "removed"]) == 1
    again = difference("a b " * 5_000, "b c " * 5_000)
    assert (_made(again, "removed"), _made(again, "added")) == ("a b " * 5_000, "b c " * 5_000)


def test_the_longest_run_that_rises_stays() -> None:
    assert differing.rising([0, 3, 1, 2, 4]) == [0, 2, 3, 4]
    assert differing.rising([]) == []
