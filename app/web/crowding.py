"""How many costly pages are made at once: a few, a short queue in order of arrival, and for the rest a 503 at once."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakKeyDictionary

from app.web.errors import Problem

RETRY_AFTER = 2
"""Seconds after which whoever was refused may try again."""
PATIENCE = 2.0
"""Seconds that a reader waits in the queue."""
QUEUED = 8
"""Readers in the queue, for each that is served."""

CROWDED = Problem(
    503,
    "Many are searching",
    "More is being searched for than can be found at once. Please try again in a moment; the interviews and answers "
    "can be read all the while.",
)

_COSTLY = re.compile(
    r"/(search|quote|chart)(\.[a-z]+)?|/a/[^/]+/again(\.json)?|/(interviews|a)/[^/]+/versions(\.json)?"
)


def is_costly(path: str) -> bool:
    """Say whether the reader's own words, not the archive alone, decide what the page at `path` costs."""
    return _COSTLY.fullmatch(path) is not None


class Crowded(Exception):
    """Raised where there is no place and there will be none in time."""


class Places:
    """So many may be at work at once; as many times `QUEUED` may wait for them, for `PATIENCE`."""

    def __init__(self, places: int, patience: float = PATIENCE) -> None:
        self._places, self._patience, self._waiting = places, patience, 0
        # Each loop has its own, since a lock of one cannot wake those who wait in another. A server has one loop.
        self._gates: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Have a place for what is within, after those who came before; raises Crowded."""
        gate = self._gates.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(self._places))
        await self._enter(gate)
        try:
            yield
        finally:
            gate.release()

    async def _enter(self, gate: asyncio.Semaphore) -> None:
        if not gate.locked():
            await gate.acquire()
            return
        if self._waiting >= self._places * QUEUED:
            raise Crowded
        self._waiting += 1
        try:
            async with asyncio.timeout(self._patience):
                await gate.acquire()
        except TimeoutError as error:
            raise Crowded from error
        finally:
            self._waiting -= 1
