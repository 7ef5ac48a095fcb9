"""Measures how fast transcripts are read, parsed and imported, beside the least that importing them can cost.

    python -m tests.benchmarks.importing tests/collection/transcripts
    python -m tests.benchmarks.importing /tmp/transcripts --files 300 --rounds 7

The least is what no importer is spared: the same bytes are read, and the very rows and index entries of the archive
that the import makes are inserted by `sqlite3.executemany`, table by table, in one transaction, into a file of the same
schema that is brought to the disk. Each round does all of it in turn, each in a process of its own, so that a busy
machine is busy for all and nothing is remembered from the round before. The time that Python takes to start and to load
the program is not counted; what the program prepares for itself once is.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from app import bounded, importer, intake, readers
from app.archive import opening
from app.archive.publishing import PAGE_SIZE
from app.errors import SourceRefused
from app.records import Source
from app.search.rows import rows
from tests.benchmarks.adding import Cost
from tests.benchmarks.machine import measured_on

ROOT = Path(__file__).resolve().parent.parent.parent
MADE = "archive.db"
"""The archive that an import makes; the rows of the least are taken from the one of the round before."""
_INDEX = ("rowid", "answer", "answer_stem", "question", "question_stem", "filters")

Work = Callable[[], None]
"""What the clock runs for; what it needs is made ready before."""


@dataclass(frozen=True, slots=True)
class Bytes:
    """How much one round goes through."""

    files: int
    sources: int
    """Bytes of all files, the refused ones and the sidecars too."""
    interviews: int
    text: int
    """Bytes of what is held as said, in UTF-8."""


def chosen(paths: Sequence[Path], files: int | None) -> list[Path]:
    """Return the files that are imported, or so many of them, always the same ones, evenly spread over their names."""
    found = sorted(entry.path for entry in intake.gather(paths) if entry.verdict == "take")
    if files is None or files >= len(found):
        return found
    return [found[place * len(found) // files] for place in range(files)]


def _of_each(read: Callable[[Source], object], paths: Sequence[Path], _folder: Path) -> Work:
    def work() -> None:
        for entry in intake.gather(paths):
            with suppress(SourceRefused):
                read(intake.load(entry)[0])

    return work


def _importing(paths: Sequence[Path], folder: Path) -> Work:
    made = folder / MADE
    made.unlink(missing_ok=True)

    def work() -> None:
        importer.import_paths(paths, made)

    return work


def _inserting(paths: Sequence[Path], folder: Path) -> Work:
    statements, filled = _statements(folder / MADE), _filled(folder / MADE)
    file = folder / "least.db"
    file.unlink(missing_ok=True)

    def work() -> None:
        for path in paths:
            path.read_bytes()
        with closing(sqlite3.connect(file, isolation_level=None)) as c:
            for pragma in (f"page_size={PAGE_SIZE}", "synchronous=OFF", "cache_size=-65536"):
                c.execute(f"PRAGMA {pragma}")
            c.execute("BEGIN IMMEDIATE")
            for statement in statements:
                c.execute(statement)
            for insertion, values in filled:
                c.executemany(insertion, values)
            c.execute("COMMIT")
        with file.open("rb") as written:
            os.fsync(written.fileno())

    return work


def _statements(made: Path) -> list[str]:
    """Return what makes the schema of an archive, in its order; the index makes tables of its own by itself."""
    with closing(sqlite3.connect(made)) as c:
        own = {row[1] for row in c.execute("PRAGMA table_list") if row[2] == "shadow"}
        listed = c.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid").fetchall()
    return [sql for name, sql in listed if name not in own]


def _filled(made: Path) -> list[tuple[str, list[tuple[object, ...]]]]:
    """Return for each table that has rows what inserts them, and the rows; last those of the full-text index."""
    filled = []
    with closing(sqlite3.connect(made)) as c:
        names = [
            row[1] for row in c.execute("PRAGMA table_list") if row[2] == "table" and not row[1].startswith("sqlite_")
        ]
        for name in sorted(names):
            values = c.execute(f"SELECT * FROM {name}").fetchall()
            if values:
                filled.append((f"INSERT INTO {name} VALUES ({', '.join('?' * len(values[0]))})", values))
    return [*filled, (f"INSERT INTO search_index({', '.join(_INDEX)}) VALUES (?, ?, ?, ?, ?, ?)", _indexed(made))]


def _indexed(made: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(made)) as c:
        places = dict(c.execute("SELECT passage_id, id FROM search_rows"))
        held = "SELECT DISTINCT version_id FROM passages JOIN search_rows ON passage_id = passages.id"
        versions = [version for (version,) in c.execute(held)]
    with opening.for_checking(made) as connection:
        found = [row for version in versions for row in rows(connection, version)]
    return sorted((places[row.passage], *(getattr(row, name) for name in _INDEX[1:])) for row in found)


LEAST = "the least"
STEPS: dict[str, Callable[[Sequence[Path], Path], Work]] = {
    "reading": partial(_of_each, readers.read),
    "reading and parsing": partial(_of_each, bounded.interview_in),
    "whole import": _importing,
    LEAST: _inserting,
}


def measure(paths: Sequence[Path], rounds: int, folder: Path) -> dict[str, list[Cost]]:
    """Return the costs of each step, one for each round; archives are made in `folder`, and the last is left there."""
    costs: dict[str, list[Cost]] = {step: [] for step in STEPS}
    listed = folder / "files.json"
    listed.write_text(json.dumps([str(path.absolute()) for path in paths]))
    for number in range(rounds):
        print(f"round {number + 1} of {rounds}", file=sys.stderr, flush=True)
        for step, made in costs.items():
            made.append(_run(step, listed))
    return costs


def _run(step: str, listed: Path) -> Cost:
    os.sync()
    command = [sys.executable, "-m", "tests.benchmarks.importing", "--step", step, str(listed)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        told = process.stdout.read() if process.stdout else ""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    seconds, before = json.loads(told)
    return Cost(seconds, used.ru_utime + used.ru_stime - before)


def size_of(paths: Sequence[Path], made: Path) -> Bytes:
    """Return how much the files hold, and the archive that was made of them."""
    entries = [entry for entry in intake.gather(paths) if entry.verdict == "take"]
    sources = sum(each.stat().st_size for entry in entries for each in (entry.path, entry.sidecar) if each is not None)
    with closing(sqlite3.connect(f"{made.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as c:
        (interviews,) = c.execute("SELECT interviews FROM tallies WHERE kind = 'all'").fetchone()
        (text,) = c.execute("SELECT sum(length(CAST(text AS BLOB))) FROM passages").fetchone()
    return Bytes(len(entries), sources, interviews, text)


def table(through: Bytes, costs: dict[str, list[Cost]]) -> str:
    """Return the medians as a table in Markdown, with what they were measured on."""
    least = median(cost.seconds for cost in costs[LEAST])
    lines = [
        f"{through.files:,} files of {through.sources / 1e6:.2f} MB with their sidecars, of which "
        f"{through.interviews:,} interviews with {through.text / 1e6:.2f} MB of text are made; "
        f"medians of {len(costs[LEAST])}",
        "",
        "| | MB of files/s | MB of text/s | of the least | seconds | fastest to slowest | CPU seconds |",
        "|---|---|---|---|---|---|---|",
    ]
    for step, each in costs.items():
        seconds = sorted(cost.seconds for cost in each)
        middle, cpu = median(seconds), median(cost.cpu for cost in each)
        speeds = f"{through.sources / 1e6 / middle:.2f} | {through.text / 1e6 / middle:.2f}"
        lines.append(
            f"| {step} | {speeds} | {least / middle:.2f} | {middle:.2f} | {seconds[0]:.2f} to {seconds[-1]:.2f} "
            f"| {cpu:.2f} |"
        )
    return "\n".join([*lines, "", measured_on()])


def main() -> None:
    """Read the command line, measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.importing", description=__doc__)
    parser.add_argument("paths", type=Path, nargs="+")
    parser.add_argument("--files", type=int, help="so many of them; otherwise all")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    stated = parser.parse_args()
    if stated.step:
        _do(stated.step, stated.paths[0])
        return
    paths = chosen(stated.paths, stated.files)
    with TemporaryDirectory(prefix="importing-") as folder:
        costs = measure(paths, stated.rounds, Path(folder))
        print(table(size_of(paths, Path(folder) / MADE), costs))


def _do(step: str, listed: Path) -> None:
    """Do one step in this process; print the seconds it took, and the CPU seconds that had been used before it."""
    work = STEPS[step]([Path(path) for path in json.loads(listed.read_text())], listed.parent)
    readers.suffixes()  # which loads all readers
    before, begun = time.process_time(), time.perf_counter()
    work()
    print(json.dumps([time.perf_counter() - begun, before]))


if __name__ == "__main__":
    main()
