"""Sends a part of a reply to whoever asks for one (RFC 9110, 14); which replies have parts, they say themselves."""

from __future__ import annotations

import re

from starlette.types import Scope

from app.web.caching import Reply

_ONE = re.compile(r"bytes=\s*(\d*)-(\d*)\s*", re.ASCII | re.IGNORECASE)
_MOST_DIGITS = 18


def part(reply: Reply, scope: Scope) -> Reply:
    """Return the part of a reply that its reader asks for, or the reply where none is asked for.

    Only of GET, of 200, and where the reply says that it has parts. Several ranges at once are answered with the whole,
    as is any other unit and a range in words that mean nothing (14.2); one that begins past the end is 416.
    """
    wanted = _header(scope, b"range")
    if wanted is None or scope["method"] != "GET" or reply.status != 200 or reply.header(b"accept-ranges") != "bytes":
        return reply
    condition = _header(scope, b"if-range")
    # A date cannot hold, for no reply has one; a weak tag never does (13.1.5).
    if condition is not None and condition.strip() != reply.header(b"etag"):
        return reply
    found = _ONE.fullmatch(wanted)
    if found is None or not any(found.groups()) or max(map(len, found.groups())) > _MOST_DIGITS:
        return reply
    size = len(reply.body)
    if not found[1]:
        start, end = max(size - int(found[2]), 0), size
        is_empty = not int(found[2])
    else:
        start, end = int(found[1]), min(int(found[2]) + 1, size) if found[2] else size
        if found[2] and int(found[2]) < start:
            return reply
        is_empty = False
    if is_empty or start >= size:
        return _unsatisfied(reply, size)
    body = reply.body[start:end]
    told = [(name, value) for name, value in reply.headers if name != b"content-length"]
    told += [(b"content-range", f"bytes {start}-{end - 1}/{size}".encode())]
    return Reply(206, [*told, (b"content-length", str(len(body)).encode())], body)


def _unsatisfied(reply: Reply, size: int) -> Reply:
    body = b"The saved copy ends before the range that was asked for.\n"
    told = [(name, value) for name, value in reply.headers if not name.startswith((b"content-", b"repr-", b"etag"))]
    told += [
        (b"content-range", f"bytes */{size}".encode()),
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
    ]
    return Reply(416, told, body)


def _header(scope: Scope, name: bytes) -> str | None:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), None)
