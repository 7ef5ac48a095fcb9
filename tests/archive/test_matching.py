"""An id follows its words, and never comes to mean another turn."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.archive.matching import LIKENESS, Spoken, match, successors

LONG = "we have said many times that the agreement stands and that both sides will keep to it"


def q(words: str) -> Spoken:
    return Spoken("question", None, words)


def a(words: str, who: str = "Anna Petrova") -> Spoken:
    return Spoken("answer", who, words)


def test_the_same_text_is_the_same_turns() -> None:
    old = [q("Why?"), a("Because."), q("Why?"), a("Because.")]
    assert match(old, old) == (0, 1, 2, 3)


def test_an_inserted_turn_moves_no_id() -> None:
    old = [q("One?"), a("First."), q("Two?"), a("Second.")]
    new = [q("One?"), a("First."), q("Between?"), a("Inserted."), q("Two?"), a("Second.")]
    assert match(old, new) == (0, 1, None, None, 2, 3)


def test_a_turn_put_first_does_not_take_the_first_id() -> None:
    old = [a("Welcome."), q("Why?"), a("No.")]
    assert match(old, [a("Good morning, everybody, and welcome.", "Host"), *old]) == (None, 0, 1, 2)


def test_a_reworded_turn_keeps_its_id_where_it_is_clearly_the_same() -> None:
    assert match([q("Why?"), a(LONG)], [q("Why?"), a(LONG.replace("many", "several"))]) == (0, 1)


def test_a_turn_with_other_words_is_another_turn() -> None:
    assert match([q("Why?"), a("Yes.")], [q("Why?"), a("No.")]) == (0, None)
    assert match([q("Why?"), a(LONG)], [q("Why?"), a("there is nothing that I could add to this")]) == (0, None)


def test_another_speaker_or_role_is_another_turn() -> None:
    assert match([a(LONG)], [a(LONG, "John Brown")]) == (None,)
    assert match([a(LONG)], [Spoken("statement", "Anna Petrova", LONG)]) == (None,)


def test_a_turn_that_moved_is_another_turn() -> None:
    old = [q("One?"), a(LONG), q("Two?"), a("There is a long road before us all.")]
    new = [q("One?"), q("Two?"), a("There is a long road before us all."), a(LONG)]
    assert match(old, new) == (0, 2, 3, None)


def test_of_two_like_turns_each_keeps_its_own() -> None:
    old = [a(LONG + " today"), q("?"), a(LONG + " tomorrow")]
    new = [a(LONG + " now today"), q("?!"), a(LONG + " then tomorrow")]
    assert match(old, new) == (0, None, 2)


def test_what_took_the_place_of_an_ended_turn_has_its_role_and_its_neighbours() -> None:
    old = [q("One?"), a("Yes."), q("Two?"), a("Perhaps."), q("Three?")]
    new = [q("One?"), a("No."), q("Two?"), q("Three?")]
    found = match(old, new)
    assert found == (0, None, 2, 4)
    assert successors(old, new, found) == {1: 1, 3: None}


TURNS = st.lists(
    st.builds(
        Spoken,
        st.sampled_from(["question", "answer", "statement"]),
        st.sampled_from([None, "A", "B"]),
        st.lists(st.sampled_from("abcd"), min_size=1, max_size=6).map(" ".join),
    ),
    max_size=8,
)


@given(TURNS, TURNS)
def test_whatever_the_texts_ids_keep_role_speaker_and_order_and_are_used_once(
    old: list[Spoken], new: list[Spoken]
) -> None:
    found = match(old, new)
    kept = [index for index in found if index is not None]
    assert kept == sorted(set(kept))
    for index, turn in zip(found, new, strict=True):
        if index is not None:
            before = old[index]
            assert (before.role, before.speaker) == (turn.role, turn.speaker)
            common = len(set(before.words.split()) & set(turn.words.split()))
            assert before.words == turn.words or common > 0
    assert set(successors(old, new, found)) == set(range(len(old))) - set(kept)
    assert LIKENESS > 0.5
