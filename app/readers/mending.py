"""Undoes, once, what a program did once too often to a text: bytes written out, characters escaped twice."""

from __future__ import annotations

import re
from html import unescape
from html.entities import html5

from app.errors import SourceRefused
from app.records import Finding

LINE_END = "\u2028"
"""What stands in a mended text for a line end that was written out: the line of the source goes on."""

_LITERAL = re.compile(r"""^[ \t]*b(?P<quote>['"])(?P<inside>(?:[^\\\n\r]|\\.)*)(?P=quote)[ \t]*$""", re.MULTILINE)
_SIGN = re.compile(r"\\x[0-9a-f]{2}|\\n")
_ESCAPE = re.compile(rb"\\(?:x([0-9a-f]{2})|(.))", re.DOTALL)
_CONTROLS = {b"n": LINE_END.encode(), b"r": b" ", b"t": b"\t"}
_TWICE = re.compile(r"&amp;(?=#\d{1,7};|#x[0-9a-f]{1,6};|[a-z][a-z0-9]{1,30};)", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:amp;)?(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)


def undo_literals(text: str) -> tuple[str, tuple[Finding, ...]]:
    """Return the text with bytes that were written as Python writes them, b'…\\xc2\\xa0…\\n', made characters.

    LINE_END stands where they end a line. Raises SourceRefused (with no name) where they are not UTF-8.
    """
    if not _SIGN.search(text):
        return text, ()
    findings: list[Finding] = []

    def undone(literal: re.Match[str]) -> str:
        if not _SIGN.search(literal["inside"]):
            return literal[0]
        line = text.count("\n", 0, literal.start()) + 1
        data = _ESCAPE.sub(_byte, literal["inside"].encode())
        try:
            plain = data.decode()
        except UnicodeDecodeError as error:
            reason = "this is a program's way of writing bytes (b'…\\x…'), and they are not UTF-8"
            raise SourceRefused("", line, reason, "undecodable") from error
        message = "bytes are written out here as a program does it (b'…\\x…'): undone"
        findings.append(Finding("bytes-written-out", line, message))
        return plain

    return _LITERAL.sub(undone, text), tuple(findings)


def _byte(escape: re.Match[bytes]) -> bytes:
    if escape[1]:
        return bytes.fromhex(escape[1].decode())
    return _CONTROLS.get(escape[2], escape[2] if escape[2] in b"\\'\"" else escape[0])


def undo_references(text: str, *, is_marked_up: bool) -> tuple[str, tuple[Finding, ...]]:
    """Return the text without one escaping too many: in markup `&amp;#039;` made `&#039;`; in plain text both made ’.

    A reference by a name that HTML does not have is left as it is.
    """
    if is_marked_up:
        places = [found for found in _TWICE.finditer(text) if _is_known(text, found.end())]
        mended = _TWICE.sub(lambda found: "&" if _is_known(text, found.end()) else found[0], text)
    else:
        places = [found for found in _REFERENCE.finditer(text) if _plain(found[0]) != found[0]]
        mended = _REFERENCE.sub(lambda found: _plain(found[0]), text)
    if not places:
        return text, ()
    line = text.count("\n", 0, places[0].start()) + 1
    many = f"{len(places)} characters are" if len(places) > 1 else "a character is"
    message = (
        f"{many} escaped once too often (as {text[places[0].start() : places[0].start() + 12].split()[0]}): undone"
    )
    return mended, (Finding("escaped-twice", line, message),)


def _is_known(text: str, at: int) -> bool:
    name = text[at : text.index(";", at) + 1]
    return name.startswith("#") or name in html5


def _plain(reference: str) -> str:
    """Return the character that a reference stands for, escaped twice or once; the reference where it is unknown."""
    once = unescape(reference) if reference.startswith("&amp;") and len(reference) > 5 else reference
    character = unescape(once)
    return character if len(character) <= 2 and character.strip("\0\ufffd") else reference
