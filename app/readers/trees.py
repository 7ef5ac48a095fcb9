"""Turns the text of a JSON file into a tree whose values know their lines; what the tree means is not asked here."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from app.errors import SourceRefused

_DEEPEST = 100
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"(?P<key>\s*+:)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?', re.DOTALL)
_NO_TEXT = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Value:
    """A text or a number, as the file writes it."""

    text: str
    line: int


Tree = Value | dict[str, "Tree"] | list["Tree"] | None


def plant(text: str) -> Tree:
    """Return the tree of a JSON text, without what is true, false or null.

    Raises SourceRefused (with no name) for what is no JSON, holds a key twice in one object or is nested too deeply.
    """
    try:
        data = json.loads(text, object_pairs_hook=_once, parse_float=str, parse_int=str, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise SourceRefused("", error.lineno, f"not JSON: {error.msg}", "damaged") from error
    except RecursionError as error:
        raise SourceRefused("", 1, f"values stand more than {_DEEPEST} deep", "nesting") from error
    return _grown(data, _lines(text), 0)


def values(tree: Tree) -> Iterator[Value]:
    """Yield the values of a tree in order."""
    if isinstance(tree, Value):
        yield tree
    elif tree is not None:
        for child in tree.values() if isinstance(tree, dict) else tree:
            yield from values(child)


def first_line(tree: Tree) -> int:
    """Return the line of the first value of a tree; 1 where there is none."""
    return next((value.line for value in values(tree)), 1)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    record = dict(pairs)
    if len(record) < len(pairs):
        twice = Counter(key for key, _ in pairs).most_common(1)[0][0]
        raise SourceRefused("", 1, f"the key {twice!r} stands twice in one object", "damaged")
    return record


def _refuse(constant: str) -> None:
    raise SourceRefused("", 1, f"not JSON: {constant} is no value", "damaged")


def _lines(text: str) -> Iterator[int]:
    """Yield the line of each value in order."""
    line, at = 1, 0
    for token in _TOKEN.finditer(text):
        line += len(re.findall(r"\r\n|\n|\r", text[at : token.start()]))
        at = token.start()
        if token["key"] is None:
            yield line


def _grown(data: object, lines: Iterator[int], depth: int) -> Tree:
    if depth > _DEEPEST:
        raise SourceRefused("", next(lines, 1), f"values stand more than {_DEEPEST} deep", "nesting")
    if isinstance(data, dict):
        return {key: _grown(value, lines, depth + 1) for key, value in data.items()}
    if isinstance(data, list):
        return [_grown(value, lines, depth + 1) for value in data]
    if isinstance(data, str):
        line = next(lines)
        if _NO_TEXT.search(data):
            raise SourceRefused("", line, "a value holds what is no text: NUL, or half a character", "undecodable")
        return Value(data, line)
    return None
