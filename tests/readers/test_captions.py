"""Captions: cues become paragraphs, voices speakers, times furniture; an unnamed change of speaker is refused."""

from __future__ import annotations

import pytest

from app.errors import SourceRefused
from app.readers import srt, vtt
from app.records import Block

HEAD = "WEBVTT\n\n"


def cue(start: float, *lines: str, end: float | None = None) -> str:
    times = [f"00:00:{seconds:06.3f}" for seconds in (start, end or start + 1)]
    return "\n".join([" --> ".join(times), *lines, "", ""])


def said(found: tuple[Block, ...]) -> list[tuple[int, str | None, str, bool]]:
    return [(block.line, block.speaker, block.text, block.continues) for block in found if block.kind == "text"]


def test_a_voice_is_a_speaker_and_goes_on_over_cues() -> None:
    text = (
        HEAD
        + cue(1, "<v.loud Ann &amp; Bo>Yes, <i>I</i>", "did.</v>")
        + cue(2, "<v Ann &amp; Bo>Twice.")
        + cue(3, "<v Ek>Why?")
    )
    assert said(vtt.read(text.encode()).blocks) == [
        (4, "Ann & Bo", "Yes, I", False),
        (5, None, "did.", True),
        (8, None, "Twice.", True),
        (11, "Ek", "Why?", False),
    ]


def test_two_voices_in_one_cue_are_two_turns() -> None:
    text = HEAD + cue(1, "<v Ann>Why?</v> <v Bo>So.</v>")
    assert [(speaker, words) for _, speaker, words, _ in said(vtt.read(text.encode()).blocks)] == [
        ("Ann", "Why?"),
        ("Bo", "So."),
    ]


def test_a_pause_after_a_sentence_parts_paragraphs() -> None:
    text = cue(1, "ANN: Yes.") + cue(2.5, "And no.") + cue(9, "That is all") + cue(15, "for now.")
    assert [goes_on for *_, goes_on in said(srt.read(text.encode()).blocks)] == [False, True, False, True]


def test_everything_that_is_no_speech_is_furniture_with_its_reason() -> None:
    text = "WEBVTT\n\nNOTE made\nup\n\nSTYLE\n::cue {}\n\nfirst\n" + cue(1, "ANN: Yes.")
    assert [(block.text, block.reason) for block in vtt.read(text.encode()).blocks if block.reason] == [
        ("WEBVTT", "captions' own data"),
        ("NOTE made", "captions' own data"),
        ("up", "captions' own data"),
        ("STYLE", "captions' own data"),
        ("::cue {}", "captions' own data"),
        ("first", "cue number"),
        ("00:00:01.000 --> 00:00:02.000", "time"),
    ]


def test_a_mark_of_a_change_of_speaker_stands_apart_from_the_label() -> None:
    found = srt.read(("1\n" + cue(1, ">> ANN BO: Yes.")).encode()).blocks
    assert [block.text for block in found] == ["1", "00:00:01.000 --> 00:00:02.000", ">>", "ANN BO: Yes."]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (HEAD + cue(1, "<v Ann>Yes.") + cue(3, "Who says this?"), 7),
        (HEAD + cue(1, "&gt;&gt; ANN: Yes.") + cue(3, "&gt;&gt; Who says this?"), 7),
    ],
)
def test_words_of_somebody_unnamed_are_given_to_nobody(text: str, line: int) -> None:
    with pytest.raises(SourceRefused) as refused:
        vtt.read(text.encode())
    assert (refused.value.code, refused.value.line) == ("speaker-unnamed", line)


def test_captions_that_roll_up_say_each_line_once() -> None:
    lines = ["ANN: one", "two", "three", "four"]
    text = HEAD + "".join(cue(number, *lines[max(number - 1, 0) : number + 1]) for number in range(4))
    assert [words for _, _, words, _ in said(vtt.read(text.encode()).blocks)] == lines
    twice = HEAD + "".join(
        cue(number, words) for number, words in enumerate(["ANN: No.", "BO: No.", "No.", "No.", "ANN: a", "b", "c"])
    )
    assert len(said(vtt.read(twice.encode()).blocks)) == 7


@pytest.mark.parametrize("text", ["WEBVTT\n", "WEBVTT\n\nANN: yes.\n", "ANN: yes.\n\nBO: no --> yes.\n"])
def test_what_has_no_times_is_refused(text: str) -> None:
    with pytest.raises(SourceRefused) as refused:
        vtt.read(text.encode())
    assert refused.value.code == "no-cues"


def test_the_words_after_the_signature_are_the_title() -> None:
    (title,) = vtt.read(f"WEBVTT - A talk\n\n{cue(1, 'ANN: Yes.')}".encode()).fields
    assert (title.name, title.value, title.line) == ("title", "A talk", 1)
