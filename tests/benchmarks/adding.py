"""Measures what adding one interview to an archive costs, beside copying its file.

    python -m tests.benchmarks.adding /tmp/corpus.db
    python -m tests.benchmarks.adding /tmp/corpus.db --interviews 1000

The archive is left as it is; it is made where there is none. Each round copies the file, adds one interview of a file
on the disk by the real command, and imports again what is held, in turn, so that a busy machine is busy for all three.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.benchmarks import corpus
from tests.benchmarks.machine import measured_on

ROOT = Path(__file__).resolve().parent.parent.parent
_UNUSED = 5_000_000
"""Numbers of interviews from here on are in no corpus."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took."""

    seconds: float
    cpu: float
    """Seconds, of the program and of the system for it."""


def measure(archive: Path, rounds: int, folder: Path) -> dict[str, list[Cost]]:
    """Return the costs of copying the archive, of adding an interview to it, and of finding that it is held already.

    All happens in `folder`, which should be on the archive's file system.
    """
    costs: dict[str, list[Cost]] = {"copied": [], "added": [], "held already": []}
    for number in range(rounds):
        costs["copied"].append(_copied(archive, folder))
        file, live = _transcript(folder, _UNUSED + number), folder / "archive.db"
        # A publication never writes to the file that was published, so a second name is as good as a copy.
        os.link(archive, live)
        costs["added"].append(_imported(file, live, "new"))
        costs["held already"].append(_imported(file, live, "unchanged"))
        for left in folder.iterdir():
            left.unlink()
    return costs


def _copied(archive: Path, folder: Path) -> Cost:
    """Copy every byte and bring it to the disk."""
    script = 'cp --reflink=never "$1" "$2" && sync "$2"'
    return _run(["sh", "-c", script, "sh", str(archive), str(folder / "copy.db")])


def _imported(file: Path, archive: Path, outcome: str) -> Cost:
    report = archive.with_name("report.json")
    command = [sys.executable, "-m", "app", "import", str(file), "--archive", str(archive), "--json"]
    cost = _run(command, report)
    outcomes = [each["outcome"] for each in json.loads(report.read_text())["files"]]
    if outcomes != [outcome]:
        raise RuntimeError(f"{file.name} should be {outcome} and is {outcomes}")
    return cost


def _run(command: list[str], output: Path | None = None) -> Cost:
    # What was written before must not be on its way to the disk while this is measured.
    os.sync()
    with (output or Path(os.devnull)).open("wb") as out:
        begun = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, cwd=ROOT)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(seconds, used.ru_utime + used.ru_stime)


def _transcript(folder: Path, number: int) -> Path:
    made = corpus.receipt(number)
    file = folder / made.source.name
    file.write_bytes(made.source.data)
    file.with_suffix(".toml").write_bytes(made.sidecar or b"")
    return file


def table(archive: Path, costs: dict[str, list[Cost]]) -> str:
    """Return the medians as a table in Markdown, with what they were measured on."""
    with sqlite3.connect(f"{archive.absolute().as_uri()}?mode=ro&immutable=1", uri=True) as c:
        interviews, answers = c.execute("SELECT interviews, answers FROM tallies WHERE kind = 'all'").fetchone()
    c.close()
    copied = median(cost.seconds for cost in costs["copied"])
    lines = [
        f"{interviews:,} interviews, {answers:,} answers, {archive.stat().st_size / 1e6:,.0f} MB; medians of "
        f"{len(costs['copied'])}",
        "",
        "| | seconds | of copying | fastest to slowest | CPU seconds |",
        "|---|---|---|---|---|",
    ]
    for what, each in costs.items():
        seconds = sorted(cost.seconds for cost in each)
        cpu = median(cost.cpu for cost in each)
        lines.append(
            f"| {what} | {median(seconds):.2f} | {median(seconds) / copied:.2f} "
            f"| {seconds[0]:.2f} to {seconds[-1]:.2f} | {cpu:.2f} |"
        )
    return "\n".join([*lines, "", measured_on(on=_file_system(archive))])


def _file_system(path: Path) -> str:
    told = subprocess.run(["stat", "--file-system", "--format=%T", str(path)], capture_output=True, text=True)
    return told.stdout.strip() or "unknown file system"


def main() -> None:
    """Read the command line, measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.adding", description=__doc__)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--interviews", type=int, default=100_000, help="of an archive that has to be made")
    parser.add_argument("--rounds", type=int, default=5)
    stated = parser.parse_args()
    if not stated.archive.exists():
        corpus.build(stated.archive, stated.interviews)
    with TemporaryDirectory(dir=stated.archive.absolute().parent, prefix="adding-") as folder:
        print(table(stated.archive, measure(stated.archive, stated.rounds, Path(folder))))


if __name__ == "__main__":
    main()
