"""An id follows its words, and never comes to mean another turn."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.archive.matching import DISTINCT, LIKENESS, Spoken, match
from app.archive.succession import successors

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


GENEVA = [q("Will you go to Geneva?"), a("No.")]
PRESIDENT = [q("Will you meet the president soon?"), a("No.")]


def test_a_short_answer_never_takes_the_id_of_another_questions() -> None:
    reworded = [q("And the president, are you meeting him soon?"), a("No.")]
    assert match([*GENEVA, *PRESIDENT], reworded) == (None, None)
    inserted = [q("Will there be talks before the summer?"), a("No.")]
    assert match([*GENEVA, *PRESIDENT], [*inserted, *GENEVA, *PRESIDENT]) == (None, None, 0, 1, 2, 3)
    assert match([*GENEVA, *PRESIDENT], [*GENEVA, *inserted, *PRESIDENT]) == (0, 1, None, None, 2, 3)
    assert match([*GENEVA, *PRESIDENT], PRESIDENT) == (2, 3)


def test_a_short_answer_goes_with_its_question_where_that_is_corrected() -> None:
    old = [q("Do you think, minister, that our partners understand what you have said many times?"), a("No.")]
    new = [q("Do you think, minister, that our partners understand what you have said so often?"), a("No.")]
    assert match([*GENEVA, *old], [*GENEVA, *new]) == (0, 1, 2, 3)


def test_a_short_question_goes_with_the_long_answer_that_follows_it() -> None:
    assert match([q("Yes?"), a("No."), q("Why?"), a(LONG)], [a("Thanks."), q("Why?"), a(LONG)]) == (None, 2, 3)


def test_a_question_that_is_asked_again_and_again_goes_with_its_answer() -> None:
    changed = LONG.replace("many", "several")
    old = [q("Really?"), a("No."), q("Really?"), a(LONG)]
    assert match(old, [q("Really?"), a(changed)]) == (2, 3)
    assert match(old[:2], [q("Really?"), a("Yes."), *old[:2]]) == (None, None, 0, 1)
    assert match(old[:2], [q("Really?"), a("Yes."), q("Really?"), a("Perhaps.")]) == (None,) * 4


def test_of_exchanges_that_are_the_same_to_the_word_one_is_left_out_and_no_other_changes_its_id() -> None:
    twice = [q("Really?"), a("Yes.")] * 2
    assert match([*twice, q("Why?"), a(LONG)], [*twice[:2], q("Why?"), a(LONG)]) == (0, 1, 4, 5)


def test_what_keeps_more_of_the_text_in_its_place_goes_first() -> None:
    before, after = (
        [q("What do you say to the farmers of the north?"), a(LONG)],
        q("And what do you say to those of the south, then?"),
    )
    old = [*before, q("Really?"), a("Yes."), q("Really?"), a("Yes."), a("So it is.", "John Brown"), after]
    assert match(old, [*before, *old[4:]]) == (0, 1, 4, 5, 6, 7)


def test_of_two_turns_with_the_same_words_nobody_can_tell_which_has_been_left() -> None:
    old = [q("One?"), a(LONG), q("Two?"), a(LONG)]
    assert match(old, [q("Three?"), a(LONG)]) == (None, None)
    assert match(old, [q("Three?"), a(LONG.replace("many", "several"))]) == (None, None)


def test_a_short_turn_with_other_words_is_the_same_only_between_the_same_neighbours() -> None:
    old = [
        q("Is it so, and do you know of it?"),
        a("We will not leave the treaty"),
        q("Is that the last word on it, minister?"),
    ]
    kept = [old[0], a("We will never leave the treaty"), old[2]]
    assert match(old, kept) == (0, 1, 2)
    moved = [old[0], q("What else is there?"), a("We will never leave the treaty"), old[2]]
    assert match(old, moved) == (0, None, None, 2)


def test_at_the_edge_of_likeness_a_turn_is_the_same_and_past_it_another() -> None:
    words = LONG.split()[:15]
    for changed, kept in ((3, True), (4, False)):
        other = [f"other{place}" for place in range(changed)] + words[changed:]
        assert 2 * (15 - changed) / 30 >= LIKENESS if kept else 2 * (15 - changed) / 30 < LIKENESS
        assert match([a(" ".join(words))], [a(" ".join(other))]) == ((0,) if kept else (None,))


def test_words_are_distinct_from_their_least_number_on() -> None:
    few, enough = a(" ".join(LONG.split()[: DISTINCT - 1])), a(" ".join(LONG.split()[:DISTINCT]))
    before, after = a("So it is, and so it was before.", "Host"), a("And so it will be again.", "Host")
    assert match([before, few], [after, few]) == (None, None)
    assert match([before, enough], [after, enough]) == (None, 1)


def test_very_long_rewritten_runs_are_other_turns() -> None:
    old = [a(f"{LONG} number {place} of the old") for place in range(80)]
    new = [a(f"{LONG} number {place} of the new") for place in range(80)]
    assert match(old, new) == (None,) * 80


ASKED = [
    "Will you go to Geneva?",
    "Will you go to Vienna?",
    "Will you meet the president soon?",
    "Is it true, as the papers of your own country said this morning, that the talks have failed?",
    "Is it true, as the papers of another country said last week, that nobody wants the talks to begin?",
    "Why?",
    "Do you agree?",
]
SAID = ["No.", "Yes.", "I do not think so.", LONG]
CORRECTIONS = st.lists(
    st.tuples(
        st.sampled_from(["insert", "remove", "reword the question", "reword the answer"]),
        st.integers(0, 5),
        st.sampled_from(ASKED),
        st.sampled_from(SAID),
    ),
    max_size=4,
)


@given(st.lists(st.tuples(st.sampled_from(ASKED), st.sampled_from(SAID)), max_size=6, unique=True), CORRECTIONS)
def test_whatever_is_corrected_no_id_goes_to_the_answer_to_another_question(
    asked: list[tuple[str, str]], corrections: list[tuple[str, int, str, str]]
) -> None:
    was = [(number, *each) for number, each in enumerate(asked)]
    now = list(was)
    for done, (kind, place, question, answer) in enumerate(corrections):
        if kind == "insert":
            now.insert(place, (100 + done, question, answer))
        elif now and kind == "remove":
            now.pop(place % len(now))
        elif now:
            number, before, said = now[place % len(now)]
            now[place % len(now)] = (number, question, said) if "question" in kind else (number, before, answer)
    found = match(*([turn for _, ask, say in text for turn in (q(ask), a(say))] for text in (was, now)))
    for j, i in enumerate(found):
        if i is not None and was[i // 2][0] != now[j // 2][0]:
            # Nobody can tell a question put in anew from one that was there with the same words and answer.
            assert was[i // 2][1] == now[j // 2][1] or now[j // 2][2] == was[i // 2][2] == LONG


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
