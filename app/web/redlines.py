"""Parts a difference into paragraphs as a redline shows them; what differs is found elsewhere, and marks are a
template's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.differing import Change

BREAK = "¶"
"""Stands for the end of a paragraph where that alone was added or removed."""


def paragraphs(difference: Iterable[Change]) -> tuple[tuple[Change, ...], ...]:
    """Return the pieces of each paragraph; where a removed end of one is all that is gone, the next runs on.

    The space around marked words is not marked, as nobody would underline it by hand.
    """
    found: list[list[Change]] = [[]]
    changes = list(difference)
    for before, change, after in zip([None, *changes], changes, [*changes[1:], None], strict=False):
        is_bare = change.op != "same" and not change.text.strip()
        if is_bare and any(_has_its_space(beside, change) for beside in (before, after)):
            continue
        for at, text in enumerate(change.text.split("\n")):
            if at:
                if is_bare:
                    found[-1].append(Change(change.op, BREAK))
                if not (is_bare and change.op == "removed"):
                    found.append([])
            found[-1] += _parted(Change(change.op, text))
    return tuple(tuple(each) for each in found if each)


def _has_its_space(beside: Change | None, bare: Change) -> bool:
    """Say whether the words that took the place of a space, or whose place it took, are set with that very space."""
    if beside is None or beside.op in ("same", bare.op) or not beside.text.strip() or "\n" in bare.text:
        return False
    return beside.text.startswith(bare.text) or beside.text.endswith(bare.text)


def _parted(change: Change) -> Iterator[Change]:
    words = change.text.strip()
    if change.op == "same" or not words:
        yield from (change,) if change.text else ()
        return
    before, _, after = change.text.partition(words)
    yield from (Change("same", before),) if before else ()
    yield Change(change.op, words)
    yield from (Change("same", after),) if after else ()
