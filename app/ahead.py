"""Reads and parses the files that come next in other processes while this one stores, to the results it has alone."""

from __future__ import annotations

import os
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType

from app import bounded, readers
from app.errors import SourceRefused
from app.readers import isolation
from app.records import Interview, Source

ENOUGH = 2**18
"""Bytes of sources after which others are read ahead: starting a process takes as long as reading about so many."""
MOST = 3
"""Processes that read ahead; more of them would wait for the one that stores."""
_OF_A_CHILD = {"too-large", "nesting"}
"""Codes of refusals that may be due to the limits of a process, where another would have read the file."""

Read = tuple[Interview, str]
"""An interview, and the encoding that was found."""


class Ahead:
    """The sources that will be asked for, in that order; a context, at the end of which no process of it is left."""

    def __init__(self, processes: int | None = None) -> None:
        """Read in so many processes beside this one; otherwise in as many as there are cores for."""
        self._processes = min((os.cpu_count() or 1) - 1, MOST) if processes is None else processes
        self._threads = ThreadPoolExecutor(max(1, self._processes))
        self._own = threading.local()
        self._lock = threading.Lock()
        self._children: set[isolation.Child] = set()
        self._is_over = False
        self._met = 0
        self._expected: dict[int, tuple[Source, Future[Read]]] = {}

    def __enter__(self) -> Ahead:
        return self

    def __exit__(self, *_raised: type[BaseException] | BaseException | TracebackType | None) -> None:
        with self._lock:
            self._is_over = True
            for child in self._children:
                child.kill()
        self._threads.shutdown(cancel_futures=True)
        for child in self._children:
            child.close()

    def expect(self, source: Source) -> None:
        """Have a source read that will be asked for after those that are expected already, where that is worth it."""
        self._met += source.size
        if self._processes > 0 and self._met > ENOUGH and source.size < readers.LARGE:
            self._expected[id(source)] = source, self._threads.submit(self._elsewhere, source)

    def read(self, source: Source) -> Read:
        """Return what `bounded.read` does of a source, or raise what it raises, whoever has read it.

        While another process is at it, this one reads those that are expected next.
        """
        if id(source) not in self._expected:
            return bounded.read(source)
        _, reading = self._expected[id(source)]
        while not reading.done() and self._read_one_here():
            reading = self._expected[id(source)][1]
        del self._expected[id(source)]
        try:
            return reading.result()
        except SourceRefused as refused:
            if refused.code not in _OF_A_CHILD:
                raise
        except Exception:  # noqa: S110 - of the file or of the process: it is met again below, or was of the process
            pass
        return bounded.read(source)

    def _read_one_here(self) -> bool:
        """Read the first source that nobody has begun to read; say whether there was one."""
        for key, (source, reading) in self._expected.items():
            if not reading.done() and reading.cancel():
                own: Future[Read] = Future()
                try:
                    own.set_result(bounded.read(source))
                except Exception as error:
                    own.set_exception(error)
                self._expected[key] = source, own
                return True
        return False

    def _elsewhere(self, source: Source) -> Read:
        """Return what a process of this thread's own makes of a source; a process that fails is no more asked."""
        child = self._child()
        try:
            answer = child.ask(bounded.__name__, "read_alone", source, isolation.SECONDS)
        except EOFError:
            answer = None
        if answer is None:
            self._drop(child)
            raise TimeoutError
        try:
            read: Read = isolation.value_of(answer)
        except SourceRefused as refused:
            raise SourceRefused(source.name, refused.line, refused.reason, refused.code) from refused
        return read

    def _child(self) -> isolation.Child:
        child: isolation.Child | None = getattr(self._own, "child", None)
        if child is None:
            with self._lock:
                if self._is_over:
                    raise InterruptedError
                child = self._own.child = isolation.Child()
                self._children.add(child)
        return child

    def _drop(self, child: isolation.Child) -> None:
        self._own.child = None
        with self._lock:
            self._children.discard(child)
        child.close()
