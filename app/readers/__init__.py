"""Turns bytes into a Document by the format that the file's name tells; who speaks is no business of this layer."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import PurePath

from app.errors import SourceRefused
from app.readers.isolation import read_alone
from app.records import Document, Source

LIMIT = 20 * 2**20
"""Bytes of the largest source that is read."""
LARGE = 2**17
"""Bytes from which a source of any format is read in a process of its own, with limits of time and memory."""


@dataclass(frozen=True, slots=True)
class Format:
    """One format module of this folder, as it presents itself."""

    module: str
    suffixes: tuple[str, ...]
    media_type: str
    read: Callable[[bytes], Document]
    is_risky: bool
    """Whether small files can take long or much memory: always read in a process of its own."""


@cache
def _formats() -> dict[str, Format]:
    found: dict[str, Format] = {}
    for module_info in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{module_info.name}")
        if hasattr(module, "SUFFIXES"):
            is_risky = getattr(module, "RISKY", False)
            one = Format(module.__name__, module.SUFFIXES, module.MEDIA_TYPE, module.read, is_risky)
            found.update(dict.fromkeys(one.suffixes, one))
    return found


def suffixes() -> frozenset[str]:
    """Return the suffixes that can be read, lower case, with their dot."""
    return frozenset(_formats())


def media_type(name: str) -> str:
    """Return the media type that a file of this name has; "application/octet-stream" where no reader knows it."""
    one = _formats().get(PurePath(name).suffix.lower())
    return one.media_type if one else "application/octet-stream"


def read(source: Source, *, is_alone: bool = False) -> Document:
    """Return what the reader of the source's format makes of its bytes, in a process of its own where it is risky.

    `is_alone` says that this is such a process.

    Raises SourceRefused where no reader knows the suffix, the file is larger than LIMIT, or the reader refuses it.
    """
    one = _formats().get(PurePath(source.name).suffix.lower())
    if one is None:
        known = " ".join(sorted(suffixes()))
        raise SourceRefused(source.name, 1, f"no reader for this kind of file (known: {known})", "unknown-format")
    if source.size > LIMIT:
        reason = f"the file is larger than {LIMIT // 2**20} MB"
        raise SourceRefused(source.name, 1, reason, "too-large")
    try:
        if not is_alone and (one.is_risky or source.size >= LARGE):
            return read_alone(one.module, source.data)
        return one.read(source.data)
    except SourceRefused as refused:
        raise SourceRefused(source.name, refused.line, refused.reason, refused.code) from refused
