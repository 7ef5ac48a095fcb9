"""Finds the labels that say who speaks, on evidence of markup, words, title and recurrence; roles are decided later."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.parsing import damage, dates, inner, letters, unlabelled, variants, vouching
from app.parsing.candidates import Candidate, Label, generic_role
from app.parsing.evidence import bold_decides, proven
from app.parsing.marks import candidate, candidates_in
from app.parsing.names import is_capital
from app.parsing.vocabulary import EVENT_WORDS, OFFICE_WORDS, OFFICES_IN_FULL, PRESS_WORDS
from app.records import Block, Finding

_HEAD = 12
"""Blocks at the top among which the title may stand a second time."""


@dataclass(frozen=True, slots=True)
class Found:
    """The labels of a document, and its blocks, cut where a label stands within one."""

    blocks: list[Block]
    labels: dict[int, Label]
    """By index into `blocks`, in order."""
    findings: list[Finding]
    unread: int = 0
    """How many lines are a label alone by their words, and yet nothing shows them to be one."""


def find(blocks: Sequence[Block], titles: Sequence[str]) -> Found:
    """Return the labels among `blocks`, and a finding for each that is doubtful or only looks like one.

    `titles` are what the format states as the title outside the body; names in them and in what stands above the
    first turn are evidence. Where the format itself names the speakers, nothing else is a label.
    """
    if stated := {index: block.speaker for index, block in enumerate(blocks) if block.speaker}:
        given = {index: Label(name, "", 0, generic_role(name)) for index, name in stated.items()}
        return Found(list(blocks), given, [])
    title = blocks[0].text if _begins_with_title(blocks) else ""
    candidates = _candidates(blocks, title)
    bold_rules = bold_decides(candidates)
    accepted = proven(candidates, bold_rules)
    findings: list[Finding] = []
    above = _above(blocks, accepted, titles)
    accepted |= vouching.vouched(candidates, accepted, above, bold_rules)
    if not bold_rules:
        blocks, findings = inner.cut(blocks, accepted)
        if findings:
            candidates = _candidates(blocks, title)
            accepted = proven(candidates, bold_rules)
            accepted |= vouching.vouched(candidates, accepted, above, bold_rules)
    accepted |= vouching.alone_once(candidates, accepted, blocks)
    if not bold_rules and accepted:
        worn = damage.find(blocks, accepted)
        accepted |= worn.labels
        findings += worn.findings
    accepted |= vouching.answering_with_stops(blocks, accepted, above)
    answering = vouching.answering_once(candidates, accepted)
    accepted |= {one.index: one for one in answering}
    asking = [] if bold_rules else vouching.asking_once(candidates, accepted, blocks)
    accepted |= {one.index: one for one in asking}
    shouting = vouching.shouting_once(candidates, accepted, blocks)
    accepted |= {one.index: one for one in shouting}
    findings += [vouching.accepted_once(one, blocks, "speaker", "all labels are in capitals") for one in shouting]
    findings += [vouching.accepted_once(one, blocks, "questioner", "the words are a question") for one in asking]
    findings += [vouching.accepted_once(one, blocks, "speaker", "nobody else answers") for one in answering]
    labels = {index: one.label for index, one in accepted.items()}
    if not bold_rules:
        mended = variants.find(blocks, accepted, int(bool(title)))
        labels |= mended.labels
        findings += mended.findings
    shown = unlabelled.find(blocks, labels, titles)
    labels |= shown.labels
    findings += shown.findings
    findings += _doubts((one for one in candidates if one.index not in labels), labels, blocks)
    findings += [_not_bold(one, blocks) for one in accepted.values() if bold_rules and not one.bold]
    unread = sum(
        one.style == "alone" and one.index not in labels and one.index > min(labels, default=0)
        for one in candidates
        if one.label.generic is not None or one.key in OFFICE_WORDS or one.key in OFFICES_IN_FULL
    )
    return Found(list(blocks), {index: labels[index] for index in sorted(labels)}, findings, unread)


def _candidates(blocks: Sequence[Block], title: str) -> list[Candidate]:
    """Return what may be a label: not the title, nor what repeats it below, nor capitals where all is in capitals."""
    found = letters.told(candidates_in(blocks))
    if title:
        wanted = _letters(title)[:40]
        found = [
            one for one in found if one.index > _HEAD or not wanted.startswith(_letters(blocks[one.index].text)[:40])
        ]
    if any(one.is_name and one.style in ("stop", "alone") for one in found) and _is_shouted(blocks):
        found = [one for one in found if one.bold or not one.is_name or one.style not in ("stop", "alone")]
    return found


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text.casefold()))


def _is_shouted(blocks: Sequence[Block]) -> bool:
    """Say whether the words are all in capitals, as on a teleprinter, so that capitals set no label off."""
    letters = [block.text for block in blocks if len(block.text) > 40]
    upper = sum(map(str.isupper, letters))
    return upper > 4 and upper * 4 > len(letters) * 3


def _begins_with_title(blocks: Sequence[Block]) -> bool:
    """Say whether the first line of all looks like a label for the colon in it, but is the title.

    It ends as no sentence does, and a date stands right below it or an event, as "Press conference", before the colon.
    """
    one = candidate(0, blocks[0], None) if blocks else None
    if one is None:
        return False
    text = blocks[0].text
    if one.style != "colon" or one.label.generic is not None or text[-1] in ".?!…:" or len(text) <= one.label.end:
        return False
    words = set(one.key.split())
    if words & EVENT_WORDS and not words & (OFFICE_WORDS | PRESS_WORDS):
        return True
    return any((dated := dates.find(block.text)) is not None and dated.alone for block in blocks[1:3])


def _above(blocks: Sequence[Block], accepted: dict[int, Candidate], titles: Sequence[str]) -> str:
    head = blocks[: min(accepted, default=len(blocks))][:40]
    return " ".join([*titles, *(block.text for block in head)])


def _doubts(rest: Iterable[Candidate], labels: dict[int, Label], blocks: Sequence[Block]) -> list[Finding]:
    first = min(labels, default=len(blocks))
    return [
        Finding(
            "label-once", blocks[one.index].line, f"“{one.label.text}{one.label.mark}” is taken for text, not a label"
        )
        for one in rest
        if one.style == "colon" and one.index > first and is_capital(one.label.text)
        if (one.is_name and len(one.key.split()) < 7) or len(one.key.split()) < 4
    ]


def _not_bold(one: Candidate, blocks: Sequence[Block]) -> Finding:
    return Finding("label-not-bold", blocks[one.index].line, f"the label “{one.label.text}” is not bold, as others are")
