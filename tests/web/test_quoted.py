"""Quoted words are marked where they stand, in the version that has them, and never anything like them."""

from __future__ import annotations

from app.archive.holdings import HeldTurn
from app.web.quoted import Pointed, Quoted, point


def turn(id: str, *paragraphs: str, label: str = "Anna Petrova") -> HeldTurn:
    return HeldTurn(
        id=id,
        role="answer",
        speaker=None,
        label=label,
        paragraphs=paragraphs,
        line=1,
        lines=(1,) * len(paragraphs),
        exchange=1,
    )


TALK = [
    turn("q", "Will the ferry run, and will the bridge be built?", label="Question"),
    turn("a", "The ferry will run.\u00a0The bridge will not.", "The ferry will run every day."),
]


def pointed(quote: str, prefix: str = "", suffix: str = "", older: list[HeldTurn] | None = None) -> Pointed:
    versions = [] if older is None else [(1, lambda: older)]
    found = point(Quoted(quote, prefix, suffix), 2, TALK, versions)
    assert found is not None
    return found


def marked(found: Pointed) -> list[tuple[str, str]]:
    return [
        (id, fragment.text)
        for id, paragraphs in found.turns.items()
        for paragraph in paragraphs
        for fragment in paragraph
        if fragment.match
    ]


def test_words_are_marked_as_they_stand_and_the_rest_of_the_turn_stays() -> None:
    found = pointed("run. The bridge")
    assert (found.standing, found.version) == ("here", 2)
    assert marked(found) == [("a", "run.\u00a0The bridge")]
    whole = ["".join(fragment.text for fragment in paragraph) for paragraph in found.turns["a"]]
    assert tuple(whole) == TALK[1].paragraphs


def test_what_stands_around_tells_one_place_from_another() -> None:
    assert marked(pointed("The ferry will run", suffix=". The bridge"))[0] == ("a", "The ferry will run")
    second = pointed("The ferry will run", prefix="will not. ", suffix=" every day")
    first_paragraph, second_paragraph = second.turns["a"]
    assert not any(fragment.match for fragment in first_paragraph)
    assert second_paragraph[0].match == 1


def test_words_may_run_over_paragraphs_of_one_turn() -> None:
    assert marked(pointed("will not.\n\nThe ferry")) == [("a", "will not."), ("a", "The ferry")]


def test_other_words_capitals_or_marks_are_not_these_words() -> None:
    for quote in ("the ferry will run every day", "The ferry will run each day", "The ferry will run; the bridge"):
        found = pointed(quote)
        assert (found.standing, found.version, found.turns) == ("nowhere", None, {})


def test_words_that_an_older_version_had_are_shown_in_it() -> None:
    old = [TALK[0], turn("a", "The ferry will never run.")]
    found = pointed("will never run", older=old)
    assert (found.standing, found.version) == ("before", 1)
    assert marked(found) == [("a", "will never run")]


def test_words_of_two_turns_are_not_quoted_as_one() -> None:
    assert pointed("the bridge be built? The ferry will run.").standing == "across"
    assert pointed("the bridge be built? Anna Petrova: The ferry will run.").standing == "across"


def test_composed_and_decomposed_letters_are_the_same() -> None:
    held = [turn("a", "Мы ещe\u0308 и\u0306ти cafe\u0301 решили")]
    found = point(Quoted("café решили"), 1, held, [])
    assert found is not None
    assert marked(found) == [("a", "cafe\u0301 решили")]


def test_nothing_is_pointed_at_without_words() -> None:
    assert point(Quoted(" \u00a0 "), 1, TALK, []) is None
