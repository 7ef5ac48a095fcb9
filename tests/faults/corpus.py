"""Lays out invented transcripts for an import that has work to do: new files, corrected ones, and some not taken."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.faults.commands import ROOT

_COLLECTION = ROOT / "tests" / "collection" / "transcripts"
_GOLDEN = ROOT / "tests" / "golden"
_FORMATS = ("captions", "docx", "html", "markdown", "pdf", "txt")
_CORRECTED = 20
_TALK = """Interview with Minister Anna Petrova by the Daily News, 4 May 2020

Question: What of the border between the two countries?

Anna Petrova: {}
"""
_LARGE = 120
"""Exchanges of one long briefing."""


def fill(folder: Path, most: int | None = None) -> tuple[Path, Path]:
    """Write two folders of transcripts below `folder` and return them: what is held first, and what comes after.

    `most` limits how many there are of what is held, of what is corrected, and of each format.
    """
    first, second = folder / "first", folder / "second"
    for place in (first, second):
        place.mkdir(parents=True)
    for path in _transcripts(_COLLECTION)[:most]:
        shutil.copy(path, first)
        shutil.copy(path.with_name(f"{path.name}.toml"), first)
    for name in _FORMATS:
        for path in _transcripts(_GOLDEN / name)[:most]:
            shutil.copy(path, second)
    for path in [path for path in _transcripts(first) if path.suffix == ".txt"][:_CORRECTED]:
        (second / path.name).write_text(_corrected(path.read_text(encoding="utf-8")), encoding="utf-8")
        shutil.copy(path.with_name(f"{path.name}.toml"), second)
    for place, words in ((first, "It stays where it is."), (second, "No comment was made on this by anybody.")):
        (place / "held-back.txt").write_text(_TALK.format(words), encoding="utf-8")
    (second / "refused.txt").write_text("A shopping list\n\nmilk\nbread\n", encoding="utf-8")
    (second / "briefing.txt").write_text(_briefing(_LARGE), encoding="utf-8")
    return first, second


def _transcripts(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix not in {".toml", ".json"})


def _corrected(text: str) -> str:
    """Return a transcript with one sentence more in its last turn."""
    lines = text.rstrip("\n").split("\n")
    said = max(at for at, line in enumerate(lines) if ": " in line)
    lines[said] += " This is a correction."
    return "\n".join([*lines, ""])


def _briefing(length: int) -> str:
    exchanges = (
        f"Question: And what of the harbour of pier number {number}, which has been closed since the spring?\n\n"
        f"John Brown: Pier {number} will be opened again when its {number} lamps have been mended, and not before. "
        f"The council has put aside {number * 7} crowns for it, and has written to all who keep a boat there.\n"
        for number in range(1, length + 1)
    )
    return "Interview with Governor John Brown by the Harbour Post, 2 June 2021\n\n" + "\n".join(exchanges)
