"""Finds what is streamed and gives it its addresses: read through one lease, sent as it is read, never kept."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from typing import Protocol, cast

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from app import __version__
from app.archive.holdings import Generation
from app.archive.opening import Lease, Library
from app.web import streams
from app.web.answering import Answering
from app.web.conditions import is_known
from app.web.generations import made_from, note, stamp

GIVEN = ("lease", "site")
"""What a stream is given besides what is asked."""
_PIECE = 64 * 1024
"""Bytes that are gathered before they are sent."""


class _Module(Protocol):
    ADDRESS: str
    MEDIA_TYPE: str
    FILENAME: str
    stream: Callable[..., Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Streamed:
    """An address and what yields its bytes: a function of a lease, the site's address and what is asked."""

    address: str
    media_type: str
    filename: str
    stream: Callable[..., Iterator[bytes]]


def found_streams() -> tuple[Streamed, ...]:
    """Return what is in streams/."""
    names = [found.name for found in pkgutil.iter_modules(streams.__path__)]
    modules = [cast(_Module, importlib.import_module(f"{streams.__name__}.{name}")) for name in names]
    return tuple(Streamed(m.ADDRESS, m.MEDIA_TYPE, m.FILENAME, m.stream) for m in modules)


def add_streams(app: Starlette, library: Library, site: str) -> frozenset[str]:
    """Give every stream its address, and return these: whoever keeps finished replies lets them through."""
    found = found_streams()
    for each in found:
        app.router.routes.append(Route(each.address, _endpoint(each, library, site), methods=["GET", "HEAD"]))
    return frozenset(each.address for each in found)


class Closing(StreamingResponse):
    """Sends pieces, and calls `close` when all are sent, or when whoever wanted them has gone away."""

    def __init__(
        self, pieces: Iterator[bytes], close: Callable[[], None], status: int, headers: dict[str, str], media_type: str
    ) -> None:
        super().__init__(pieces, status, headers, media_type)
        self._close = close

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._close()


def _endpoint(streamed: Streamed, library: Library, site: str) -> ASGIApp:
    def respond(*, request: Request, **asked: object) -> Response:
        with library.lease() as lease:
            note(request.scope, lease)
        headers = _headers(streamed, lease.generation)
        if is_known(request.scope, headers["ETag"]):
            return Response(status_code=304, headers=headers)
        if request.method == "HEAD":
            return Response(media_type=streamed.media_type, headers=headers)
        pieces = _pieces(library, request, lambda lease: streamed.stream(lease, site, **asked))
        first = next(pieces)  # so that whatever is wrong is told before a status is sent
        generation = made_from(request.scope).generation or lease.generation
        return Closing(_with(first, pieces), pieces.close, 200, _headers(streamed, generation), streamed.media_type)

    return Answering(respond, streamed.stream, *GIVEN)


def _headers(streamed: Streamed, generation: Generation) -> dict[str, str]:
    return {
        # Weak, for the bytes are told from no others by it than those of another generation or of another program.
        "ETag": f'W/"{stamp(generation)}-{__version__}"',
        "Content-Disposition": f'attachment; filename="{streamed.filename}"',
        "Cache-Control": "no-cache",
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "ETag, X-Archive-Generation",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }


def _pieces(
    library: Library, request: Request, stream: Callable[[Lease], Iterator[bytes]]
) -> Generator[bytes, None, None]:
    """Yield the bytes of a stream in pieces of some size; the lease ends with the last, or when nobody wants more."""
    with library.lease(seconds=float("inf")) as lease:
        note(request.scope, lease)
        piece = bytearray()
        for some in stream(lease):
            piece += some
            if len(piece) >= _PIECE:
                yield bytes(piece)
                piece.clear()
        yield bytes(piece)


def _with(first: bytes, others: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from others
