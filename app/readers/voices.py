"""Finds the list or table of a page whose first column says who speaks; names are told by their shape alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bs4 import Tag

from app.readers import keys
from app.records import Block

SPEAKER = "speaker"
"""The reason that marks a block as the name of who speaks in the block after it."""
_LONGEST = 80
"""Characters of the longest name."""
_CELLS = ["td", "th"]


def find(page: Tag, main: Tag) -> dict[int, str]:
    """Return by id() the elements that name a speaker or a column, with which they do.

    They are in the one list or table of the page that holds most of the main text; empty where there is none such.
    """
    letters = len("".join(main.get_text().split()))
    for element in page.find_all(["dl", "table"]):
        if len("".join(element.get_text().split())) * 5 > letters * 3:
            found = _in_list(element) if element.name == "dl" else _in_table(element)
            if found:
                return found
    return {}


def _in_list(element: Tag) -> dict[int, str]:
    pairs: list[tuple[Tag, Tag]] = []
    name: Tag | None = None
    for child in element.find_all(["dt", "dd"]):
        if child.name == "dt":
            name = child
        elif name is not None:
            pairs.append((name, child))
            name = None
    return _named(pairs, is_stated=False)


def _in_table(element: Tag) -> dict[int, str]:
    rows = [row.find_all(_CELLS, recursive=False) for row in element.find_all("tr")]
    if not rows or any(len(cells) != 2 for cells in rows):
        return {}
    columns = [keys.plain(cell.get_text()) for cell in rows[0]]
    is_stated = columns[0] in keys.SPEAKERS and columns[1] in keys.WORDS
    found = _named([(cells[0], cells[1]) for cells in rows[is_stated:]], is_stated=is_stated)
    return found | {id(cell): "column name" for cell in rows[0] if is_stated and found}


def _named(pairs: Sequence[tuple[Tag, Tag]], *, is_stated: bool) -> dict[int, str]:
    """Return the names of the pairs of name and speech, where they are short and come again as speakers do.

    A name that ends in a colon is a label like any other and needs no help.
    """
    names = [" ".join(name.get_text().split()) for name, _ in pairs]
    are_names = names and all(0 < len(name) <= _LONGEST and not name.endswith((":", "：")) for name in names)
    recur = len(set(names)) > 1 and len(set(names)) * 3 <= len(names) * 2
    if not are_names or not (is_stated or recur) or not all(speech.get_text().strip() for _, speech in pairs):
        return {}
    return {id(name): SPEAKER for name, _ in pairs}


def spoken(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with each name made the speaker of the text after it; a name without text is text itself."""
    out: list[Block] = []
    waiting: Block | None = None
    for block in blocks:
        if block.reason == SPEAKER:
            out += _alone(waiting)
            waiting = block
        elif waiting is not None and block.kind == "text":
            out.append(replace(block, speaker=" ".join(waiting.text.split()), continues=False))
            waiting = None
        else:
            out.append(block)
    return [*out, *_alone(waiting)]


def _alone(name: Block | None) -> list[Block]:
    return [] if name is None else [replace(name, kind="text", reason="")]
