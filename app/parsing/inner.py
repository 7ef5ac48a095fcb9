"""Cuts blocks at labels that stand within them, as in a text whose line ends are lost; it learns them first."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from app.parsing.candidates import Candidate, generic_role
from app.parsing.names import is_name_shaped, plain
from app.parsing.vocabulary import HONORIFICS, METADATA_KEYS, OFFICE_WORDS
from app.records import Block, Finding

_INNER = re.compile(
    r"(?:^|(?<=[.?!…)\]\"”»:])\s*|(?<=\s))"
    r"((?:[^\W\d_a-zа-я][\w.'’-]*)(?: [^\W\d_a-zа-я][\w.'’-]*){0,3})\s?[:：](?=\s|[^\d\s/\\:])"
)
_ENDED = re.compile(r"[.?!…:][)\]}\"'”’»]*\s*$")
_LETTER = re.compile(r"(?:^|(?<=[.?!…)\]\"”])\s)([QA])[.:]\s+(?=[A-Z\d(\[“\"‘'])")
"""A letter that asks or answers, at the start of a line or after the end of a sentence within it."""
_LONG = 700
"""Characters of a block that may hold several turns."""


def cut(blocks: Sequence[Block], accepted: dict[int, Candidate]) -> tuple[list[Block], list[Finding]]:
    """Return the blocks cut before each label known from the document that stands within one, and the findings.

    A label in capitals is one wherever it stands with its colon; any other only after the end of a sentence.
    """
    known = {one.label.text for one in accepted.values() if one.label.mark[:1] in ":：;" and _is_plain(one.label.text)}
    learnt = _learnt(blocks, known)
    known |= learnt
    known -= _grown(blocks, accepted, known)
    blocks, split = _at_letters(blocks)
    if not known:
        return blocks, split
    ways = "|".join(re.escape(text) for text in sorted(known, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\w“\"«'’])({ways})\s?[:：](?=\s|$|[^\d\s/\\])")
    out: list[Block] = []
    lines: list[int] = []
    for block in blocks:
        colon = block.text.find(":", 1) if "：" not in block.text else 1
        pieces = (
            _pieces(block, pattern, learnt) if colon > 0 and not block.strong and block.speaker is None else [block]
        )
        out += pieces
        lines += [block.line] * (len(pieces) - 1)
    if not lines:
        return out, split
    if len(lines) * 2 > len(accepted) + len(lines):
        message = f"{len(lines)} turns begin within a line: where paragraphs end is lost"
        return out, [*split, Finding("paragraphs-lost", lines[0], message)]
    return out, split + [
        Finding("label-in-line", line, "a turn begins within this line") for line in dict.fromkeys(lines)
    ]


def _at_letters(blocks: Sequence[Block]) -> tuple[list[Block], list[Finding]]:
    """Return the blocks cut before each Q and A within them that take turns, three or more in a block."""
    out: list[Block] = []
    findings: list[Finding] = []
    for block in blocks:
        found = list(_LETTER.finditer(block.text)) if " A" in block.text or " Q" in block.text else []
        if len(found) < 3 or block.strong or any(one[1] == two[1] for one, two in itertools.pairwise(found)):
            out.append(block)
            continue
        starts = sorted({0, *(one.start(1) for one in found), len(block.text)})
        pieces = [block.text[a:b].strip() for a, b in itertools.pairwise(starts)]
        out += [replace(block, text=pieces[0]), *(Block(text, block.line) for text in pieces[1:])]
        findings.append(Finding("label-in-line", block.line, "turns begin within this line"))
    return out, findings


def _grown(blocks: Sequence[Block], accepted: dict[int, Candidate], known: set[str]) -> set[str]:
    """Return those of the known labels that are another after words of whoever spoke before, or after page data.

    The end of a sentence stands between them though the line before it has no end, or a title as "Mr." does.
    """
    grown: set[str] = set()
    for index, one in accepted.items():
        for at in (found.end() for found in re.finditer(r"\s+", one.label.text)):
            before, rest = one.label.text[:at].strip(), one.label.text[at:]
            if rest not in known or before.casefold().strip(".") in HONORIFICS:
                continue
            is_cut_off = index > 0 and not _ENDED.search(blocks[index - 1].text.rstrip(":："))
            is_key = "-".join(before.casefold().split()) in METADATA_KEYS
            is_titled = rest.split()[0].casefold().strip(".") in HONORIFICS and before.casefold() not in OFFICE_WORDS
            if is_key or is_titled or (before[-1] in ".?!…" and is_cut_off):
                grown.add(one.label.text)
    return grown


def _is_plain(text: str) -> bool:
    return len(text) > 1 and text[0].isalpha()


def _pieces(block: Block, pattern: re.Pattern[str], learnt: set[str]) -> list[Block]:
    text = block.text
    cuts = [found.start() for found in pattern.finditer(text) if _begins(text, found, learnt)]
    if not cuts:
        return [block]
    ends = [*cuts, len(text)]
    first = [replace(block, text=text[: cuts[0]].rstrip())] if text[: cuts[0]].strip() else []
    return [*first, *(Block(text[a:b].strip(), block.line) for a, b in itertools.pairwise(ends))]


def _begins(text: str, found: re.Match[str], learnt: set[str]) -> bool:
    """Say whether a label within a text begins a turn; one learnt there that asks by its word needs no more."""
    if not found.start():
        return False
    if found[1] in learnt and generic_role(found[1]) is not None:
        return True
    return (found[1].isupper() and len(found[1]) > 1) or bool(
        _ENDED.search(text[max(0, found.start() - 6) : found.start()])
    )


def _learnt(blocks: Sequence[Block], known: set[str]) -> set[str]:
    """Return the labels that recur within long blocks, nearly always after the end of a sentence, and take turns."""
    seen: Counter[str] = Counter()
    ended: Counter[str] = Counter()
    for block in blocks:
        if (
            block.strong
            or (len(block.text) < _LONG and len(blocks) > 3)
            or block.text.count(":") + block.text.count("：") < 2
        ):
            continue
        for found in _INNER.finditer(block.text):
            label = found[1]
            last = label.rpartition(" ")[2]
            label = last if last != label and generic_role(last) else label
            seen[label] += 1
            ended[label] += bool(
                _ENDED.search(block.text[max(0, found.start(1) - 6) : found.start(1)])
            ) or not found.start(1)
    able = {
        label
        for label, count in seen.items()
        if count > 2
        and ended[label] * 5 >= count * (2 if generic_role(label) else 4)
        and (generic_role(label) or is_name_shaped(label))
        and plain(label)
        and _is_plain(label)
    }
    return able if len(able | known) > 1 else set()
