"""Runs the site under uvicorn, in one process or several; what it answers is made elsewhere."""

from __future__ import annotations

import re
from functools import partial

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.supervisors import Multiprocess

from app.settings import Settings
from app.web import create_app
from app.web.gate import LONGEST_ADDRESS

LONGEST_HEAD = 64 * 1024
"""Bytes of a request before its body."""
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_REFUSAL = (
    b"HTTP/1.1 %s\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
)


class Protocol(HttpToolsProtocol):
    """Uvicorn's HTTP/1.1, which by itself takes request heads of any length."""

    _head = 0
    """Bytes received of a head that has not ended."""
    _received = 0
    """Bytes that came last."""
    _in_head = True

    def data_received(self, data: bytes) -> None:
        """Take bytes from the network."""
        self._received = len(data)
        is_start = self._in_head and self._head == 0
        super().data_received(data if data.isascii() or not is_start else _with_ascii_line(data))
        self._head += self._received
        if self._in_head and self._head > LONGEST_HEAD and not self.transport.is_closing():
            self._refuse()

    def on_headers_complete(self) -> None:
        """End a head."""
        self._in_head = False
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """End a request; what comes next is a head, and what came with it in one piece is not counted."""
        self._head, self._in_head = -self._received, True
        super().on_message_complete()

    def on_url(self, url: bytes) -> None:
        """Keep as much of an address as tells that it is too long: one of 64 kB would be no address to the parser."""
        room = LONGEST_ADDRESS + 1024 - len(self.url)
        if room > 0:
            super().on_url(url[:room])

    def _refuse(self) -> None:
        status = b"431 Request Header Fields Too Large"
        self.transport.write(_REFUSAL % (status, len(status), status))
        self.transport.close()


def _with_ascii_line(data: bytes) -> bytes:
    """Percent-encode the address where it is not: curl and others send the letters of any script as they are typed."""
    line, end, rest = data.partition(b"\n")
    return _NOT_ASCII.sub(lambda byte: b"%%%02X" % byte[0][0], line) + end + rest


def configuration(settings: Settings, host: str, port: int, workers: int = 1) -> uvicorn.Config:
    """Return how uvicorn is to run the site; no request is written to a log, for what readers look for is theirs."""
    return uvicorn.Config(
        partial(create_app, settings),
        factory=True,
        host=host,
        port=port,
        workers=workers,
        http=Protocol,
        ws="none",
        lifespan="on",
        access_log=False,
        server_header=False,
        date_header=True,
        proxy_headers=False,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=10,
    )


def serve(settings: Settings, host: str, port: int, workers: int) -> None:
    """Serve until told to stop; SystemExit where the port cannot be had."""
    config = configuration(settings, host, port, workers)
    if workers > 1:
        Multiprocess(config, sockets=[config.bind_socket()]).run()
    else:
        uvicorn.Server(config).run()
