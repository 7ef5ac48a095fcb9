"""Turns bytes into text: which encoding, on what evidence, and what is no text at all; no format is known here."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from dataclasses import dataclass, replace

from app.errors import SourceRefused
from app.readers.guessing import CONTROL, codec, guesses, is_plausible, is_single_byte
from app.readers.mending import undo_literals
from app.records import Finding

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP file (or a DOCX, ODT or EPUB)"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"SQLite format 3\x00", "an SQLite file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x7fELF", "a program"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z file"),
    (b"Rar!", "a RAR file"),
    (b"RIFF", "a sound, film or image file"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound or film file"),
)

_CHANCE = 4
"""Characters beyond ASCII from which bytes are no longer right as UTF-8 by chance."""
_SHORT = 60
"""Characters beyond ASCII below which a declaration is better evidence than a guess."""
_SHIFT = re.compile(rb"\x1b\$[@B]|\x1b\([BJ]")
"""The escapes by which ISO-2022-JP goes from one set of characters to another."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and how it was come by."""

    text: str
    encoding: str
    findings: tuple[Finding, ...] = ()


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Return the text of `data`: by its byte order mark, else as declared, else UTF-8, else a confident guess.

    A guess, a declaration that is not kept to and bytes that were written out are recorded as findings. Raises
    SourceRefused (with no name) for what is empty, is binary or cannot be decoded.
    """
    if not data.strip():
        raise SourceRefused("", 1, "the file is empty", "empty")
    for magic, what in _BINARY:
        if data.startswith(magic):
            raise SourceRefused("", 1, f"not a text: this is {what}", "binary")
    decoded = _by_mark(data) or _unmarked(data, declared)
    text, findings = undo_literals(decoded.text)
    return _checked(replace(decoded, text=text, findings=(*decoded.findings, *findings)) if findings else decoded)


def _by_mark(data: bytes) -> Decoded | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return Decoded(data[len(mark) :].decode(encoding), encoding)
            except UnicodeDecodeError as error:
                line = data.count(b"\n", 0, error.start + len(mark)) + 1
                reason = f"the file says that it is {encoding.upper()}, but its bytes are not"
                raise SourceRefused("", line, reason, "undecodable") from error
    return None


def _unmarked(data: bytes, declared: str | None) -> Decoded:
    if (nul := data.find(b"\0")) >= 0:
        line = data.count(b"\n", 0, nul) + 1
        raise SourceRefused("", line, "not a text: it holds NUL bytes", "binary")
    named = codec(declared)
    if named and named.startswith("iso2022"):
        return _seven_bit(data, named)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf_8(data, declared, named, error)
    if text.isascii() and _SHIFT.search(data):
        return _seven_bit(data, "iso2022_jp")
    beyond = len(text) - len(text.encode("ascii", "ignore"))
    if named is None or named == "utf-8" or not beyond:
        return Decoded(text, "utf-8")
    if not is_single_byte(named) and beyond < _CHANCE:
        with suppress(UnicodeDecodeError, LookupError):
            return Decoded(data.decode(named), named)
    finding = Finding("encoding-declared-wrong", 1, f"declared as {declared}, but every byte is right as UTF-8")
    return Decoded(text, "utf-8", (finding,))


def _seven_bit(data: bytes, name: str) -> Decoded:
    """Decode what shifts between sets of characters by escapes; nothing but its own codec can tell it."""
    try:
        return Decoded(data.decode(name), name)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceRefused("", line, f"not a text in {name}, though it has its escapes", "undecodable") from error


def _not_utf_8(data: bytes, declared: str | None, named: str | None, error: UnicodeDecodeError) -> Decoded:
    """Decode as declared, unless that reads like no language and a guess does."""
    if named is None or named == "utf-8":
        return _guessed(data, error)
    try:
        text = data.decode(named)
    except (UnicodeDecodeError, LookupError):
        return _guessed(data, error)
    found = guesses(data)
    if not found or found[0][0] == text:
        return Decoded(text, named)
    is_short = len(text) - len(text.encode("ascii", "ignore")) < _SHORT
    if is_plausible(text) and (is_short or any(text == other for other, _ in found)):
        message = f"declared as {declared}, and read so; by its bytes it could be {found[0][1]}"
        return Decoded(text, named, (Finding("encoding-doubtful", 1, message),))
    message = f"declared as {declared}, but its bytes read as {found[0][1]}"
    return Decoded(*found[0], (Finding("encoding-declared-wrong", 1, message),))


def _guessed(data: bytes, error: UnicodeDecodeError) -> Decoded:
    line = data.count(b"\n", 0, error.start) + 1
    lenient = data.decode("utf-8", "replace")
    broken = lenient.count("\ufffd")
    right = sum(not character.isascii() for character in lenient) - broken
    if right > broken:
        reason = f"byte 0x{data[error.start]:02x} is damaged: the rest of the file is UTF-8, this is not"
        raise SourceRefused("", line, reason, "undecodable")
    if found := guesses(data):
        message = f"not UTF-8 and nothing declared: taken for {found[0][1]} by its bytes"
        return Decoded(*found[0], (Finding("encoding-guessed", line, message),))
    reason = "cannot be decoded: not UTF-8, no encoding is declared, and its bytes do not tell one"
    raise SourceRefused("", line, reason, "undecodable")


def _checked(decoded: Decoded) -> Decoded:
    text = decoded.text
    if not text.strip("\ufeff\u200b\u200c\u200d\u2060\u00ad \t\r\n\x0b\x0c\x85\u00a0"):
        raise SourceRefused("", 1, "the file is empty", "empty")
    if (nul := text.find("\0")) >= 0:
        raise SourceRefused("", text.count("\n", 0, nul) + 1, "not a text: it holds NUL characters", "binary")
    if len(CONTROL.findall(text)) > len(text) / 10:
        raise SourceRefused("", 1, "not a text: too many control characters", "binary")
    return decoded
