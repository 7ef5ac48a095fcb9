"""Measures the whole response of every kind of search inside the server, beside a plain full-text query.

    python -m tests.benchmarks.searching /tmp/corpus/100000.db
    python -m tests.benchmarks.searching /tmp/corpus/10000.db /tmp/corpus/100000.db --datasette /tmp/datasette

The application is called as a server calls it, without a network and without the memory of pages. All that is compared
is asked in turn, so that a busy machine is busy for all of it. Of two archives the growth from the first to the last is
told. `--quick` is for trying; a bar means something on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sqlite3
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import median

from starlette.types import ASGIApp

from app.settings import Settings
from app.web import create_app
from tests.benchmarks import plain
from tests.benchmarks.asked import Asked, asked, sample
from tests.benchmarks.machine import measured_on
from tests.benchmarks.plain import Cost, Datasette
from tests.calling import call

SEED = 7
MEDIAN, SLOWEST, TIMES, GROWTH = 10.0, 60.0, 20.0, 2.0
"""Milliseconds of the median over the kinds and of the slowest kind; how many times as fast as the plain query a very
frequent word is at least, and how many times as slow any kind may be in an archive of ten times the size."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What the requests of one kind took."""

    ours: list[Cost] = field(default_factory=list)
    plain: list[Cost] = field(default_factory=list)
    datasette: list[Cost] = field(default_factory=list)


class Site:
    """The application over an archive, and the requests to be made of it."""

    def __init__(self, archive: Path, many: int, *, compared: bool) -> None:
        self.archive = archive
        self.app: ASGIApp = create_app(Settings(archive=archive, cache_bytes=0))
        c = sqlite3.connect(f"{archive.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        rng = Random(SEED)
        self.requests = asked(sample(c, rng), rng, many)
        self.interviews, self.answers = c.execute(
            "SELECT interviews, answers FROM tallies WHERE kind = 'all'"
        ).fetchone()
        c.close()
        self.plain: sqlite3.Connection | None = None
        self.datasette: Datasette | None = None
        if compared:
            self.plain = sqlite3.connect(f"{plain.table(archive).absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        self.measured = {kind: Measured() for kind in self.requests}

    async def measure(self, one: Asked, *, counts: bool = True) -> None:
        """Make one request of each."""
        held = self.measured[one.kind] if counts else Measured()
        held.ours.append(await respond(self.app, one.path))
        if one.plain is not None and self.plain is not None:
            held.plain.append(plain.page(self.plain, one.plain))
        if one.plain is not None and self.datasette is not None:
            held.datasette.append(self.datasette.page(one.plain))


async def respond(app: ASGIApp, address: str) -> Cost:
    """Ask the application for an address, and take all that it sends."""
    begun, cpu = time.perf_counter(), time.process_time()
    status, _ = await call(app, address)
    cost = Cost(time.perf_counter() - begun, time.process_time() - cpu)
    if status != 200:
        raise RuntimeError(f"{address}: {status}")
    return cost


async def measure(sites: Sequence[Site]) -> None:
    """Make the requests of all kinds in turn, each once, after one of each kind that is not counted."""
    for site in sites:
        for requests in site.requests.values():
            for one in requests[-1:]:
                await site.measure(one, counts=False)
    rounds = max(len(requests) for site in sites for requests in site.requests.values())
    for number in range(rounds):
        for kind in sites[0].requests:
            for site in sites:
                for one in site.requests.get(kind, [])[number : number + 1]:
                    await site.measure(one)


def _ms(costs: Sequence[Cost], *, cpu: bool = False) -> float:
    return 1000 * median(cost.cpu if cpu else cost.seconds for cost in costs) if costs else float("nan")


def _p99(costs: Sequence[Cost]) -> float:
    each = sorted(cost.seconds for cost in costs)
    return 1000 * each[min(len(each) - 1, len(each) * 99 // 100)] if each else float("nan")


def _shown(number: float) -> str:
    return "" if number != number else f"{number:.1f}" if number < 100 else f"{number:,.0f}"


def table(site: Site, smaller: Site | None, datasette: str | None) -> str:
    """Return what was measured as a table in Markdown, and whether it is within the bars."""
    lines = [
        f"{site.interviews:,} interviews, {site.answers:,} answers, {site.archive.stat().st_size / 1e6:,.0f} MB; "
        "milliseconds; CPU is of all threads",
        "",
        "| kind | asked | median | p99 | CPU, median | plain query | Datasette | grown |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for kind, held in site.measured.items():
        if not held.ours:
            continue
        failed = sum(not cost.is_whole for cost in held.datasette)
        theirs = _shown(_ms(held.datasette)) + (f" ({failed} given up)" if failed else "")
        grown = _growth(site, smaller, kind)
        lines.append(
            f"| {kind} | {len(held.ours)} | {_shown(_ms(held.ours))} | {_shown(_p99(held.ours))} "
            f"| {_shown(_ms(held.ours, cpu=True))} | {_shown(_ms(held.plain))} | {theirs} "
            f"| {'' if grown is None else f'{grown:.2f}'} |"
        )
    versions = measured_on(f"Datasette {datasette}" if datasette else "", on=f"load {os.getloadavg()[0]:.1f}")
    return "\n".join([*lines, "", *bars(site.measured, site, smaller), "", versions])


def _growth(site: Site, smaller: Site | None, kind: str) -> float | None:
    """Return how many times as long a kind takes as in the smaller archive, by the processor's clock."""
    if smaller is None or not smaller.measured[kind].ours or not site.measured[kind].ours:
        return None
    return _ms(site.measured[kind].ours, cpu=True) / _ms(smaller.measured[kind].ours, cpu=True)


def bars(measured: Mapping[str, Measured], site: Site, smaller: Site | None) -> list[str]:
    """Return a line for each bar: what is demanded, what was measured by the clock, and by the processor's."""
    lines = []
    for name, cpu in (("by the clock", False), ("by CPU", True)):
        medians = {kind: _ms(held.ours, cpu=cpu) for kind, held in measured.items() if held.ours}
        slowest = max(medians, key=lambda kind: medians[kind])
        over = [kind for kind, ms in medians.items() if ms > SLOWEST]
        lines.append(
            f"* {name}: median over the kinds {median(medians.values()):.1f} ms (at most {MEDIAN:.0f}), slowest "
            f"{slowest}, {medians[slowest]:.1f} ms (at most {SLOWEST:.0f}); {len(over)} over it: {', '.join(over)}"
        )
        word = measured["very frequent"]
        if word.plain:
            times = _ms(word.plain, cpu=cpu) / _ms(word.ours, cpu=cpu)
            lines.append(f"* {name}: a very frequent word {times:.1f} times as fast as the plain query ({TIMES:.0f})")
    grown = {kind: growth for kind in measured if (growth := _growth(site, smaller, kind)) is not None}
    if grown:
        over = [f"{kind} {times:.1f}" for kind, times in grown.items() if times > GROWTH]
        lines.append(f"* grown more than {GROWTH:.0f} times, by CPU: {', '.join(over) or 'none'}")
    return lines


def main() -> None:
    """Read the command line, measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.searching", description=__doc__)
    parser.add_argument("archives", type=Path, nargs="+", help="the smaller one first; made files stand beside them")
    parser.add_argument("--many", type=int, default=100, help="requests of a kind")
    parser.add_argument("--quick", action="store_true", help="five of a kind, and nothing to compare with")
    parser.add_argument("--datasette", type=Path, help="the folder of an environment that has Datasette")
    stated = parser.parse_args()
    many = 5 if stated.quick else stated.many
    last = stated.archives[-1]
    sites = [Site(each, many, compared=each == last and not stated.quick) for each in stated.archives]
    with ExitStack() as stack:
        if stated.datasette and not stated.quick:
            sites[-1].datasette = stack.enter_context(Datasette(stated.datasette, plain.table(last)))
        asyncio.run(measure(sites))
    datasette = sites[-1].datasette
    for place, site in enumerate(sites):
        print(table(site, sites[0] if place else None, datasette.version if datasette else None) + "\n")


if __name__ == "__main__":
    main()
