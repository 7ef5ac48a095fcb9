"""What is doubtful about a document is said, each with its code and line, and nothing is said of a sound one."""

from __future__ import annotations

import pytest

from app.errors import SourceRefused
from app.records import Interview

ROUNDS = "\n\n".join(f"Question: Why is number {n} so?\n\nLio Tarn: It is so, as we said." for n in range(3))


def codes(interview: Interview) -> list[tuple[str, int]]:
    return [(finding.code, finding.line) for finding in interview.findings if finding.code != "no-date"]


def test_nothing_is_said_of_a_sound_document(parsed) -> None:  # type: ignore[no-untyped-def]
    assert codes(parsed(f"Interview with Lio Tarn\n\n{ROUNDS}\n")) == []


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (f"Interview with Lio Tarn\n\n{ROUNDS}\n\nQuestion: And?", "unanswered", 15),
        (f"Interview with Lio Tarn\n\nQuestion: What?\n\n{ROUNDS}", "questions-together", 3),
        (f"Interview with Lio Tarn\n\n{ROUNDS}\n\nTo reiterate: yes.", "label-once", 15),
        (f"Interview with Lio Tarn\n\n{ROUNDS}\n\nQuestion:\n\nLio Tarn: Yes.", "label-without-words", 15),
        (f"Interview with Lio Tarn\n\n{ROUNDS}\n\nQuestion: And?\n\nLio Tarn: We went to the", "may-be-truncated", 17),
        (f"Interview with Lio Tarn\n\n{ROUNDS}\n\nQuestion: May I?\n\nLio Tarn: Go ahead.", "may-be-truncated", 17),
        (f"Interview, 29 February 2024\n\n1 March 2024\n\n{ROUNDS}", "dates-disagree", 1),
        (f"Interview\n\nRecorded on 29 February 2024\n\n1 March 2024\n\n{ROUNDS}", "dates-disagree", 1),
        (f"Interview\n\nPublished: 1 March 2024\n\n{ROUNDS}", "date-published", 1),
        (f"Question: Why?\n\nLio Tarn: So.\n\n{ROUNDS}", "no-title", 1),
        (
            "Interview with Lio Tarn\n\n" + "Question: Why? Lio Tarn: It is so. " * 3,
            "paragraphs-lost",
            3,
        ),
        (
            f"Interview with Lio Tarn\n\n{ROUNDS}\n\nQuestion: And? Lio Tarn: Yes. Question: So?\n\nLio Tarn: No.",
            "label-in-line",
            15,
        ),
        (f"Interview with Lio Tarn\n\n{ROUNDS}\n\nQuesstion: And?\n\nLio Tarn: Yes.", "label-variant", 15),
        (
            f"Interview with Lio Tarn\n\n{ROUNDS}\n\nLio Tarnn: And so it is.\n\nQuestion: Or?\n\nLio Tarn: Yes.",
            "label-proposed",
            15,
        ),
        (f"Interview with Lio Tarn\n\n{ROUNDS}\n\nAda Bo: And who?\n\nLio Tarn: All.", "label-once-taken", 15),
        (
            f"Interview with Lio Tarn\n\n{ROUNDS}\n\n"
            "Publication date: 1\n\nDirect link: x\n\nTopics: a\n\nTags: b\n\nAuthor: c\n\nPhoto: d",
            "tail-cut",
            13,
        ),
        (
            "Direct line with Lio Tarn\n\n"
            + "Ada Bo: Why?\n\nLio Tarn: It is so, as we said.\n\n" * 4
            + "I read on.\n\n"
            "Question: My son never writes. Why?\n\nLio Tarn: He should.",
            "label-ambiguous",
            21,
        ),
        (
            "A talk in the harbour\n\n" + "Ada Bo: Why is it?\n\nCarl Di: It is so, as we said to all.\n\n" * 3,
            "principal-unknown",
            5,
        ),
        ("Interview\n\nQuestion: Why?\n\n" + "Lio Tarn: So.\n\nAda Bo, Minister: No.\n\n" * 3, "uneven", 3),
        (
            "会見\n\n" + "Question: Why do we have to read this twice?\n\n問：なぜ二度読むのですか、大臣。\n\n"
            "Minister Oda: So that all of you can read it.\n\n大臣：皆さんが読めるようにです。\n\n" * 2,
            "languages-mixed",
            3,
        ),
    ],
)
def test_what_is_doubtful_is_said_with_its_line(text: str, code: str, line: int, parsed) -> None:  # type: ignore[no-untyped-def]
    assert (code, line) in codes(parsed(text))


def test_lines_that_pages_repeat_are_taken_out_and_the_sentence_goes_on(parsed) -> None:  # type: ignore[no-untyped-def]
    page = "\nPage {} of 3\n"
    answer = "Lio Tarn: We went to the harbour on the first day of the month and"
    text = "Interview with Lio Tarn\n\n" + "".join(
        f"Question: Why {n}?\n{answer}{page.format(n)}came back.\n" for n in (1, 2, 3)
    )
    interview = parsed(text)
    assert ("page-headers", 5) in codes(interview)
    assert [line.text for line in interview.furniture] == ["Page 1 of 3", "Page 2 of 3", "Page 3 of 3"]
    assert interview.turns[1].paragraphs == (answer.removeprefix("Lio Tarn: ") + " came back.",)


def test_who_answers_without_a_name_is_whom_the_title_gives_an_office(parsed) -> None:  # type: ignore[no-untyped-def]
    rounds = "\n\n".join(f"Q: Why is number {n}?\n\nA: It is so." for n in range(3))
    interview = parsed(f"Interview with Lio Tarn, Minister of Trade\n\n{rounds}")
    assert {turn.speaker for turn in interview.turns if turn.role == "answer"} == {"Lio Tarn"}
    assert ("answerer-from-title", 5) in codes(interview)


def test_a_statement_without_a_label_above_the_first_is_a_turn_of_nobody(parsed) -> None:  # type: ignore[no-untyped-def]
    words = "Good morning, ladies and gentlemen. I am glad that we have met here, and I shall say what we did. " * 3
    interview = parsed(f"Press conference\n\n4 May 2018\n\n{words}\n\n{ROUNDS}")
    assert (interview.turns[0].role, interview.turns[0].speaker, interview.turns[0].label) == ("statement", None, "")
    assert ("turns-unlabelled", 5) in codes(interview)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "Talk\n\nJournalist: Premier: Journalist: so it is.\n\nJournalist: Premier: Journalist: as we said.\n",
            "columns",
        ),
        ("Talk\n\n" + "Ann Bo:\n\nCarl Di:\n\nAnn Bo:\n\nCarl Di: Why?\n\nAnn Bo: So.\n\n" * 2, "columns"),
        ("Talk\n\n" + "Question: Why?\nIt is so.\n" * 9 + "Premier Bo: Yes.\n", "no-answers"),
    ],
)
def test_what_cannot_be_told_apart_is_refused(text: str, code: str, parsed) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(SourceRefused) as refused:
        parsed(text)
    assert refused.value.code == code


def test_an_office_that_nobody_is_named_for_is_a_speaker_who_is_not_named(parsed) -> None:  # type: ignore[no-untyped-def]
    rounds = "\n\n".join(f"JOURNALIST: Why is number {n}?\n\nPRIME MINISTER: So." for n in range(3))
    (one,) = parsed(f"Doorstop following the tea ceremony with Prime Minister Abe\n\n{rounds}").speakers
    assert (one.name, one.named) == ("Prime Minister", False)
    (one,) = parsed(f"TRANSCRIPT OF THE PRIME MINISTER, THE HON T.R.ODELL MP\n\n{rounds}").speakers
    assert (one.name, one.office, one.named) == ("T.R. Odell", "Prime Minister", True)


def test_a_common_label_however_often_damaged_is_one_person_and_each_is_said(parsed) -> None:  # type: ignore[no-untyped-def]
    labels = ["PRIME MINISTER", "PRIM MINISTER", "PRIM MINISTER", "PRIE MINISTER", "PRIME MINISTER"]
    rounds = "\n\n".join(f"JOURNALIST: Why is number {n}?\n\n{label}: So." for n, label in enumerate(labels))
    interview = parsed(f"Press conference\n\n{rounds}")
    assert [one.name for one in interview.speakers] == ["Prime Minister"]
    assert [code for code, _ in codes(interview)].count("label-variant") == 3


def test_labels_on_their_own_lines_that_cannot_be_told_apart_are_refused(parsed) -> None:  # type: ignore[no-untyped-def]
    lost = "\n\n".join("Wel1 wil1 y0u p4y?\n\nPrime Minister\n\nThe port will, as we have said." for _ in range(6))
    with pytest.raises(SourceRefused) as refused:
        parsed(f"Talk-back\n\nABC HOBART (7ZR): Why is it so?\n\nMINISTER F: It is so.\n\n{lost}\n")
    assert refused.value.code in ("labels-unread", "no-questions", "no-turns")


def test_the_same_office_in_full_speaks_though_it_stands_once_in_full(parsed) -> None:  # type: ignore[no-untyped-def]
    rounds = "\n\n".join(f"Q. Why is number {n} so?\n\nPM. It is so." for n in range(4))
    interview = parsed(f"Press conference\n\nPRIME MINISTER: Good day to you all.\n\n{rounds}")
    assert [turn.role for turn in interview.turns][:3] == ["statement", "question", "answer"]
    assert {turn.speaker for turn in interview.turns if turn.role != "question"} == {"Prime Minister"}


def test_an_interjection_within_an_answer_stays_in_it(parsed) -> None:  # type: ignore[no-untyped-def]
    answer = (
        "There are six hundred of them (Ada Bo: by the end of May?) and more come. ( Interjection) That was in May."
    )
    interview = parsed(f"Interview with Lio Tarn\n\nAda Bo: Why?\n\nLio Tarn: {answer}\n\nAda Bo: So?\n\nLio Tarn: So.")
    assert interview.turns[1].paragraphs == (answer,)
    assert len(interview.turns) == 4
