"""The labels of one document come together to people, and nobody gets another's words."""

from __future__ import annotations

import pytest

from app.parsing.candidates import Label
from app.parsing.names import split_office
from app.parsing.people import gather


def people(*labels: str, title: str = "") -> list[tuple[str, str | None, tuple[str, ...]]]:
    asked = Label("Question", ":", 0, "question")
    found = gather([label for text in labels for label in (Label(text, ":", 0, None), asked)], [title], title)
    assert set(found.names) == set(labels)
    return [(one.name, one.office, one.labels) for one in found.speakers]


@pytest.mark.parametrize(
    ("label", "name", "office"),
    [
        ("President of Russia Vladimir Putin", "Vladimir Putin", "President of Russia"),
        ("President of\u00a0Finland Sauli Niinisto (retranslated)", "Sauli Niinisto", "President of Finland"),
        ("Foreign Minister Lavrov", "Lavrov", "Foreign Minister"),
        ("THE HON. ADA BO MP, MINISTER FOR PORTS", "ADA BO", "MINISTER FOR PORTS"),
        ("MINISTER FOR TRADE, TOURISM AND INVESTMENT", "", "MINISTER FOR TRADE, TOURISM AND INVESTMENT"),
        (
            "MINISTER FOR TRADE, TOURISM AND INVESTMENT, SENATOR THE HON. ADA BO",
            "ADA BO",
            "MINISTER FOR TRADE, TOURISM AND INVESTMENT",
        ),
        ("REAR ADMIRAL LIO TARN – COMMANDER OF THE PORT", "LIO TARN", "COMMANDER OF THE PORT"),
        ("AIR CHIEF MARSHAL LIO TARN AC AFC", "LIO TARN", "AIR CHIEF MARSHAL"),
        ("ADA BO, CHIEF EXECUTIVE OFFICER, MARROW PORTS", "ADA BO", "CHIEF EXECUTIVE OFFICER, MARROW PORTS"),
        ("PREMIER OF BRENN, LIO TARN - RECORDING", "LIO TARN", "PREMIER OF BRENN"),
        ("Министр транспорта Ян Бор", "Ян Бор", "Министр транспорта"),
        ("Министр обороны Андрей Тарн", "Андрей Тарн", "Министр обороны"),
        ("Министр обороны России", "", "Министр обороны России"),
        ("Министр обороны Российской Федерации", "", "Министр обороны Российской Федерации"),
        ("Prime Minister", "", "Prime Minister"),
        ("President of Russia", "", "President of Russia"),
        ("Arindam Bagchi, Official Spokesperson", "Arindam Bagchi", "Official Spokesperson"),
        ("Министр иностранных дел России С.В.Лавров", "С.В. Лавров", "Министр иностранных дел России"),
        ("Президент России Владимир Путин", "Владимир Путин", "Президент России"),
        ("MR. CARNEY", "CARNEY", ""),
        ("Dawn Tan (CNA)", "Dawn Tan", ""),
    ],
)
def test_an_office_is_told_from_a_name(label: str, name: str, office: str) -> None:
    assert split_office(label) == (name, office)


def test_long_and_short_labels_are_one_person() -> None:
    labels = ("President of Russia Vladimir Putin", "Vladimir Putin", "Putin", "President Putin")
    assert people(*labels) == [("Vladimir Putin", "President of Russia", labels)]


def test_another_label_tells_how_long_the_name_is() -> None:
    labels = ("President of Turkey Recep Tayyip Erdogan", "Recep Tayyip Erdogan")
    assert people(*labels) == [("Recep Tayyip Erdogan", "President of Turkey", labels)]


def test_the_title_tells_the_office() -> None:
    title = "Foreign Minister Sergey Lavrov’s interview with Rossiya Segodnya, December 11, 2015"
    assert people("Sergey Lavrov", title=title) == [("Sergey Lavrov", "Foreign Minister", ("Sergey Lavrov",))]


def test_a_russian_title_tells_the_office_in_its_first_case() -> None:
    title = "Интервью Министра иностранных дел Российской Федерации С.В.Лаврова агентству «Россия сегодня»"
    (one,) = people("С.В.Лавров", title=title)
    assert one == ("С.В.Лавров", "Министр иностранных дел Российской Федерации", ("С.В.Лавров",))


def test_the_title_tells_the_first_name_of_a_surname() -> None:
    title = "Interview with Neil Mitchell, Radio 3AW"
    assert people("MITCHELL", title=title) == [("Neil Mitchell", None, ("MITCHELL",))]


def test_an_office_alone_is_the_person_who_holds_it() -> None:
    labels = ("Prime Minister Lee Ang", "Prime Minister")
    assert people(*labels) == [("Lee Ang", "Prime Minister", labels)]


def test_the_title_tells_who_holds_an_office() -> None:
    title = "TRANSCRIPT OF THE PRIME MINISTER, THE HON P J KEATING MP, PRESS CONFERENCE, PERTH"
    assert people("PM", title=title) == [("P J Keating", "PM", ("PM",))]


def test_two_of_one_surname_stay_two_and_the_bare_surname_is_neither() -> None:
    assert [name for name, _, _ in people("Ann Bo", "Carl Bo", "Bo")] == ["Ann Bo", "Carl Bo", "Bo"]


def test_initials_that_disagree_are_another_person() -> None:
    assert [name for name, _, _ in people("Сергей Лавров", "К.Лавров")] == ["Сергей Лавров", "К.Лавров"]
    assert [name for name, _, _ in people("Сергей Лавров", "С.Лавров")] == ["Сергей Лавров"]


def test_a_short_surname_after_an_office_in_capitals_is_written_as_people_write_it() -> None:
    assert people("MINISTER BO", "MR XU", "DPM") == [
        ("Bo", "Minister", ("MINISTER BO",)),
        ("Xu", None, ("MR XU",)),
        ("DPM", None, ("DPM",)),
    ]


def test_an_office_is_shown_by_its_sound_label_and_not_by_a_damaged_one() -> None:
    assert [name for name, _, _ in people("PRIME MINISTER", "PRIME MiNISTER")] == ["Prime Minister"]
