"""Runs the site as `serve` does, on a loopback port of its own, for tests that need a real server."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from app.settings import Settings
from app.web.serving import configuration


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


@contextmanager
def running(settings: Settings, port: int | None = None) -> Iterator[int]:
    """Run the site on `port`, or on a free one, and yield it."""
    with server_running(settings, port) as server:
        yield server.config.port


@contextmanager
def server_running(settings: Settings, port: int | None = None) -> Iterator[uvicorn.Server]:
    """Run the site in the same way, and yield what runs it."""
    port = port or free_port()
    server = uvicorn.Server(configuration(settings, "127.0.0.1", port))
    server.config.log_level = "warning"
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        end = time.monotonic() + 20
        while not server.started:
            assert time.monotonic() < end
            time.sleep(0.01)
        yield server
    finally:
        server.should_exit = True
        thread.join(20)
