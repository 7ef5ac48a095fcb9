"""Shows questions and answers that carry no label, where bold type, numbers, dashes or the other side's labels do."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.parsing.candidates import Label
from app.parsing.names import plain
from app.records import Block, Finding, Role

_ASKS = re.compile(r"[?？;؟][\s)\]\"'”’»]*$")
_ANNOUNCES = re.compile(
    r"interview|entretien|entrevista|intervista|интервью|інтерв.ю|wywiad|röportaj|专访|採訪|访谈|インタビュー|会見|"
    r"press (?:conference|remarks|briefing)|conférence de presse|rueda de prensa|pressekonferenz|пресс-конференц|"
    r"\bq\s?&\s?a\b|questions? and answers?|questions et réponses|fragen und antworten|вопросы? и ответ|"
    r"ответ\w* на вопрос|answers? to|answers? questions|conversation with|talks? to|doorstep|upon arrival",
    re.IGNORECASE,
)
_SPEAKS = re.compile(
    r"\b(?:I|I['’]\w+|we|we['’]\w+|our|my|us|you|ladies and gentlemen|good (?:morning|afternoon|evening)|"
    r"я|мы|нас|нам|наш\w*|je|j['’]|nous|ich|wir|yo|nosotros|hemos)\b"
)
_DASH = re.compile(r"(?:[-–—]{1,2}|>{2,3})\s+(?=\S)")
_NUMBER = re.compile(r"(\d{1,2})([.)])\s+(?=\S)")


@dataclass(slots=True)
class Shown:
    labels: dict[int, Label] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def find(blocks: Sequence[Block], labels: dict[int, Label], titles: Sequence[str]) -> Shown:
    """Return labels without words for the turns that only the structure shows, and a finding that says so.

    `titles` are what the format states outside the body.
    """
    if labels:
        roles = {label.generic for label in labels.values()}
        if roles == {"question"}:
            return _answers_after(blocks, labels)
        if "question" not in roles:
            return _questions_before(blocks, labels)
        asked = _first_question(blocks, labels)
        return asked if asked.labels else _opening(blocks, labels)
    announced = bool(_ANNOUNCES.search(" ".join([*titles, *(block.text for block in blocks[:4])])))
    return _dashes(blocks) or (_bold(blocks) or _numbers(blocks) if announced else None) or Shown()


def _say(shown: Shown, blocks: Sequence[Block], why: str) -> Shown:
    line = blocks[min(shown.labels)].line
    shown.findings.append(Finding("turns-unlabelled", line, why))
    return shown


def _silent(role: Role) -> Label:
    return Label("", "", 0, role)


def _is_bold(block: Block) -> bool:
    inked = sum(end - start for start, end in block.strong)
    return block.kind == "text" and inked * 20 >= len(block.text) * 19


def _answers_after(blocks: Sequence[Block], labels: dict[int, Label]) -> Shown:
    """Return where answers begin after labelled questions: at the next paragraph, where paragraphs are set apart."""
    order = sorted(labels)
    if len(order) < 2 or any(block.continues for block in blocks):
        return Shown()
    shown = Shown()
    asks = 0
    for start, end in zip(order, [*order[1:], len(blocks)], strict=True):
        first = start if blocks[start].text[labels[start].end :].strip() else start + 1
        if first >= end:
            continue
        asks += bool(_ASKS.search(blocks[first].text))
        answer = first + 1
        while answer < end and (
            blocks[answer].kind == "heading" or (_is_bold(blocks[first]) and _is_bold(blocks[answer]))
        ):
            answer += 1
        if answer < end:
            shown.labels[answer] = _silent("answer")
    if len(shown.labels) * 5 < len(order) * 4 or asks * 2 < len(order):
        return Shown()
    return _say(shown, blocks, "the answers carry no label: each is the paragraphs after its question")


def _questions_before(blocks: Sequence[Block], labels: dict[int, Label]) -> Shown:
    """Return the paragraphs that ask right before each label of the one labelled speaker, who answers them."""
    order = sorted(labels)
    if len({plain(label.stands_for or label.text) for label in labels.values()}) != 1 or len(order) < 3:
        return Shown()
    shown = Shown()
    for before, label in itertools.pairwise(order):
        start = label - 1
        while start > before and blocks[start].continues:
            start -= 1
        if start > before and blocks[start].kind == "text" and _ASKS.search(blocks[label - 1].text):
            shown.labels[start] = _silent("question")
    if len(shown.labels) * 5 < (len(order) - 1) * 3:
        return Shown()
    return _say(shown, blocks, "the questions carry no label: each is the paragraph before its answer")


def _first_question(blocks: Sequence[Block], labels: dict[int, Label]) -> Shown:
    """Return the question that stands without a label right before a first label that answers."""
    first = min(labels)
    roles = {label.generic for label in labels.values()}
    if labels[first].generic != "answer" or "question" not in roles or first < 2:
        return Shown()
    block = blocks[first - 1]
    if block.kind != "text" or block.continues or len(block.text.split()) < 5 or _is_bold(block):
        return Shown()
    if not _ASKS.search(block.text) and len(block.text) < 80:
        return Shown()
    return _say(Shown({first - 1: _silent("question")}), blocks, "the first question carries no label")


def _opening(blocks: Sequence[Block], labels: dict[int, Label]) -> Shown:
    """Return the statement without a label that stands right above the first label, where it speaks as "I" or "we"."""
    first = min(labels)
    start = first
    while start > 1 and blocks[start - 1].kind == "text" and _is_prose(blocks[start - 1]):
        start -= 1
    while start < first and blocks[start].continues:
        start += 1
    words = " ".join(block.text for block in blocks[start:first])
    speaks = len(_SPEAKS.findall(words))
    if start == first or len(words.split()) < 40 or speaks < 2 or speaks * 60 < len(words.split()):
        return Shown()
    return _say(
        Shown({start: _silent("statement")}), blocks, "words stand above the first label: a statement by nobody named"
    )


def _is_prose(block: Block) -> bool:
    return len(block.text) > 40 or block.continues


def _bold(blocks: Sequence[Block]) -> Shown | None:
    """Return bold paragraphs as questions and what follows each as its answer, where most of the bold ask."""
    bold = [index for index, block in enumerate(blocks) if _is_bold(block)]
    asking = [index for index in bold if _ASKS.search(blocks[index].text)]
    if len(asking) < 2:
        return None
    inside = [index for index in bold if index >= asking[0]]
    if len(asking) * 5 < len(inside) * 3:
        return None
    return _sides(blocks, asking[0], set(inside), "questions are told by bold type alone: nothing is labelled")


def _numbers(blocks: Sequence[Block]) -> Shown | None:
    """Return numbered paragraphs that ask, in order from 1, as questions and what follows each as its answer."""
    asking: list[int] = []
    for index, block in enumerate(blocks):
        found = _NUMBER.match(block.text)
        if found is not None and int(found[1]) == len(asking) + 1 and not block.continues:
            asking.append(index)
    if len(asking) < 2 or sum(bool(_ASKS.search(blocks[index].text)) for index in asking) * 5 < len(asking) * 4:
        return None
    shown = _sides(blocks, asking[0], set(asking), "questions are told by their numbers alone: nothing is labelled")
    if shown is not None:
        for index in asking:
            found = _NUMBER.match(blocks[index].text)
            if found is not None:
                shown.labels[index] = Label(found[1], found[2], found.end(), "question")
    return shown


def _sides(blocks: Sequence[Block], first: int, asking: set[int], why: str) -> Shown | None:
    """Return the turns of two sides, one of which stands at `asking`; None where a question has no answer at all."""
    shown = Shown()
    was_asking = False
    for index in range(first, len(blocks)):
        block = blocks[index]
        if block.continues or block.kind == "heading":
            continue
        asks = index in asking
        if asks != was_asking or index == first:
            shown.labels[index] = _silent("question" if asks else "answer")
        was_asking = asks
    answers = sum(label.generic == "answer" for label in shown.labels.values())
    return _say(shown, blocks, why) if answers else None


def _dashes(blocks: Sequence[Block]) -> Shown | None:
    """Return paragraphs that dashes begin as turns of two sides, where every other one asks and the rest do not."""
    dashed = [index for index, block in enumerate(blocks) if _DASH.match(block.text) and not block.continues]
    if len(dashed) < 4:
        return None
    asks = [bool(_ASKS.search(_whole(blocks, index))) for index in dashed]
    sides = (asks[0::2], asks[1::2])
    shares = [sum(side) / len(side) for side in sides]
    asking = shares.index(max(shares))
    if shares[asking] < 0.6 or shares[1 - asking] > min(0.34, shares[asking] - 0.45):
        return None
    shown = Shown()
    for number, index in enumerate(dashed):
        found = _DASH.match(blocks[index].text)
        if found is not None:
            role: Role = "question" if number % 2 == asking else "answer"
            shown.labels[index] = Label("", found[0].strip(), found.end(), role)
    return _say(shown, blocks, "turns are told by dashes or marks (>>) alone: nobody is named")


def _whole(blocks: Sequence[Block], index: int) -> str:
    """Return the last line of the paragraph that begins at `index`."""
    while index + 1 < len(blocks) and blocks[index + 1].continues:
        index += 1
    return blocks[index].text
