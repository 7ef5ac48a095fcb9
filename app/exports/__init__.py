"""Forms in which an interview or an answer is handed on: a file each, found because it is in the folder."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Protocol, cast

from app.exports.transcripts import Transcript


class _Module(Protocol):
    SUFFIX: str
    MEDIA_TYPE: str
    NAME: str
    IS_CITATION: bool
    write: Callable[[Transcript], str]


@dataclass(frozen=True, slots=True)
class Form:
    """One form: what its addresses end with, and what writes it."""

    suffix: str
    """With its dot: ".csl.json"."""
    media_type: str
    """Without the character set, which is always UTF-8."""
    name: str
    """As people call it."""
    is_citation: bool
    """Whether it describes the words instead of giving them."""
    write: Callable[[Transcript], str]


@cache
def forms() -> tuple[Form, ...]:
    """Return all forms, the longer suffix first, for ".csl.json" is no ".json" of something else."""
    found = []
    for each in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{each.name}")
        if hasattr(module, "SUFFIX"):
            stated = cast(_Module, module)
            found.append(Form(stated.SUFFIX, stated.MEDIA_TYPE, stated.NAME, stated.IS_CITATION, stated.write))
    return tuple(sorted(found, key=lambda form: (-form.suffix.count("."), form.suffix)))
