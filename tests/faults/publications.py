"""Publishes generations while a real server is read: `python -m tests.faults.publications`.

Every transcript of generation 17 says "state 17" in its title and in each of its turns, so that a response made of two
generations is seen by its words alone. No response may be lost, or be other than the page, whole, of one generation.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from app.importer import import_paths
from tests.faults.commands import ROOT, importing, ran
from tests.faults.readership import HABITS, Readership
from tests.faults.served import Served, served

PEOPLE = (
    ("Anna Petrova", "Daily News", 4),
    ("John Brown", "Harbour Post", 11),
    ("Ilse Marwick", "Radio Brennholm", 23),
)
EXCHANGES = 6
_BY_COMMAND = 10
"""Every tenth generation is published by the command itself, the others by a process that is kept, to be quicker."""


@dataclass(slots=True)
class Load:
    """What came of publishing under load."""

    workers: int
    times: int
    seconds: float = 0
    readership: Readership = field(default_factory=Readership)
    site: Served | None = None
    """The site that was read, once it has ended."""

    @property
    def faults(self) -> list[str]:
        """What went wrong, one sentence each."""
        found = list(self.readership.faults)
        if self.site is not None and self.site.is_at_fault:
            found.append(f"the server complained: {self.site.complaints}")
        return found


def write(folder: Path, state: int) -> None:
    """Write the transcripts of one generation."""
    folder.mkdir(exist_ok=True)
    for name, outlet, day in PEOPLE:
        exchanges = (
            f"Question: What is to become of pier number {number} of the harbour, which has been closed for repairs "
            f"since the spring, now that we are in state {state} of the works?\n\n"
            f"{name}: Pier {number} will be opened again as soon as all of its lamps have been mended, which in "
            f"state {state} of the works nobody can promise to the people who keep a boat there.\n"
            for number in range(1, EXCHANGES + 1)
        )
        title = f"Interview with Minister {name} by the {outlet} in state {state} of the works, {day} May 2020"
        path = folder / f"{name.split()[-1].lower()}.txt"
        path.write_text(f"{title}\n\n" + "\n".join(exchanges), encoding="utf-8")
        path.with_name(f"{path.name}.toml").write_text(f'id = "{path.stem}"\noutlet = "{outlet}"\n', encoding="utf-8")


def publish(folder: Path, archive: Path, state: int) -> int | None:
    """Publish the generation of this state and return its number."""
    write(folder, state)
    report = import_paths([folder], archive)
    assert {file.outcome for file in report.files} == {"new" if state == 1 else "corrected"}, report
    return report.generation


def under_load(folder: Path, times: int, workers: int, readers: int, **variables: str) -> Load:
    """Serve an archive of one generation in `folder`, publish that many more, and return what the readers saw.

    There are so many readers of each habit; `variables` are settings of the server.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    archive, transcripts, load = folder / "archive.db", folder / "transcripts", Load(workers, times)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as publisher:
        assert publisher.submit(publish, transcripts, archive, 1).result() == 1
        with served(archive, workers, variables) as site, load.readership.reading(site.port, HABITS * readers):
            load.readership.wait_for(1)
            begun = time.monotonic()
            for state in range(2, times + 2):
                if state % _BY_COMMAND:
                    number = publisher.submit(publish, transcripts, archive, state).result()
                else:
                    write(transcripts, state)
                    process = ran(*importing([transcripts], archive))
                    assert process.returncode == 0, process.stderr
                    number = state
                assert number == state
                load.readership.published = state
            load.readership.wait_for(times + 1)
            load.seconds = time.monotonic() - begun
        load.site = site
    return load


def show(load: Load) -> None:
    """Print what the readers saw."""
    seen = load.readership
    statuses = ", ".join(f"{count} x {status}" for status, count in sorted(seen.statuses.items()))
    print(f"{load.workers} worker(s): {load.times} publications in {load.seconds:.0f} s, under {seen.total} requests")
    print(f"  statuses            {statuses}")
    print(f"  by connection       {', '.join(f'{count} {habit}' for habit, count in sorted(seen.habits.items()))}")
    print(f"  generations seen    {len(seen.generations)} of {load.times + 1}")
    print(f"  slowest response    {seen.slowest[0]:.2f} s, {seen.slowest[1]}; half are below {seen.median():.4f} s")
    print(f"  faults              {len(load.faults)}")
    for fault in load.faults[:20]:
        print(f"    {fault}")


def main() -> int:
    """Publish as often as was asked for, under each number of workers; status 1 where anything went wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--times", type=int, default=100, help="how many publications (100)")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2], help="numbers of processes to try (1 2)")
    parser.add_argument("--readers", type=int, default=2, help="how many readers of each of the three habits (2)")
    given = parser.parse_args()
    print(f"publications of {ROOT}", flush=True)
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="verbatim-publications-") as folder:
        for workers in given.workers:
            load = under_load(Path(folder) / str(workers), given.times, workers, given.readers)
            show(load)
            wrong += len(load.faults)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
