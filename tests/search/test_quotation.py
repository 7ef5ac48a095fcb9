"""A pasted quotation is read as words, with gaps where it says that words are left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.quotation import LONGEST, read


@pytest.mark.parametrize(
    ("pasted", "loosest"),
    [
        ("The border stays.", [("the", "border", "stays")]),
        ("“The border … stays”", [("the", "border"), ("stays",)]),
        ("The border ... stays", [("the", "border"), ("stays",)]),
        ("The border. . . stays", [("the", "border"), ("stays",)]),
        ("The border [...] stays", [("the", "border"), ("stays",)]),
        ("The border (…) stays", [("the", "border"), ("stays",)]),
        ("The border [with the north] stays", [("the", "border"), ("stays",)]),
        ("… the border stays …", [("the", "border", "stays")]),
        ("18:47. Then", [("18", "47", "then")]),
    ],
)
def test_an_ellipsis_and_a_bracket_are_gaps(pasted: str, loosest: list[tuple[str, ...]]) -> None:
    assert list(read(pasted).loosest) == loosest


def test_what_the_source_itself_prints_in_brackets_is_looked_for_first() -> None:
    readings = read("The border [sic] stays … there").readings
    assert readings[0] == (("the", "border", "sic", "stays", "there"),)
    assert readings[1] == (("the", "border", "sic", "stays"), ("there",))
    assert readings[2] == (("the", "border"), ("stays",), ("there",))


@pytest.mark.parametrize("pasted", ["", "  ", "…", "[...]", "—?!", "\x00"])
def test_without_a_word_there_is_nothing_to_look_for(pasted: str) -> None:
    assert read(pasted).readings == ()
    assert read(pasted).loosest == ()


def test_a_long_text_is_cut_between_words() -> None:
    quotation = read("border " * 1000)
    assert quotation.is_cut
    assert len(quotation.text) <= LONGEST
    assert set(quotation.loosest[0]) == {"border"}
    assert not read("x" * LONGEST).is_cut
    assert len(read("x" * 5000).text) == LONGEST


@given(st.text(max_size=3000))
def test_any_text_is_read(pasted: str) -> None:
    for reading in read(pasted).readings:
        assert all(reading)
