"""Bounds the time that a search may take: what was found when it is over stands, and that it is over is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from time import monotonic
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from app.archive.opening import deadline
from app.errors import QueryTimeout

_T = TypeVar("_T")

_INTERRUPTED = 9
"""SQLite's code of a statement that was stopped."""


@dataclass(slots=True)
class Attempt:
    """Whether something was left unfinished for want of time."""

    timed_out: bool = False


@contextmanager
def within(c: Connection, seconds: float) -> Iterator[None]:
    """Give what is within a deadline of its own, on a connection that has a clock; raises QueryTimeout."""
    with ExitStack() as stack:
        with suppress(KeyError):
            stack.enter_context(deadline(c, seconds))
        yield


@contextmanager
def as_far_as_possible(attempt: Attempt) -> Iterator[None]:
    """Let a deadline end what is within, and note that it did."""
    try:
        yield
    except QueryTimeout:
        attempt.timed_out = True
    except OperationalError as error:
        if int(getattr(error.orig, "sqlite_errorcode", 0)) & 0xFF != _INTERRUPTED:
            raise
        attempt.timed_out = True


def while_time_lasts(attempt: Attempt, items: Iterable[_T], seconds: float) -> Iterator[_T]:
    """Yield items until that many seconds are over, and note where some were left: a deadline stops queries alone."""
    end = monotonic() + seconds
    for item in items:
        if monotonic() >= end:
            attempt.timed_out = True
            return
        yield item
