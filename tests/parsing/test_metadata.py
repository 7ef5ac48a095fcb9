"""What stands around the turns: title, date, languages, outlet; what is not stated stays empty."""

from __future__ import annotations

import pytest

from app.parsing.language import detect, primary
from app.parsing.outlets import in_labels, in_title

TURNS = "\n\nQuestion: Why?\n\nLio Tarn: So it is, and we have said this to all of them for a year.\n"


@pytest.mark.parametrize(
    ("title", "outlets"),
    [
        ("Foreign Minister Sergey Lavrov’s interview with Rossiya Segodnya, December 11, 2015", ("Rossiya Segodnya",)),
        ("Interview to the German ARD", ("ARD",)),
        ("Interview with The Financial Times", ("The Financial Times",)),
        ("Interview with Austrian ORF television channel", ("ORF",)),
        ("Ukraine (Interview to TASS News Agency)", ("TASS News Agency",)),
        ("Интервью С.В.Лаврова агентству «Россия сегодня», Москва", ("Россия сегодня",)),
        ("Interview with Malcolm Fraser, Prime Minister", ()),
        ("News conference following Russian-Bulgarian talks", ()),
        ("Interview with Ada Brook, Channel Seven", ("Channel Seven",)),
        ("Transcript of interview with Ada Brook", ()),
        ("Radio interview with Malcolm Fraser 3AW Melbourne", ("3AW Melbourne",)),
        ("Interview on 3AW with Ada Brook", ("3AW",)),
        ("Interview with the Brennholm Courier on the Marrow bridge", ("Brennholm Courier",)),
        ("Interview with the Brennholm Courier ahead of the vote", ("Brennholm Courier",)),
        ("Interview of Foreign Minister Ada Brook with Harbour Radio", ("Harbour Radio",)),
        ("Interview of Minister Brook with the newspaper Corriere del Porto", ("Corriere del Porto",)),
        ("Interview by Malcolm Fraser to the Brenn Times on the vote", ("Brenn Times",)),
        ("Secretary Ada J. Brook With Lio Tarn of KBRN’s The Morning", ("KBRN",)),
        ("Außenministerin Brook im Interview mit der Brenner Zeitung", ("Brenner Zeitung",)),
        ("Entretien de Mme Brook à Radio Port-Ansel", ("Radio Port-Ansel",)),
        ("Entrevista de la ministra Brook a El Diario del Puerto", ("El Diario del Puerto",)),
        ("Интервью А.И.Брук агентству РОНС", ("РОНС",)),
        ("Интервью Министра А.И.Брук радиостанции Радио Гавань", ("Радио Гавань",)),
        ("Entretien de Mme Brook à l’ONU", ()),
        ("Entretien de Mme Brook à Port-Ansel", ()),
        ("Интервью постоянного представителя РФ", ()),
        ("Press conference with President Ada Brook of BRN", ()),
        ("Interview mit dem Bundeskanzler", ()),
        ("", ()),
    ],
)
def test_the_title_tells_the_outlet_and_persons_are_none(title: str, outlets: tuple[str, ...]) -> None:
    assert in_title(title, ["Malcolm Fraser"], "Good morning, Ada. We are glad.") == outlets


def test_a_date_that_is_not_there_stays_empty_and_is_reported(parsed) -> None:  # type: ignore[no-untyped-def]
    interview = parsed("Interview with Lio Tarn" + TURNS)
    assert (interview.date, interview.time, interview.place) == (None, None, None)
    assert "no-date" in {one.code for one in interview.findings}


def test_the_date_of_the_event_in_the_title_is_preferred_and_the_difference_is_reported(parsed) -> None:  # type: ignore[no-untyped-def]
    interview = parsed("Posted 2 March 2020\n\nInterview with Lio Tarn, 29 February 2020" + TURNS)
    assert interview.date == "2020-02-29"
    interview = parsed("2 March 2020\n\nInterview with Lio Tarn, 29 February 2020" + TURNS)
    assert interview.date == "2020-02-29"
    assert "dates-disagree" in {one.code for one in interview.findings}


def test_a_year_above_is_made_exact_by_the_day_below_and_contradicts_none(parsed) -> None:  # type: ignore[no-untyped-def]
    for lines in ("2020\n\n2 March 2020, 14:00", "2 March 2020, 14:00\n\n2020"):
        interview = parsed("Interview with Lio Tarn\n\n" + lines + TURNS)
        assert (interview.date, interview.time) == ("2020-03-02", "14:00")
        assert "dates-disagree" not in {one.code for one in interview.findings}
    assert parsed("Interview with Lio Tarn\n\nDate: 2020" + TURNS).date == "2020"


def test_the_day_of_publication_is_the_date_only_where_no_other_is_stated(parsed) -> None:  # type: ignore[no-untyped-def]
    assert (
        parsed("Interview\n\nIssued on: March 28, 2020\n\nMarch 27, 2020\n\n5:56 P.M. EDT" + TURNS).date == "2020-03-27"
    )
    interview = parsed("Interview\n\nIssued on: March 28, 2020" + TURNS)
    assert interview.date == "2020-03-28"
    assert "date-published" in {one.code for one in interview.findings}


def test_every_line_above_the_first_turn_is_accounted_for(parsed) -> None:  # type: ignore[no-untyped-def]
    head = ["Home | News | Contact", "Interview with Lio Tarn", "3 May 2001", "Place: Port Ansel", "E & OE", "* * *"]
    interview = parsed("\n\n".join([*head, "English Русский"]) + TURNS)
    assert [(line.purpose, line.line) for line in interview.metadata] == [("title", 3), ("date", 5), ("place", 7)]
    assert [(line.purpose, line.line) for line in interview.furniture] == [
        ("menu", 1),
        ("separator", 11),
        ("language switch", 13),
    ]
    assert [note.text for note in interview.notes] == ["E & OE"]
    assert interview.place == "Port Ansel"
    assert (interview.language, interview.also_in) == ("en", ("ru",))


def test_a_text_without_a_title_bears_the_name_of_its_file_and_it_is_reported(parsed) -> None:  # type: ignore[no-untyped-def]
    interview = parsed("3 May 2001" + TURNS + "\n\nLio Tarn: Yes.", "a-talk.txt")
    assert interview.title == "a-talk"
    assert "no-title" in {one.code for one in interview.findings}


@pytest.mark.parametrize(
    "mark", ["END", "[ENDS]", "Advanced settings", "END  1:45 P.M. EST", "* * *", "Publication date: May 3"]
)
def test_end_marks_are_no_part_of_the_last_answer(mark: str, parsed) -> None:  # type: ignore[no-untyped-def]
    interview = parsed("Interview with Lio Tarn" + TURNS + f"\n\n{mark}\n")
    assert [line.text for line in interview.furniture] == [mark]
    assert len(interview.turns[-1].paragraphs) == 1


def test_an_end_mark_in_the_middle_of_an_answer_is_text(parsed) -> None:  # type: ignore[no-untyped-def]
    interview = parsed("Interview with Lio Tarn" + TURNS + "\n\nThe end.\n\nSo it was.\n")
    assert interview.turns[-1].paragraphs[-2:] == ("The end.", "So it was.")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("We are of the view that this is not what they have said to us in the talks.", "en"),
        ("Мы исходим из того, что это не так, и все об этом уже знают.", "ru"),
        ("Ми виходимо з того, що це не так, і всі про це вже знають, але не кажуть.", "uk"),
        ("Nous pensons que la paix est dans les mains de ceux qui la veulent pour nous et pour vous.", "fr"),
        ("Wir sind der Meinung, dass die Lage nicht so ist, und das ist auch gut für uns.", "de"),
        ("我们认为这不是他们所说的。", "zh"),
        ("私たちはそう思いません。", "ja"),
        ("Xyzzy plugh qwerty.", "und"),
        ("", "und"),
    ],
)
def test_a_language_is_told_or_left_undetermined(text: str, language: str) -> None:
    assert detect([text]) == language


@pytest.mark.parametrize(
    ("tag", "language"), [("en-GB", "en"), ("RU", "ru"), ("zh_Hant", "zh"), ("english", None), ("", None)]
)
def test_a_tag_gives_its_language(tag: str, language: str | None) -> None:
    assert primary(tag) == language


def test_a_label_of_who_asks_tells_the_outlet_after_the_name_or_in_brackets() -> None:
    labels = ["Ada Brook, Harbour Post", "Lio Tarn - The Brenn Times", "Question (AFP)", "BRENN TIMES", "Lio Tarn"]
    assert in_labels(labels, "") == ("Harbour Post", "The Brenn Times", "AFP", "Brenn Times")
    assert in_labels(["Ada Brook, Minister of Ports", "Brook, Tarn", "Question, please"], "") == ()


def test_two_interviewers_are_no_outlet() -> None:
    title = "Radio interview with Ada Brook and Lio Tarn, Mix 104.9"
    assert in_title(title, ["Ada Brook", "Lio Tarn"], "") in [(), ("Mix 104.9",)]
    assert in_title("Radio interview with Ada Brook and Lio Tarn - FOX FM", ["Ada Brook", "Lio Tarn"], "") == (
        "FOX FM",
    )


@pytest.mark.parametrize(
    ("line", "date", "place"),
    [
        ("TASS, Moscow, March 11, 2014", "2014-03-11", "Moscow"),
        ("Brenn, 3 May 2001", "2001-05-03", "Brenn"),
        ("Port Ansel, Brenn, 3 May 2001", "2001-05-03", "Port Ansel, Brenn"),
        ("The Premier, 3 May 2001", None, None),
        ("We met there, 3 May 2001", None, None),
        ("Brenn 1, 3 May 2001", None, None),
        ("TASS, 3 May 2001", None, None),
    ],
)
def test_place_and_date_may_stand_in_one_line(line: str, date: str | None, place: str | None, parsed) -> None:  # type: ignore[no-untyped-def]
    interview = parsed(
        f"Interview with Lio Tarn\n\n{line}\n\nQuestion: Why?\n\nLio Tarn: So.\n\nQuestion: And?\n\nLio Tarn: No."
    )
    assert (interview.date, interview.place) == (date, place)


def test_a_title_with_the_office_of_who_answers_before_its_colon_says_nothing(parsed) -> None:  # type: ignore[no-untyped-def]
    rounds = "\n\n".join(
        f"Q: Why is it {n}?\n\n{who}: So." for n, who in enumerate(["PREMIER LIO TARN", "Premier Tarn", "Premier Tarn"])
    )
    interview = parsed(f"Premier: the wall stands\n\nInterview with Lio Tarn, 3 May 2001\n\n{rounds}")
    assert interview.title == "Premier: the wall stands"
    assert [turn.speaker for turn in interview.turns] == [None, "Lio Tarn"] * 3
