"""What a program did once too often is undone once, told, and keeps its line."""

from __future__ import annotations

import pytest

from app.errors import SourceRefused
from app.readers import html, txt

PAGE = r"""<h1>Talk</h1>
b'<p>\n\tQ\xc2\xa0 Isn\'t it \xe2\x80\x9cclear\xe2\x80\x9d?</p>\n<p>BO: A \\ and a \q.</p>'
<p>after</p>"""


def test_bytes_that_a_program_wrote_out_in_a_page_are_the_text_they_stand_for() -> None:
    document = html.read(PAGE.encode())
    assert [(block.line, block.text) for block in document.blocks] == [
        (1, "Talk"),
        (2, "Q\u00a0 Isn't it “clear”?"),
        (2, "BO: A \\ and a \\q."),
        (3, "after"),
    ]
    assert [(finding.code, finding.line) for finding in document.findings] == [("bytes-written-out", 2)]


def test_in_plain_text_the_line_ends_that_were_written_out_part_lines_and_the_number_stays() -> None:
    document = txt.read(rb"""Talk
b"Question: It\xe2\x80\x99s\n\nBo: Yes.\n"
Question: and?""")
    assert [(block.line, block.text) for block in document.blocks] == [
        (1, "Talk"),
        (2, "Question: It’s"),
        (2, "Bo: Yes."),
        (3, "Question: and?"),
    ]


@pytest.mark.parametrize("text", ["b'plain'", r"C:\new and b'x'", r"he wrote b'a\n' there", "b'never\\n ends"])
def test_what_is_no_such_thing_stays(text: str) -> None:
    document = txt.read(text.encode())
    assert (document.blocks[0].text, document.findings) == (text, ())


@pytest.mark.parametrize(("data", "code"), [(rb"b'\xff\xfe\n'", "undecodable"), (rb"b'Q: \x00 why\n'", "binary")])
def test_bytes_that_are_no_text_are_refused(data: bytes, code: str) -> None:
    with pytest.raises(SourceRefused) as refused:
        txt.read(data)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("I&amp;#039;m", "I'm"),
        ("I&amp;rsquo;m", "I’m"),
        ("R&amp;amp;D", "R&D"),
        ("&amp;#x201C;so", "“so"),
        ("AT&amp;T;", "AT&T;"),
        ("R&amp;D", "R&D"),
        ("&amp;nosuch;", "&nosuch;"),
    ],
)
def test_in_a_page_one_escaping_too_many_is_undone(written: str, shown: str) -> None:
    document = html.read(f"<p>x</p>\n<p>{written}</p>".encode())
    assert document.blocks[1].text == shown
    assert document.witness.split()[1:] == shown.split()
    too_often = written.startswith(("I&", "&amp;#")) or "amp;amp" in written
    assert [(one.code, one.line) for one in document.findings] == [("escaped-twice", 2)] * too_often


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("I&amp;#039;m", "I'm"),
        ("I&#039;m", "I'm"),
        ("R&amp;D", "R&D"),
        ("a&nbsp;b", "a\u00a0b"),
        ("AT&T; &nosuch;", "AT&T; &nosuch;"),
    ],
)
def test_in_plain_text_every_reference_is_one_too_many(written: str, shown: str) -> None:
    document = txt.read(f"x\n{written}".encode())
    assert document.blocks[1].text == shown
    assert [(one.code, one.line) for one in document.findings] == [("escaped-twice", 2)] * (written != shown)


def test_a_reference_to_what_is_no_character_is_left() -> None:
    assert txt.read(b"a &#0; &#1114112; &#xd800; b").blocks[0].text == "a &#0; &#1114112; &#xd800; b"
