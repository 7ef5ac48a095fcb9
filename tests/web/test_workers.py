"""What `verbatim serve` with several workers promises to whoever runs it: a real command, real signals."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.serving import free_port

_PATIENCE = 120.0
"""Seconds after which something is held not to happen: far more than a busy machine needs for it."""


@contextmanager
def _serving(archive: Path, port: int, told: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "app", "serve", "--archive", str(archive), "--port", str(port), "--workers", "2"]
    with told.open("wb") as log:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=log)
    try:
        yield process
    finally:
        workers = _workers(process) if process.poll() is None else set()
        if process.poll() is None:
            process.kill()
        for worker in workers:
            with suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)
        process.wait(_PATIENCE)


def _workers(process: subprocess.Popen[bytes]) -> set[int]:
    """Return the processes that the first one has started to serve; another of them tidies up after them."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return {int(child) for child in children if b"spawn_main" in _command(child)}


def _command(process: str) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):  # it has gone since
        return b""


def _wait(until: Callable[[], bool], told: Path) -> None:
    end = time.monotonic() + _PATIENCE
    while not until():
        assert time.monotonic() < end, told.read_text()
        time.sleep(0.05)


def _read(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


@contextmanager
def _readers(port: int, statuses: list[int], lost: list[str]) -> Iterator[None]:
    """Read on and on, with a new connection for each request: each may come to a worker that is about to go."""
    ended = threading.Event()

    def read() -> None:
        while not ended.wait(0.01):  # time in which the workers can come and go
            try:
                statuses.append(_read(port, "/interviews"))
            except (OSError, http.client.HTTPException) as error:
                lost.append(repr(error))

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    try:
        yield
    finally:
        ended.set()
        for reader in readers:
            reader.join()


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="want of /proc, where processes can be looked at")
def test_workers_are_replaced_without_loss_and_the_end_waits_for_what_was_asked(archive: Path, tmp_path: Path) -> None:
    port, told = free_port(), tmp_path / "told"
    statuses, lost = list[int](), list[str]()
    with _serving(archive, port, told) as process:
        _wait(lambda: told.read_text().count("Application startup complete") == 2, told)
        first = _workers(process)
        assert len(first) == 2
        with _readers(port, statuses, lost):
            process.send_signal(signal.SIGHUP)
            _wait(lambda: not first & _workers(process) and len(_workers(process)) == 2, told)
            before = len(statuses)
            _wait(lambda: len(statuses) > before + 20, told)
        assert lost == []
        assert set(statuses) == {200}

        # A reader who takes what he asked for only after the site was told to end.
        with socket.socket() as slow:
            slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            slow.settimeout(_PATIENCE)
            slow.connect(("127.0.0.1", port))
            slow.sendall(b"GET /bulk/archive.db HTTP/1.1\r\nHost: x\r\n\r\n")
            received = slow.recv(1024)
            process.send_signal(signal.SIGTERM)
            _wait(lambda: "Received SIGTERM" in told.read_text(), told)
            while chunk := slow.recv(65536):
                received += chunk
        head, _, body = received.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), head
        assert body == archive.read_bytes()
        assert process.wait(_PATIENCE) == 0, told.read_text()
