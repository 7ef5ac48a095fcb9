"""Words are counted in one way: runs of letters and digits, of any script."""

from __future__ import annotations

import pytest

from app.counting import count_words


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), ("—", 0), ("Can’t stop at 18:47.", 6), ("Почему же?", 2), ("anti-war", 2)]
)
def test_words_are_runs_of_letters_and_digits(text: str, count: int) -> None:
    assert count_words(text) == count
