"""Reads and parses a source within limits of time and memory, whatever is in it; what is done with it is not here."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app import parsing, readers
from app.errors import SourceRefused
from app.readers import isolation
from app.records import Document, Interview, Source

SECONDS = 120.0
"""Wall-clock time that one large document may take to parse; a sound one of the largest size takes about half."""


def interview_in(source: Source, *, seconds: float = SECONDS) -> tuple[Document, Interview]:
    """Return what reading and parsing make of a source.

    A large one is parsed in the process that large files are read in, so that it ends even where some rule takes time
    out of proportion. Raises SourceRefused; any other exception is a fault of a reader or of the parser.
    """
    document = readers.read(source)
    if source.size < readers.LARGE:
        return document, parsing.parse(document, source)
    argument = isolation.packed(document), replace(source, data=b"")
    try:
        interview: Interview = isolation.call_alone(__name__, "_parsed", argument, seconds=seconds)
    except SourceRefused as refused:
        raise SourceRefused(source.name, refused.line, refused.reason, refused.code) from refused
    return document, interview


def read(source: Source) -> tuple[Interview, str]:
    """Return the interview in a source and the encoding that was found; raises what `interview_in` raises."""
    document, interview = interview_in(source)
    return interview, document.encoding


def read_alone(source: Source) -> tuple[Interview, str]:
    """Return what `read` does of a source that is not large, in a process that has limits itself."""
    document = readers.read(source, is_alone=True)
    return parsing.parse(document, source), document.encoding


def _parsed(argument: tuple[list[Any], Source]) -> Interview:
    """Return the interview in a packed document; what the child runs."""
    document, source = argument
    return parsing.parse(isolation.unpacked(document), source)
