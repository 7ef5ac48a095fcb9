"""Writes XML: elements, attributes and text that is always well-formed; which elements there are is not known here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NewType

Markup = NewType("Markup", str)
"""XML that is written already."""

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def legal(text: str) -> str:
    """Return `text` with U+FFFD for each character that XML 1.0 (2.2) has not, not even as a reference."""
    return _ILLEGAL.sub("\ufffd", text)


def text(words: str) -> Markup:
    """Return words as they stand in an element or in an attribute."""
    return Markup(legal(words).translate(_ESCAPES))


def element(name: str, content: Markup | None = None, /, **attributes: str | None) -> Markup:
    """Return an element with what is written already in it; attributes that are None are left out.

    Underscores of attribute names stand for colons, one at their end for nothing: `xml_lang`, `as_`.
    """
    given = "".join(
        f' {key.rstrip("_").replace("_", ":")}="{text(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if content is None:
        return Markup(f"<{name}{given}/>")
    return Markup(f"<{name}{given}>{content}</{name}>")


def container(name: str, children: Iterable[Markup | None], /, **attributes: str | None) -> Markup:
    """Return an element that holds only elements, each on a line of its own; children that are None are left out."""
    inner = "\n".join(child for child in children if child is not None)
    return element(name, Markup(f"\n{inner}\n"), **attributes) if inner else element(name, **attributes)
