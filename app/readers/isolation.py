"""Reads and parses in a child process with limits of time and memory, so that no file can stop or exhaust us.

It is no sandbox: the child may do what the user may. It is kept for the next file, so that a run pays for it once.
"""

from __future__ import annotations

import atexit
import importlib
import os
import resource
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from app.errors import SourceRefused
from app.records import Block, Document, Field, Finding

SECONDS = 30.0
"""Wall-clock time that one file may take to read."""
MEMORY = 1536 * 2**20
"""Bytes of address space that the child may take, the program itself included."""
_PROGRAM = "import sys; sys.path[:] = {path!r}; from app.readers.isolation import serve; serve({fd})"


@dataclass(frozen=True, slots=True)
class _Value:
    """What a function returned in the child."""

    value: Any


Answer = _Value | tuple[int, str, str] | str
"""What the child says: what was returned; or line, reason and code of a refusal; or what fault it met."""


class Child:
    """One process that reads files, one after the other, until it is closed or fails."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            program = _PROGRAM.format(path=sys.path, fd=theirs.fileno())
            self._process = subprocess.Popen(  # noqa: S603 - the program is the one above
                [sys.executable, "-c", program], pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL
            )
        self._connection = Connection(ours.detach())
        self.owner, self.pid = os.getpid(), self._process.pid

    def ask(self, module: str, function: str, argument: object, seconds: float) -> Answer | None:
        """Return what the child says within `seconds`; None where it does not. Raises EOFError where it has ended."""
        try:
            self._connection.send((module, function, argument, seconds))
            if not self._connection.poll(seconds):
                return None
            answer: Answer = self._connection.recv()
        except OSError as error:
            raise EOFError from error
        return answer

    def kill(self) -> None:
        """Stop the process, so that whoever waits for its answer is told that it has ended."""
        self._process.kill()

    def close(self) -> None:
        """End the process."""
        self._connection.close()
        if self.owner == os.getpid():
            self._process.kill()
            self._process.wait()


_lock = threading.Lock()
_children: list[Child] = []
"""The child that waits for the next file; empty before the first and after a failure."""


def read_alone(module: str, data: bytes, *, seconds: float = SECONDS) -> Document:
    """Return what `read(data)` of a format module returns, having run it in the child.

    Raises what `call_alone` raises.
    """
    return unpacked(call_alone(module, "read", data, seconds=seconds))


def call_alone(module: str, function: str, argument: object, *, seconds: float) -> Any:
    """Return what a function of a module returns for an argument, having called it in the child; a document packed.

    Raises SourceRefused (with no name) where it does, where it takes longer than `seconds` or more memory than MEMORY,
    and where the child dies of the file; RuntimeError for a fault of the function.
    """
    with _lock:
        child = _waiting()
        try:
            answer = child.ask(module, function, argument, seconds)
        except EOFError:
            _end()
            reason = "reading it ends in a crash: the file is damaged, or made to do harm"
            raise SourceRefused("", 1, reason, "crash") from None
        if answer is None:
            _end()
    if answer is None:
        raise SourceRefused("", 1, f"it takes longer than {seconds:g} seconds to read", "too-slow")
    return value_of(answer)


def value_of(answer: Answer) -> Any:
    """Return what a function returned in a child, or raise what `call_alone` raises for it."""
    if isinstance(answer, _Value):
        return answer.value
    if isinstance(answer, str):
        raise RuntimeError(answer)
    line, reason, code = answer
    raise SourceRefused("", line, reason, code)


def _waiting() -> Child:
    if _children and _children[0].owner != os.getpid():
        _end()
    if not _children:
        _children.append(Child())
    return _children[0]


def _end() -> None:
    while _children:
        _children.pop().close()


atexit.register(_end)


def serve(fd: int) -> None:
    """Answer what is asked on a connected socket until its other end is closed; what the child runs."""
    with suppress(ValueError, OSError):  # some systems set no such limits; the deadline holds there too
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(EOFError, KeyboardInterrupt, ConnectionError), Connection(fd) as connection:
        while True:
            module, function, argument, seconds = connection.recv()
            _limit_time(seconds)
            connection.send(_call(module, function, argument))


def _limit_time(seconds: float) -> None:
    """Let the child end by itself, should whoever asked be gone before the deadline."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime + 2 * seconds) + 2
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _call(module: str, function: str, argument: object) -> Answer:
    try:
        value = getattr(importlib.import_module(module), function)(argument)
    except SourceRefused as refused:
        return refused.line, refused.reason, refused.code
    except MemoryError:
        return 1, f"it takes more memory than {MEMORY // 2**20} MB to read", "too-large"
    except RecursionError:
        return 1, "it is nested too deeply", "nesting"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return _Value(packed(value) if isinstance(value, Document) else value)


def packed(document: Document) -> list[Any]:
    """Return a document as lists of plain values, which cross between processes several times as fast as records."""
    facts = document.witness, document.encoding, document.marked_up
    records = document.blocks, document.fields, document.findings
    return [facts, *([[getattr(record, name) for name in record.__slots__] for record in some] for some in records)]


def unpacked(lists: list[Any]) -> Document:
    """Return the document that was packed as `lists`."""
    (witness, encoding, marked_up), blocks, facts, findings = lists
    return Document(
        tuple(Block(*one) for one in blocks),
        witness,
        encoding,
        marked_up,
        tuple(Field(*one) for one in facts),
        tuple(Finding(*one) for one in findings),
    )
