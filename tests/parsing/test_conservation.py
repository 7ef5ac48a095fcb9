"""Whatever is done to a transcript, it is refused with a reason or keeps every word; nothing else ever happens."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.errors import SourceRefused
from app.parsing import parse
from app.parsing.conservation import check, parts_of, tokens
from app.readers import media_type, read
from app.records import Source

ROOT = Path(__file__).resolve().parent.parent
PROVIDED = ROOT.parent / "data" / "transcripts" / "2015-12-11-lavrov-rossiya-segodnya.txt"
PAGES = (ROOT / "golden" / "html" / "weather-office.html", ROOT / "golden" / "html" / "severny-uezd.htm")
QUIET = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def assert_kept_or_refused(data: bytes, name: str) -> None:
    source = Source(name, data, media_type(name))
    refused = None
    try:
        document = read(source)
        interview = parse(document, source)
    except SourceRefused as error:
        refused = error
    if refused is not None:
        assert refused.reason
        assert refused.line >= 1
        assert refused.name == name
        assert refused.code != "words-lost", refused
        return
    kept = Counter(token for part in parts_of(interview) for token in tokens(part))
    if not document.marked_up:
        assert kept == Counter(tokens(document.witness))
    for turn in interview.turns:
        assert turn.paragraphs
        assert all(turn.paragraphs)
        assert len(turn.lines) == len(turn.paragraphs)
        assert turn.line <= turn.lines[0]
    text = data.decode("utf-8", "replace")
    lines = 1 + sum(text.count(end) for end in "\n\r\u0085\u2028\u2029")
    assert all(1 <= line <= lines for turn in interview.turns for line in turn.lines)
    paired = [index for pair in interview.exchanges for index in (*pair.questions, *pair.answers)]
    assert len(paired) == len(set(paired))
    for note in interview.notes:
        assert note.after is None or note.paragraph <= len(interview.turns[note.after].paragraphs)


@QUIET
@given(st.integers(0, 2**32), st.integers(1, 12))
def test_lines_dropped_doubled_and_swapped(seed: int, times: int) -> None:
    rng = random.Random(seed)
    lines = PROVIDED.read_bytes().split(b"\n")
    for _ in range(times):
        one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
        match rng.randrange(4):
            case 0 if len(lines) > 1:
                del lines[one]
            case 1:
                lines.insert(other, lines[one])
            case 2:
                lines[one], lines[other] = lines[other], lines[one]
            case _:
                lines[one] = lines[one][: rng.randrange(len(lines[one]) + 1)]
    assert_kept_or_refused(b"\n".join(lines), "a.txt")


@QUIET
@given(st.integers(0, 2**32), st.integers(1, 30), st.sampled_from([PROVIDED, *PAGES]))
def test_bytes_flipped_and_files_cut_short(seed: int, times: int, path: Path) -> None:
    rng = random.Random(seed)
    data = bytearray(path.read_bytes())
    for _ in range(times):
        data[rng.randrange(len(data))] = rng.choice(b"\n\r\t :.()<>&?\"'Q#-\x00\x0c\x85\xad\xff" + bytes(range(65, 90)))
    if rng.random() < 0.3:
        del data[rng.randrange(len(data)) :]
    assert_kept_or_refused(bytes(data), path.name)


@QUIET
@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.html"]))
def test_any_bytes_at_all(data: bytes, name: str) -> None:
    assert_kept_or_refused(data, name)


PIECES = [
    "Question:", "Q:", "A:", "Ann Bo:", "Minister Bo:", "Вопрос:", "Ведущий:", "To reiterate:", "why?", "yes.", "\n",
    "\n\n", "(Laughter.)", "* * *", "12 May 2014", "18:47", "en-GB1 ru-RU1", "END", "\u200b", "\ufeff", "\u00ad", ":",
    "<b>", "</b>", "<p>", "</p>", "<br>", "<div>", "</div>", "<ul><li>", "<a href=x>", "</a>", "&nbsp;",
    "&amp;", "<h2>", "<nav>", "</nav>", "<aside>", "<figure>", "<table><td>", "<script>", "</script>", "<pre>",
    "<!--", "-->",
    "\x0c", "\x85", "\r", "\t", "   ", "http://x.invalid", "Date: 1999", "[", "]", "1.", "—", "«", "İ", "ǅ", "ﬁ",
]  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40), st.sampled_from(["a.txt", "a.html"]), st.sampled_from(["", " "]))
@example(["Question:", "why?", "\n", "Ann Bo:", "\n", "Ann Bo:", "yes."], "a.txt", " ")
def test_any_pile_of_the_pieces_that_transcripts_are_made_of(pieces: list[str], name: str, glue: str) -> None:
    assert_kept_or_refused(glue.join(pieces).encode(), name)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200), st.sampled_from(["a.txt", "a.html"]))
def test_any_text_said_in_answer_to_a_question(words: str, name: str) -> None:
    assert_kept_or_refused(f"Question: why?\n\nAnn Bo: {words}\n\nQuestion: x?\n\nAnn Bo: y.".encode(), name)


def test_a_word_that_is_lost_stops_the_file_and_is_named() -> None:
    source = Source(PROVIDED.name, PROVIDED.read_bytes(), "text/plain")
    document = read(source)
    interview = parse(document, source)
    assert check(document, interview, source.name) == interview.words
    for damaged, word in (
        (replace(interview, turns=interview.turns[:-1]), "lost"),
        (replace(interview, furniture=()), "Advanced"),
        (replace(interview, metadata=interview.metadata * 2), "added"),
    ):
        with pytest.raises(SourceRefused, match=word) as refused:
            check(document, damaged, source.name)
        assert refused.value.code == "words-lost"


def test_a_mark_that_is_lost_stops_the_file_too() -> None:
    source = Source(PROVIDED.name, PROVIDED.read_bytes(), "text/plain")
    document = read(source)
    interview = parse(document, source)
    turn = interview.turns[0]
    bare = replace(turn, paragraphs=tuple(paragraph.rstrip("?") for paragraph in turn.paragraphs))
    with pytest.raises(SourceRefused, match=r"lost: \?"):
        check(document, replace(interview, turns=(bare, *interview.turns[1:])), source.name)
