"""Reads Word documents: paragraphs, headings and bold into blocks; macros, links and pictures are never followed."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping

import mammoth
from lxml import etree

from app.errors import SourceRefused
from app.readers.html import blocks_of
from app.readers.packages import unpack
from app.records import Block, Document, Finding

SUFFIXES = (".docx",)
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
RISKY = True

_BODY = "word/document.xml"
_APART = (
    (re.compile(r"word/header\d*\.xml"), "page header"),
    (re.compile(r"word/footer\d*\.xml"), "page footer"),
    (re.compile(r"word/(footnotes|endnotes)\.xml"), "footnote"),
    (re.compile(r"word/comments\.xml"), "comment"),
)
"""The parts whose words stand beside the text and not in it."""
_MACROS = re.compile(r"vba(project\.bin|data\.xml)$", re.IGNORECASE)
_CHANGES = re.compile(rb"<w:(ins|del|moveFrom|moveTo)\b")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SIGNS = {f"{_W}noBreakHyphen": "\u2011", f"{_W}softHyphen": "\u00ad"}
_GONE = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}instrText"})
_BREAKS = frozenset({f"{_W}p", f"{_W}tab", f"{_W}br", f"{_W}cr"})
_REFERENCE = re.compile(r'<sup><a href="#(?:foot|end)note-[^"]*" id="[^"]*">\[\d+\]</a></sup>')
_NOTES = re.compile(r'<ol>(?=<li id="(?:foot|end)note-).*\Z', re.DOTALL)
_BLOCK_END = re.compile(r"(</(?:p|h[1-6])>)")


def read(data: bytes) -> Document:
    """Return the blocks of a Word document; a line is a paragraph, those in tables and empty ones counted too.

    Raises SourceRefused (with no name) for what is no DOCX, is damaged or locked, or is made to do harm.
    """
    parts = unpack(data, _BODY)
    blocks = blocks_of(_html(data))
    if not blocks:
        raise SourceRefused("", 1, "the document holds no text", "empty")
    apart = tuple(_apart(parts, blocks[-1].line))
    witness = "\n".join([_words(_tree(parts, _BODY)), *(block.text for block in apart)])
    return Document((*blocks, *apart), witness, "utf-8", True, (), tuple(_findings(parts)))


def _html(data: bytes) -> str:
    """Return the document's body as HTML, each paragraph on a line of its own, without what was not written in it."""
    try:
        converted = mammoth.convert_to_html(
            io.BytesIO(data),
            convert_image=mammoth.images.img_element(lambda _: {"src": ""}),
            include_embedded_style_map=False,
            ignore_empty_paragraphs=False,
        )
    except (MemoryError, RecursionError):
        raise
    except Exception as error:  # of a damaged document mammoth says whatever it stumbles over
        raise SourceRefused("", 1, f"the document is damaged ({type(error).__name__})", "damaged") from error
    html = re.sub(r"[\r\n]", " ", converted.value)
    return _BLOCK_END.sub("\\1\n", _NOTES.sub("", _REFERENCE.sub("", html)))


def _apart(parts: Mapping[str, bytes], last: int) -> Iterator[Block]:
    """Yield the words that stand beside the text, after its last line."""
    for pattern, reason in _APART:
        for name in sorted(parts):
            if pattern.fullmatch(name):
                for paragraph in _tree(parts, name).iter(f"{_W}p"):
                    if text := _words(paragraph).strip():
                        yield Block(" ".join(text.split("\n")), last, "furniture", reason=reason)


def _tree(parts: Mapping[str, bytes], name: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(parts[name], parser)
    except etree.XMLSyntaxError as error:
        raise SourceRefused("", 1, f"the document is damaged: {name} is no XML", "damaged") from error


def _words(root: etree._Element) -> str:
    """Return the text under an element of WordprocessingML, changes accepted; a second way to what mammoth reads."""
    out: list[str] = []
    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        tag = element.tag
        if tag in _GONE or (tag == f"{_MC}Choice" and element.getparent().find(f"{_MC}Fallback") is not None):
            walk.skip_subtree()
        elif tag == f"{_W}t":
            out.append(element.text or "")
        elif tag in _BREAKS:
            out.append("\n")
        else:
            out.append(_SIGNS.get(tag, ""))
    return "".join(out)


def _findings(parts: Mapping[str, bytes]) -> Iterator[Finding]:
    if any(_MACROS.search(name) for name in parts):
        yield Finding("macros", 1, "the document holds macros: they are neither run nor read")
    if _CHANGES.search(parts[_BODY]):
        yield Finding("tracked-changes", 1, "the document holds tracked changes: they are read as accepted")
