"""Sends a part of a reply to whoever asks for one (RFC 9110, 14); which replies have parts, they say themselves."""

from __future__ import annotations

import re

from starlette.types import Scope

from app.web.caching import Reply

_ONE = re.compile(r"bytes=\s*(\d*)-(\d*)\s*", re.ASCII | re.IGNORECASE)
_MOST_DIGITS = 18


def asked(scope: Scope, etag: str | None, size: int) -> tuple[int, int] | None:
    """Return where the range that a request asks for begins and ends, of so many bytes under that strong tag.

    None where the whole is to be sent: several ranges at once are answered so, as is any other unit, a range in words
    that mean nothing (14.2), and one that is bound to another tag (13.1.5). The end is not after the beginning where
    the range cannot be satisfied.
    """
    wanted, condition = _header(scope, b"range"), _header(scope, b"if-range")
    # A date cannot hold, for no reply has one; a weak tag never does.
    if wanted is None or scope["method"] != "GET" or (condition is not None and condition.strip() != etag):
        return None
    found = _ONE.fullmatch(wanted)
    if found is None or not any(found.groups()) or max(map(len, found.groups())) > _MOST_DIGITS:
        return None
    if not found[1]:
        return max(size - int(found[2]), 0), size if int(found[2]) else 0
    start, end = int(found[1]), min(int(found[2]) + 1, size) if found[2] else size
    return None if found[2] and int(found[2]) < start else (start, end)


def part(reply: Reply, scope: Scope) -> Reply:
    """Return the part of a reply that its reader asks for, or the reply where none is asked for.

    Only of 200, and where the reply says that it has parts; a range that begins past the end is 416.
    """
    if reply.status != 200 or reply.header(b"accept-ranges") != "bytes":
        return reply
    size = len(reply.body)
    found = asked(scope, reply.header(b"etag"), size)
    if found is None:
        return reply
    start, end = found
    if start >= end:
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
