"""Reads WebVTT captions; a voice tag names the speaker, all other tags are taken away."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

from app.readers import captions
from app.records import Document, Field

SUFFIXES = (".vtt",)
MEDIA_TYPE = "text/vtt"

_HEADERS = ("WEBVTT", "NOTE", "STYLE", "REGION", "X-TIMESTAMP-MAP")
_HEADER = re.compile(r"WEBVTT[ \t–—-]+(\S.*)")
_TAG = re.compile(r"<(?:v(?:\.[^\s>]*)?\s+(?P<voice>[^>]*)|/?(?:[a-z]+|\d[\d:.]*)(?:[.\s][^>]*)?)>", re.IGNORECASE)


def read(data: bytes) -> Document:
    """Return the blocks of WebVTT captions. Raises SourceRefused (with no name)."""
    document = captions.read(data, _spoken, _HEADERS)
    header = _HEADER.fullmatch(document.blocks[0].text)
    return replace(document, fields=(Field("title", header[1], document.blocks[0].line),)) if header else document


def _spoken(line: str) -> list[tuple[str | None, str]]:
    """Return what a line says, each piece with the voice that speaks it."""
    said: list[tuple[str | None, str]] = []
    voice: str | None = None
    words: list[str] = []
    at = 0
    for tag in _TAG.finditer(line):
        words.append(line[at : tag.start()])
        at = tag.end()
        if tag["voice"] is not None and (name := " ".join(unescape(tag["voice"]).split())):
            said.append((voice, unescape("".join(words))))
            voice, words = name, []
    said.append((voice, unescape("".join([*words, line[at:]]))))
    return [(named, text) for named, text in said if named or text.strip()]
