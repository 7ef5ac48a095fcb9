"""An ended id leads to where its words have gone, or to what took their place."""

from __future__ import annotations

from app.archive.matching import DISTINCT, Spoken, match
from app.archive.succession import successors

LONG = "we have said many times that the agreement stands and that both sides will keep to it"


def q(words: str) -> Spoken:
    return Spoken("question", None, words)


def a(words: str, who: str = "Anna Petrova") -> Spoken:
    return Spoken("answer", who, words)


def test_what_took_the_place_of_an_ended_turn_has_its_role_and_its_neighbours() -> None:
    second, third = (
        q("What did you speak about when you were there?"),
        q("And when will you meet them again, minister?"),
    )
    old = [q("One?"), a("Yes."), second, a("Perhaps."), third]
    new = [q("One?"), a("No."), second, third]
    found = match(old, new)
    assert found == (0, None, 2, 4)
    assert successors(old, new, found) == {1: 1, 3: None}


def test_a_turn_that_moved_is_the_successor_of_the_id_it_had() -> None:
    old = [q("One?"), a(LONG), q("And what of the other?"), a("There is a long road before us all.")]
    new = [old[0], old[2], old[3], a(LONG)]
    found = match(old, new)
    assert found == (0, 2, 3, None)
    assert successors(old, new, found) == {1: 3}


def test_a_turn_divided_among_others_leads_to_the_larger_part() -> None:
    other = "the weather on the lake was fine for the whole of that long week"
    old = [q("One?"), a(f"{LONG} {other}"), q("And what of that other matter, Mr minister?")]
    new = [old[0], Spoken("moderator", None, other), Spoken("statement", "Host", LONG), old[2]]
    found = match(old, new)
    assert found == (0, None, None, 2)
    assert successors(old, new, found) == {1: 2}


def test_few_words_do_not_tell_where_a_turn_has_gone() -> None:
    few, enough = (" ".join(LONG.split()[:count]) for count in (DISTINCT - 1, DISTINCT))
    for words, successor in ((few, None), (enough, 1)):
        old = [q("One?"), a(words)]
        new = [old[0], Spoken("statement", "Host", f"{words} and more was said by me later on")]
        found = match(old, new)
        assert found == (0, None)
        assert successors(old, new, found) == {1: successor}
