"""Reads the start of a block as a label that it may be: its text, mark and bold; labels decides whether it is one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from app.parsing.names import UNSEEN, is_name_shaped, plain
from app.parsing.vocabulary import (
    ANSWER_WORDS,
    HONORIFICS,
    METADATA_KEYS,
    MODERATOR_WORDS,
    QUESTION_PHRASES,
    QUESTION_WORDS,
)
from app.records import Block, Role

_CANDIDATE = re.compile(r"([^\s:：][^:：]{0,118}?)(\s?[:：])(?=[\s\u200b\ufeff]|$|[^\s\d/\\])")
_DOTTED = re.compile(r"([A-Z][A-Z.' -]{0,40}?)([.;])(?=\s)")
"""A label in capitals that a full stop or a semicolon ends, as "Q." or "CHAIR POWELL."."""
_BARE = re.compile(r"([QA])[\s\u00a0]+(?=[^\W\d_]|[(\[—…“\"'‘])")
_SENTENCE_END = re.compile(r"[.?!…—-][)\]}\"'”’»]*$")
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


@dataclass(frozen=True, slots=True)
class Candidate:
    index: int
    label: Label
    bold: bool
    key: str
    is_name: bool
    """Whether it could name a person or an office by its shape."""


@lru_cache(maxsize=4096)
def generic_role(label: str) -> Role | None:
    """Return the role that a label tells by its word alone, as "Question" does; None for names and offices."""
    core = _NUMBER.sub("", plain(label)).strip(" .-–—")
    first, _, rest = core.partition(" ")
    if core in QUESTION_WORDS or core in QUESTION_PHRASES:
        return "question"
    if first in {"question", "вопрос", "frage"} and rest.split(" ")[0] in {"from", "by", "из", "от", "von"}:
        return "question"
    if core in ANSWER_WORDS:
        return "answer"
    return "moderator" if core in MODERATOR_WORDS else None


def candidate(index: int, block: Block, before: Block | None) -> Candidate | None:
    """Return the label that may begin `block`; None where nothing there looks like one."""
    if (bare := _BARE.match(block.text)) is not None:
        return _without_mark(index, block, before, bare)
    match = _CANDIDATE.match(block.text)
    dotted = _DOTTED.match(block.text) if match is None or not is_name_shaped(match[1]) else None
    match = dotted or match
    if match is None:
        return None
    text, mark = match[1], match[2].strip()
    key = plain(text)
    if not any(character.isalpha() for character in key):
        return None
    core = len(text) if not OUTLET_AFTER.search(text) else len(OUTLET_AFTER.sub("", text).rstrip())
    bold = block.kind == "heading" or any(
        start <= 0 and end >= core for start, end in ((a - _unseen(text), b) for a, b in block.strong[:1])
    )
    role = generic_role(text)
    if dotted and ((role is None and plain(text).strip(".") in HONORIFICS) or (len(key) == 1 and role is None)):
        return None
    is_name = role is None and "-".join(key.split()) not in METADATA_KEYS and is_name_shaped(text)
    return Candidate(index, Label(text, mark, match.end(), role), bold, key, is_name)


def _without_mark(index: int, block: Block, before: Block | None, bare: re.Match[str]) -> Candidate | None:
    """Return the bare letter Q or A that begins a block; None within a sentence, where A is a word."""
    if block.continues and before is not None and not _SENTENCE_END.search(before.text):
        return None
    bold = bool(block.strong) and block.strong[0][0] == 0
    return Candidate(index, Label(bare[1], "", bare.end(), generic_role(bare[1])), bold, plain(bare[1]), False)


def _unseen(text: str) -> int:
    return len(text) - len(text.lstrip(UNSEEN))
