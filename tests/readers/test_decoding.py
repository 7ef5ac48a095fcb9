"""Bytes become the text they are, or are refused with the reason; a guess is never silent."""

from __future__ import annotations

import codecs

import pytest

from app.errors import SourceRefused
from app.readers.decoding import decode

RUSSIAN = "Вопрос: Что Вы думаете о переговорах, которые прошли на прошлой неделе в столице?\n" * 6
ENGLISH = "Question: Isn’t it “clear” – as the café’s owner said – what comes next?\n" * 4


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_tells_the_encoding_and_is_no_part_of_the_text(mark: bytes, encoding: str) -> None:
    decoded = decode(mark + RUSSIAN.encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.findings) == (RUSSIAN, encoding, ())


def test_utf_8_needs_no_declaration() -> None:
    assert decode(RUSSIAN.encode()).text == RUSSIAN


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r"])
def test_a_declared_encoding_is_taken_at_its_word(encoding: str) -> None:
    decoded = decode(RUSSIAN.encode(encoding), encoding)
    assert (decoded.text, decoded.findings) == (RUSSIAN, ())


def test_latin_1_declared_means_what_browsers_take_it_for() -> None:
    assert decode(ENGLISH.encode("cp1252"), "iso-8859-1").text == ENGLISH


def test_a_declaration_that_the_bytes_contradict_is_not_followed_and_is_reported() -> None:
    decoded = decode(RUSSIAN.encode(), "windows-1251")
    assert decoded.text == RUSSIAN
    assert [finding.code for finding in decoded.findings] == ["encoding-declared-wrong"]


@pytest.mark.parametrize(("text", "encoding"), [(RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (ENGLISH, "cp1252")])
def test_a_guess_is_right_and_is_reported(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert [finding.code for finding in decoded.findings] == ["encoding-guessed"]


def test_one_damaged_byte_in_utf_8_is_refused_with_its_line_not_taken_for_another_encoding() -> None:
    data = RUSSIAN.encode()
    at = data.index(b"\n") + 3
    with pytest.raises(SourceRefused) as refused:
        decode(data[:at] + b"\xff" + data[at:])
    assert (refused.value.code, refused.value.line) == ("undecodable", 2)


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n", codecs.BOM_UTF8, codecs.BOM_UTF8 + "\u200b\n".encode()])
def test_what_holds_no_words_is_refused_as_empty(data: bytes) -> None:
    with pytest.raises(SourceRefused) as refused:
        decode(data)
    assert refused.value.code == "empty"


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n...",
        b"PK\x03\x04rest",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        b"GIF89a",
        b"Question: a\0b",
        "Question: no mark".encode("utf-16-le"),
        b"\x01\x02\x03\x04Question: why?\x05\x06",
        codecs.BOM_UTF16_LE + "Question:\0".encode("utf-16-le"),
    ],
)
def test_binary_is_refused_as_binary(data: bytes) -> None:
    with pytest.raises(SourceRefused) as refused:
        decode(data)
    assert refused.value.code == "binary"


def test_a_broken_utf_16_file_is_refused() -> None:
    with pytest.raises(SourceRefused) as refused:
        decode(codecs.BOM_UTF16_LE + b"a\x00\n\x00\x00\xd8b\x00")
    assert refused.value.code == "undecodable"


@pytest.mark.parametrize(
    "declared", ["utf-7", "base64", "rot13", "no-such-encoding", "idna", "\udce9", "unicode_escape"]
)
def test_a_strange_declaration_never_raises_anything_else(declared: str) -> None:
    assert decode(ENGLISH.encode(), declared).text == ENGLISH
