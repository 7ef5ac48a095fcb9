"""Each kind of change between two versions, by turns as the archive gives them back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.archive.comparing import ComparedTurn, Kind, Tally, compare, compare_notes, counted, tally
from app.archive.holdings import HeldNote, HeldTurn, Named
from app.archive.pairing import End
from app.records import Role

ANNA, JOHN = Named("anna", "Anna"), Named("john", "John")
LONG = "we have said many times that the agreement stands and that both sides will keep to it"
OTHER = "there is a long road before us all and nobody knows how far it is"
REASON = "Put right"


def turn(id: str, words: str, role: Role = "answer", who: Named | None = ANNA, label: str = "Anna") -> HeldTurn:
    paragraphs = tuple(words.split("\n")) if words else ()
    return HeldTurn(id, role, who, label, paragraphs, 1, (1,) * len(paragraphs), 1)


def succeeded(old: str, new: str | None) -> Mapping[str, End]:
    return {old: End("superseded" if new else "retired", REASON, "2020-01-01T00:00:00Z", new)}


def kinds(turns: Sequence[ComparedTurn]) -> list[tuple[Kind, str]]:
    return [(each.change, each.shown.id) for each in turns]


def before(each: ComparedTurn) -> str:
    return "".join(part.text for part in each.difference if part.op != "added")


def after(each: ComparedTurn) -> str:
    return "".join(part.text for part in each.difference if part.op != "removed")


def test_what_stayed_is_told_as_the_same_with_its_words() -> None:
    old = [turn("a", LONG), turn("b", OTHER)]
    assert kinds(compare(old, old, {})) == [("same", "a"), ("same", "b")]
    assert [after(each) for each in compare(old, old, {})] == [LONG, OTHER]
    assert tally(old, old, {}) == ()


def test_a_reworded_turn_is_one_turn_with_both_wordings() -> None:
    (one,) = compare([turn("a", LONG)], [turn("a", LONG.replace("many", "a hundred"))], {})
    assert (one.change, one.end) == ("reworded", None)
    assert [(part.op, part.text.strip()) for part in one.difference][1:3] == [
        ("removed", "many"),
        ("added", "a hundred"),
    ]


def test_what_was_added_or_removed_stands_where_it_stands_or_stood() -> None:
    old, new = [turn("a", LONG), turn("b", OTHER)], [turn("x", "Welcome."), turn("a", LONG)]
    ends = succeeded("b", None)
    told = compare(old, new, ends)
    assert kinds(told) == [("added", "x"), ("same", "a"), ("removed", "b")]
    assert told[2].end == ends["b"]
    assert (before(told[0]), after(told[2])) == ("", "")


def test_a_turn_that_has_moved_is_told_at_both_places() -> None:
    old = [turn("a", LONG), turn("b", OTHER), turn("c", "And so on.")]
    new = [turn("b", OTHER), turn("c", "And so on."), turn("a2", LONG)]
    told = compare(old, new, succeeded("a", "a2"))
    assert kinds(told) == [("left", "a2"), ("same", "b"), ("same", "c"), ("moved", "a2")]
    moved = told[3]
    assert moved.before is not None
    assert moved.after is not None
    assert (moved.before.id, moved.before.place, moved.after.place) == ("a", 1, 3)
    assert (before(moved), told[0].difference) == (LONG, ())
    assert counted(told) == (Tally("moved", "answer", 1),)


def test_a_turn_that_kept_its_id_stands_before_one_that_did_not() -> None:
    old, new = [turn("a", LONG), turn("b", OTHER)], [turn("b2", OTHER), turn("a", LONG)]
    assert kinds(compare(old, new, succeeded("b", "b2"))) == [("moved", "b2"), ("same", "a"), ("left", "b2")]


def test_a_turn_in_another_mouth_is_told_as_given_and_not_as_two_turns() -> None:
    (one,) = compare([turn("a", LONG)], [turn("a2", LONG, who=JOHN, label="John")], succeeded("a", "a2"))
    assert (one.change, after(one)) == ("given", LONG)
    (role,) = compare([turn("a", LONG)], [turn("a2", LONG, role="statement")], succeeded("a", "a2"))
    assert role.change == "given"


def test_a_successor_with_other_words_is_another_turn() -> None:
    told = compare([turn("a", LONG)], [turn("b", OTHER)], succeeded("a", "b"))
    assert kinds(told) == [("removed", "a"), ("added", "b")]
    assert told[0].end is not None
    assert told[0].end.successor == "b"


def test_the_larger_part_of_a_turn_that_was_split_is_read_as_it() -> None:
    words = LONG.split()
    parts = [" ".join(words[:10]), " ".join(words[10:])]
    told = compare([turn("a", LONG)], [turn("b", parts[0]), turn("c", parts[1])], succeeded("a", "b"))
    assert kinds(told) == [("reworded", "b"), ("added", "c")]
    assert (before(told[0]), after(told[0])) == (LONG, parts[0])


def test_a_part_of_a_long_turn_is_read_as_it_if_it_has_words_enough_to_tell() -> None:
    words = f"{LONG}, {OTHER}".split()
    part = " ".join(words[:9])
    assert kinds(compare([turn("a", " ".join(words))], [turn("b", part)], succeeded("a", "b"))) == [("reworded", "b")]
    few = " ".join(words[:4])
    told = compare([turn("a", " ".join(words))], [turn("b", few)], succeeded("a", "b"))
    assert kinds(told) == [("removed", "a"), ("added", "b")]


def test_a_turn_that_was_joined_to_another_leads_to_that() -> None:
    joined = f"{LONG} {OTHER}"
    told = compare([turn("a", LONG), turn("b", OTHER)], [turn("a", joined)], succeeded("b", "a"))
    assert kinds(told) == [("reworded", "a"), ("removed", "b")]
    assert told[1].end is not None
    assert told[1].end.successor == "a"


def test_a_successor_that_has_ended_itself_is_passed_over() -> None:
    ends = {**succeeded("a", "b"), **succeeded("b", "c")}
    (one,) = compare([turn("a", LONG)], [turn("c", LONG, label="Minister")], ends)
    assert (one.change, one.shown.id) == ("relabelled", "c")
    assert one.end is not None
    assert one.end.successor == "c"
    ring = {**succeeded("a", "b"), **succeeded("b", "a")}
    assert kinds(compare([turn("a", LONG)], [], ring)) == [("removed", "a")]


def test_a_heading_of_its_own_is_no_change_of_words() -> None:
    old, new = [turn("a", LONG)], [turn("a", LONG, label="A. Petrova")]
    assert tally(old, new, {}) == (Tally("relabelled", "answer", 1),)


def test_withheld_words_are_missing_in_both_and_say_why() -> None:
    gone = {"a": End("withheld", "A court has ordered it", "2020-01-01T00:00:00Z", None)}
    (one,) = compare([turn("a", "")], [turn("a", "")], gone)
    assert (one.change, one.difference) == ("same", ())
    assert one.end == gone["a"]


def test_only_notes_that_differ_are_told() -> None:
    old = [HeldNote(text, line, None, 0) for line, text in enumerate(["(A pause.)", "(Laughter.)", "END"])]
    new = [
        HeldNote(text, line, "a", 0) for line, text in enumerate(["(A pause.)", "(Loud laughter.)", "END", "(Bell.)"])
    ]
    told = compare_notes(old, new)
    assert [("".join(part.text for part in each.difference if part.op != "added"), each.line) for each in told] == [
        ("(Laughter.)", 1),
        ("", 3),
    ]
    assert compare_notes(old, old) == ()


def test_many_notes_alike_are_compared() -> None:
    old = [HeldNote("(Applause.)", line, None, 0) for line in range(5000)]
    assert len(compare_notes(old, old[:-1])) == 1


def test_texts_too_many_to_compare_word_by_word_are_told_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.archive.pairing._PATIENCE", 500)
    changed = LONG.replace("many", "few")
    old = [turn(id, LONG) for id in "abc"]
    told = compare(old, [turn(id, changed) for id in "abc"], {})
    assert [len(each.difference) for each in told] == [4, 2, 2]
    assert [(before(each), after(each)) for each in told] == [(LONG, changed)] * 3


_TURNS = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), st.sampled_from([LONG, OTHER, "Yes.", ""])), unique_by=lambda t: t[0]
)


@given(old=_TURNS, new=_TURNS, ends=st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")))
def test_a_redline_holds_every_turn_of_both_versions_once_and_all_their_words(
    old: list[tuple[str, str]], new: list[tuple[str, str]], ends: dict[str, str]
) -> None:
    ended = {id: succeeded(id, to)[id] for id, to in ends.items()}
    one, other = [turn(*each) for each in old], [turn(*each) for each in new]
    told = [each for each in compare(one, other, ended) if each.change != "left"]
    assert [each.after.id for each in told if each.after] == [id for id, _ in new]
    assert sorted(each.before.id for each in told if each.before) == sorted(id for id, _ in old)
    for each in told:
        assert before(each) == (dict(old)[each.before.id] if each.before else "")
        assert after(each) == (dict(new)[each.after.id] if each.after else "")
    assert counted(told) == tally(one, other, ended)
