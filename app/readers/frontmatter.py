"""Reads the front matter of a Markdown file as lines `key: value`; YAML is not executed and no more is understood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.records import Block, Field

_PAIR = re.compile(r"([A-Za-z][\w .-]{0,40}?)\s*:\s+(\S.*)")
_NESTED = re.compile(r"\s*(?:- |[\w-]+:(?:\s|$))")
_NAMES = {
    "lang": "language",
    "url": "canonical",
    "source_url": "canonical",
    "publisher_url": "canonical",
    "published_time": "published",
    "published_at": "published",
    "publish_date": "published",
    "publication": "outlet",
    "location": "place",
}
"""What common keys are called among the fields of a document; any other key keeps its name."""
_KNOWN = {"title", "date", "language", "tags", "author", "layout", *_NAMES}
"""Of these keys one must be there: rules stand around speech as well."""
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_ESCAPED = {"_": "\u00a0", "n": " ", "t": " ", "r": " ", "N": " ", "L": " ", "P": " "}
_LONGEST = 200
"""Lines within which front matter must end to be such."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The lines above a text that state facts of it; none where there are none."""

    length: int
    """How many lines it takes, its two rules included."""
    blocks: tuple[Block, ...] = ()
    fields: tuple[Field, ...] = ()


def read(lines: Sequence[str]) -> FrontMatter:
    """Return the front matter that begins at the first line, a rule `---`, and ends at the next."""
    if not lines or lines[0].rstrip() != "---":
        return FrontMatter(0)
    end = next((n for n, line in enumerate(lines[1:_LONGEST], 1) if line.rstrip() in ("---", "...")), 0)
    pairs = [pair for line in lines[1:end] if (pair := _PAIR.fullmatch(line.rstrip()))]
    if not any(pair[1].lower() in _KNOWN for pair in pairs):
        return FrontMatter(0)
    blocks = [
        Block(line.strip(), number, "furniture", reason="front matter")
        for number, line in enumerate(lines[: end + 1], 1)
        if line.strip()
    ]
    fields = [
        Field(_NAMES.get(key, key), value, number)
        for number, line in _unfolded(lines[1:end])
        if (pair := _PAIR.fullmatch(line)) and (key := pair[1].lower()) and (value := _plain(pair[2]))
    ]
    return FrontMatter(end + 1, tuple(blocks), tuple(fields))


def _unfolded(lines: Sequence[str]) -> list[tuple[int, str]]:
    """Return the lines with those joined on that are indented, as a long value goes on; each with its number."""
    whole: list[tuple[int, str]] = []
    for number, line in enumerate(lines, 2):
        if whole and line[:1] == " " and line.strip() and not _NESTED.match(line):
            before = whole[-1][1]
            # A backslash at the end of a quoted line takes the line end away.
            joined = before[:-1] + line.strip() if before.endswith("\\") else f"{before} {line.strip()}"
            whole[-1] = (whole[-1][0], joined)
        else:
            whole.append((number, line.rstrip()))
    return whole


def _plain(value: str) -> str:
    """Return a value without its quotes; empty where it is a list, a mapping, or goes on in the lines below."""
    if value[0] == value[-1] == "'" and len(value) > 1:
        return value[1:-1].replace("''", "'").strip()
    if value[0] == value[-1] == '"' and len(value) > 1:
        return _ESCAPE.sub(_unescaped, value[1:-1]).strip()
    return "" if value[0] in "[{|>&*!\"'" else value.partition(" #")[0].strip()


def _unescaped(escape: re.Match[str]) -> str:
    number = escape[1] or escape[2] or escape[3]
    if number:
        code = int(number, 16)
        return chr(code) if 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
    return _ESCAPED.get(escape[4], escape[4])
