"""Ids are for ever: the same for the same turn, and a mistyped one is told from an unknown one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import permalinks
from app.permalinks import ALPHABET, ID_LENGTH, is_well_formed, mint, slugify, unconfused

IDS = st.builds(
    mint, st.text(), st.sampled_from(["question", "answer"]), st.none() | st.text(), st.text(), st.integers(0, 99)
)


def test_an_id_once_given_out_is_that_for_ever() -> None:
    first = mint("talk.txt|2015-12-11|en", "answer", "Sergey Lavrov", "No.\nNever.", 0)
    assert first == "0tz35n162atb8"
    assert mint("talk", "question", None, "Вопрос?", 3) == "kh1fr9cedn2yz"


@given(IDS)
def test_every_minted_id_is_well_formed(id: str) -> None:
    assert is_well_formed(id)
    assert len(id) == ID_LENGTH
    assert unconfused(id) is None


@given(IDS, st.integers(0, ID_LENGTH - 1), st.sampled_from(ALPHABET))
def test_a_mistake_in_any_one_character_is_found(id: str, place: int, other: str) -> None:
    wrong = id[:place] + other + id[place + 1 :]
    assert is_well_formed(wrong) == (wrong == id)


@given(IDS, st.integers(0, ID_LENGTH))
def test_an_id_that_lacks_or_has_a_character_more_is_mistyped(id: str, place: int) -> None:
    assert not is_well_formed(id[:place] + id[place + 1 :]) or place == ID_LENGTH
    assert not is_well_formed(id[:place] + "0" + id[place:])


@given(IDS)
def test_an_id_read_from_paper_is_understood(id: str) -> None:
    typed = id.upper().replace("0", "O").replace("1", "l")
    assert unconfused(f" {typed} ") == id


@given(st.text())
def test_no_text_breaks_the_reading_of_an_id(text: str) -> None:
    meant = unconfused(text)
    assert meant is None or is_well_formed(meant)


def test_every_part_of_a_turn_tells_its_id() -> None:
    base = ("key", "answer", "A", "words", 0)
    others = [("key2", *base[1:]), ("key", "question", *base[2:]), ("key", "answer", None, "words", 0)]
    others += [("key", "answer", "A", "word s", 0), ("key", "answer", "A", "words", 1)]
    assert len({mint(*each) for each in [base, *others]}) == 6


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Sergey Lavrov", "sergey-lavrov"),
        ("The Daily News", "daily-news"),
        ("La Repubblica", "repubblica"),
        ("The", "the"),
        ("С. В. Лавров", "s-v-lavrov"),
        ("Россия сегодня", "rossiya-segodnya"),
        ("O’Brien & Söhne", "obrien-sohne"),
        ("Łódź — Straße", "lodz-strasse"),
        ("—", ""),
        ("", ""),
    ],
)
def test_slugs_are_ascii_words_romanised_without_a_leading_article(text: str, slug: str) -> None:
    assert slugify(text) == slug


@given(st.text())
def test_any_text_has_a_slug_of_the_safe_characters(text: str) -> None:
    slug = slugify(text)
    assert len(slug) <= 80
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug == slug.strip("-")
    assert "--" not in slug


def test_a_long_slug_is_cut_at_a_word() -> None:
    assert slugify("one two three four", 10) == "one-two"
    assert slugify("one two three", 13) == "one-two-three"
    assert slugify("abcdefghijkl", 5) == "abcde"


def test_a_distinct_slug_depends_on_its_key_alone() -> None:
    assert (
        permalinks.distinct("lavrov", "a") == permalinks.distinct("lavrov", "a") != permalinks.distinct("lavrov", "b")
    )


def test_paths_are_those_of_the_contract() -> None:
    assert permalinks.interview_path("s") == "/interviews/s"
    assert permalinks.answer_path("i") == "/a/i"
    assert permalinks.speaker_path("s") == "/speakers/s"
    assert permalinks.outlet_path("s") == "/outlets/s"
    assert permalinks.paragraph_anchor("i", 2) == "i.p2"
    assert permalinks.words_of(["a", "b"]) == "a\nb"
