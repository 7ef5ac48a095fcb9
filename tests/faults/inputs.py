"""Asks the search for whatever can be typed: `python -m tests.faults.inputs --times 100000`.

All of Unicode, the syntax of FTS5, NUL, bytes that are no UTF-8, words of the archive, alone and mixed, in addresses of
up to 16 kB, and 59 prefixes joined by OR. Every response must be 200 and a whole page or record; the slowest are told.
"""

from __future__ import annotations

import argparse
import asyncio
import heapq
import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from urllib.parse import quote_from_bytes

from app.importer import import_paths
from app.settings import Settings
from app.web import create_app
from app.web.bounds import LONGEST_ADDRESS
from tests.calling import call

COLLECTION = Path(__file__).resolve().parent.parent / "collection" / "transcripts"
ADDRESSES = ("/search?q=", "/search.json?q=", "/quote?text=", "/chart?term=")
_MARKS = (
    "\" “ ” « » ' ’ ( ) { } [ ] ^ * + - – : , . ; | & ! ~ / \\ % _ = < > AND OR NOT NEAR NEAR/5 NEAR/ NEAR( NEAR(a "
    "answer: question: filters: rowid: in: speaker: outlet: lang: year: after: before: -- /* */ ;-- \0 \0\0 "
    "\ufeff \u202e \u0301 \u0488 … […] [...] 2015 2015-13 99999999999999999999 1e309 ' OR 1=1 bm25( * ** a* b*"
)
_SPOKEN = "the of and refugees security negotiation в на переговоры безопасность ещё 安全 can't anti-Russian 18:47"
_SYNTAX, _WORDS = _MARKS.split(" "), _SPOKEN.split(" ")


@dataclass(slots=True)
class Asked:
    """What came of asking."""

    times: int = 0
    faults: list[str] = field(default_factory=list)
    slowest: list[tuple[float, float, str]] = field(default_factory=list)
    """Seconds of the clock and of the processor, and the address; the worst few."""


def _any_character(rng: Random) -> str:
    return chr(
        rng.randrange(0x110000) if rng.random() < 0.5 else rng.choice((0x80, 0x250, 0x530, 0x3000)) - rng.randrange(128)
    )


def _pieces(rng: Random, many: int) -> bytes:
    mixed = [rng.choice(rng.choice((_SYNTAX, _WORDS))) for _ in range(many)]
    return rng.choice((" ", "", "  ", "\n", "\u00a0")).join(mixed).encode("utf-8", "surrogatepass")


def _characters(rng: Random, many: int) -> bytes:
    return "".join(_any_character(rng) for _ in range(many)).encode("utf-8", "surrogatepass")


def _bytes(rng: Random, many: int) -> bytes:
    return rng.randbytes(many)


def _prefixes(rng: Random, _: int) -> bytes:
    return " OR ".join(rng.choice("abcdefghijklmnopqrstuvwxyzабвгдежз") + "*" for _ in range(59)).encode()


def _repeated(rng: Random, many: int) -> bytes:
    return (rng.choice((*_SYNTAX, *_WORDS, " a", " the*", ' "a b"', " OR a", "(", " -")) * many).encode()


KINDS: tuple[Callable[[Random, int], bytes], ...] = (_pieces, _pieces, _characters, _bytes, _prefixes, _repeated)


def address(rng: Random) -> str:
    """Return an address to ask for."""
    path = rng.choice(ADDRESSES)
    many = rng.choice((1, 2, 3, 5, 8, 13, 21, 60)) if rng.random() < 0.9 else rng.randrange(60, 8000)
    typed = quote_from_bytes(rng.choice(KINDS)(rng, many), safe="")[: LONGEST_ADDRESS - 200]
    asked = path + typed
    for name in ("in", "speaker", "outlet", "lang", "after", "before", "sort", "page", "view", "order", "by", "term"):
        if rng.random() < 0.04:
            value = rng.choice(
                ("kwic", "right", "month", "both", "oldest", "9999999999", "-1", "2015", "%00", "%FF", "x" * 20)
            )
            asked += f"&{name}={value}"
    return asked


async def ask(archive: Path, times: int, seed: int) -> Asked:
    """Make so many requests of the application over an archive."""
    rng, app, asked = Random(seed), create_app(Settings(archive=archive, cache_bytes=0)), Asked()
    for _ in range(times):
        one = address(rng)
        begun, cpu = time.perf_counter(), time.process_time()
        try:
            status, body = await call(app, one, [(b"host", b"127.0.0.1"), (b"accept", b"*/*")])
        except Exception as error:  # whatever is raised is what is looked for
            status, body = 0, repr(error).encode()
        cost = time.perf_counter() - begun, time.process_time() - cpu, one
        asked.times += 1
        if fault := _fault(one, status, body):
            asked.faults.append(fault)
        if asked.times % 1000 == 0:
            print(f"{asked.times} of {times}, {len(asked.faults)} faults", flush=True)
        (heapq.heappush if len(asked.slowest) < 10 else heapq.heappushpop)(asked.slowest, cost)
    return asked


def _fault(one: str, status: int, body: bytes) -> str | None:
    if status != 200:
        return f"{status} for {one[:300]}: {body[:200]!r}"
    if one.startswith("/search.json"):
        try:
            json.loads(body)
        except ValueError as error:
            return f"{error} for {one[:300]}"
    elif not body.rstrip().endswith(b"</html>"):
        return f"no whole page for {one[:300]}"
    return None


def main() -> None:
    """Read the command line, ask and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.inputs", description=__doc__)
    parser.add_argument("--times", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--archive", type=Path, help="the archive to ask; else the invented collection of the tests")
    stated = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="verbatim-inputs-") as folder:
        archive = stated.archive or Path(folder) / "archive.db"
        if stated.archive is None:
            import_paths([COLLECTION], archive)
        asked = asyncio.run(ask(archive, stated.times, stated.seed))
    for fault in asked.faults[:50]:
        print(fault)
    print(f"{asked.times} requests, {len(asked.faults)} faults; the slowest:")
    for seconds, cpu, one in sorted(asked.slowest, reverse=True):
        print(f"  {seconds:.2f} s, {cpu:.2f} s of CPU: {one[:100]}")
    sys.exit(bool(asked.faults))


if __name__ == "__main__":
    main()
