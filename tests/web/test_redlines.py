"""A difference is set in paragraphs, and its marks touch words alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.differing import Change, difference
from app.web.redlines import paragraphs


def told(old: str, new: str) -> list[str]:
    marks = {"same": "{}", "added": "+{}+", "removed": "-{}-"}
    return ["".join(marks[each.op].format(each.text) for each in those) for those in paragraphs(difference(old, new))]


def test_the_space_around_marked_words_is_not_marked() -> None:
    assert told("The Ministry", "The Ministry of Trade") == ["The Ministry +of Trade+"]
    assert told("It cost eleven crowns.", "It cost twelve crowns.") == ["It cost -eleven- +twelve+ crowns."]


def test_paragraphs_stand_by_themselves() -> None:
    assert told("One.\nTwo.", "One.\nTwo, and a half.") == ["One.", "Two+, and a half+."]
    assert told("One.", "One.\nTwo.\nThree.") == ["One.", "+Two.+", "+Three.+"]
    assert told("One.\nTwo.\nThree.", "One.") == ["One.", "-Two.-", "-Three.-"]


def test_a_paragraph_that_was_parted_or_joined_is_told_by_its_sign() -> None:
    assert told("First things first. Then the rest.", "First things first.\nThen the rest.") == [
        "First things first.- -+¶+",
        "Then the rest.",
    ]
    assert told("First things first.\nThen the rest.", "First things first. Then the rest.") == [
        "First things first.-¶-+ +Then the rest."
    ]


def test_a_space_that_changed_is_marked_though_it_is_nothing_else() -> None:
    assert told("at 100 %", "at 100\u00a0%") == ["at 100- -+\u00a0+%"]


def test_a_space_that_stands_beside_what_took_its_place_is_not_struck() -> None:
    assert told("The crossing and", "The crossing, and") == ["The crossing+,+ and"]
    assert told("The crossing, and", "The crossing and") == ["The crossing-,- and"]


def test_nothing_is_no_paragraph() -> None:
    assert paragraphs(()) == ()


@given(st.text("ab \n"), st.text("ab \n"))
def test_no_word_is_lost(old: str, new: str) -> None:
    pieces = [each for those in paragraphs(difference(old, new)) for each in those]
    for text, other in ((old, "added"), (new, "removed")):
        shown = "".join(each.text for each in pieces if each.op != other)
        assert "".join(shown.replace("¶", "").split()) == "".join(text.split())
    assert all(isinstance(each, Change) for each in pieces)
