"""Letters ask and answer in languages other than English where two of them take turns, and nowhere else."""

from __future__ import annotations

import pytest

from app.parsing.letters import told
from app.parsing.marks import candidates_in
from app.records import Block, Role


def _roles(*texts: str) -> list[Role | None]:
    blocks = [Block(text, line) for line, text in enumerate(texts, 1)]
    return [one.label.generic for one in told(candidates_in(blocks))]


TURNS = ("P: ¿Y el puerto?", "R: Abierto.", "P: ¿Y el faro?", "R: Cerrado.")


def test_two_letters_that_take_turns_ask_and_answer() -> None:
    assert _roles(*TURNS) == ["question", "answer", "question", "answer"]
    assert _roles(*TURNS, "P: ¿Nada más?") == ["question", "answer", "question", "answer", "question"]


@pytest.mark.parametrize(
    "texts",
    [
        ("P: ¿Y el puerto?", "P: ¿Y el faro?", "R: Cerrado.", "P: ¿Y la playa?", "P: ¿Y bien?"),
        ("Question: And the port?", *TURNS),
        TURNS[:2],
    ],
)
def test_letters_that_take_no_turns_or_stand_beside_words_that_ask_tell_nothing(texts: tuple[str, ...]) -> None:
    roles = zip(texts, _roles(*texts), strict=True)
    assert {role for text, role in roles if text.startswith("P")} == {None}


def test_one_letter_asks_where_names_answer() -> None:
    assert _roles("P: ¿Y el puerto?", "Ana Gil: Abierto.", "P: ¿Y el faro?", "Ana Gil: Cerrado.") == [
        "question",
        None,
        "question",
        None,
    ]
