"""Names stand where a reader of an A to Z looks for them."""

from __future__ import annotations

import pytest

from app.archive import filing


@pytest.mark.parametrize(
    ("name", "filed"),
    [
        ("Sergey Lavrov", "lavrov sergey"),
        ("Сергей Лавров", "lavrov sergey"),
        ("С.В.Лавров", "lavrov s v"),
        ("Лавров С.В.", "lavrov s v"),
        ("John Smith Jr.", "smith john jr"),
        ("John Smith (BBC)", "smith john"),
        ("George H. W. Bush", "bush george h w"),
        ("Mary O’Neil", "oneil mary"),
        ("Кобзон", "kobzon"),
        ("Q", "q"),
        ("(unnamed)", "unnamed"),
        ("…", "~"),
    ],
)
def test_people_are_filed_under_the_last_of_their_names(name: str, filed: str) -> None:
    assert filing.person(name) == filed


@pytest.mark.parametrize(
    ("name", "filed", "letter"),
    [
        ("The Daily News", "daily-news", "D"),
        ("Известия", "izvestiya", "I"),
        ("1TV", "1tv", "0–9"),
        ("——", "~", "…"),
    ],
)
def test_outlets_are_filed_without_their_article(name: str, filed: str, letter: str) -> None:
    assert (filing.outlet(name), filing.letter(filed)) == (filed, letter)
