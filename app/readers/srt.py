"""Reads SubRip captions; their tags and places are taken away."""

from __future__ import annotations

import re

from app.readers import captions
from app.records import Document

SUFFIXES = (".srt",)
MEDIA_TYPE = "application/x-subrip"

_TAG = re.compile(r"</?(?:b|i|u|s|font)(?:\s[^<>]*)?>|\{\\[^{}]*\}", re.IGNORECASE)


def read(data: bytes) -> Document:
    """Return the blocks of SubRip captions. Raises SourceRefused (with no name)."""
    return captions.read(data, _spoken, ())


def _spoken(line: str) -> list[tuple[str | None, str]]:
    """Return what a line says; nobody is named by the format."""
    return [(None, _TAG.sub("", line))]
