"""Runs the site under uvicorn, in one process or several; what it answers is made elsewhere."""

from __future__ import annotations

import asyncio
import gc
import re
import sys
from functools import partial

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.supervisors import Multiprocess

from app.settings import Settings
from app.web import create_app
from app.web.bounds import LONGEST_ADDRESS

LONGEST_HEAD = 64 * 1024
"""Bytes of a request before its body."""
SLOWEST_REQUEST = 15.0
"""Seconds within which a request, once begun, has to be there."""
SLOWEST_NEXT = 15
"""Seconds within which the next request has to be there, after an answer."""
SLOWEST_READER = 60.0
"""Seconds within which a reader has to take some of what waits for it."""
LAST_REQUEST = 1.0
"""Seconds that a reader who has just come has for his request when the server is told to end."""
_SWITCH = 0.001
"""Seconds after which a thread that makes a page lets the one that sends kept pages go on."""
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
    _is_ending = False
    """Whether the request that is awaited is the last one."""
    _request_timer: asyncio.TimerHandle | None = None
    _reader_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._await_request()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer, and answer nothing that was asked behind what was being sent."""
        self._stop_timers()
        self.pipeline.clear()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Wait for a reader to take what was sent."""
        super().pause_writing()
        self._await_reader(self.transport.get_write_buffer_size() + 1)

    def resume_writing(self) -> None:
        """Go on sending."""
        if self._reader_timer is not None:
            self._reader_timer.cancel()
            self._reader_timer = None
        super().resume_writing()

    def data_received(self, data: bytes) -> None:
        """Take bytes from the network."""
        if self._request_timer is None and self._in_head:
            self._await_request()
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
        if self._is_ending:
            self.cycle.keep_alive = False

    def shutdown(self) -> None:
        """End when all that was asked for is answered; a request on its way is waited for, and not lost."""
        if not self._is_unasked():
            super().shutdown()
        elif not self._is_ending:
            self._is_ending = True
            self.loop.call_later(LAST_REQUEST, self._end_unasked)

    def on_message_complete(self) -> None:
        """End a request; what comes next is a head, and what came with it in one piece is not counted."""
        self._head, self._in_head = -self._received, True
        if self._request_timer is not None:
            self._request_timer.cancel()
            self._request_timer = None
        super().on_message_complete()

    def on_url(self, url: bytes) -> None:
        """Keep as much of an address as tells that it is too long: one of 64 kB would be no address to the parser."""
        room = LONGEST_ADDRESS + 1024 - len(self.url)
        if room > 0:
            super().on_url(url[:room])

    def _await_request(self) -> None:
        self._request_timer = self.loop.call_later(SLOWEST_REQUEST, self.transport.abort)

    def _is_unasked(self) -> bool:
        asked: object = self.cycle
        return asked is None

    def _end_unasked(self) -> None:
        if self._is_unasked():
            self.transport.close()

    def _await_reader(self, waiting: int) -> None:
        """Give up a reader who has taken nothing of what was waiting when this was last looked at."""
        left = self.transport.get_write_buffer_size()
        if left >= waiting:
            self.transport.abort()
        else:
            self._reader_timer = self.loop.call_later(SLOWEST_READER, self._await_reader, left)

    def _stop_timers(self) -> None:
        for timer in (self._request_timer, self._reader_timer):
            if timer is not None:
                timer.cancel()
        self._request_timer = self._reader_timer = None

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
        partial(_application, settings),
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
        timeout_keep_alive=SLOWEST_NEXT,
        timeout_graceful_shutdown=10,
        # A worker that is busy, on a machine that is, is not to be taken for one that hangs.
        timeout_worker_healthcheck=30,
    )


def _application(settings: Settings) -> ASGIApp:
    sys.setswitchinterval(_SWITCH)
    site = create_app(settings)
    # What is there now stays for as long as the process: looking through it for garbage would only hold readers up.
    gc.freeze()
    gc.enable()
    return site


def serve(settings: Settings, host: str, port: int, workers: int) -> None:
    """Serve until told to stop; SystemExit where the port cannot be had."""
    config = configuration(settings, host, port, workers)
    if workers > 1:
        gc.enable()
        Multiprocess(config, sockets=[config.bind_socket()]).run()
    else:
        uvicorn.Server(config).run()
