"""Finds the labels that say who speaks, on evidence of markup, words, title and recurrence; roles are decided later."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.parsing.names import is_capital, is_name_shaped, person_in, plain, words_of_label
from app.parsing.vocabulary import (
    ANSWER_WORDS,
    HONORIFICS,
    METADATA_KEYS,
    MODERATOR_WORDS,
    OFFICE_WORDS,
    QUESTION_PHRASES,
    QUESTION_WORDS,
)
from app.records import Block, Finding, Role

_CANDIDATE = re.compile(r"([^\s:：][^:：]{0,118}?)(\s?[:：])(?=[\s\u200b\ufeff]|$|[^\s\d/\\])")
_DOTTED = re.compile(r"([A-Z][A-Z.' -]{0,40}?)([.;])(?=\s)")
"""A label in capitals that a full stop or a semicolon ends, as "Q." or "CHAIR POWELL."."""
_NUMBER = re.compile(r"\s*(?:#|№|no\.?)?\s*\d{1,3}$", re.IGNORECASE)
_OUTLET_AFTER = re.compile(r"[(\[][^()\[\]]*[^\W\d_][^()\[\]]*[)\]]$")


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
class _Candidate:
    index: int
    label: Label
    bold: bool
    key: str
    is_name: bool
    """Whether it could name a person or an office by its shape."""


def find(blocks: Sequence[Block], marked_up: bool, titles: Sequence[str]) -> tuple[dict[int, Label], list[Finding]]:
    """Return the labels among `blocks` by index, and a finding for each line start that only looks like one.

    `titles` are what the format states as the title outside the body; names in them and in what stands above the
    first turn are evidence.
    """
    candidates = [one for index, block in enumerate(blocks) if (one := _candidate(index, block)) is not None]
    bold_rules = (
        marked_up and sum(one.bold and (one.is_name or one.label.generic is not None) for one in candidates) > 1
    )
    accepted = _proven(candidates, bold_rules)
    above = " ".join([*titles, *(block.text for block in blocks[: min(accepted, default=len(blocks))][:40])])
    known = {one.key for one in accepted.values()}
    surnames = {person[-1] for one in accepted.values() if one.is_name and (person := person_in(one.label.text))}
    for one in candidates:
        if one.index not in accepted and _is_vouched_for(one, known, surnames, above, bold_rules):
            accepted[one.index] = one
    answering = _answering_once(candidates, accepted)
    accepted.update((one.index, one) for one in answering)
    asking = _asking_once(candidates, accepted, blocks) if not bold_rules else []
    accepted.update((one.index, one) for one in asking)
    findings = [_accepted_once(one, blocks, "questioner", "the words are a question") for one in asking]
    findings += [_accepted_once(one, blocks, "speaker", "nobody else answers") for one in answering]
    findings += _doubts((one for one in candidates if one.index not in accepted), accepted, blocks)
    findings += [_not_bold(one, blocks) for one in accepted.values() if bold_rules and not one.bold]
    return {index: accepted[index].label for index in sorted(accepted)}, findings


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


def _candidate(index: int, block: Block) -> _Candidate | None:
    match = _CANDIDATE.match(block.text)
    dotted = _DOTTED.match(block.text) if match is None or not is_name_shaped(match[1]) else None
    match = dotted or match
    if match is None:
        return None
    text, mark = match[1], match[2].strip()
    key = plain(text)
    if not any(character.isalpha() for character in key):
        return None
    core = len(text) if not _OUTLET_AFTER.search(text) else len(_OUTLET_AFTER.sub("", text).rstrip())
    bold = block.kind == "heading" or any(
        start <= 0 and end >= core for start, end in ((a - _unseen(text), b) for a, b in block.strong[:1])
    )
    role = generic_role(text)
    if dotted and ((role is None and plain(text).strip(".") in HONORIFICS) or (len(key) == 1 and role is None)):
        return None
    is_name = role is None and "-".join(key.split()) not in METADATA_KEYS and is_name_shaped(text)
    return _Candidate(index, Label(text, mark, match.end(), role), bold, key, is_name)


def _unseen(text: str) -> int:
    return len(text) - len(text.lstrip("\ufeff\u200b\u200c\u200d\u2060\u00ad"))


def _proven(candidates: Sequence[_Candidate], bold_rules: bool) -> dict[int, _Candidate]:
    """Return what is a label by its markup, its generic word or its recurrence."""
    able = [one for one in candidates if one.bold or not bold_rules]
    counts = Counter(one.key for one in able)
    letters = sum(len(one.key) == 1 and one.label.generic is not None for one in able)
    proven = {
        one.index: one
        for one in able
        if (one.label.generic is not None and (len(one.key) > 1 or letters > 1))
        or (one.is_name and bold_rules and len(one.key.split()) > 1)
        or (one.is_name and counts[one.key] > (2 if one.label.mark in ".;" else 1) and _is_proven_name(one, counts))
    }
    known = {one.key for one in proven.values()}
    if len(known) < 2:
        # Nothing but single words recurs: they are all there is to go by.
        proven |= {one.index: one for one in able if one.is_name and counts[one.key] > 1}
    return proven


def _is_proven_name(one: _Candidate, counts: Counter[str]) -> bool:
    return _is_distinct(one) or counts[one.key] > 2


def _is_distinct(one: _Candidate) -> bool:
    """Say whether a label is more than one ordinary word, which could open a sentence twice by chance."""
    words = one.key.split()
    return len(words) > 1 or words[0] in OFFICE_WORDS or one.label.text.isupper() or "." in words[0]


def _is_vouched_for(one: _Candidate, known: set[str], surnames: set[str], above: str, bold_rules: bool) -> bool:
    """Say whether a label that proves nothing by itself is known from other labels or from what stands above."""
    if not one.is_name:
        return False
    if bold_rules and not one.bold:
        return one.key in known and len(one.key.split()) > 1
    person = person_in(one.label.text)
    if not person:
        return False
    if one.key in {"".join(key.split()) for key in known}:
        return True
    if person[-1] in surnames or (_OUTLET_AFTER.search(one.label.text) and len(person) > 1):
        return True
    if len(person) > 1 and any(word.strip(".,") in OFFICE_WORDS for word in one.key.split()):
        return True
    return _is_named(person, above)


def _is_named(person: Sequence[str], above: str) -> bool:
    """Say whether `above` names this person: a first name or initials, then the surname, inflected or not."""
    surname = re.escape(person[-1])
    found = re.search(rf"(?:([\w’'-]+)\s+|((?:\w\.\s?)+))({surname}\w{{0,3}})\b", above, re.IGNORECASE)
    if found is None or not is_capital(found[3]):
        return False
    if found[2]:
        return True
    before = found[1]
    return is_capital(before) and (len(person) == 1 or person[0][0] == before[0].casefold() or len(person[0]) < 3)


def _asking_once(
    candidates: Sequence[_Candidate], accepted: dict[int, _Candidate], blocks: Sequence[Block]
) -> list[_Candidate]:
    """Return those labelled once, by what looks like a person's name, who ask something among proven turns."""
    if len({one.key for one in accepted.values()}) < 2:
        return []
    starts = sorted(accepted)
    asking: list[_Candidate] = []
    for one in candidates:
        if one.index in accepted or not one.is_name or not starts[0] < one.index:
            continue
        words = words_of_label(one.label.text)
        if 2 <= len(words) <= 4 and all(is_capital(word) for word in words) and not one.label.text.isupper():
            end = one.index + 1
            while end < len(blocks) and end not in accepted and end - one.index < 6:
                end += 1
            if end in accepted and any("?" in block.text for block in blocks[one.index : end]):
                asking.append(one)
    return asking


def _answering_once(candidates: Sequence[_Candidate], accepted: dict[int, _Candidate]) -> list[_Candidate]:
    """Return, where there are questions and nobody answers, the names or offices that stand once and could."""
    if not accepted or any(one.label.generic != "question" for one in accepted.values()):
        return []
    first = min(accepted)
    return [one for one in candidates if one.is_name and one.index > first and one.index not in accepted]


def _accepted_once(one: _Candidate, blocks: Sequence[Block], whom: str, why: str) -> Finding:
    message = f"“{one.label.text}” is a label once only: taken for a {whom}, since {why}"
    return Finding("label-once-taken", blocks[one.index].line, message)


def _doubts(rest: Iterable[_Candidate], accepted: dict[int, _Candidate], blocks: Sequence[Block]) -> list[Finding]:
    first = min(accepted, default=len(blocks))
    return [
        Finding(
            "label-once", blocks[one.index].line, f"“{one.label.text}{one.label.mark}” is taken for text, not a label"
        )
        for one in rest
        if one.index > first and len(one.key.split()) < 7 and is_capital(one.label.text)
    ]


def _not_bold(one: _Candidate, blocks: Sequence[Block]) -> Finding:
    return Finding("label-not-bold", blocks[one.index].line, f"the label “{one.label.text}” is not bold, as others are")
