"""Reads a site for long, as many do, while it is published anew: `python -m tests.faults.soak --minutes 30`.

First it measures how many requests a second the site answers to readers without pause; then it asks for four fifths of
that, each request at its own moment whether or not those before it are answered, so that waiting counts. It states
errors, how long answers took from the moment they were due, and whether the memory of the site stays what it was.
Readers, site and imports share the machine.
"""

from __future__ import annotations

import argparse
import http.client
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

from tests.benchmarks import corpus
from tests.faults import mixture
from tests.faults.commands import ROOT, importing, ran
from tests.faults.mixture import PATIENCE, Asked, Mixture
from tests.faults.served import served

READERS = 16
SHARE = 0.8
"""Of the capacity."""
FLAT = 0.05
"""By how much memory may have grown, for it to be called flat."""
MOST = 3_000_000
"""Requests, however quick the machine is."""
_RIGHT = {200, 206, 304}
_TALK = """Interview with Minister Anna Petrova by the Daily News in week {0} of the works, 4 May 2020

Question: What is to become of pier number {0} of the harbour?

Anna Petrova: It will be opened as soon as its {0} lamps have been mended, which nobody can promise.
"""


@dataclass(slots=True)
class Soaked:
    """What came of it."""

    capacity: float = 0
    """Requests a second."""
    rate: float = 0
    seconds: float = 0
    published: int = 0
    waits: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """Seconds that each answer took, by the kind of its request."""
    errors: Counter[str] = field(default_factory=Counter)
    memory: list[tuple[float, int]] = field(default_factory=list)
    """Moments, in seconds since the start, and bytes of resident memory of all the site's processes."""

    @property
    def windows(self) -> tuple[float, float, float]:
        """Return the bytes at the start, in the middle and at the end: medians of a fifth of the time each."""
        size = max(1, len(self.memory) // 5)
        middle = (len(self.memory) - size) // 2
        parts = self.memory[:size], self.memory[middle : middle + size], self.memory[-size:]
        start, between, end = (median(held for _, held in part) for part in parts)
        return start, between, end

    @property
    def growth(self) -> float:
        """Return by how much memory grew from the start to the middle or the end, as a share."""
        start, *later = self.windows
        return max(later) / start - 1


def soak(archive: Path, folder: Path, *, seconds: float, measured: float, period: float, workers: int = 1) -> Soaked:
    """Soak a site over a copy of `archive` in `folder`, which is published anew each `period` of seconds.

    `measured` is how long capacity is measured, in seconds.
    """
    held, result = folder / "archive.db", Soaked()
    shutil.copy(archive, held)
    with served(held, workers) as site:
        mixed = Mixture(mixture.read(site.port))
        result.capacity = _capacity(site.port, mixed, measured, result)
        result.rate = min(SHARE * result.capacity, MOST / seconds)
        ended = threading.Event()
        others = [
            threading.Thread(target=_publish, args=(folder, held, period, ended, result)),
            threading.Thread(target=_watch, args=(site.process, period, ended, result)),
        ]
        begun = time.monotonic()
        for other in others:
            other.start()
        try:
            _read_on_time(site.port, mixed, result, int(result.rate * seconds))
        finally:
            ended.set()
            for other in others:
                other.join()
        result.seconds = time.monotonic() - begun
    if site.is_at_fault:
        result.errors[f"the site complained: {site.complaints[-500:]}"] += 1
    return result


def _capacity(port: int, mixed: Mixture, seconds: float, result: Soaked) -> float:
    """Return how many requests a second are answered to readers who ask as soon as they are answered."""
    begun = time.monotonic()
    counted = [0] * READERS

    def read(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        while time.monotonic() < begun + seconds:
            _ask(connection, next(mixed), mixed, result)
            counted[number] += 1
        connection.close()

    _together(read)
    return sum(counted) / (time.monotonic() - begun)


def _read_on_time(port: int, mixed: Mixture, result: Soaked, total: int) -> None:
    """Make so many requests, each when it is due; one that is late because all readers wait has waited, too."""
    begun, numbers, lock = time.monotonic(), iter(range(total)), threading.Lock()

    def read(_: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                break
            due = begun + number / result.rate
            time.sleep(max(0.0, due - time.monotonic()))
            asked = next(mixed)
            _ask(connection, asked, mixed, result)
            result.waits[asked.kind].append(time.monotonic() - due)
        connection.close()

    _together(read)


def _together(read: Callable[[int], None]) -> None:
    readers = [threading.Thread(target=read, args=(number,)) for number in range(READERS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()


def _ask(connection: http.client.HTTPConnection, asked: Asked, mixed: Mixture, result: Soaked) -> None:
    try:
        connection.request("GET", asked.path, headers={"Accept-Encoding": "gzip", **asked.headers})
        answer = connection.getresponse()
        body = answer.read()
    except (OSError, http.client.HTTPException) as error:
        result.errors[f"{asked.kind}: {type(error).__name__}"] += 1
        connection.close()
        return
    length = answer.headers["Content-Length"]
    if answer.status not in _RIGHT:
        result.errors[f"{asked.kind}: status {answer.status}"] += 1
    elif answer.status != 304 and length is not None and int(length) != len(body):
        result.errors[f"{asked.kind}: not whole"] += 1
    elif asked.kind in ("page", "conditional") and answer.headers["ETag"]:
        mixed.note(asked.path, answer.headers["ETag"])


def _publish(folder: Path, archive: Path, period: float, ended: threading.Event, result: Soaked) -> None:
    number = 0
    while not ended.wait(period):
        number += 1
        talk = folder / f"talk-{number}.txt"
        talk.write_text(_TALK.format(number), encoding="utf-8")
        process = ran(*importing([talk], archive))
        if process.returncode:
            result.errors[f"import: {process.stderr.strip()[-200:]}"] += 1
        else:
            result.published += 1


def _watch(process: int, period: float, ended: threading.Event, result: Soaked) -> None:
    """Look at memory from the first new generation on: until then what is kept of pages and of the archive fills up."""
    begun = time.monotonic()
    ended.wait(period)
    while not ended.wait(0.2):
        result.memory.append((time.monotonic() - begun, resident(process)))


def resident(process: int) -> int:
    """Return the bytes of resident memory of a process and of those that it has started."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    sizes = 0
    for each in (str(process), *children):
        try:
            status = Path(f"/proc/{each}/status").read_text()
        except OSError:  # it has gone since
            continue
        sizes += sum(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmRSS"))
    return sizes


def table(result: Soaked) -> Iterator[str]:
    """Yield what is to be told, a line each."""
    every = [wait for waits in result.waits.values() for wait in waits]
    yield f"capacity   {result.capacity:,.0f} requests/s"
    yield f"asked for  {result.rate:,.0f} requests/s for {result.seconds:.0f} s"
    yield f"published  {result.published} generations"
    yield "| kind | requests | p50 ms | p99 ms | slowest ms |"
    yield "|---|---|---|---|---|"
    for kind, waits in (*sorted(result.waits.items()), ("all", every)):
        yield f"| {kind} | {len(waits):,} | {_at(waits, 50):.1f} | {_at(waits, 99):.1f} | {1000 * max(waits):.0f} |"
    start, middle, end = (held / 1e6 for held in result.windows)
    flat = "flat" if result.growth <= FLAT else "not flat"
    yield f"memory     {start:.0f} MB at the start, {middle:.0f} in the middle, {end:.0f} at the end: {flat}"
    yield f"errors     {sum(result.errors.values())}"
    yield from (f"  {count} x {error}" for error, count in result.errors.most_common(20))


def _at(waits: Sequence[float], percent: int) -> float:
    return 1000 * quantiles(waits, n=100)[percent - 1] if len(waits) > 1 else 1000 * waits[0]


def main() -> int:
    """Soak for as long as was asked for; status 1 where there was an error or memory grew."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.soak", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("archive", type=Path, help="made of 1,000 invented interviews where there is none")
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--workers", type=int, default=1)
    given = parser.parse_args()
    if not given.archive.exists():
        given.archive.parent.mkdir(parents=True, exist_ok=True)
        corpus.build(given.archive, 1000)
    print(f"soak of {ROOT} with {given.workers} worker(s)", flush=True)
    with tempfile.TemporaryDirectory(prefix="verbatim-soak-") as folder:
        seconds = 60 * given.minutes
        times = {"seconds": seconds, "measured": 15.0, "period": min(60.0, seconds / 3)}
        result = soak(given.archive, Path(folder), **times, workers=given.workers)
    print("\n".join(table(result)))
    return 1 if result.errors or result.growth > FLAT else 0


if __name__ == "__main__":
    sys.exit(main())
