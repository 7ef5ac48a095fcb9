"""Runs `verbatim serve` as its users do and tells what it complained of; who reads it meanwhile is elsewhere."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.faults.commands import started
from tests.faults.readership import is_listening
from tests.serving import free_port


@dataclass(slots=True)
class Served:
    """A site that runs."""

    port: int
    process: int
    complaints: str = ""
    """What it printed on standard error; known when it has ended."""

    @property
    def is_at_fault(self) -> bool:
        """Whether it complained of an error, once it has ended."""
        return "Traceback" in self.complaints or "ERROR" in self.complaints


@contextmanager
def served(archive: Path, workers: int, variables: dict[str, str] | None = None) -> Iterator[Served]:
    """Serve an archive with these settings until the end of the block."""
    port = free_port()
    words = ("serve", "--archive", archive, "--port", str(port), "--workers", str(workers))
    process = started(*words, **variables or {})
    # Nobody would read a full pipe, and the server would stand still.
    complaints: list[str] = []
    reader = threading.Thread(target=lambda: complaints.extend(process.stderr or ()))
    reader.start()
    site = Served(port, process.pid)
    try:
        while process.poll() is None and not is_listening(port):
            time.sleep(0.05)
        assert process.poll() is None, complaints
        yield site
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()
        reader.join()
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                stream.close()
        site.complaints = "".join(complaints)
