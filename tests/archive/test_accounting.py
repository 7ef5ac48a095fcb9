"""Every line of a source is told with what it was taken for, and no line with what it was not."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.archive import accounting, reading
from app.archive.accounting import SourceLine
from app.archive.holdings import HeldInterview
from app.archive.opening import Library
from app.importer import import_paths

TEXT = """May 4, 2020

Interview with Minister Anna Petrova by the Daily News, May 4, 2020

Question: What did the two sides agree on?

Anna Petrova:
We agreed on three things.
The first is trade.

(A pause.)

Question: And what of the border?

Anna Petrova: The border stays where it is.
* * *
"""
WRAPPED = """Interview with Minister Anna Petrova by the Daily News, May 4, 2020

Question: What did the two sides agree on when they met in the capital of the
neighbouring country last week, and what did they leave for another day?

Anna Petrova: We agreed on three things, and the first of them is that trade
goes on as it did before, without any duties on either side of the border
between us.

Question: And what of the border?

Anna Petrova: The border stays where it is, as both sides have always said, and
nobody has to fear that anything of it will change.
"""
PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<title>Interview with Minister Anna Petrova, May 4, 2020</title>
<script>
var border = "stays where it is";
</script></head>
<body><h1>Interview with Minister Anna Petrova, May 4, 2020</h1>
<p><b>Question:</b> What did the two sides agree on?</p>
<p><b>Anna
Petrova:</b> We agreed on <i>three</i> things, on the 11<sup>th</sup>
of May.</p>

<p><b>Question:</b> And the border?</p>
<p><b>Anna Petrova:</b> The border
stays where it is.</p>
</body></html>
"""
CAPTIONS = """WEBVTT

1
00:00:01.000 --> 00:00:04.000
<v Mary Host>What did the two sides
<v Mary Host>agree on?

2
00:00:05.000 --> 00:00:09.000
<v Anna Petrova>We agreed
<v Anna Petrova>on three things.
"""
TABLE = 'speaker;text\nMary Host;What was agreed?\nAnna Petrova;"Three things,\nand ""trade"" is one."\n'

GOLDEN = Path(__file__).resolve().parent.parent / "golden"


def accounted(folder: Path, name: str, data: bytes) -> tuple[HeldInterview, tuple[SourceLine, ...]]:
    (folder / name).write_bytes(data)
    (one,) = import_paths([folder / name], folder / "archive.db").files
    assert one.outcome == "new", one
    assert one.slug is not None
    library = Library(folder / "archive.db", 60)
    with library.lease() as lease:
        held = reading.interview(lease.connection, one.slug)
        _, bytes_ = reading.source(lease.connection, one.slug)
        assert bytes_ == data
        found = held, accounting.lines_of(held, data)
    library.close()
    return found


def kinds(lines: tuple[SourceLine, ...]) -> list[str]:
    return [f"{line.parts[0].kind}{'…' * line.parts[0].continues}" if line.parts else "" for line in lines]


def test_every_line_of_a_text_is_there_and_says_what_it_is(tmp_path: Path) -> None:
    held, lines = accounted(tmp_path, "talk.txt", TEXT.encode())
    assert [line.text for line in lines] == TEXT.splitlines()
    assert [line.number for line in lines] == list(range(1, 17))
    expected = ["metadata", "", "metadata", "", "words", "", "label", "words", "words", "", "note", "", "words", ""]
    assert kinds(lines) == [*expected, "words", "furniture"]
    answer = held.turns[1]
    label, first, second = lines[6].parts[0], lines[7].parts[0], lines[8].parts[0]
    assert (label.turn, label.who, label.text) == (answer.id, "Anna Petrova", "Anna Petrova")
    assert (first.turn, first.role, first.paragraph, first.label) == (answer.id, "answer", 1, "")
    assert (second.paragraph, second.text) == (2, "The first is trade.")
    assert lines[14].parts[0].label == "Anna Petrova"
    assert (lines[0].parts[0].purpose, lines[15].parts[0].purpose) == ("date", "separator")


def test_the_lines_of_turns_notes_and_furniture_are_these(tmp_path: Path) -> None:
    held, lines = accounted(tmp_path, "talk.txt", TEXT.encode())
    at = {line.number: line for line in lines}
    for turn in held.turns:
        assert turn.id in {part.turn for part in at[turn.line].parts}
        for number, text in zip(turn.lines, turn.paragraphs, strict=True):
            assert text in str(at[number].text)
    placed = [(each.line, each.text) for each in (*held.metadata, *held.furniture)]
    for number, text in [*placed, *((note.line, note.text) for note in held.notes)]:
        assert text in {part.text for part in at[number].parts}


def test_a_wrapped_line_goes_on_with_the_words_above_it(tmp_path: Path) -> None:
    held, lines = accounted(tmp_path, "talk.txt", WRAPPED.encode())
    assert kinds(lines)[2:8] == ["words", "words…", "", "words", "words…", "words…"]
    assert [line.parts[0].turn for line in lines[5:8]] == [held.turns[1].id] * 3
    assert {part.text for part in lines[6].parts} == {""}


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_lines_are_those_that_the_reader_counted(tmp_path: Path, ends: str, encoding: str) -> None:
    data = TEXT.replace("\n", ends).encode(encoding)
    _, lines = accounted(tmp_path, "talk.txt", data)
    assert [line.text for line in lines] == TEXT.splitlines()


def test_the_lines_of_a_page_are_those_of_its_file_and_markup_is_no_word(tmp_path: Path) -> None:
    held, lines = accounted(tmp_path, "talk.html", PAGE.encode())
    assert [line.text for line in lines] == PAGE.splitlines()
    assert kinds(lines)[:6] == [""] * 6
    answer = held.turns[1].id
    assert [(line.parts[0].turn, line.parts[0].continues) for line in lines[8:11]] == [
        (answer, False),
        (answer, True),
        (answer, True),
    ]
    assert kinds(lines)[11:] == ["", "words", "words", "words…", ""]


def test_a_cue_goes_on_with_the_one_above_it_past_its_time(tmp_path: Path) -> None:
    held, lines = accounted(tmp_path, "talk.vtt", CAPTIONS.encode())
    assert all(line.parts for line in lines if str(line.text).strip())
    ids = [next((part.turn for part in lines[at].parts if part.turn), None) for at in (4, 5, 9, 10)]
    assert ids == [held.turns[0].id] * 2 + [held.turns[1].id] * 2
    assert lines[3].parts[0].purpose == "time"


def test_a_row_of_a_table_may_take_several_lines(tmp_path: Path) -> None:
    held, lines = accounted(tmp_path, "talk.csv", TABLE.encode())
    assert [line.text for line in lines] == TABLE.splitlines()
    assert lines[3].parts[0].continues
    assert lines[3].parts[0].turn == held.turns[1].id


@pytest.mark.parametrize("name", ["pdf/toll-board.pdf", "docx/valley-record.docx"])
def test_where_a_line_is_none_of_the_file_only_what_begins_is_listed(tmp_path: Path, name: str) -> None:
    data = (GOLDEN / name).read_bytes()
    held, lines = accounted(tmp_path, Path(name).name, data)
    assert {line.text for line in lines} == {None}
    assert all(line.parts for line in lines)
    told = [part.text for line in lines for part in line.parts if part.kind == "words"]
    assert told == [text for turn in held.turns for text in turn.paragraphs]
    assert [line.number for line in lines] == sorted({line.number for line in lines})
