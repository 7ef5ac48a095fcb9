"""Runs the real commands in processes of their own and tells what an archive holds; what befalls them is elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from app.archive import history, reading
from app.archive.opening import for_checking

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = (sys.executable, "-m", "app")
Words = tuple[str | Path, ...]
WRITING: dict[str, Callable[[Path, Path], Words]] = {
    "import": lambda archive, new: ("import", new, "--archive", archive),
    "withhold": lambda archive, new: (
        "withhold",
        "an-interview",
        "--reason",
        "An order of a court",
        "--archive",
        archive,
    ),
    "reparse": lambda archive, new: ("reparse", "--archive", archive),
    "rollback": lambda archive, new: ("rollback", "--archive", archive),
}
READING: dict[str, Callable[[Path, Path], Words]] = {
    "import --dry-run": lambda archive, new: ("import", new, "--dry-run", "--archive", archive),
    "search": lambda archive, new: ("search", "harbour", "--archive", archive),
    "verify": lambda archive, new: ("verify", "--archive", archive),
    "export bag": lambda archive, new: ("export", "bag", new.parent / "bag", "--archive", archive),
    "export jsonl": lambda archive, new: ("export", "jsonl", new.parent / "all.jsonl", "--archive", archive),
    "export csv": lambda archive, new: ("export", "csv", new.parent / "all.csv", "--archive", archive),
}
OTHERS: dict[str, Callable[[Path, Path], Words]] = {
    "serve": lambda archive, new: ("serve", "--port", "1", "--archive", archive),
    "cite": lambda archive, new: ("cite", "an-interview", "--archive", archive),
}
COMMANDS = {**WRITING, **READING, **OTHERS}
"""The words of each command that takes an archive, for that archive and a folder of new transcripts."""


def environment(**variables: str) -> dict[str, str]:
    """Return the environment without the settings of whoever runs this, and with these variables."""
    ours = {name: value for name, value in os.environ.items() if not name.upper().startswith("VERBATIM_")}
    return {**ours, "PYTHONPATH": str(ROOT), "COLUMNS": "100", **variables}


def started(*arguments: str | Path, **variables: str) -> subprocess.Popen[str]:
    """Start a command; its output is kept for whoever waits for it."""
    return subprocess.Popen(
        [*PROGRAM, *map(str, arguments)],
        env=environment(**variables),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ran(*arguments: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, whatever its status."""
    process = started(*arguments, **variables)
    out, err = process.communicate()
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def importing(sources: Sequence[Path], archive: Path) -> Words:
    """Return the words of the command that imports these into that archive."""
    return "import", *sources, "--archive", archive


def held(archive: Path) -> str:
    """Return a digest of all that an archive holds but the moments of import: two runs over the same files agree."""
    with for_checking(archive) as c:
        records = (_timeless(record) for scope in history.SCOPES for record in history.records(c, scope))
        return history.digest(history.line(record) for record in records)


def generation(archive: Path) -> int:
    """Return the number of the generation that is published there."""
    with for_checking(archive) as c:
        return reading.generation(c).number


def _timeless(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _timeless(inner) for name, inner in value.items() if not name.endswith("_at")}
    return [_timeless(inner) for inner in value] if isinstance(value, list) else value
