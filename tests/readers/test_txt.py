"""Plain text: every line with its number, wrapped lines known, nothing of the words changed."""

from __future__ import annotations

import pytest

from app.readers.txt import read


def blocks(text: str) -> list[tuple[int, str]]:
    return [(block.line, block.text) for block in read(text.encode()).blocks]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_numbers_are_right_with_every_line_end(end: str) -> None:
    assert blocks(end.join(["", "Question: a?", "", "", "B: c.", ""])) == [(2, "Question: a?"), (5, "B: c.")]


@pytest.mark.parametrize("odd", ["\x0b", "\x0c", "\x1c", "\x1e", "\x85", "\u2028", "\u2029"])
def test_characters_that_only_some_programs_take_for_line_ends_do_not_shift_the_numbers(odd: str) -> None:
    assert blocks(f"number one{odd}two\nthree\n{odd}\nfour") == [(1, f"number one{odd}two"), (2, "three"), (4, "four")]


def test_a_file_with_no_other_line_ends_than_nel_is_cut_at_them() -> None:
    assert blocks("one\x85two\x85three") == [(1, "one"), (2, "two"), (3, "three")]


def test_spaces_inside_a_line_and_characters_nobody_sees_are_kept() -> None:
    text = "Aero­space  Forces\u00a0of\u200b all\tkinds"
    assert blocks(text) == [(1, text)]


def test_a_line_of_unseen_characters_alone_is_kept_as_furniture_and_parts_paragraphs() -> None:
    document = read("one\n\u200b\ufeff\ntwo".encode())
    assert [(block.text, block.kind) for block in document.blocks] == [
        ("one", "text"),
        ("\u200b\ufeff", "furniture"),
        ("two", "text"),
    ]


def test_hard_wrapped_lines_go_on_and_paragraphs_do_not() -> None:
    text = (
        "The first paragraph of this text is wrapped at some sixty or\n"
        "so characters, as old mail programs did it, and that goes on\n"
        "for a while.\n"
        "\n"
        "The second paragraph is wrapped as well, and so it must be a\n"
        "single one too.\n"
    )
    assert [block.continues for block in read(text.encode()).blocks] == [False, True, True, False, True]


def test_one_paragraph_a_line_is_not_taken_for_wrapping() -> None:
    text = "A short one.\n" + "A much longer one, that fills line after line. " * 6 + "\nShort again.\n"
    assert not any(block.continues for block in read(text.encode()).blocks)


def test_double_spaced_lines_are_paragraphs_and_the_head_stays_apart() -> None:
    head = [
        "TRANSCRIPT OF THE MINISTER FOR PORTS" + " " * 20 + "INTERVIEW WITH ADA BO, RADIO MARROW, OF THE THIRD OF MAY"
    ]
    head += ["3 May 2001", "E&OE" + "." * 90]
    spoken = [
        "QUESTION: Why did you keep the toll of the harbour",
        "where it was, when all the others have raised theirs?",
    ]
    answer = [
        "MR TARN: Because the harbour is full, and a full one",
        "needs no higher toll, as we have said to all of you.",
    ]
    blocks = read("\n\n".join([*head, *(spoken + answer) * 20]).encode()).blocks
    assert not any(block.continues for block in blocks[:4])
    assert all(block.continues for block in blocks[4::2])
