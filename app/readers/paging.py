"""Makes paragraphs of printed lines: what pages repeat is set aside, broken words and sentences are joined."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median, quantiles

from app.records import Block, Finding

_SENTENCE_END = re.compile(r"[.?!…:;][)\]}\"'”’»]*$")
_WORD = re.compile(r"\w+(?:-\w+)*")
_NUMBER = re.compile(r"\d+|\b[ivxlc]+\b")
_EDGE = 3
"""Lines at the top and the bottom of a page that can be a header or footer."""
_INDENT = 8.0
"""Points by which the first line of a paragraph may be set in."""
_HYPHENATED = 0.04
"""Share of lines broken within a word from which a document is one whose words are broken to fit."""


@dataclass(frozen=True, slots=True)
class Printed:
    """One line of text on a page."""

    text: str
    page: int
    line: int
    left: float
    right: float
    base: float
    """Height of the line's foot above the page's, in points."""
    strong: tuple[tuple[int, int], ...] = ()
    is_broken: bool = False
    """Whether a hyphen, which is no part of the text here, ends it within a word."""


@dataclass(frozen=True, slots=True)
class LaidOut:
    """What printed lines come to."""

    blocks: tuple[Block, ...]
    hyphens: tuple[str, ...]
    """For each broken line in order, "-" where the hyphen belongs to the word, else nothing."""
    findings: tuple[Finding, ...]


def lay_out(lines: Sequence[Printed]) -> LaidOut:
    """Return the blocks of printed lines, in order."""
    reasons = _repeated(lines)
    body = [line for line in lines if line.line not in reasons]
    hyphens, findings = _hyphens(lines, body)
    goes_on = _continuing(body)
    blocks: list[Block] = []
    for line in lines:
        if line.line in reasons:
            text = line.text + hyphens.get(line.line, "")
            blocks.append(Block(text, line.line, "furniture", reason=reasons[line.line]))
    for line, (text, lost) in zip(body, _mended(body, hyphens), strict=True):
        if text.strip():
            strong = tuple(
                (max(start - lost, 0), min(end - lost, len(text))) for start, end in line.strong if end > lost
            )
            blocks.append(Block(text, line.line, strong=strong, continues=line.line in goes_on))
    blocks.sort(key=lambda block: block.line)
    return LaidOut(tuple(blocks), tuple(hyphens.values()), tuple(findings))


def _repeated(lines: Sequence[Printed]) -> dict[int, str]:
    """Return, by line, why it is furniture: it stands at the edge of many pages, numbers aside."""
    pages: dict[int, list[Printed]] = defaultdict(list)
    for line in lines:
        pages[line.page].append(line)
    if len(pages) < 2:
        return {}
    reasons: dict[int, str] = {}
    for name, order in (("page header", 1), ("page footer", -1)):
        edges = {page: held[::order][:_EDGE] for page, held in pages.items()}
        counts = Counter(shape for edge in edges.values() for shape in {_shape(line.text) for line in edge})
        needed = max(2, len(pages) * 0.3)
        for edge in edges.values():
            for line in edge:
                shape = _shape(line.text)
                if counts[shape] < needed or line.text.endswith((":", "：")):
                    break
                if counts[shape] < 3 and "#" not in shape:
                    break
                reasons.setdefault(line.line, name)
    return reasons


def _shape(text: str) -> str:
    return _NUMBER.sub("#", " ".join(text.casefold().split()))


def _hyphens(lines: Sequence[Printed], body: Sequence[Printed]) -> tuple[dict[int, str], list[Finding]]:
    """Return for each broken line whether its hyphen stays; a finding for those that nothing but habit decides."""
    following = {line.line: after for line, after in pairwise(body)}
    words = Counter(word.casefold() for line in lines for word in _WORD.findall(line.text))
    broken = [line for line in lines if line.is_broken]
    breaks_words = len(broken) > len(lines) * _HYPHENATED
    hyphens: dict[int, str] = {}
    unsure: list[int] = []
    for line in broken:
        after = following.get(line.line)
        left, right = _WORD.findall(line.text), _WORD.findall(after.text) if after else []
        if not left or not right:
            hyphens[line.line] = "-"
            continue
        one, other = left[-1].casefold(), right[0].casefold()
        joined, parted = words[one + other], words[f"{one}-{other}"]
        if joined == parted:
            unsure.append(line.line)
        is_parted = parted > joined or (parted == joined and not breaks_words) or right[0][0].isupper()
        hyphens[line.line] = "-" if is_parted else ""
    if not unsure:
        return hyphens, []
    habit = "left out" if breaks_words else "kept"
    message = f"{len(unsure)} hyphens at the end of a line could be either part of a word or a break: they are {habit}"
    return hyphens, [Finding("hyphen-at-line-end", unsure[0], message)]


def _mended(body: Sequence[Printed], hyphens: dict[int, str]) -> list[tuple[str, int]]:
    """Return the text of each line, with a broken word whole in the first of its lines, and what the next one lost."""
    texts = [(line.text, 0) for line in body]
    for index, line in enumerate(body):
        if not line.is_broken:
            continue
        text, lost = texts[index]
        text += hyphens[line.line]
        if index + 1 < len(body):
            rest, _, kept = texts[index + 1][0].partition(" ")
            texts[index + 1] = kept, len(rest) + 1
            text += rest
        texts[index] = text, lost
    return texts


def _continuing(body: Sequence[Printed]) -> set[int]:
    """Return the lines that go on in the paragraph of the line before.

    Where paragraphs are set in or set apart, that tells; otherwise a line goes on where its first word had no room.
    """
    if len(body) < 2:
        return set()
    steps = [one.base - other.base for one, other in pairwise(body) if one.page == other.page and one.base > other.base]
    step = median(steps) if steps else 0.0
    margin = quantiles([line.right for line in body], n=20)[-2]
    left = Counter(round(line.left / 2) * 2 for line in body).most_common(1)[0][0]
    begins = {line.line for before, line in pairwise(body) if _is_set_off(before, line, left, step)}
    is_marked = 0.05 < len(begins) / len(body) < 0.8
    goes_on = set()
    for before, line in pairwise(body):
        has_ended = bool(_SENTENCE_END.search(before.text))
        if before.is_broken or (before.page != line.page and not has_ended and line.text[:1].islower()):
            goes_on.add(line.line)
        elif line.line not in begins:
            width = (line.right - line.left) / max(len(line.text), 1)
            room = margin - before.right - width * len(line.text.split(" ", 1)[0])
            is_short = has_ended and room > (margin - left) / 3
            if (is_marked and not is_short) or room < width * 2:
                goes_on.add(line.line)
    return goes_on


def _is_set_off(before: Printed, line: Printed, left: float, step: float) -> bool:
    """Say whether a line is set in from the margin, or apart from the line before on its page."""
    is_set_in = line.left > left + _INDENT and abs(line.left - before.left) > _INDENT
    return is_set_in or (before.page == line.page and before.base - line.base > step * 1.35)
