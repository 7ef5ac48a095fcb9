"""Where a quotation stands in a text, and how near what stands there comes to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.aligning import Weights, exact, near
from app.search.folding import words
from app.search.quotation import read

EVEN = Weights({})
TEXT = words(
    "We agreed on three things in the end. The first is trade, and nobody doubts it. The second is the border, where "
    "nothing changes. " + "Between them lies a long road of many talks. " * 14 + "The third is a visit to the capital."
)


def quoted(pasted: str) -> list[str]:
    alignment = exact(read(pasted).readings, TEXT)
    return [] if alignment is None else [" ".join(TEXT[start:end]) for start, end in alignment.runs]


def nearest(pasted: str) -> tuple[list[str], float, bool]:
    alignment = near(read(pasted).loosest, TEXT, EVEN)
    runs = [" ".join(TEXT[start:end]) for start, end in alignment.runs]
    return runs, alignment.score, alignment.is_stitched


@pytest.mark.parametrize(
    ("pasted", "runs"),
    [
        ("the FIRST is trade", ["the first is trade"]),
        ("“The first is … nobody doubts it”", ["the first is", "nobody doubts it"]),
        ("The second [of them] is the border", ["the second", "is the border"]),
        ("The first was trade", []),
        ("nobody doubts it … the first is", []),
        ("the border … the capital", []),
        ("doubt it", []),
    ],
)
def test_exact_is_every_word_in_its_order_and_gaps_where_the_quotation_has_them(pasted: str, runs: list[str]) -> None:
    assert quoted(pasted) == runs


@pytest.mark.parametrize(
    ("pasted", "run"),
    [
        ("the first is our trade and nobody doubts it", "the first is trade and nobody doubts it"),
        ("the first is trade nobody doubts it", "the first is trade and nobody doubts it"),
        ("the first is trade and noboyd doubts it", "the first is trade and nobody doubts it"),
        ("The second was the border, where nothing changes", "the second is the border where nothing changes"),
    ],
)
def test_the_nearest_passage_is_the_one_with_most_words_in_common(pasted: str, run: str) -> None:
    runs, score, is_stitched = nearest(pasted)
    assert runs == [run]
    assert 0.8 < score < 1
    assert not is_stitched


def test_words_of_two_places_are_said_to_be_put_together() -> None:
    runs, score, is_stitched = nearest("We agreed on three things in the end, and the third is a visit to the capital")
    assert runs == ["we agreed on three things in the end", "the third is a visit to the capital"]
    assert score > 0.9
    assert is_stitched


def test_a_mistyped_word_counts_less_than_the_word_and_more_than_another() -> None:
    right, slip, other = (nearest(f"nobody {word} it")[1] for word in ("doubts", "doubst", "sees"))
    assert right > slip > other


@given(st.text(max_size=400), st.text(max_size=400))
def test_scores_are_shares_and_runs_are_of_the_text(pasted: str, text: str) -> None:
    held, reading = words(text), read(pasted).loosest
    if not reading:
        return
    alignment = near(reading, held, EVEN)
    assert 0 <= alignment.score <= 1.001
    assert 0 <= alignment.coverage <= 1.001
    assert all(0 <= start < end <= len(held) for start, end in alignment.runs)
