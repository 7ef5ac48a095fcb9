"""A citation as runs of text, some of them emphasised, and the small rules of punctuation that all styles share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """Text that is set in one way."""

    text: str
    is_emphasised: bool = False
    """Whether the style sets it in italics."""
    is_today: bool = False
    """Whether it stands for the date on which somebody reads it."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A thing cited in one style."""

    style: str
    """As commands and addresses have it."""
    name: str
    """As people call it."""
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """The citation without its emphasis."""
        return "".join(run.text for run in self.runs)

    def read_on(self, today: str) -> str:
        """Return the text for who reads it today, DD.MM.YYYY."""
        return "".join(today if run.is_today else run.text for run in self.runs)


Piece = str | Run


def joined(*pieces: Piece) -> tuple[Run, ...]:
    """Return the pieces as runs, neighbours that are set alike as one."""
    runs: list[Run] = []
    for piece in pieces:
        run = Run(piece) if isinstance(piece, str) else piece
        if runs and not (run.is_emphasised or run.is_today or runs[-1].is_emphasised or runs[-1].is_today):
            runs[-1] = Run(runs[-1].text + run.text)
        elif run.text:
            runs.append(run)
    return tuple(runs)


def emphasised(text: str) -> Run:
    """Return text that the style sets in italics."""
    return Run(text, is_emphasised=True)


def closed(text: str, mark: str = ".") -> str:
    """Return `text` with the mark that ends it, unless its own end does: "Why?" takes no full stop."""
    bare = text.rstrip("”’»\"')")
    return text if bare.endswith((".", "?", "!", "…")) else text + mark


def quoted(title: str, mark: str) -> str:
    """Return a title in double quotation marks, its own within as single ones, and the mark that ends it inside."""
    inner = re.sub(r"“([^“”]*)”", r"‘\1’", re.sub(r'"([^"]*)"', r"“\1”", title))
    return f"“{closed(inner, mark)}”"


def listed(names: Iterable[str], last: str = "and") -> str:
    """Return names in a row, with the serial comma: "A, B, and C"."""
    names = list(names)
    if len(names) < 3:
        return f" {last} ".join(names)
    return f"{', '.join(names[:-1])}, {last} {names[-1]}"


def named_together(titles: Sequence[str]) -> list[Piece]:
    """Return titles in a row, each emphasised and nothing between them: "*A*, *B*, and *C*"."""
    pieces: list[Piece] = []
    for at, title in enumerate(titles):
        if at:
            between = " and " if len(titles) == 2 else ", and " if at == len(titles) - 1 else ", "
            pieces.append(between)
        pieces.append(emphasised(title))
    return pieces
