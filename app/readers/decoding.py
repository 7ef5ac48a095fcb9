"""Turns bytes into text: which encoding, on what evidence, and what is no text at all; no format is known here."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace

import chardet

from app.errors import SourceRefused
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
_WEB_NAMES = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}
"""What browsers take these declared names for (WHATWG Encoding Standard)."""
_SINGLE_BYTE = re.compile(r"(cp(125\d|866|10007)|koi8|mac|iso8859)")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
_TEXT = re.compile(r"(utf-8|ascii|cp(125\d|866|874|932|949|950|10007)|koi8|mac|iso8859|gb|big5|euc|shift|iso2022|tis)")
"""Encodings that a page can declare in ASCII: Python's other codecs are no encodings of text, or have zero bytes."""
_CONFIDENT = 0.35


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
    named = _codec(declared)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if named and named != "utf-8":
            try:
                return Decoded(data.decode(named), named)
            except (UnicodeDecodeError, LookupError):
                pass
        return _guessed(data, error)
    if named is None or named == "utf-8" or text.isascii():
        return Decoded(text, "utf-8")
    if not _SINGLE_BYTE.match(named):
        try:
            return Decoded(data.decode(named), named)
        except (UnicodeDecodeError, LookupError):
            pass
    finding = Finding("encoding-declared-wrong", 1, f"declared as {declared}, but every byte is right as UTF-8")
    return Decoded(text, "utf-8", (finding,))


def _codec(declared: str | None) -> str | None:
    if not declared:
        return None
    try:
        name = codecs.lookup(declared.strip()).name
    except (LookupError, UnicodeError, ValueError, TypeError):
        return None
    return _WEB_NAMES.get(name, name) if _TEXT.match(name) else None


def _guessed(data: bytes, error: UnicodeDecodeError) -> Decoded:
    line = data.count(b"\n", 0, error.start) + 1
    lenient = data.decode("utf-8", "replace")
    broken = lenient.count("\ufffd")
    right = sum(not character.isascii() for character in lenient) - broken
    if right > broken:
        reason = f"byte 0x{data[error.start]:02x} is damaged: the rest of the file is UTF-8, this is not"
        raise SourceRefused("", line, reason, "undecodable")
    guess = chardet.detect(data, prefer_superset=True, compat_names=False)
    name = _codec(guess["encoding"])
    if name is not None and _SINGLE_BYTE.match(name):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            text = ""
        if text and not _CONTROL.search(text) and (guess["confidence"] >= _CONFIDENT or _is_typographic(text)):
            message = f"not UTF-8 and nothing declared: taken for {name} by its bytes"
            return Decoded(text, name, (Finding("encoding-guessed", line, message),))
    reason = "cannot be decoded: not UTF-8, no encoding is declared, and its bytes do not tell one"
    raise SourceRefused("", line, reason, "undecodable")


def _is_typographic(text: str) -> bool:
    """Say whether all that is beyond ASCII is what Western word processors write: quotes, dashes, accented letters."""
    others = re.findall(r"[^\x00-\x7f]", text)
    known = set("‘’“”–—…•€™©®°§«»£\u00a0½¼¾")
    letters = re.findall(r"(?<=[a-zà-ÿ])[à-öø-ÿ]|[À-ÖØ-öø-ÿ](?=[a-zà-ÿ])", text)
    return sum(other in known for other in others) + len(letters) == len(others)


def _checked(decoded: Decoded) -> Decoded:
    text = decoded.text
    if not text.strip("\ufeff\u200b\u200c\u200d\u2060\u00ad \t\r\n\x0b\x0c\x85\u00a0"):
        raise SourceRefused("", 1, "the file is empty", "empty")
    if (nul := text.find("\0")) >= 0:
        raise SourceRefused("", text.count("\n", 0, nul) + 1, "not a text: it holds NUL characters", "binary")
    if len(_CONTROL.findall(text)) > len(text) / 10:
        raise SourceRefused("", 1, "not a text: too many control characters", "binary")
    return decoded
