"""Tells the page headers, footers and numbers that stand in the flow of a text, by their repetition."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.records import Block, Finding, Line

_NUMBER = re.compile(
    r"[\W_]{0,3}(?:(?:page|seite|pág\.?|стр\.?|p\.)\s*)?(\d{1,3})(?:\s*(?:of|/|von|de|из)\s*(\d{1,3}))?[\W_]{0,3}",
    re.IGNORECASE,
)
_FAX = re.compile(r"\W*(?:TEL|FAX|T[E3]L)\W{0,3}(?:$|(?=.*\d))")
_STAMPED = re.compile(r"\bNo\s?\.?\s?\d{1,4}\s+P\s?\.\s?\d|\d{1,2}\s?[:.]\s?\d\d\s+(?:No\b|P\s?\.\s?\d)")
_LETTER = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"\d")
_SPOKEN = re.compile(
    r"[^\d\s]\s?[:：]|\d:\d\d(?::\d\d)?[)\]]?$|[?!]$|[a-zа-я]{2} [a-zа-я]{2,} [a-zа-я]{2,} [a-zа-я]{2,}"
)
"""What shows that somebody says a line: a label, a time stamp, a question, a run of small words."""
_LONGEST = 90
_ENDED = re.compile(r"[.?!…:][)\]}\"'”’»]*$")


@dataclass(frozen=True, slots=True)
class Pages:
    blocks: list[Block]
    furniture: list[Line]
    findings: list[Finding]


def take_out(blocks: Sequence[Block]) -> Pages:
    """Return the blocks without what pages repeat, that, and a finding with their number.

    A line is a page's where it is a number in the order of pages, a short line with digits whose letters stand three
    times or more, or a facsimile machine's; a sentence that it cut in two goes on.
    """
    gone = _repeated(blocks)
    out: list[Block] = []
    lines: list[Line] = []
    cut = False
    for index, block in enumerate(blocks):
        if index in gone:
            lines.append(Line(block.text, block.line, "page header"))
            cut = True
            continue
        if cut and out and _goes_on(out[-1], block):
            block = replace(block, continues=True)
        cut = False
        out.append(block)
    if not lines:
        return Pages(list(blocks), [], [])
    message = f"{len(lines)} lines that pages repeat are taken out of the text"
    return Pages(out, lines, [Finding("page-headers", lines[0].line, message)])


def _repeated(blocks: Sequence[Block]) -> set[int]:
    """Return which blocks are page headers or footers; what stands first at the top stays, for the head to read."""
    shapes = [_shape(block) for block in blocks]
    counts = Counter(shape for shape in shapes if shape)
    seen: set[str] = set()
    gone = _numbers(blocks)
    for index, shape in enumerate(shapes):
        if _is_fax(blocks[index]) or (counts[shape] > 2 and (index > 5 or shape in seen)):
            gone.add(index)
        if shape:
            seen.add(shape)
    return gone | _beside(blocks, gone) if gone else gone


def _beside(blocks: Sequence[Block], gone: set[int]) -> set[int]:
    """Return the further lines that pages repeat: those without a digit that nearly always stand beside such lines."""
    texts = Counter(block.text for block in blocks if len(block.text) < 60 and block.text[-1] not in ".,;…")
    able = {text for text, count in texts.items() if count > 2 and not _SPOKEN.search(text)}
    more: set[int] = set()
    for _ in range(3):
        near = gone | more
        beside = Counter(b.text for i, b in enumerate(blocks) if b.text in able and (i - 1 in near or i + 1 in near))
        wordy = {text for text, count in beside.items() if count * 5 >= texts[text] * 4}
        more = {i for i, block in enumerate(blocks) if i > 5 and block.text in wordy and block.kind == "text"}
    return more


def _goes_on(before: Block, block: Block) -> bool:
    """Say whether a line of prose that a page cut off goes on in this block."""
    if block.kind != "text" or block.strong or block.speaker is not None or len(before.text) < 40:
        return False
    return not _ENDED.search(before.text)


def _numbers(blocks: Sequence[Block]) -> set[int]:
    """Return where page numbers stand: small numbers alone that rise, of which there are two or one after page 1."""
    found: list[tuple[int, int]] = []
    for index, block in enumerate(blocks):
        if len(block.text) < 20 and block.kind == "text" and index > 2 and block.speaker is None:
            number = _NUMBER.fullmatch(block.text)
            if number is not None and not _after_label(blocks, index):
                found.append((index, int(number[1])))
    rising: list[tuple[int, int]] = []
    for index, page in found:
        if page > (rising[-1][1] if rising else 0) and page < (rising[-1][1] if rising else 2) + 6:
            rising.append((index, page))
    return {index for index, _ in rising} if len(rising) > 1 or (rising and rising[0][1] == 2) else set()


def _after_label(blocks: Sequence[Block], index: int) -> bool:
    """Say whether the block before is a label alone, whose words the number would be."""
    before = blocks[index - 1].text if index else ""
    return before.endswith((":", "：")) and len(before) < 60


def _shape(block: Block) -> str:
    """Return the letters of a short line that has digits, which pages repeat; empty for any other line."""
    text = block.text
    if len(text) > _LONGEST or block.kind != "text" or not _DIGIT.search(text) or _SPOKEN.search(text):
        return ""
    letters = "".join(_LETTER.findall(text)).casefold()
    return letters if len(letters) > 2 else ""


def _is_fax(block: Block) -> bool:
    text = block.text
    return len(text) < _LONGEST and (bool(_FAX.match(text)) or bool(_STAMPED.search(text)))
