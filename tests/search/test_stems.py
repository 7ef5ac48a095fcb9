"""Forms of a word share a stem, in each language its own."""

from __future__ import annotations

import pytest

from app.search.stems import stemmed


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "negotiation", "negotiating"),
        ("en-GB", "refugees", "refugee"),
        ("ru", "переговоры", "переговорах"),
        ("ru", "беженцев", "беженцы"),
    ],
)
def test_forms_of_a_word_share_a_stem(language: str, one: str, other: str) -> None:
    assert stemmed([one], language) == stemmed([other], language)


def test_a_stem_is_no_word_and_no_stem_of_another_language() -> None:
    assert stemmed(["nato", "24", "нато"], "en") == ["nato·en", "24", "нато"]
    assert stemmed(["нато", "nato"], "ru") == ["нат·ru", "nato"]


def test_a_language_without_stems_has_none() -> None:
    assert stemmed(["sicherheit"], "de") == []
