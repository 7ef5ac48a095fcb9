"""The archive file as a download: the exact bytes of one generation, whole or in parts; forms made of it are in
streams."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import ExitStack
from typing import BinaryIO

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from app.archive.opening import Library
from app.archive.published import open_newest
from app.web.conditions import is_known
from app.web.fingerprints import Fingerprints
from app.web.generations import made_from, stamp
from app.web.ranges import asked
from app.web.streaming import Closing

ARCHIVE = "/bulk/archive.db"
MEDIA_TYPE = "application/vnd.sqlite3"

_PIECE = 256 * 1024


def add_downloads(app: Starlette, library: Library, fingerprints: Fingerprints) -> frozenset[str]:
    """Give the file its address, and return it: whoever keeps finished replies lets it through."""

    def archive(request: Request) -> Response:
        file, identity, generation = open_newest(library)
        known = made_from(request.scope)
        known.identity, known.generation = identity, generation
        with ExitStack() as opened:
            opened.enter_context(file)
            size, tag = identity[2], f'"{stamp(generation)}"'
            headers = _headers(tag, fingerprints.known(identity))
            if is_known(request.scope, tag):
                return Response(status_code=304, headers=headers)
            span = asked(request.scope, tag, size)
            start, end = span or (0, size)
            if start >= end:
                return _past_the_end(size)
            headers["Content-Length"] = str(end - start)
            if span is not None:
                headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
            if request.method == "HEAD":
                return Response(headers=headers, media_type=MEDIA_TYPE)
            opened.pop_all()
            return Closing(_pieces(file, start, end), file.close, 200 if span is None else 206, headers, MEDIA_TYPE)

    app.router.routes.append(Route(ARCHIVE, archive, methods=["GET", "HEAD"]))
    return frozenset({ARCHIVE})


def _headers(tag: str, sha256: str | None) -> dict[str, str]:
    told = {
        "Accept-Ranges": "bytes",
        "ETag": tag,
        # Not to be encoded on the way: parts, tag and digest are of the bytes as they are in the file.
        "Cache-Control": "no-cache, no-transform",
        "Content-Disposition": 'attachment; filename="archive.db"',
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "ETag, Content-Range, Repr-Digest, X-Archive-Generation",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    if sha256 is not None:
        told["Repr-Digest"] = f"sha-256=:{base64.b64encode(bytes.fromhex(sha256)).decode()}:"
    return told


def _past_the_end(size: int) -> Response:
    text = "The archive file ends before the range that was asked for.\n"
    return PlainTextResponse(text, 416, {"Content-Range": f"bytes */{size}", "Cache-Control": "no-cache"})


def _pieces(file: BinaryIO, start: int, end: int) -> Iterator[bytes]:
    file.seek(start)
    while start < end and (piece := file.read(min(_PIECE, end - start))):
        start += len(piece)
        yield piece
