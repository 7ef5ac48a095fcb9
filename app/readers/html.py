"""Reads saved HTML pages: paragraphs, headings, bold and furniture into blocks; what is furniture, chrome decides."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass, field, replace

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, Tag, XMLParsedAsHTMLWarning

from app.errors import SourceRefused
from app.readers import quotes, voices
from app.readers.chrome import Chrome, events
from app.readers.decoding import decode
from app.readers.markup import BLOCKS, LINE_ATTRIBUTE, declared_encoding, take_apart
from app.readers.mending import LINE_END, undo_references
from app.readers.wrapping import Row, continuing
from app.records import Block, BlockKind, Document, Field

SUFFIXES = (".html", ".htm")
MEDIA_TYPE = "text/html"

_DEEPEST = 1000
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_QUOTES = frozenset({"blockquote", "q"})
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(bold|[6-9]00)", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n?")
_CRUMBS = re.compile(r"[^/»›>→|]{1,40}(?:\s*[/»›>→|]\s*[^/»›>→|]{1,160}){2,}")
"""Places in a site, one within the other, as "Home / News / Interview"."""
_LAYOUT = re.compile(r"[ \t]*\n[ \t\n]*")


@dataclass(slots=True)
class _Piece:
    """A block while its words are gathered."""

    line: int = 0
    text: list[str] = field(default_factory=list)
    length: int = 0
    inked: int = 0
    """Where the last character that is no space ends."""
    strong: list[tuple[int, int]] = field(default_factory=list)
    linked: int = 0
    gap: bool = True


@dataclass(slots=True)
class _Page:
    """Where the walk through a page stands."""

    reason: str = ""
    piece: _Piece = field(default_factory=_Piece)
    blocks: list[tuple[Block, bool]] = field(default_factory=list)
    """Each block, and whether a gap stands before it."""
    line: int = 1
    bold: int = 0
    links: int = 0
    pre: int = 0
    headings: int = 0
    quotes: int = 0
    quoted: set[int] = field(default_factory=set)
    """Which blocks the page marks as quotations."""


def read(data: bytes) -> Document:
    """Return the blocks of a saved page. Raises SourceRefused (with no name) for what is no HTML text."""
    decoded = decode(data, declared_encoding(data))
    text, undone = undo_references(_LINE_END.sub("\n", decoded.text).replace(LINE_END, " "), is_marked_up=True)
    witness, marked = take_apart(text)
    with warnings.catch_warnings():
        # Beautiful Soup warns of pages that look like XML or an address; a source is read as what its name says.
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        soup = BeautifulSoup(marked, "lxml")
    chrome = Chrome(soup)
    page = _walked(soup, chrome)
    blocks = voices.spoken(quotes.set_aside(_unwrapped(page.blocks), page.quoted))
    findings = (*decoded.findings, *undone)
    return Document(tuple(blocks), witness, decoded.encoding, True, _fields(soup, chrome.main()), findings)


def blocks_of(html: str) -> tuple[Block, ...]:
    """Return the blocks of HTML that is all text, as a word processor's is: nothing in it is a page's furniture."""
    soup = BeautifulSoup(take_apart(html)[1], "lxml")
    named = _Named(voices.find(soup, soup))
    found = (block for block, _ in _walked(soup, named).blocks)
    kept = (
        replace(block, kind="text", reason="") if block.reason and block.reason != voices.SPEAKER else block
        for block in found
    )
    return tuple(voices.spoken([*kept]))


@dataclass(frozen=True, slots=True)
class _Named:
    """What a text without furniture sets aside: the names in a table of who says what."""

    names: dict[int, str]

    def reason(self, element: Tag) -> str:
        return self.names.get(id(element), "")


def _walked(soup: BeautifulSoup, chrome: Chrome | _Named) -> _Page:
    """Return the page with its blocks, in the order in which they end."""
    page = _Page()
    aside: list[tuple[Tag, str, _Piece]] = []
    depth = 0
    for step, node, text in events(soup):
        if step == 0:
            _add_text(page, text)
            continue
        depth += step
        if depth > _DEEPEST:
            raise SourceRefused("", page.line, f"elements stand more than {_DEEPEST} deep", "nesting")
        if step == 1:
            page.line = _line_of(node, page.line)
            reason = chrome.reason(node) if not page.reason else ""
            if reason:
                if node.name in BLOCKS:
                    _flush(page)
                aside.append((node, page.reason, page.piece))
                page.reason, page.piece = reason, _Piece()
        _break(page, node.name, step)
        _count(page, node, step)
        if step == -1 and aside and aside[-1][0] is node:
            _flush(page)
            _, page.reason, page.piece = aside.pop()
    _flush(page)
    return page


def _line_of(element: Tag, before: int) -> int:
    """Return the line on which a start tag stands; elements that the parser supplied have none."""
    value = element.attrs.pop(LINE_ATTRIBUTE, None)
    return int(value) if isinstance(value, str) and value.isdecimal() else before


def _break(page: _Page, name: str, step: int) -> None:
    """End the block where an element begins or ends that stands on its own; two line breaks make a gap."""
    if name == "br":
        if step == 1:
            has_words = page.piece.line > 0
            _flush(page)
            page.piece.gap = not has_words
    elif name in BLOCKS:
        _flush(page)


def _count(page: _Page, element: Tag, step: int) -> None:
    """Note that an element begins (1) or ends (-1)."""
    if element.name in ("b", "strong") or _BOLD_STYLE.search(str(element.get("style", ""))):
        page.bold += step
    page.links += step * (element.name == "a")
    page.pre += step * (element.name == "pre")
    page.headings += step * (element.name in _HEADINGS)
    page.quotes += step * (element.name in _QUOTES or "quote" in str(element.get("class", "")))


def _add_text(page: _Page, text: str) -> None:
    if page.pre and "\n" in text:
        for number, row in enumerate(text.split("\n")):
            if number:
                page.line += 1
                has_words = page.piece.line > 0
                _flush(page)
                page.piece.gap = not has_words
            _add_words(page, row)
        return
    _add_words(page, text)
    page.line += text.count("\n")


def _add_words(page: _Page, text: str) -> None:
    piece = page.piece
    if not piece.line and text.strip():
        piece.line = page.line + text[: len(text) - len(text.lstrip())].count("\n")
    if page.bold and text.strip():
        start = piece.length
        if piece.strong and piece.inked <= piece.strong[-1][1]:
            start = piece.strong.pop()[0]
        piece.strong.append((start, piece.length + len(text)))
    if page.links:
        piece.linked += len("".join(text.split()))
    piece.text.append(text)
    if text.strip():
        piece.inked = piece.length + len(text.rstrip())
    piece.length += len(text)


def _flush(page: _Page) -> None:
    """End the block that is being gathered."""
    piece, page.piece = page.piece, _Piece()
    text, strong = _laid_out("".join(piece.text), piece.strong)
    if not text:
        return
    letters = len("".join(text.split()))
    reason = page.reason or _link_reason(text, letters, piece.linked)
    if reason == "link" and page.headings:
        reason = ""
    kind: BlockKind = "furniture" if reason else "heading" if page.headings else "text"
    if page.quotes:
        page.quoted.add(len(page.blocks))
    page.blocks.append((Block(text, piece.line, kind, strong, reason), piece.gap))


def _link_reason(text: str, letters: int, linked: int) -> str:
    """Return why a block is a link or a way through the site; "" where it is neither."""
    if linked == letters and letters < 200 and text[-1] not in ":：":
        return "link"
    return "breadcrumbs" if linked * 5 > letters and _CRUMBS.fullmatch(text) else ""


def _laid_out(raw: str, strong: list[tuple[int, int]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the text with line ends, which mean nothing in HTML, made spaces, and where the bold ranges then are."""
    out: list[str] = []
    moves: list[tuple[int, int]] = []
    at = length = 0
    for gap in _LAYOUT.finditer(raw):
        out += [raw[at : gap.start()], " "]
        length += gap.start() - at + 1
        at = gap.end()
        moves.append((at, at - length))
    joined = "".join([*out, raw[at:]])
    lead = len(joined) - len(joined.lstrip())
    text = joined.strip()

    def moved(point: int) -> int:
        by = next((shift for end, shift in reversed(moves) if end <= point), 0)
        return min(max(point - by - lead, 0), len(text))

    return text, tuple((moved(start), moved(end)) for start, end in strong)


def _unwrapped(found: list[tuple[Block, bool]]) -> list[Block]:
    """Return the blocks in the order of the source, marked where hard-wrapped lines go on in one paragraph."""
    rows = [Row(block.text, block.line, gap) for block, gap in found if block.kind == "text"]
    goes_on = iter(continuing(rows))
    return [Block(b.text, b.line, b.kind, b.strong, b.reason, b.kind == "text" and next(goes_on)) for b, _ in found]


def _fields(soup: BeautifulSoup, main: Tag) -> tuple[Field, ...]:
    """Return what the page states of itself outside its text."""
    fields: list[Field] = []

    def note(name: str, value: object, line: int = 1) -> None:
        if isinstance(value, str) and value.strip():
            fields.append(Field(name, " ".join(value.split()), line))

    if soup.html is not None:
        note("language", soup.html.get("lang") or soup.html.get("xml:lang"))
    if soup.title is not None:
        note("title", soup.title.get_text())
    for meta in soup.find_all("meta"):
        name = str(meta.get("property") or meta.get("name") or "").lower()
        if name.startswith("og:"):
            note(name, meta.get("content"))
        elif name in ("article:published_time", "date", "dc.date", "dcterms.date"):
            note("published", meta.get("content"))
    for link in soup.find_all("link"):
        relations = link.get_attribute_list("rel")
        if "canonical" in relations:
            note("canonical", link.get("href"))
        elif "alternate" in relations and link.get("hreflang") not in (None, "x-default"):
            note("also-in", link.get("hreflang"))
    for time in main.find_all("time", limit=1):
        note("date", time.get("datetime") or time.get_text())
    return tuple(fields)
