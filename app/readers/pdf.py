"""Reads PDF files that hold text: the lines with their place and type; what they make up is decided in paging."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator

import pypdfium2
from pypdfium2 import raw

from app.errors import SourceRefused
from app.readers import paging
from app.readers.paging import Printed
from app.records import Document, Field, Finding

SUFFIXES = (".pdf",)
MEDIA_TYPE = "application/pdf"
RISKY = True

_PAGES = 2000
"""Pages of the longest document that is read."""
_NAME = 128
"""Bytes of a font's name that are looked at."""
_BOLD = re.compile(rb"bold|black|heavy|semibold|demi", re.IGNORECASE)
_BREAK = "\ufffe"
"""What stands in extracted text for a hyphen that ends a line, and for that line's end."""
_LINE_END = re.compile(f"\r\n|\r|\n|{_BREAK}")
_BROKEN = re.compile(f"\x02|{_BREAK}")
_DAMAGE = (pypdfium2.PdfiumError, ValueError, OverflowError)


def read(data: bytes) -> Document:
    """Return the blocks of a PDF's text; a line is one of the text as it is printed, counted through all pages.

    Raises SourceRefused (with no name) for what is no PDF, is damaged, locked, too long or holds no text.
    """
    if b"%PDF-" not in data[:1024]:
        raise SourceRefused("", 1, "named a PDF, but it is none", "binary")
    try:
        pdf = pypdfium2.PdfDocument(data)
    except _DAMAGE as error:
        locked = "password" in str(error).lower()
        reason = "the PDF is locked with a password" if locked else "the PDF is damaged: it cannot be opened"
        raise SourceRefused("", 1, reason, "locked" if locked else "damaged") from error
    try:
        return _document(pdf)
    finally:
        pdf.close()


def _document(pdf: pypdfium2.PdfDocument) -> Document:
    if len(pdf) > _PAGES:
        raise SourceRefused("", 1, f"the PDF has {len(pdf)} pages; up to {_PAGES} are read", "too-large")
    lines: list[Printed] = []
    texts: list[str] = []
    findings: list[Finding] = []
    for number in range(len(pdf)):
        try:
            found, text = _page(pdf, number, len(lines))
        except _DAMAGE as error:
            reason = f"page {number + 1} of the PDF is damaged"
            raise SourceRefused("", len(lines) + 1, reason, "damaged") from error
        if not found:
            message = f"page {number + 1} holds no text that can be read"
            findings.append(Finding("page-without-text", len(lines) + 1, message))
        lines += found
        texts.append(text)
    if not lines:
        reason = "the PDF holds no text, only pictures of pages: it must be put through text recognition first"
        raise SourceRefused("", 1, reason, "no-text")
    laid = paging.lay_out(lines)
    marks = iter(laid.hyphens)
    witness = _BROKEN.sub(lambda _: next(marks, "-"), "\n".join(texts))
    return Document(laid.blocks, witness, "pdf", True, _fields(pdf, lines), (*findings, *laid.findings))


def _page(pdf: pypdfium2.PdfDocument, number: int, before: int) -> tuple[list[Printed], str]:
    """Return the lines of one page, and its text as it is extracted; `before` lines stand on the pages before."""
    page = pdf[number]
    text = page.get_textpage()
    try:
        whole = text.get_text_range()
        return list(_lines(text, whole, number, before)), whole
    finally:
        text.close()
        page.close()


def _lines(text: pypdfium2.PdfTextPage, whole: str, page: int, before: int) -> Iterator[Printed]:
    """Yield the lines of a page that hold words; `whole` is its text."""
    # Places are known by character; where text and characters do not go together, no place is known.
    placed = text if text.count_chars() == len(whole) else None
    line, start = before, 0
    for end in [*_LINE_END.finditer(whole), None]:
        stop = end.start() if end else len(whole)
        words = whole[start:stop]
        if words.strip() or (end and end[0] == _BREAK):
            line += 1
            first = start + len(words) - len(words.lstrip())
            last = start + max(len(words.rstrip()) - 1, 0)
            left, right, base = _box(placed, first, last)
            strong = _bold_ranges(placed, first, last + 1)
            is_broken = bool(end and end[0] == _BREAK)
            yield Printed(words.strip(), page, line, left, right, base, strong, is_broken)
        start = end.end() if end else stop


def _box(text: pypdfium2.PdfTextPage | None, first: int, last: int) -> tuple[float, float, float]:
    """Return the left and the right end of a line and its height on the page, in points; 0 where not known."""
    if text is None:
        return 0.0, 0.0, 0.0
    left, base, _, _ = text.get_charbox(first, loose=True)
    _, _, right, _ = text.get_charbox(last, loose=True)
    return left, right, base


def _bold_ranges(text: pypdfium2.PdfTextPage | None, first: int, end: int) -> tuple[tuple[int, int], ...]:
    """Return which characters of a line are bold, as ranges from its first; letters alone are looked at."""
    if text is None:
        return ()
    ranges: list[tuple[int, int]] = []
    name = ctypes.create_string_buffer(_NAME)
    flags = ctypes.c_int()
    joins = False
    for index in range(first, end):
        raw.FPDFText_GetFontInfo(text, index, name, _NAME, flags)
        is_space = not name.value
        if _BOLD.search(name.value):
            begin = ranges.pop()[0] if joins and ranges else index - first
            ranges.append((begin, index - first + 1))
            joins = True
        elif not is_space:
            joins = False
        name.value = b""
    return tuple(ranges)


_FILE = re.compile(r"\.[a-z]{2,5}$", re.IGNORECASE)
"""How the name of a file ends, which programs give a document for a title."""


def _fields(pdf: pypdfium2.PdfDocument, lines: list[Printed]) -> tuple[Field, ...]:
    """Return the title that the file states, where its text bears it out: programs put anything there."""
    title = str(pdf.get_metadata_dict().get("Title") or "").strip()
    top = _bare(" ".join(line.text for line in lines[:40]))
    is_name = _FILE.search(title) is not None
    return (Field("title", title, 1),) if title and not is_name and _bare(title) in top else ()


def _bare(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
