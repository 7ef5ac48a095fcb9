"""A name is taken apart as a catalogue takes it; what cannot be told stays in one piece."""

from __future__ import annotations

import pytest

from app.citing.names import parse


@pytest.mark.parametrize(
    ("written", "inverted", "initials"),
    [
        ("Sergey Lavrov", "Lavrov, Sergey", "S."),
        ("С.В.Лавров", "Лавров, С. В.", "С. В."),
        ("Лавров С.В.", "Лавров, С. В.", "С. В."),
        ("Сергей Викторович Лавров", "Лавров, Сергей Викторович", "С. В."),
        ("Лавров Сергей Викторович", "Лавров, Сергей Викторович", "С. В."),
        ("J.F. Kennedy", "Kennedy, J. F.", "J. F."),
        ("John F. Kennedy, Jr.", "Kennedy, John F., Jr.", "J. F."),
        ("Ursula von der Leyen", "von der Leyen, Ursula", "U."),
        ("Jean-Yves Le Drian", "Le Drian, Jean-Yves", "J.-Y."),
        ("Mohammed bin Salman", "bin Salman, Mohammed", "M."),
        ("Sir Keir Starmer", "Starmer, Keir", "K."),
        ("Al Gore", "Gore, Al", "A."),
        ("John Bo (Treasurer)", "Bo, John", "J."),
    ],
)
def test_a_family_name_stands_first_in_a_list(written: str, inverted: str, initials: str) -> None:
    assert (parse(written).inverted, parse(written).initials) == (inverted, initials)


@pytest.mark.parametrize("written", ["Madonna", "Da Silva", "Agriculture Minister", "王毅", "11R Haze", "Посол России"])
def test_what_is_of_one_piece_stays_whole(written: str) -> None:
    name = parse(written)
    assert (name.family, name.given, name.inverted, name.plain) == (written, "", written, written)


@pytest.mark.parametrize("written", ["Wang Yi", "Xi Jinping", "Kim Jong Un", "Ban Ki-moon", "Lee Kuan Yew"])
def test_a_family_name_that_is_spoken_first_is_not_turned_round(written: str) -> None:
    assert parse(written).inverted == parse(written).plain == written
    assert parse(written).family == written.split()[0]


@pytest.mark.parametrize("written", ["Kim Campbell", "Kim Beazley", "Jack Ma"])
def test_a_given_name_is_not_taken_for_an_east_asian_family_name(written: str) -> None:
    assert parse(written).given == written.split()[0]


def test_the_order_in_which_a_name_is_spoken_is_kept_and_honorifics_are_not() -> None:
    assert parse("John F. Kennedy, Jr.").plain == "John F. Kennedy Jr."
    assert parse("Dr Ann Bo").plain == "Ann Bo"
    assert parse("Mr Smith").plain == "Smith"


@pytest.mark.parametrize("written", ["", "()", "-", "Jr.", "Mr", ". .", "A.", "Иванович", "- -", "Dr (x)"])
def test_any_name_gives_something_and_never_an_error(written: str) -> None:
    name = parse(written)
    assert name.initials is not None
    assert name.plain or not written
