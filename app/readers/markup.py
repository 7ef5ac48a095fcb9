"""Takes HTML apart by its tags alone, without a tree: its text as a witness, each start tag marked with its line."""

from __future__ import annotations

import re
from html import unescape

LINE_ATTRIBUTE = "data-verbatim-line"
SILENT = frozenset({"script", "style", "title"})
"""Elements whose text is never part of the body."""
BLOCKS = frozenset(
    """address article aside blockquote body br button caption center dd details dialog dir div dl dt fieldset
    figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hr html legend li main menu nav noscript ol
    optgroup
    option p pre section select summary table tbody td template textarea tfoot th thead tr ul video audio iframe
    object""".split()  # noqa: SIM905
)
"""Elements that begin and end a line of their own."""

_DECLARED = re.compile(
    rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]+)""",
    re.IGNORECASE,
)
_TOKEN = re.compile(
    r"<!--(?:>|->|.*?(?:--!?>|\Z))"
    r"|<[!?][^>]*(?:>|\Z)"
    r"|</>"
    r"|</[^a-zA-Z][^>]*(?:>|\Z)"
    r"|<(?P<close>/?)(?P<name>[a-zA-Z][^\s/>]*)"
    r"""(?P<rest>(?:[^>=]|=\s*(?:"[^"]*(?:"|\Z)|'[^']*(?:'|\Z)|[^\s>"'][^\s>]*)?)*+)(?:>|\Z)""",
    re.DOTALL,
)
_RAW_ENDS = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "title", "textarea", "iframe", "noembed", "noframes", "xmp")
}
_MARKUP_IN_RAW = frozenset({"title", "textarea"})
"""Raw elements in which character references count."""


def declared_encoding(data: bytes) -> str | None:
    """Return the encoding that the first 4096 bytes of an HTML file declare, as written."""
    found = _DECLARED.search(data[:4096])
    return (found[1] or found[2]).decode("ascii", "replace") if found else None


def take_apart(text: str) -> tuple[str, str]:
    """Return the text between the tags, references resolved, and the HTML with each start tag's line in it.

    The text leaves out comments, declarations and SILENT elements; a space stands where BLOCKS begin and end. The
    line, counted from 1, is that on which the tag ends; it is put in as LINE_ATTRIBUTE. Takes time in proportion to
    the length.
    """
    words: list[str] = []
    marked: list[str] = []
    at, line = 0, 1
    while at < len(text):
        token = _TOKEN.search(text, at)
        end = token.start() if token else len(text)
        between = text[at:end]
        words.append(unescape(between))
        marked.append(between)
        line += between.count("\n")
        if token is None:
            break
        at = token.end()
        name = (token["name"] or "").lower()
        if name in BLOCKS:
            words.append(" ")
        line += token[0].count("\n")
        marked.append(_with_line(token, line) if name and not token["close"] else token[0])
        if name in _RAW_ENDS and not token["close"]:
            stop = _RAW_ENDS[name].search(text, at)
            raw = text[at : stop.start() if stop else len(text)]
            if name not in SILENT:
                words.append(unescape(raw) if name in _MARKUP_IN_RAW else raw)
            marked.append(raw)
            line += raw.count("\n")
            at += len(raw)
    return "".join(words), "".join(marked)


def _with_line(token: re.Match[str], line: int) -> str:
    name_end = token.end("name") - token.start()
    return f'{token[0][:name_end]} {LINE_ATTRIBUTE}="{line}"{token[0][name_end:]}'
