"""Keeps the answers of an archive in a plain full-text table beside it and asks that, for a search to be compared."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from urllib.parse import quote, urlencode

_PAGE = "SELECT rowid, snippet(answers_fts, 0, '<b>', '</b>', '…', 40) FROM answers_fts WHERE answers_fts MATCH ?1 \
ORDER BY bm25(answers_fts) LIMIT 20"
_COUNT = "SELECT count(*) FROM answers_fts WHERE answers_fts MATCH ?1"

_DATASETTE = """
import asyncio, json, sys, time
from datasette import __version__
from datasette.app import Datasette

async def main():
    datasette = Datasette([], immutables=[sys.argv[1]])
    await datasette.invoke_startup()
    print(__version__, flush=True)
    for line in sys.stdin:
        begun, cpu = time.perf_counter(), time.process_time()
        response = await datasette.client.get(json.loads(line))
        print(json.dumps([time.perf_counter() - begun, time.process_time() - cpu, response.status_code]), flush=True)

asyncio.run(main())
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one answer took, in seconds of the clock and of the processor."""

    seconds: float
    cpu: float
    is_whole: bool = True
    """Whether it was answered, and not given up."""


def table(archive: Path) -> Path:
    """Return the file of the plain table of an archive's answers, made where there is none."""
    path = archive.with_suffix(".plain.db")
    if path.exists():
        return path
    half = path.with_suffix(".building")
    half.unlink(missing_ok=True)
    c = sqlite3.connect(half)
    c.execute("PRAGMA journal_mode=OFF")
    c.execute("PRAGMA synchronous=OFF")
    c.execute("ATTACH ? AS archive", (str(archive),))
    c.execute("CREATE TABLE answers (id INTEGER PRIMARY KEY, text TEXT)")
    c.execute(
        "INSERT INTO answers SELECT search_rows.id, text FROM archive.search_rows "
        "JOIN archive.passages ON passages.id = passage_id WHERE side = 'answer' ORDER BY 1"
    )
    c.execute("CREATE VIRTUAL TABLE answers_fts USING fts5(text, content='answers', content_rowid='id')")
    c.execute("INSERT INTO answers_fts(answers_fts) VALUES ('rebuild')")
    c.execute("INSERT INTO answers_fts(answers_fts) VALUES ('optimize')")
    c.commit()
    c.close()
    half.rename(path)
    return path


def page(c: sqlite3.Connection, match: str) -> Cost:
    """Ask a plain table for what a page of results needs: the count, the best twenty, and an excerpt of each."""
    begun, cpu = time.perf_counter(), time.process_time()
    c.execute(_COUNT, (match,)).fetchone()
    c.execute(_PAGE, (match,)).fetchall()
    return Cost(time.perf_counter() - begun, time.process_time() - cpu)


class Datasette:
    """Datasette over a plain table, in a process of its own, asked without a network."""

    def __init__(self, environment: Path, path: Path) -> None:
        command = [str(environment / "bin" / "python"), "-c", _DATASETTE, str(path)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._database = path.stem
        self.version = self._line().strip()

    def __enter__(self) -> Datasette:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.communicate()

    def page(self, match: str) -> Cost:
        """Ask for the first page of its search; it gives up by itself after a second."""
        asked = urlencode({"_search": match, "_searchmode": "raw", "_size": 20}, quote_via=quote)
        database = quote(self._database).replace(".", "~2E")
        assert self._process.stdin is not None
        print(json.dumps(f"/{database}/answers?{asked}"), file=self._process.stdin, flush=True)
        seconds, cpu, status = json.loads(self._line())
        return Cost(seconds, cpu, status == 200)

    def _line(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("Datasette has ended")
        return line


if __name__ == "__main__":
    print(table(Path(sys.argv[1])))
