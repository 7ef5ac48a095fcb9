"""Reads Markdown and its front matter: headings, bold, quotes and lists into blocks; a hash or star is no word."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from app.readers import frontmatter
from app.readers.decoding import decode
from app.readers.markup import take_apart
from app.readers.wrapping import Row, continuing
from app.records import Block, BlockKind, Document

SUFFIXES = (".md", ".markdown")
MEDIA_TYPE = "text/markdown"

_LINE_END = re.compile(r"\r\n?")
_UNUSED = ["code", "fence", "backticks", "lheading", "reference", "html_block"]
"""What transcripts never mean: indented text is speech, a rule under a line parts turns, `[Q]: Yes` is no link."""
_TAG = re.compile(r"<(/?)(\w+)")
_TAGS = frozenset(
    """a abbr b big blockquote br center cite code del div em font h1 h2 h3 h4 h5 h6 hr i img ins li mark ol p q s small
    span strong sub sup table tbody td th thead tr tt u ul""".split()  # noqa: SIM905
)
"""The tags that are markup; any other, as <laughter>, is a word in angle brackets."""


@dataclass(slots=True)
class _Piece:
    """A line of a paragraph while its words are gathered."""

    line: int
    kind: BlockKind
    after: str
    """What parts it from the line before: "gap", "break" or, within a paragraph, "wrap"."""
    text: list[str] = field(default_factory=list)
    length: int = 0
    strong: list[tuple[int, int]] = field(default_factory=list)


def read(data: bytes) -> Document:
    """Return the blocks of a Markdown text; a line is a line of the file. Raises SourceRefused (with no name)."""
    decoded = decode(data)
    lines = _LINE_END.sub("\n", decoded.text).split("\n")
    matter = frontmatter.read(lines)
    parser = MarkdownIt("commonmark", {"maxNesting": 50}).disable(_UNUSED)
    tokens = parser.parse("\n".join(lines[matter.length :]))
    _keep_words(tokens)
    body, markers = _walked(tokens, matter.length)
    rendered = take_apart(parser.renderer.render(tokens, parser.options, {}))[0]
    witness = "\n".join([*lines[: matter.length], rendered, *markers])
    return Document((*matter.blocks, *body), witness, decoded.encoding, True, matter.fields, decoded.findings)


def _keep_words(tokens: list[Token]) -> None:
    """Make text of what only looks like a tag."""
    for child in (child for token in tokens for child in token.children or [] if child.type == "html_inline"):
        tag = _TAG.match(child.content)
        if tag and tag[2].lower() not in _TAGS:
            child.type = "text"


def _walked(tokens: list[Token], offset: int) -> tuple[list[Block], list[str]]:
    """Return the blocks, and the words and marks among them that rendering leaves out: list markers and images."""
    pieces: list[_Piece] = []
    aside: list[Block] = []
    unseen: list[str] = []
    kind: BlockKind = "text"
    marker = ""
    for token in tokens:
        line = offset + token.map[0] + 1 if token.map else 0
        if token.type in ("heading_open", "heading_close"):
            kind = "heading" if token.nesting == 1 else "text"
        elif token.type == "list_item_open":
            marker = f"{marker}{token.info}{token.markup} "
            unseen.append(token.info + token.markup)
        elif token.type == "list_item_close" and marker:
            aside.append(Block(marker.strip(), pieces[-1].line if pieces else 1, "furniture", reason="list marker"))
            marker = ""
        elif token.type == "inline":
            piece = _Piece(line, kind, "gap")
            _add(piece, marker)
            marker = ""
            found, pictures = _lines(token.children or [], piece)
            pieces += found
            aside += pictures
            unseen += [picture.text for picture in pictures]
        elif token.type == "hr":
            # A rule is made of nothing but marks, whichever they are: one stands for all.
            aside.append(Block("---", line, "furniture", reason="separator"))
            unseen.append("---")
    blocks = [*_blocks(pieces), *aside]
    return sorted(blocks, key=lambda block: block.line), unseen


def _lines(children: list[Token], piece: _Piece) -> tuple[list[_Piece], list[Block]]:
    """Return the lines of one paragraph or heading, and the pictures in it."""
    pieces = [piece]
    pictures: list[Block] = []
    line, bold = piece.line, 0
    for child in children:
        tag = _TAG.match(child.content) if child.type == "html_inline" else None
        name = tag[2].lower() if tag else ""
        if child.type in ("softbreak", "hardbreak") or name == "br":
            line += name != "br"
            after = "wrap" if child.type == "softbreak" else "break"
            pieces.append(_Piece(line, piece.kind, after))
        elif child.type in ("strong_open", "strong_close"):
            bold += child.nesting
        elif tag is not None and name in ("b", "strong"):
            bold = max(0, bold + (-1 if tag[1] else 1))
        elif child.type == "html_inline":
            line += child.content.count("\n")
        elif child.type == "image":
            if child.content.strip():
                pictures.append(Block(child.content, line, "furniture", reason="picture"))
        elif child.content:
            _add(pieces[-1], child.content, bold > 0)
    return pieces, pictures


def _add(piece: _Piece, text: str, bold: bool = False) -> None:
    if bold and text.strip():
        start = piece.length
        if piece.strong and not "".join(piece.text)[piece.strong[-1][1] :].strip():
            start = piece.strong.pop()[0]
        piece.strong.append((start, piece.length + len(text)))
    piece.text.append(text)
    piece.length += len(text)


def _blocks(pieces: list[_Piece]) -> list[Block]:
    """Return the pieces that hold words as blocks, marked where wrapped lines go on in one paragraph."""
    rows: list[Row] = []
    held: list[tuple[_Piece, str]] = []
    gap = True
    for piece in pieces:
        gap = gap or piece.after == "gap"
        text = "".join(piece.text)
        if text.strip():
            held.append((piece, text))
            rows.append(Row(text.strip(), piece.line, gap))
            gap = False
    blocks: list[Block] = []
    for (piece, text), row, wraps in zip(held, rows, continuing(rows), strict=True):
        lead = len(text) - len(text.lstrip())
        strong = tuple((max(a - lead, 0), min(b - lead, len(row.text))) for a, b in piece.strong)
        goes_on = not row.after_gap and (piece.after == "wrap" or wraps)
        blocks.append(Block(row.text, piece.line, piece.kind, strong, continues=goes_on))
    return blocks
