"""Runs several commands one after the other in this process and tells what each left: for places where it is confined.

Takes JSON on standard input: `commands`, a list of lists of words, and `folder`, which is looked at after each.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import asdict, dataclass
from pathlib import Path

from app.cli import main
from tests.faults.commands import ROOT, environment


@dataclass(frozen=True, slots=True)
class Left:
    """What a command left: its status, what it printed, and the SHA-256 of each file in the folder."""

    status: int
    out: str
    err: str
    files: dict[str, str | None]
    """None for what cannot be read, or is no file."""


def each(
    commands: Sequence[Sequence[str | Path]],
    folder: Path,
    *,
    within: Sequence[str] = (),
    confined: Callable[[], None] | None = None,
    **variables: str,
) -> list[Left]:
    """Run commands in one process of its own: behind the words `within`, after `confined` has been called there."""
    asked = json.dumps({"commands": [[str(word) for word in words] for words in commands], "folder": str(folder)})
    ran = subprocess.run(
        [*within, sys.executable, "-m", "tests.faults.running"],
        cwd=ROOT,
        env=environment(**variables),
        input=asked,
        capture_output=True,
        text=True,
        preexec_fn=confined,
    )
    assert ran.returncode == 0, ran.stderr
    return [Left(**left) for left in json.loads(ran.stdout)]


def seen(folder: Path) -> dict[str, str | None]:
    """Return the SHA-256 of each file in a folder; nothing of a folder that cannot be read."""
    try:
        return {path.name: _sha256(path) for path in sorted(folder.iterdir())}
    except OSError:
        return {}


def _sha256(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


def _run(words: list[str], folder: Path) -> Left:
    out, err, status = io.StringIO(), io.StringIO(), 0
    with redirect_stdout(out), redirect_stderr(err):
        try:
            main(words)
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 99
        except BaseException:
            traceback.print_exc()
            status = 99
    return Left(status, out.getvalue(), err.getvalue(), seen(folder))


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    os.chdir(asked["folder"])
    print(json.dumps([asdict(_run(words, Path(asked["folder"]))) for words in asked["commands"]]))
