"""Each style writes what its handbook asks for, also where dates, people or outlets are lacking or many."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.citing import STYLES, citations
from app.citing.names import parse
from app.citing.works import Person, Work


def people(*names: str) -> tuple[Person, ...]:
    """Return people who are called so."""
    return tuple(Person(name.lower().replace(" ", "-"), parse(name), name, None) for name in names)


WORK = Work(
    kind="answer",
    key="3pb37hnp33w52",
    number=3,
    title="Minister’s interview with the Courier",
    date="2015-12-11",
    language="en",
    place=None,
    authors=people("Sergey Lavrov"),
    interviewers=people("Ann Bo"),
    outlets=("The Courier",),
    version=2,
    address="https://v.example/a/3pb37hnp33w52",
    interview="https://v.example/interviews/2015-12-11-lavrov-courier",
    publisher=None,
    licence=None,
    source=None,
)
RUSSIAN = replace(
    WORK,
    title="Интервью Министра С.В.Лаврова",
    language="ru",
    authors=people("С.В.Лавров"),
    interviewers=people("А.Бо"),
    outlets=("МИА «Россия сегодня»",),
)
NOTHING = replace(WORK, kind="interview", number=None, date=None, authors=(), interviewers=(), outlets=())
URL = "https://v.example/a/3pb37hnp33w52?v=2"


def marked(style: str, work: Work) -> str:
    """Return a citation with what is emphasised between asterisks."""
    return "".join(f"*{run.text}*" if run.is_emphasised else run.text for run in STYLES[style](work).runs)


def test_chicago_writes_a_note_and_an_entry_of_a_bibliography() -> None:
    assert marked("chicago-note", WORK) == (
        "Sergey Lavrov, “Minister’s interview with the Courier,” interview by Ann Bo, *The Courier*, "
        f"December 11, 2015, transcript, answer 3, Verbatim, version 2, {URL}."
    )
    assert marked("chicago", WORK) == (
        "Lavrov, Sergey. “Minister’s interview with the Courier.” Interview by Ann Bo. *The Courier*, "
        f"December 11, 2015. Transcript, answer 3. Verbatim, version 2. {URL}."
    )


def test_apa_writes_initials_the_date_after_the_author_and_the_title_in_italics() -> None:
    assert marked("apa", WORK) == (
        "Lavrov, S. (2015, December 11). *Minister’s interview with the Courier* (A. Bo, Interviewer; Version 2, "
        f"answer 3) [Transcript]. The Courier; Verbatim. {URL}"
    )


def test_mla_has_one_container_in_the_other() -> None:
    assert marked("mla", WORK) == (
        "Lavrov, Sergey. “Minister’s interview with the Courier.” Interview by Ann Bo. *The Courier*, 11 Dec. 2015. "
        f"*Verbatim*, version 2, answer 3, {URL}."
    )


def test_gost_is_in_the_language_of_the_document_and_asks_in_russian_for_the_day_it_was_read() -> None:
    assert marked("gost", RUSSIAN) == (
        "Лавров С. В. Интервью Министра С.В.Лаврова [Электронный ресурс] / интервьюер А. Бо; МИА «Россия сегодня» // "
        f"Verbatim: [сайт]. 2015. 11 дек. Версия 2. Ответ 3. URL: {URL} (дата обращения: дд.мм.гггг)."
    )
    assert marked("gost", WORK) == (
        "Lavrov S. Minister’s interview with the Courier [Electronic resource] / interviewer A. Bo; The Courier // "
        f"Verbatim: [website]. 2015. 11 Dec. Version 2. Answer 3. URL: {URL} (дата обращения: дд.мм.гггг)."
    )
    assert STYLES["gost"](WORK).read_on("24.11.2026").endswith("(дата обращения: 24.11.2026).")


@pytest.mark.parametrize(
    ("date", "told"),
    [
        (
            "2015-12",
            ["December 2015, t", "December 2015. T", "(2015, December).", "Dec. 2015.", "2015. Dec. V"],
        ),
        ("2015", ["Courier*, 2015, transcript", "Courier*, 2015. T", "(2015).", "Courier*, 2015. *", "]. 2015. V"]),
        ("2015-05-01", ["May 1, 2015, ", "May 1, 2015. ", "(2015, May 1).", "1 May 2015. ", "2015. 1 May. V"]),
        (None, ["*, n.d., transcript", "*, n.d. Transcript", "(n.d.).", "*The Courier*. *Verbatim*", "]. [S. a.]. V"]),
    ],
)
def test_a_date_is_written_at_the_precision_that_is_known(date: str | None, told: list[str]) -> None:
    for style, words in zip(STYLES, told, strict=True):
        assert words in marked(style, replace(WORK, date=date)), style


def test_a_month_alone_is_named_in_russian_by_itself() -> None:
    assert "[сайт]. 2015. май. Версия" in marked("gost", replace(RUSSIAN, date="2015-05"))
    assert "[сайт]. 2015. 9 мая. Версия" in marked("gost", replace(RUSSIAN, date="2015-05-09"))
    assert "[сайт]. [Б. г.]. Версия" in marked("gost", replace(RUSSIAN, date=None))


def test_what_is_not_known_leaves_no_trace_of_itself() -> None:
    interview = replace(NOTHING, address="https://v.example/interviews/x")
    url = "https://v.example/interviews/x?v=2"
    title = "Minister’s interview with the Courier"
    assert [marked(style, interview) for style in STYLES] == [
        f"“{title},” n.d., transcript, Verbatim, version 2, {url}.",
        f"“{title}.” n.d. Transcript. Verbatim, version 2. {url}.",
        f"*{title}* (Version 2) [Transcript]. (n.d.). Verbatim. {url}",
        f"“{title}.” *Verbatim*, version 2, {url}.",
        f"{title} [Electronic resource] // Verbatim: [website]. [S. a.]. Version 2. URL: {url} "
        "(дата обращения: дд.мм.гггг).",
    ]


def test_many_people_are_named_as_far_as_each_style_goes() -> None:
    two, four = people("Ann Bo", "Cy Du"), people("Ann Bo", "Cy Du", "Eva Fox", "Gil Hay")
    many = people(*(f"N{letter} Surname" for letter in "abcdefghijklmnopqrstuvwxyz"))
    begins = {
        "chicago-note": ["Ann Bo and Cy Du, “", "Ann Bo et al., “", "Na Surname et al., “"],
        "chicago": [
            "Bo, Ann, and Cy Du. “",
            "Bo, Ann, Cy Du, Eva Fox, and Gil Hay. “",
            "Surname, Na, Nb Surname, Nc Surname, et al. “",
        ],
        "apa": ["Bo, A., & Du, C. (", "Bo, A., Du, C., Fox, E., & Hay, G. (", "Surname, N., Surname, N., "],
        "mla": ["Bo, Ann, and Cy Du. “", "Bo, Ann, et al. “", "Surname, Na, et al. “"],
        "gost": ["Bo A., Du C. Min", "Minister’s interview", "Minister’s interview"],
    }
    for style, expected in begins.items():
        for authors, words in zip((two, four, many), expected, strict=True):
            assert marked(style, replace(WORK, authors=authors)).startswith(words), style
    assert " / A. Bo [et al.]; interviewer A. Bo; The Courier // " in marked("gost", replace(WORK, authors=four))
    assert ", . . . Surname, N. (2015" in marked("apa", replace(WORK, authors=many))
    assert "Interview by Ann Bo et al. " in marked("mla", replace(WORK, interviewers=four))
    assert "(A. Bo & C. Du, Interviewers; Version 2" in marked("apa", replace(WORK, interviewers=two))


def test_each_of_several_outlets_is_emphasised_by_itself() -> None:
    assert ". *The Courier* and *TASS*, Dec" in marked("chicago", replace(WORK, outlets=("The Courier", "TASS")))
    assert ". *A*, *B*, and *C*, 11 Dec." in marked("mla", replace(WORK, outlets=("A", "B", "C")))
    assert "[Transcript]. A; B; Verbatim. https" in marked("apa", replace(WORK, outlets=("A", "B")))


def test_a_title_keeps_its_own_end_and_its_quotation_marks_become_single_ones() -> None:
    asked = replace(WORK, title="Who said “never”?")
    assert "“Who said ‘never’?” Interview by" in marked("chicago", asked)
    assert "“Who said ‘never’?” interview by" in marked("chicago-note", asked)
    assert "“He said ‘no.’” Interview" in marked("mla", replace(WORK, title='He said "no."'))


def test_a_long_title_is_never_cut() -> None:
    title = "On the many questions of the day " * 30
    assert all(title in cited.text for cited in citations(replace(WORK, title=title)))


def test_every_style_names_the_version_and_its_lasting_address() -> None:
    for cited in citations(WORK):
        assert "ersion 2" in cited.text
        assert URL in cited.text


def test_no_full_stop_stands_twice() -> None:
    for work in (WORK, RUSSIAN, NOTHING, replace(WORK, authors=people("John Bo, Jr."), date="2015-12")):
        for cited in citations(work):
            assert ".." not in cited.text.replace(". . .", ""), cited
