"""Who speaks is decided on evidence; what only looks like a label is text, with a finding."""

from __future__ import annotations

import pytest

from app.errors import SourceRefused
from app.parsing.candidates import generic_role
from app.records import Interview, Role

BODY = "Interview with Lio Tarn\n\nQuestion: Why?\n\nLio Tarn: {}\n\nQuestion: And?\n\nLio Tarn: Yes.\n"


def seen(interview: Interview) -> list[tuple[str, str]]:
    return [(turn.role, turn.label) for turn in interview.turns]


PLAIN = [("question", "Question"), ("answer", "Lio Tarn")] * 2


@pytest.mark.parametrize(
    "paragraph",
    [
        "To reiterate: we are open.",
        "First: the sea. \n\nSecond: the land.",
        "Here is another problem: the bank.",
        "We met at\n\n18:47 and left.",
        "See\n\nhttp://x.invalid/a for that.",
        "By\n\n3:1 we won.",
        "Note: it is late.",
        "Повторю: нет.",
        "Во-первых: нет.",
        "Dear Mr President of the Council, whom I thank for everything that was done here for us: no.",
        "We often hear: “You never came.”",
        "C:\\temp is a folder.",
    ],
)
def test_words_with_a_colon_in_an_answer_stay_text(paragraph: str, parsed) -> None:  # type: ignore[no-untyped-def]
    interview = parsed(BODY.format("It is so.\n\n" + paragraph))
    assert seen(interview) == PLAIN
    kept = " ".join(interview.turns[1].paragraphs)
    assert all(word in kept for word in paragraph.split())


def test_what_looks_like_a_label_and_is_not_is_reported_with_its_line(parsed) -> None:  # type: ignore[no-untyped-def]
    interview = parsed(BODY.format("It is so.\n\nTo reiterate: yes."))
    assert [(one.code, one.line) for one in interview.findings if one.code == "label-once"] == [("label-once", 7)]


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("Question", "question"),
        ("QUESTION", "question"),
        ("Q", "question"),
        ("Question (retranslated)", "question"),
        ("Question 3", "question"),
        ("Reporter #1", "question"),
        ("Question from Reuters", "question"),
        ("PRESSMAN", "question"),
        ("AUDIO OF MR BO", "statement"),
        ("Вопрос", "question"),
        ("Вопрос (перевод с английского)", "question"),
        ("Реплика", "question"),
        ("Remark", "question"),
        ("Answer", "answer"),
        ("Ответ", "answer"),
        ("Moderator", "moderator"),
        ("Ведущий", "moderator"),
        ("\u200bQuestion\u00a0", "question"),
        ("Questionable", None),
        ("Sergey Lavrov", None),
        ("Минвопрос", None),
    ],
)
def test_generic_words_tell_the_role(label: str, role: Role | None) -> None:
    assert generic_role(label) == role


@pytest.mark.parametrize(
    ("html", "labels"),
    [
        ("<b>Question:</b> a? | <b>Lio Tarn:</b> b.", ["Question", "Lio Tarn"]),
        ("<b>Question</b>: a? | <b>Lio</b> <b>Tarn</b>: b.", ["Question", "Lio Tarn"]),
        (
            "<b>Question</b> <i>(retranslated)</i><b>:</b> a? | <b>Lio Tarn: b.</b>",
            ["Question (retranslated)", "Lio Tarn"],
        ),
        ("<b>Lio Tarn</b> (<i>in French</i>): a. | <b>Question</b>: b? | <b>Lio Tarn</b>: c.", None),
        ("<b>Question:</b> a? | <b>Lio Tarn:</b> b. | Question: was what they wrote.", ["Question", "Lio Tarn"]),
        ("<b>Question:</b> a? | <b>Lio Tarn:</b> b. | <i>Bo Ek:</i> wrote this.", ["Question", "Lio Tarn"]),
        ("Question: a? | Lio Tarn: b. | Question: c? | Lio Tarn: d.", ["Question", "Lio Tarn"] * 2),
    ],
)
def test_bold_type_decides_where_labels_are_bold(html: str, labels: list[str] | None, parsed) -> None:  # type: ignore[no-untyped-def]
    page = "".join(f"<p>{part}</p>\n" for part in html.split(" | "))
    interview = parsed(f"<h1>Interview with Lio Tarn</h1>{page}", "a.html")
    expected = ["Lio Tarn (in French)", "Question", "Lio Tarn"] if labels is None else labels
    assert [turn.label for turn in interview.turns] == expected


def test_a_name_that_is_in_the_title_needs_to_stand_only_once(parsed) -> None:  # type: ignore[no-untyped-def]
    assert seen(parsed("Interview with Lio Tarn\n\nQuestion: Why?\n\nLio Tarn: So.\n")) == PLAIN[:2]


def test_who_alone_can_answer_needs_no_title(parsed) -> None:  # type: ignore[no-untyped-def]
    interview = parsed("At the pier\n\nQuestion: Why?\n\nBo Ek: So.\n")
    assert seen(interview) == [("question", "Question"), ("answer", "Bo Ek")]
    assert "label-once-taken" in {one.code for one in interview.findings}


@pytest.mark.parametrize("mark", [":", " :", "：", ".", ";"])
def test_the_mark_after_a_label_may_be_a_colon_with_a_space_a_wide_one_a_stop_or_a_semicolon(  # type: ignore[no-untyped-def]
    mark: str, parsed
) -> None:
    text = "\n\n".join(["On the pier", *[f"Q{mark} Why is number {n}?\n\nMR TARN{mark} So." for n in range(4)]])
    interview = parsed(text)
    assert seen(interview) == [("question", "Q"), ("answer", "MR TARN")] * 4
    assert {turn.mark for turn in interview.turns} == {mark.strip()}


def test_a_bare_q_asks_and_the_words_after_it_are_nobody_elses(parsed) -> None:  # type: ignore[no-untyped-def]
    text = "Briefing\n\nMR. TARN:  Good day.\n\nQ    Why?\n\nMR. TARN:  So.\n\nQ\u00a0\u00a0 And?\n\nMR. TARN:  Yes.\n"
    interview = parsed(text)
    assert [(turn.role, turn.label, turn.mark) for turn in interview.turns] == [
        ("statement", "MR. TARN", ":"),
        ("question", "Q", ""),
        ("answer", "MR. TARN", ":"),
        ("question", "Q", ""),
        ("answer", "MR. TARN", ":"),
    ]


def test_among_labels_in_capitals_one_with_a_title_needs_to_stand_only_once(parsed) -> None:  # type: ignore[no-untyped-def]
    rounds = "QUESTION: Why?\n\nMR. TARN: So.\n\nQUESTION: And?\n\nSECRETARY BO: Yes.\n\n" * 2
    interview = parsed(f"Briefing\n\n{rounds}QUESTION: Else?\n\nDR. EK: No.\n\nNOTA BENE: he smiled.\n")
    assert interview.turns[-1].label == "DR. EK"
    assert interview.turns[-1].paragraphs == ("No.", "NOTA BENE: he smiled.")


def test_a_bare_a_answers_a_bare_q_and_is_an_article_elsewhere(parsed) -> None:  # type: ignore[no-untyped-def]
    talk = "\n\n".join(f"Q Why is number {n}?\n\nA It is so.\n\nA second reason is the sea." for n in range(3))
    interview = parsed(f"Interview\n\n{talk}")
    assert [turn.role for turn in interview.turns] == ["question", "answer"] * 3
    assert interview.turns[1].paragraphs == ("It is so.", "A second reason is the sea.")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("A speech.\n\nLadies and gentlemen, we are here.\n", "no-turns"),
        ("Notes\n\nQuestion: why?\n\nQuestion: how?\n", "no-answers"),
        ("Talk\n\nMinister Lio Tarn: So.\n\nMinister Bo Ek: No.\n\nMinister Lio Tarn: Yes.\n", "no-questions"),
        ("Talk\n\nQuestion:\n\nLio Tarn:\n\nQuestion:\n\nLio Tarn:\n", "no-turns"),
    ],
)
def test_what_is_no_interview_is_refused_with_its_reason(text: str, code: str, parsed) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(SourceRefused, match=r"^a\.txt:\d+: ") as refused:
        parsed(text)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "title",
    [
        "Press conference: Minister Lio Tarn on the budget",
        "PRESS CONFERENCE: THE BUDGET",
        "LIO TARN: THE BUDGET IN FULL",
        "Lio Tarn: why the budget matters",
    ],
)
def test_a_title_with_a_colon_says_nothing(title: str, parsed) -> None:  # type: ignore[no-untyped-def]
    interview = parsed(BODY.format("It is so.").replace("Interview with Lio Tarn", f"{title}\n\n3 May 2001"))
    assert (interview.title, interview.date) == (title, "2001-05-03")
    assert seen(interview) == PLAIN


def test_a_first_line_that_ends_as_a_sentence_speaks_though_a_date_follows(parsed) -> None:  # type: ignore[no-untyped-def]
    interview = parsed("Lio Tarn: Good day.\n\n" + BODY.format("It is so.").replace("Interview with Lio Tarn\n\n", ""))
    assert seen(interview) == [("statement", "Lio Tarn"), *PLAIN]


def test_a_time_after_a_label_without_any_mark_is_kept_apart_from_it(parsed) -> None:  # type: ignore[no-untyped-def]
    turns = ["QUESTION 0:00\nWhy?", "COMMISSIONER 0:20\nSo.", "QUESTION 0:30\nAnd?", "COMMISSIONER 0:45\nNo.\n"]
    interview = parsed("\n\n".join(["Hearing of 3 May 2001", *turns]))
    assert [(turn.label, turn.mark.strip(), turn.paragraphs) for turn in interview.turns][:2] == [
        ("QUESTION", "0:00", ("Why?",)),
        ("COMMISSIONER", "0:20", ("So.",)),
    ]


def test_where_labels_have_own_lines_a_known_one_that_lost_its_mark_takes_its_turn(parsed) -> None:  # type: ignore[no-untyped-def]
    rounds = "\n\n".join(f"KELLY:\n\nWhy is it {n}?\n\nPRIME MINISTER:\n\nSo it is.\n\n" for n in range(3))
    interview = parsed(f"Interview\n\n{rounds}KELLY.\n\nAnd then?\n\nPRIME MINISTER\n\nNo.\n\nKELLY:\n\nThanks.")
    assert [turn.role for turn in interview.turns] == ["question", "answer"] * 4 + ["question"]
    assert interview.turns[7].paragraphs == ("No.",)


@pytest.mark.parametrize("damaged", ["PRIME M1NISTER", "PRIIME MINISTER", "PRIPM MINISTER-.", "PRIME IMlINISTER"])
def test_a_damaged_label_is_mended_though_others_are_damaged_in_the_same_way(damaged: str, parsed) -> None:  # type: ignore[no-untyped-def]
    rounds = "\n\n".join(
        f"KELLY: Why is it {n}?\n\n{label}: So it is."
        for n, label in enumerate(["PRIME MINISTER"] * 13 + ["PRIIME MINISTER"] * 3)
    )
    mark = "" if damaged.endswith(".") else ":"
    interview = parsed(f"Interview\n\n{rounds}\n\nKELLY: And?\n\n{damaged}{mark} No.\n\nKELLY: Thanks.")
    assert [turn.role for turn in interview.turns][-3:] == ["question", "answer", "question"]
    assert {turn.speaker for turn in interview.turns if turn.role == "answer"} == {"Prime Minister"}


def test_a_long_word_that_asks_is_mended_though_another_asks_after_it(parsed) -> None:  # type: ignore[no-untyped-def]
    rounds = "\n\n".join(f"Question: Why is it {n}?\n\nLio Tarn: So it is." for n in range(3))
    interview = parsed(f"Interview\n\n{rounds}\n\nQuesstion: And?\n\nQuestion: Or?\n\nLio Tarn: Yes.")
    assert [turn.role for turn in interview.turns][-3:] == ["question", "question", "answer"]
    assert "label-variant" in [one.code for one in interview.findings]


def test_where_all_is_in_capitals_capitals_are_no_label(parsed) -> None:  # type: ignore[no-untyped-def]
    prose = "THE PRIME MINISTER SAID TODAY THAT THE PORT WAS OPEN AND THAT\nTHE WORKS OF THE PAST YEAR WERE DONE.\n"
    text = "REPORT FROM BRENN\n\n" + f"{prose}HE HAD SEEN.\nTHE MINISTER WAS.\n{prose}DID YOU.\nTHE MINISTER WAS.\n" * 4
    with pytest.raises(SourceRefused):
        parsed(text)
    rounds = (
        "QUESTION: WHY IS THE PORT OF BRENN NOT OPEN TO ALL OF US?\nMR TARN: IT IS OPEN TO ALL OF YOU AT ALL TIMES.\n"
    )
    assert seen(parsed("INTERVIEW\n\n" + rounds * 4)) == [("question", "QUESTION"), ("answer", "MR TARN")] * 4


def test_a_title_that_stands_twice_says_nothing_the_second_time(parsed) -> None:  # type: ignore[no-untyped-def]
    title = "LIO TARN: THE BUDGET IN FULL"
    interview = parsed(BODY.format("It is so.").replace("Interview with Lio Tarn", f"{title}\n\n3 May 2001\n\n{title}"))
    assert seen(interview) == PLAIN


def test_a_bold_name_of_one_word_needs_to_stand_only_twice(parsed) -> None:  # type: ignore[no-untyped-def]
    rounds = "\n\n".join(["**Marie :** Pourquoi ?", "**Ada Bo :** Pour rien."] * 2)
    interview = parsed(f"# Entretien\n\n{rounds}\n\n**Marie et Jean :** Merci.\n", "a.md")
    assert seen(interview)[:4] == [("question", "Marie"), ("answer", "Ada Bo")] * 2


@pytest.mark.parametrize("label", ["P. M.", "P.M.", "P. m.", "P. M.:", "P .M."])
def test_the_letters_of_an_office_may_stand_apart(label: str, parsed) -> None:  # type: ignore[no-untyped-def]
    rounds = "\n".join(f"Q. Why is it {n}?\n{label} It is so, and it was so in year {n} too." for n in range(3))
    interview = parsed(f"Press conference in Brenn\n\n{rounds}")
    assert [turn.role for turn in interview.turns] == ["question", "answer"] * 3
    assert len({turn.speaker for turn in interview.turns}) == 2


def test_questions_that_hold_the_answers_are_refused(parsed) -> None:  # type: ignore[no-untyped-def]
    answer = "It was built in the year of the flood, and nobody has looked at it since then. " * 8
    rounds = "\n".join(f"QUESTION: Why is it {n}?\n{answer}" for n in range(9))
    with pytest.raises(SourceRefused) as refused:
        parsed(f"Press conference\n\n{rounds}\nPM: No.\nQUESTION: Why?\nPM: So it is.\nQUESTION: When?\nPM: In May.")
    assert refused.value.code == "no-answers"


WORN = "\n".join(f"JOURNALIST: Why is it {n}?\nPRIME MINISTER: It is so in year {n}." for n in range(4))


@pytest.mark.parametrize(
    "label",
    [
        "PRIM4E 1M1INISTER:",
        "PRI17. MINISTER:",
        "PRI. ME ! INISTER:",
        "PRIME MINISTE73,:",
        "PRIME; MINISTER:",
        "' RIME MINISTER;",
        "PRIME MINISTERS",
        "PRIME MINISTER",
        "Prime minister:",
    ],
)
def test_an_office_damaged_beyond_a_letter_or_two_still_answers(label: str, parsed) -> None:  # type: ignore[no-untyped-def]
    interview = parsed(f"Interview\n\n{WORN}\nJOURNALIST: And then?\n{label} No, not then.\nJOURNALIST: Thanks.")
    assert [turn.role for turn in interview.turns][-3:] == ["question", "answer", "question"]
    assert interview.turns[-2].paragraphs == ("No, not then.",)
    assert len({turn.speaker for turn in interview.turns}) == 2
    assert len(interview.findings) >= 1


@pytest.mark.parametrize("label", ["JOURNALXBTi", "JOURNALISTt", "JESTIONALIST:", "JOUBNALI8T:", "JOURNALIST"])
def test_a_long_word_that_asks_may_lose_its_colon_or_its_letters(label: str, parsed) -> None:  # type: ignore[no-untyped-def]
    interview = parsed(f"Interview\n\n{WORN}\n{label} And then?\nPRIME MINISTER: No, not then.")
    assert [turn.role for turn in interview.turns][-2:] == ["question", "answer"]


@pytest.mark.parametrize("label", ["TRADE MINISTER:", "FIRST MINISTER:"])
def test_another_office_is_no_damaged_one(label: str, parsed) -> None:  # type: ignore[no-untyped-def]
    interview = parsed(f"Interview\n\n{WORN}\nJOURNALIST: And then?\n{label} No, not then.\nJOURNALIST: Thanks.")
    assert "label-variant" not in [one.code for one in interview.findings]


@pytest.mark.parametrize(
    "line",
    [
        "PRIME MINISTER HOLD TO IT said the placards.",
        "At the harbour nobody knew.",
        "As Brenn knows, it is so.",
        "PRIME MINISTER is what they call me.",
    ],
)
def test_words_like_a_label_that_does_not_take_turns_stay_text(line: str, parsed) -> None:  # type: ignore[no-untyped-def]
    interview = parsed(f"Interview\n\n{WORN}\n{line}\nJOURNALIST: Thanks.")
    assert [turn.role for turn in interview.turns] == ["question", "answer"] * 4 + ["question"]
    assert line in " ".join(interview.turns[-2].paragraphs)


def test_a_label_after_the_last_word_of_who_spoke_before_ends_its_line(parsed) -> None:  # type: ignore[no-untyped-def]
    interview = parsed(
        f"Interview\n\n{WORN}\nJOURNALIST: And is that the\nlast? PRIME MINISTER:\nNo.\nJOURNALIST: Thanks."
    )
    assert [" ".join(turn.paragraphs) for turn in interview.turns][-3:] == ["And is that the last?", "No.", "Thanks."]


def test_the_initials_of_an_asker_may_be_those_of_an_office(parsed) -> None:  # type: ignore[no-untyped-def]
    rounds = "\n".join(f"PM: Prime Minister, why is it {n}?\nLJT: It is so, and it was so then." for n in range(3))
    interview = parsed(f"THE PRIME MINISTER, L J TARN, INTERVIEW WITH PETRA MOOR\n\n{rounds}")
    assert [turn.role for turn in interview.turns] == ["question", "answer"] * 3
    assert interview.turns[0].speaker == "Petra Moor"


def test_a_name_that_begins_like_a_moderator_is_none(parsed) -> None:  # type: ignore[no-untyped-def]
    rounds = "\n".join(f"MC ADAM: Why is it {n}?\nPRIME MINISTER: It is so." for n in range(3))
    assert [turn.role for turn in parsed(f"Interview\n\n{rounds}").turns] == ["question", "answer"] * 3


@pytest.mark.parametrize(("label", "is_turn"), [("COMMENT", True), ("Interjection", True), ("Comment", False)])
def test_who_speaks_up_without_asking_has_a_turn(label: str, is_turn: bool, parsed) -> None:  # type: ignore[no-untyped-def]
    interview = parsed(f"Interview\n\n{WORN}\n{label}: That is not what you said.\nPRIME MINISTER: It is.")
    assert len(interview.turns) == (10 if is_turn else 8)
    assert (label in [turn.label for turn in interview.turns]) == is_turn


def test_what_a_statement_goes_on_to_is_nobody(parsed) -> None:  # type: ignore[no-untyped-def]
    interview = parsed(f"Interview\n\nPRIME MINISTER: The Cabinet met.\nHEALTH: A school opens.\n{WORN}")
    assert {turn.speaker for turn in interview.turns} == {None, "Prime Minister"}


def test_a_speech_with_interjections_is_no_interview(parsed) -> None:  # type: ignore[no-untyped-def]
    rounds = "\n".join(f"PREMIER: The wall is {n} years old, and it stands.\nINTERJECTION: No!" for n in range(3))
    with pytest.raises(SourceRefused) as refused:
        parsed(f"Introduction of the Sea Wall Bill\n\n{rounds}\nPREMIER: It does.")
    assert refused.value.code == "no-questions"


def test_a_surname_that_a_full_stop_ends_answers_questions_that_one_ends(parsed) -> None:  # type: ignore[no-untyped-def]
    rounds = "\n".join(f"Q. Why is it {n}?\nTarn. It is so, and it was so in year {n}." for n in range(3))
    interview = parsed(f"Premier Lio Tarn on Radio Brenn\n\n{rounds}")
    assert [(turn.role, turn.speaker) for turn in interview.turns] == [("question", None), ("answer", "Lio Tarn")] * 3


def test_the_office_before_a_known_name_needs_to_stand_only_once(parsed) -> None:  # type: ignore[no-untyped-def]
    rounds = "\n".join(f"JOURNALIST: Why is it {n}?\nPM TARN: It is so." for n in range(3))
    interview = parsed(f"Press conference\n\n{rounds}\nADMIRAL BO: I saw it.\nPM: So did I.\nJOURNALIST: Thanks.")
    assert [turn.speaker for turn in interview.turns][-3:] == ["Bo", "Tarn", None]


@pytest.mark.parametrize(
    ("first", "second", "roles"),
    [
        ("P", "R", "qa"),
        ("D", "R", "qa"),
        ("В", "О", "qa"),
        ("F", "A", "qa"),
        ("P", "Premier", "qa"),
        ("P", "J", None),
    ],
)
def test_letters_of_other_languages_ask_and_answer_where_they_take_turns(  # type: ignore[no-untyped-def]
    first: str, second: str, roles: str | None, parsed
) -> None:
    text = "Words\n\n" + "".join(f"{first}: Why is it {n}?\n\n{second}: It is.\n\n" for n in range(3))
    if roles is None:
        assert not any(turn.role == "question" and turn.label == first for turn in parsed(text + "J: Well?").turns)
    else:
        assert [turn.role[0] for turn in parsed(text).turns] == [*roles] * 3


@pytest.mark.parametrize("line", ["E. O. E.-PROOF ONLY", "P. 8", "Question. That is the question.", "(laughs) Well."])
def test_marks_that_end_labels_elsewhere_end_none_by_themselves(line: str, parsed) -> None:  # type: ignore[no-untyped-def]
    assert seen(parsed(BODY.format("It is so.\n\n" + line))) == PLAIN


def test_answers_that_nobody_asks_for_in_captions_are_refused(parsed) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(SourceRefused) as refused:
        parsed(BODY.format("It is so.\n\n>> And I say so too."))
    assert refused.value.code == "speaker-unnamed"


@pytest.mark.parametrize("line", ["Question will it be soon?", "Que stion", "Ques-tion"])
def test_a_bare_word_that_asks_is_read_where_it_is_damaged_or_small_letters_follow(line: str, parsed) -> None:  # type: ignore[no-untyped-def]
    rounds = "\n".join(f"Question\nWhy is it {n}?\nPrime Minister\nIt is so in year {n}." for n in range(6))
    interview = parsed(f"Interview\n\n{rounds}\n{line}\nI mean the port.\nPrime Minister\nNo.")
    assert [turn.role for turn in interview.turns[-2:]] == ["question", "answer"]
    assert len(interview.turns) == 14


def test_a_label_of_two_letters_may_have_a_small_one(parsed) -> None:  # type: ignore[no-untyped-def]
    rounds = "\n".join(f"JOURNALIST: Why is it {n}?\nPM: It is so in year {n}." for n in range(4))
    interview = parsed(f"Interview\n\n{rounds}\nJOURNALIST: And then?\nPx: No.\nJOURNALIST: Well?\nPM: So: no.")
    assert len(interview.turns) == 12
