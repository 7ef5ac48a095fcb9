"""Finds what is streamed and gives it its addresses: read through one lease, sent as it is read, never kept."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol, cast

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from app.archive.opening import Lease, Library
from app.web import streams
from app.web.generations import note

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


def add_streams(app: FastAPI, library: Library, site: str) -> frozenset[str]:
    """Give every stream its address, and return these: whoever keeps finished replies lets them through."""
    found = found_streams()
    for each in found:
        endpoint = _endpoint(each, library, site)
        app.add_api_route(each.address, endpoint, methods=["GET", "HEAD"], include_in_schema=False, response_model=None)
    return frozenset(each.address for each in found)


def _endpoint(streamed: Streamed, library: Library, site: str) -> Callable[..., Response]:
    headers = {
        "Content-Disposition": f'attachment; filename="{streamed.filename}"',
        "Cache-Control": "no-cache",
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }

    def endpoint(*, request: Request, **asked: object) -> Response:
        if request.method == "HEAD":
            return Response(media_type=streamed.media_type, headers=headers)
        pieces = _pieces(library, request, lambda lease: streamed.stream(lease, site, **asked))
        first = next(pieces)  # so that whatever is wrong is told before a status is sent
        return StreamingResponse(_with(first, pieces), media_type=streamed.media_type, headers=headers)

    signature = inspect.signature(streamed.stream, eval_str=True)
    lease_parameter, _site, *asked = signature.parameters.values()
    assert lease_parameter.annotation is Lease, streamed.address  # noqa: S101
    request = inspect.Parameter("request", inspect.Parameter.KEYWORD_ONLY, annotation=Request)
    keywords = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in asked]
    endpoint.__signature__ = inspect.Signature([request, *keywords])  # type: ignore[attr-defined]
    return endpoint


def _pieces(library: Library, request: Request, stream: Callable[[Lease], Iterator[bytes]]) -> Iterator[bytes]:
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
