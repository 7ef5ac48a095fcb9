"""Turns, their roles and pairs: who asked, who answered, who chaired, what nobody said."""

from __future__ import annotations

import time

import pytest

from app.parsing.exchanges import pair
from app.records import Exchange, Role


def lines(*paragraphs: str) -> str:
    return "\n\n".join(["Minister Lio Tarn’s press conference, 3 May 2001", *paragraphs])


def roles(interview) -> list[str]:  # type: ignore[no-untyped-def]
    return [turn.role for turn in interview.turns]


@pytest.mark.parametrize(
    ("given", "exchanges"),
    [
        (["question", "answer"], [((0,), (1,))]),
        (["statement", "question", "answer", "answer"], [((1,), (2, 3))]),
        (["question", "question", "answer"], [((0, 1), (2,))]),
        (["question", "moderator", "answer", "moderator", "answer"], [((0,), (2, 4))]),
        (["question", "answer", "moderator", "question"], [((0,), (1,)), ((3,), ())]),
        (["question", "moderator", "question", "answer"], [((0, 2), (3,))]),
        ([], []),
    ],
)
def test_a_question_goes_with_every_answer_up_to_the_next(
    given: list[Role], exchanges: list[tuple[object, object]]
) -> None:
    assert pair(given) == tuple(Exchange(*one) for one in exchanges)  # type: ignore[arg-type]


def test_what_an_official_says_before_any_question_is_a_statement(parsed) -> None:  # type: ignore[no-untyped-def]
    text = lines("Moderator: Welcome.", "Lio Tarn: Good day.", "Question: Why?", "Lio Tarn: So.")
    assert roles(parsed(text)) == ["moderator", "statement", "question", "answer"]


def test_a_named_journalist_asks_and_a_second_official_answers(parsed) -> None:  # type: ignore[no-untyped-def]
    text = lines(
        "Ann Bo (The Gull): Why? I ask both.",
        "Lio Tarn: So it is. I have said it many times.",
        "Governor Ek Ro: I agree.",
        "Carl Di: And now?",
        "Lio Tarn: Now we go.",
        "Carl Di: Where to?",
        "Lio Tarn: Home.",
    )
    interview = parsed(text)
    assert roles(interview) == ["question", "answer", "answer", "question", "answer", "question", "answer"]
    assert [one.name for one in interview.speakers] == ["Lio Tarn", "Ek Ro", "Ann Bo", "Carl Di"]


def test_who_asks_is_told_without_any_office_by_the_questions(parsed) -> None:  # type: ignore[no-untyped-def]
    talk = [part for n in range(5) for part in (f"Ann Bo: What of number {n}?", f"Carl Di: It is number {n}. " * 3)]
    interview = parsed("\n\n".join(["At the pier", *talk]))
    assert roles(interview) == ["question", "answer"] * 5
    assert [one.name for one in interview.speakers] == ["Carl Di", "Ann Bo"]


def test_one_speaker_twice_in_a_row_is_one_turn_and_both_labels_are_kept(parsed) -> None:  # type: ignore[no-untyped-def]
    interview = parsed(lines("Question: Why?", "Lio Tarn: So.", "(Applause.)", "Lio Tarn: And so.", "Question: And?"))
    assert roles(interview) == ["question", "answer", "question"]
    assert interview.turns[1].paragraphs == ("So.", "And so.")
    assert interview.turns[1].lines == (5, 9)
    assert [(note.text, note.after, note.paragraph) for note in interview.notes] == [("(Applause.)", 1, 1)]
    assert [(line.text, line.line) for line in interview.furniture] == [("Lio Tarn:", 9)]


def test_two_generic_questions_in_a_row_stay_two(parsed) -> None:  # type: ignore[no-untyped-def]
    interview = parsed(lines("Question: Why?", "Question: How?", "Lio Tarn: So."))
    assert interview.exchanges == (Exchange((0, 1), (2,)),)
    assert "questions-together" in {one.code for one in interview.findings}


def test_a_stage_direction_is_a_note_alone_and_text_within_a_paragraph(parsed) -> None:  # type: ignore[no-untyped-def]
    interview = parsed(lines("Question: Why?", "Lio Tarn: (Laughs.) So (I think).", "[A bell.]", "And so."))
    assert interview.turns[1].paragraphs == ("(Laughs.) So (I think).", "And so.")
    assert [note.text for note in interview.notes] == ["[A bell.]"]


def test_a_label_alone_on_its_line_has_the_paragraphs_below(parsed) -> None:  # type: ignore[no-untyped-def]
    interview = parsed(
        lines("JOURNALIST:", "Why?", "PRIME MINISTER:", "So.", "JOURNALIST:", "And?", "PRIME MINISTER:", "Yes.")
    )
    assert [(turn.line, turn.lines) for turn in interview.turns] == [(3, (5,)), (7, (9,)), (11, (13,)), (15, (17,))]


def test_a_label_under_which_nobody_speaks_is_a_note_and_is_reported(parsed) -> None:  # type: ignore[no-untyped-def]
    interview = parsed(lines("Question: Why?", "Lio Tarn: So.", "Question:", "Question: And?", "Lio Tarn: Yes."))
    assert roles(interview) == ["question", "answer", "question", "answer"]
    assert [note.text for note in interview.notes] == ["Question:"]
    assert "label-without-words" in {one.code for one in interview.findings}


def test_a_wrapped_line_is_joined_unless_somebody_speaks_up(parsed) -> None:  # type: ignore[no-untyped-def]
    text = (
        "INTERVIEW WITH THE MINISTER, 3 MAY 2001\n\n"
        "JOURNALIST: Why was the ferry sold before the pier was done, and\n"
        "who has the money now?\n"
        "MINISTER: The ferry was sold by the council in the spring, since\n"
        "to keep it would have cost us more than it was worth, and this I\n"
        "To reiterate: said in March.\n"
        "JOURNALIST: And the money?\n"
        "MINISTER: It is in the bank.\n"
    )
    interview = parsed(text)
    assert roles(interview) == ["question", "answer"] * 2
    assert interview.turns[1].paragraphs[0].endswith("and this I To reiterate: said in March.")
    assert interview.turns[0].paragraphs == (
        "Why was the ferry sold before the pier was done, and who has the money now?",
    )


@pytest.mark.parametrize("suffix", ["txt", "html"])
def test_five_megabytes_are_read_in_time_in_proportion(suffix: str, parsed) -> None:  # type: ignore[no-untyped-def]
    pair_of = "Question: Why is it so?\n\nLio Tarn: It is so: the sea is wide. " + "And so on it goes. " * 40 + "\n\n"
    if suffix == "html":
        pair_of = "".join(f"<p>{part}</p>\n" for part in pair_of.strip().split("\n\n"))
    took = []
    for count in (600, 5 * 2**20 // len(pair_of)):
        start = time.perf_counter()
        interview = parsed("Interview with Lio Tarn\n\n" + pair_of * count, f"a.{suffix}")
        took.append((time.perf_counter() - start) / count)
        assert len(interview.exchanges) == count
    assert took[1] < took[0] * 4


def test_a_remark_alone_under_a_label_is_what_is_said_there(parsed) -> None:  # type: ignore[no-untyped-def]
    text = lines("Question:", "(inaudible)", "Lio Tarn:", "So it is.", "Question:", "Why?", "Lio Tarn:", "[Laughs.]")
    interview = parsed(text)
    assert roles(interview) == ["question", "answer"] * 2
    assert [turn.paragraphs for turn in interview.turns] == [
        ("(inaudible)",),
        ("So it is.",),
        ("Why?",),
        ("[Laughs.]",),
    ]
    assert "label-without-words" not in [one.code for one in interview.findings]


def test_a_recording_that_is_played_is_nobodys_question_and_nobodys_answer(parsed) -> None:  # type: ignore[no-untyped-def]
    text = lines("Question: Why?", "Lio Tarn: So.", "Recording: It was not so then.", "Question: And?", "Lio Tarn: No.")
    interview = parsed(text)
    assert roles(interview) == ["question", "answer", "statement", "question", "answer"]
    assert [one.name for one in interview.speakers] == ["Lio Tarn"]


def test_a_named_host_asks_though_callers_ask_under_no_name(parsed) -> None:  # type: ignore[no-untyped-def]
    host = [f"Moor: You said {n} on Monday.\n\nPremier Tarn: I did say {n}, and I say it again." for n in range(5)]
    callers = [f"Caller: Why is it {n}?\n\nPremier Tarn: It is so in year {n}." for n in range(3)]
    interview = parsed("Talkback on Radio Brenn\n\n" + "\n\n".join(host + callers))
    assert roles(interview) == ["question", "answer"] * 8


def test_a_second_official_answers_the_questions_that_are_put_to_him(parsed) -> None:  # type: ignore[no-untyped-def]
    rounds = [
        f"Question: Why is it {n}?\n\nMoor: It is so.\n\nPremier Tarn: I did say {n}, and I say it again."
        for n in range(5)
    ]
    interview = parsed("Press conference in Brenn\n\n" + "\n\n".join(rounds))
    assert roles(interview) == ["question", "answer", "answer"] * 5


def test_whom_the_title_says_was_interviewed_answers_beside_another_official(parsed) -> None:  # type: ignore[no-untyped-def]
    rounds = [
        f"Ada Bo: You said {n}, is it so?\n\nMr. Moor: Are you saying {n}, or why do you ask? So it is.\n\n"
        f"Mr. Tarn: It is so, and it was always so, as I said {n} times and as everybody in Brenn knows by now."
        for n in range(4)
    ]
    interview = parsed(
        "MR MOOR INTERVIEWED: THE SEA WALL\n\nThe Premier, Mr. Lio Tarn, was there too\n\n" + "\n\n".join(rounds)
    )
    assert roles(interview) == ["question", "answer", "answer"] * 4


@pytest.mark.parametrize(
    ("official", "asker"), [("TARN", "PETRA TARN"), ("LIO TARN", "PETRA TARN"), ("LIO TARN", "TARN")]
)
def test_who_asks_may_share_the_surname_of_who_answers(official: str, asker: str, parsed) -> None:  # type: ignore[no-untyped-def]
    rounds = [f"{asker}: Is it so, or why is it {n}?\n\n{official}: It is so, as it was in year {n}." for n in range(4)]
    interview = parsed("Interview with Premier Lio Tarn\n\n" + "\n\n".join(rounds))
    assert roles(interview) == ["question", "answer"] * 4
    assert len({turn.speaker for turn in interview.turns}) == 2


REPEATED = "The wall was built in the year of the flood, by the firm from Haven, and it has stood ever since that year."


def test_a_paragraph_that_is_printed_twice_is_kept_once(parsed) -> None:  # type: ignore[no-untyped-def]
    said = f"Premier Tarn: So it is.\n\n{REPEATED}\n\n{REPEATED}\n\nAnd so it will.\n\nAnd so it will."
    interview = parsed(f"Interview\n\nQuestion: Why?\n\n{said}\n\nQuestion: And?\n\nPremier Tarn: {REPEATED}")
    assert interview.turns[1].paragraphs == ("So it is.", REPEATED, "And so it will.", "And so it will.")
    assert interview.turns[3].paragraphs == (REPEATED,)
    assert ("paragraph-repeated", 9) in [(one.code, one.line) for one in interview.findings]


def test_a_paragraph_said_again_long_after_is_said_again(parsed) -> None:  # type: ignore[no-untyped-def]
    between = "\n\n".join(f"And so it was in year {n}." for n in range(7))
    said = f"Premier Tarn: So it is.\n\n{REPEATED}\n\n{between}\n\n{REPEATED}"
    interview = parsed(f"Interview\n\nQuestion: Why?\n\n{said}\n\nQuestion: And?\n\nPremier Tarn: Yes.")
    assert interview.turns[1].paragraphs.count(REPEATED) == 2
    assert "paragraph-repeated" not in [one.code for one in interview.findings]


def test_a_chairman_without_a_name_chairs_where_others_ask_and_another_answers(parsed) -> None:  # type: ignore[no-untyped-def]
    rounds = "\n\n".join(f"Q. Why is it {n}?\n\nPM: It is so, and it was so in year {n}." for n in range(3))
    chair = "Chairman: Mr. Bo, would you like to come in on the wall now?"
    interview = parsed(
        f"Interview with the Prime Minister\n\n{rounds}\n\n{chair}\n\n{rounds}\n\n{chair}\n\nQ. So?\n\nPM: No."
    )
    assert roles(interview) == [*["question", "answer"] * 3, "moderator"] * 2 + ["question", "answer"]
