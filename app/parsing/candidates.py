"""Labels that a text may have, as records, and what their words tell; by what marks they are found is in marks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from app.parsing.names import UNSEEN, plain
from app.parsing.vocabulary import (
    ANSWER_WORDS,
    CLIP_WORDS,
    MODERATOR_WORDS,
    PRESS_ENDINGS,
    QUESTION_PHRASES,
    QUESTION_WORDS,
    REMARK_WORDS,
)
from app.records import Block, Role

Style = Literal["colon", "stop", "dash", "spaced", "bare", "alone", "bracket", "stamp"]
"""What ends a label: a colon, a full stop or semicolon, a dash, a dash after a name and a space, only space, its line,
its brackets, a time."""

_PLAYED = re.compile(r"(?<=\w)\s+[–—-]\s+(?:recording|audio|video)$")
_NUMBER = re.compile(r"\s*(?:#|№|no\.?)?\s*\d{1,3}$", re.IGNORECASE)
OUTLET_AFTER = re.compile(r"[(\[][^()\[\]]*[^\W\d_][^()\[\]]*[)\]]$")


@dataclass(frozen=True, slots=True)
class Label:
    """A label as it stands at the start of a block."""

    text: str
    """As printed, without its mark."""
    mark: str
    end: int
    """Index in the block's text at which the speech begins."""
    generic: Role | None
    """The role that the word itself tells; None for a name or an office."""
    stands_for: str = ""
    """The label that this one, damaged or mistyped, was printed for; empty where it is printed right."""


@dataclass(frozen=True, slots=True)
class Candidate:
    index: int
    label: Label
    bold: bool
    """Whether markup sets it off."""
    key: str
    is_name: bool
    """Whether it could name a person or an office by its shape."""
    style: Style = "colon"


@lru_cache(maxsize=4096)
def generic_role(label: str) -> Role | None:
    """Return the role that a label tells by its word alone, as "Question" does; None for names and offices."""
    core = _PLAYED.sub("", _NUMBER.sub("", plain(label))).strip(" .-–—")
    if len(core) == 1 and core in label and core.isascii():
        # A letter is a label as a capital only.
        return None
    first, _, rest = core.partition(" ")
    if core in REMARK_WORDS and label[:1].isupper() and (label.isupper() or core != "comment"):
        return "question"
    if core in QUESTION_WORDS or core in QUESTION_PHRASES or core.endswith(PRESS_ENDINGS):
        return "question"
    if first in {"question", "вопрос", "frage", "questions"} and rest.split(" ")[0] in {
        "from",
        "by",
        "из",
        "от",
        "von",
    }:
        return "question"
    if core in ANSWER_WORDS:
        return "answer"
    if core in CLIP_WORDS or (rest.startswith("of ") and first in CLIP_WORDS | {"audio", "video"}):
        return "statement"
    return "moderator" if core in MODERATOR_WORDS else None


def is_set_off(block: Block, label: str) -> bool:
    """Say whether markup sets the label off: a heading, or bold type over all of it but a remark or an outlet."""
    if block.kind == "heading":
        return True
    if not block.strong:
        return False
    core = len(label) if not OUTLET_AFTER.search(label) else len(OUTLET_AFTER.sub("", label).rstrip())
    unseen = len(label) - len(label.lstrip(UNSEEN))
    start, end = block.strong[0]
    return start <= unseen and end >= core
