"""Measures what a page costs to serve, beside what would be used instead and beside what is the least it can cost.

    python -m tests.benchmarks.serving /tmp/corpus/1000.db
    python -m tests.benchmarks.serving /tmp/corpus/1000.db --seconds 1 --rounds 1

The archive is made where there is none. Every server runs in one process on one core, wrk on another; all of them are
asked in turn in each round, so that a busy machine is busy for all. The peers are installed beside the archive.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import median
from urllib.parse import quote

import uvicorn

from tests.benchmarks import corpus, peers
from tests.benchmarks.asked import sample
from tests.benchmarks.machine import measured_on
from tests.benchmarks.peers import Page

SEED = 11
WORDS = 400
"""Different words that are searched for."""
EXCHANGES = 8
_KINDS = ("rare", "middle", "frequent", "very frequent", "commonest")
_LUA = """
local paths, at = {%s}, 0
request = function()
  at = at %% #paths + 1
  return wrk.format("GET", paths[at], {%s})
end
"""
_RATE = re.compile(r"Requests/sec:\s*([\d.]+)")
_WORST = re.compile(r"99%\s+([\d.]+)(us|ms|s)\b")
_FAILED = re.compile(r"Non-2xx or 3xx responses: (\d+)|Socket errors: (.*)")
_IN_MS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass(slots=True)
class Cell:
    """One way to be asked, and how many requests a second it has answered in each round."""

    page: str
    state: str
    server: str
    port: int
    paths: Sequence[str]
    headers: str = ""
    rates: dict[int, list[float]] = field(default_factory=dict)
    worst: dict[int, list[float]] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)

    def rate(self, connections: int) -> float:
        """Return the median."""
        return median(self.rates[connections])


def words_of(archive: Path) -> list[str]:
    """Return different words of an archive, of every frequency."""
    c = sqlite3.connect(f"{archive.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    rng = Random(SEED)
    pools = sample(c, rng).pools
    c.close()
    words = [word for kind in _KINDS for word in pools[kind][: WORDS // len(_KINDS)]]
    rng.shuffle(words)
    return words


def chosen(rows: Path) -> dict[str, str]:
    """Return slug, rows and an answer of an interview that has eight exchanges, or nearly so many."""
    c = sqlite3.connect(rows)
    interview, slug = c.execute(
        "SELECT i.id, slug FROM interviews i JOIN turns t ON t.interview_id = i.id "
        "GROUP BY 1 ORDER BY abs(max(exchange) - ?), count(*), 1 LIMIT 1",
        (EXCHANGES,),
    ).fetchone()
    row, answer = c.execute(
        "SELECT id, public_id FROM turns WHERE interview_id = ? AND role = 'answer' ORDER BY position", (interview,)
    ).fetchone()
    c.close()
    return {"interview": str(interview), "slug": slug, "row": str(row), "answer": answer}


def addresses(one: dict[str, str], words: Sequence[str]) -> dict[str, dict[str, list[str]]]:
    """Return what is asked of whom for each page."""
    slug, answer = one["slug"], one["answer"]
    found = [quote(word) for word in words]
    return {
        "site": {
            "home": ["/"],
            "list": ["/interviews"],
            "interview": [f"/interviews/{slug}"],
            "answer": [f"/a/{answer}"],
            "JSON": [f"/interviews/{slug}.json"],
            "search": [f"/search?q={word}" for word in found],
        },
        "Datasette": {
            "home": ["/rows"],
            "list": ["/rows/interviews?_size=20&_sort_desc=date"],
            "interview": [f"/rows/interviews/{one['interview']}"],
            "answer": [f"/rows/turns/{one['row']}"],
            "JSON": [f"/rows/turns.json?interview_id={one['interview']}&_size=200"],
            "search": [f"/rows/turns?_search={word}&_size=20" for word in found],
        },
    }


def fetched(port: int, paths: dict[str, list[str]]) -> dict[str, Page]:
    """Return the pages that have one address, as the site sends them."""
    return {name: _fetch(port, each[0]) for name, each in paths.items() if len(each) == 1}


def _fetch(port: int, path: str) -> Page:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    return Page(path, [(name, value) for name, value in answer.getheaders() if name != "date"], body)


def servers(archive: Path, folder: Path, stack: ExitStack) -> tuple[list[Cell], str]:
    """Start all that is compared, and return what is asked of it, with the versions of the peers."""
    file = peers.rows(archive, folder)
    asked = addresses(chosen(file), words_of(archive))
    site, pages = asked["site"], {}
    cells: list[Cell] = []
    for state, cache in (("warm", "67108864"), ("cold", "0")):
        port = peers.free_port()
        command = [sys.executable, "-m", "app", "serve", "--archive", str(archive), "--port", str(port)]
        stack.enter_context(peers.started(command, port, "/", {"VERBATIM_CACHE_BYTES": cache}))
        pages = fetched(port, site)
        names = pages if state == "warm" else site
        cells += [
            Cell(name, state, "Verbatim", port, site[name] if state == "warm" else _apart(site[name])) for name in names
        ]
        if state == "warm":
            cells += [
                Cell(name, "conditional", "Verbatim", port, site[name], _condition(page))
                for name, page in pages.items()
            ]
    port = stack.enter_context(peers.bare(folder, pages))
    cells += [Cell(name, "", "bare uvicorn", port, [page.path]) for name, page in pages.items()]
    files = stack.enter_context(peers.nginx(folder, pages))
    if files is not None:
        cells += [Cell(name, "", "nginx", files, [f"/{name}.html"]) for name in pages]
    python = peers.environment(folder)
    if python is None:
        return cells, ""
    port = stack.enter_context(peers.datasette(python, file))
    cells += [Cell(name, "", "Datasette", port, paths) for name, paths in asked["Datasette"].items()]
    port = stack.enter_context(peers.django(python, folder))
    cells += [Cell(name, "", "Django", port, paths) for name, paths in site.items()]
    return cells, peers.versions(python)


def _apart(paths: Sequence[str]) -> list[str]:
    """Return addresses of which no two asked at once are the same, for one page is made for all who ask for it then."""
    return list(paths) if len(paths) > 1 else [f"{paths[0]}?n={number}" for number in range(WORDS)]


def _condition(page: Page) -> str:
    return f"[\"If-None-Match\"] = '{dict(page.headers)['etag']}'"


def measure(cell: Cell, connections: int, seconds: int, folder: Path) -> None:
    """Ask for so many seconds over so many connections, and keep what is told."""
    script = folder / "asked.lua"
    script.write_text(_LUA % (", ".join(f"[[{path}]]" for path in cell.paths), cell.headers))
    cores = sorted(os.sched_getaffinity(0))
    pinned = ["taskset", "--cpu-list", str(cores[-1])] if len(cores) > 1 else []
    command = ["wrk", "--threads", "1", "--connections", str(connections), "--duration", f"{seconds}s", "--latency"]
    url = f"http://127.0.0.1:{cell.port}"
    told = subprocess.run([*pinned, *command, "--script", str(script), url], capture_output=True, text=True, check=True)
    rate, worst = _RATE.search(told.stdout), _WORST.search(told.stdout)
    if rate is None:
        raise RuntimeError(told.stdout)
    cell.rates.setdefault(connections, []).append(float(rate[1]))
    if worst is not None:
        cell.worst.setdefault(connections, []).append(float(worst[1]) * _IN_MS[worst[2]])
    cell.failed.update(found[0] for found in _FAILED.finditer(told.stdout))


def table(cells: Sequence[Cell], connections: Sequence[int]) -> Iterator[str]:
    """Yield the lines of one table: what the site answers, and how many times what each of the others does that is."""
    others = [name for name in ("bare uvicorn", "nginx", "Datasette", "Django") if any(c.server == name for c in cells)]
    titles = [f"of {other}" if other in ("bare uvicorn", "nginx") else f"times {other}" for other in others]
    yield "| " + " | ".join(["page", "state", "connections", "requests/s", "p99 ms", *titles]) + " |"
    yield "|" + "---|" * (5 + len(others))
    beside = {(cell.server, cell.page): cell for cell in cells if cell.server != "Verbatim"}
    for cell in (cell for cell in cells if cell.server == "Verbatim"):
        for many in connections:
            ratios = []
            for other in others:
                one = beside.get((other, cell.page))
                ratios.append("" if one is None or not one.rate(many) else f"{cell.rate(many) / one.rate(many):.2f}")
            worst = f"{median(cell.worst[many]):.1f}" if many in cell.worst else ""
            yield f"| {cell.page} | {cell.state} | {many} | {cell.rate(many):,.0f} | {worst} | {' | '.join(ratios)} |"


def _machine(archive: Path, told: str) -> str:
    held = sqlite3.connect(f"{archive.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    (interviews,) = held.execute("SELECT interviews FROM tallies WHERE kind = 'all'").fetchone()
    held.close()
    return f"{interviews:,} interviews. {measured_on(f'uvicorn {uvicorn.__version__}', told or 'no peers')}"


def main() -> None:
    """Read the command line, measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.serving", description=__doc__)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--interviews", type=int, default=1000, help="of an archive that has to be made")
    parser.add_argument("--seconds", type=int, default=3, help="of each measurement")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--connections", type=int, nargs="+", default=[1, 16, 64])
    parser.add_argument("--folder", type=Path, help="for the peers and their rows; otherwise beside the archive")
    stated = parser.parse_args()
    if shutil.which("wrk") is None:
        parser.error("wrk is needed (apt-get install wrk)")
    if not stated.archive.exists():
        stated.archive.parent.mkdir(parents=True, exist_ok=True)
        corpus.build(stated.archive, stated.interviews)
    folder = (stated.folder or stated.archive.absolute().with_suffix(".peers")).absolute()
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        cells, told = servers(stated.archive, folder, stack)
        for number in range(stated.rounds):
            print(f"round {number + 1} of {stated.rounds}", file=sys.stderr, flush=True)
            for cell in cells:
                for many in stated.connections:
                    measure(cell, many, stated.seconds, folder)
    print(
        f"Requests a second, medians of {stated.rounds}, one process on one core. {_machine(stated.archive, told)}.\n"
    )
    print("\n".join(table(cells, stated.connections)))
    for cell in cells:
        for failed in sorted(cell.failed):
            print(f"{cell.server}, {cell.page} {cell.state}: {failed}", file=sys.stderr)


if __name__ == "__main__":
    main()
