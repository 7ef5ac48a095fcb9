"""The outermost layer: kept pages, one making of a page at a time, codings, ETag, 304, parts and HEAD; plain ASGI."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import logging
from collections.abc import Collection, Sequence

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.archive.opening import Identity, Library
from app.errors import ArchiveError
from app.web.caching import Headers, Key, PageCache, Reply
from app.web.conditions import is_held
from app.web.crowding import Crowded, Places, is_costly
from app.web.generations import MadeFrom, made_from
from app.web.mementos import http_date
from app.web.negotiation import Coding, accepted, encode, is_worth_encoding
from app.web.ranges import part

_LOG = logging.getLogger("verbatim.web")
_NOT_IN_304 = {b"content-length", b"content-type", b"content-encoding", b"content-disposition", b"repr-digest"}
_NO_BODY = {204, 304}
_AT_ONCE = 64 * 1024
"""Bytes that are sent as they are whose digest takes less than handing them to another thread and back."""
_ASKS_FOR_LESS = frozenset({b"if-none-match", b"if-modified-since", b"range"})


class Delivery:
    """An ASGI application that answers GET and HEAD from the cache, or by having `app` make the page.

    What stands at the `streamed` paths goes past it, as it is made.
    """

    def __init__(
        self,
        app: ASGIApp,
        library: Library,
        cache: PageCache,
        streamed: Collection[str] = frozenset(),
        refusing: ASGIApp | None = None,
        places: int = 4,
    ) -> None:
        """`refusing` answers those for whom there is no place among the `places` that make costly pages at once."""
        self._app = app
        self._streamed = streamed
        self._library = library
        self._cache = cache
        self._refusing = refusing or app
        # A stream waits for its reader most of the time.
        self._costly, self._streams = Places(places), Places(4 * places)
        self._making: dict[tuple[object, ...], asyncio.Task[Reply]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_read = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        if not is_read:
            await self._app(scope, receive, send)
            return
        if scope["path"] in self._streamed:
            await self._stream(scope, receive, send)
            return
        is_head, asks_for_less, header = scope["method"] == "HEAD", False, None
        for name, value in scope["headers"]:
            if name == b"accept-encoding":
                header = value if header is None else header + b", " + value
            elif name in _ASKS_FOR_LESS:
                asks_for_less = True
        reply = await self._reply(scope, accepted(header))
        if asks_for_less:
            reply = _lessened(reply, scope)
        await _send(reply, is_head, send)

    async def _stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            async with self._streams.place():
                await self._app(scope, receive, send)
        except Crowded:
            await self._refusing(scope, receive, send)

    async def _reply(self, scope: Scope, codings: Sequence[Coding]) -> Reply:
        identity = self._identity()
        if identity is None or not codings or "identity" not in codings:
            return await self._make(scope, codings, None)
        key = Key(identity, _address(scope), codings[0])
        kept = self._cache.get(key)
        return kept if kept is not None else await self._join(scope, codings, key)

    def _identity(self) -> Identity | None:
        try:
            return self._library.identity()
        except ArchiveError:
            return None

    async def _join(self, scope: Scope, codings: Sequence[Coding], key: Key) -> Reply:
        """Wait for the page that is being made for `key`, or begin to make it.

        The making is a task of its own: a reader who goes away takes nothing from the others.
        """
        loop = asyncio.get_running_loop()
        flight = (loop, key, _request_header(scope, b"accept"))
        task = self._making.get(flight)
        if task is None:
            task = self._making[flight] = loop.create_task(self._make(scope, codings, key))
            task.add_done_callback(lambda _: self._making.pop(flight, None))
        return await asyncio.shield(task)

    async def _make(self, scope: Scope, codings: Sequence[Coding], key: Key | None) -> Reply:
        # A page may depend on its address and on the kind of error page wanted, on nothing else that a reader sends.
        accept = [(name, value) for name, value in scope["headers"] if name == b"accept"]
        inner = dict(scope, method="GET", headers=accept)
        known = made_from(inner)
        made = await self._made(inner)
        if len(made.body) <= _AT_ONCE and _coding(made, codings) == "identity":
            reply = _finish(made, codings, known)
        else:
            reply = await run_in_threadpool(_finish, made, codings, known)
        if key is not None:
            # The file may have changed between asking and reading: what counts is what was read.
            self._cache.put(Key(known.identity or key.identity, key.address, key.coding), reply)
        return reply

    async def _made(self, scope: Scope) -> Reply:
        if not is_costly(scope["path"]):
            return await _record(self._app, scope)
        try:
            async with self._costly.place():
                return await _record(self._app, scope)
        except Crowded:
            return await _record(self._refusing, scope)


async def _record(app: ASGIApp, scope: Scope) -> Reply:
    status, headers, chunks = 500, Headers(), list[bytes]()

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        nonlocal status, headers
        if message["type"] == "http.response.start":
            status, headers = message["status"], [(name.lower(), value) for name, value in message["headers"]]
        elif message["type"] == "http.response.body":
            chunks.append(message.get("body", b""))

    try:
        await app(scope, receive, send)
    except Exception:
        # The page that says so is recorded already; what is left to do is to tell whoever runs the site.
        _LOG.exception("no page could be made for %s", scope["path"])
        if not headers:
            return Reply(
                500, [(b"content-type", b"text/plain"), (b"cache-control", b"no-store")], b"Something broke.\n"
            )
    return Reply(status, headers, b"".join(chunks))


def _finish(reply: Reply, codings: Sequence[Coding], known: MadeFrom) -> Reply:
    """Return `reply` in the best coding, with its length, its ETag, its date and what it varies on.

    Its date is that of the generation it was read from, since which nothing on it has changed.
    """
    headers = [(name, value) for name, value in reply.headers if name not in (b"content-length", b"vary")]
    body, coding = reply.body, _coding(reply, codings)
    if coding is None:
        body = b"None of the codings that your Accept-Encoding allows is one that this page has.\n"
        headers = [(name, value) for name, value in headers if not name.startswith((b"content-", b"repr-"))]
        headers.append((b"content-type", b"text/plain; charset=utf-8"))
        return _closed(Reply(406, headers, body), reply)
    if coding != "identity":
        body = encode(body, coding)
        headers.append((b"content-encoding", coding.encode()))
    if reply.status == 200:
        digest = base64.urlsafe_b64encode(hashlib.sha256(body).digest()[:18])
        headers.append((b"etag", b'"' + digest + b'"'))
        if known.generation is not None:
            headers.append((b"last-modified", http_date(known.generation.published_at).encode()))
    return _closed(Reply(reply.status, headers, body), reply)


def _closed(reply: Reply, made: Reply) -> Reply:
    vary = ", ".join(filter(None, (made.header(b"vary"), "Accept-Encoding")))
    end = [(b"vary", vary.encode("latin-1"))]
    if reply.status not in _NO_BODY:
        end.append((b"content-length", str(len(reply.body)).encode()))
    headers = [*reply.headers, *end]
    if reply.status != 200:
        return Reply(reply.status, headers, reply.body)
    told = dict(headers)
    unchanged = [(name, value) for name, value in headers if name not in _NOT_IN_304]
    return Reply(200, headers, reply.body, told.get(b"etag", b""), told.get(b"last-modified", b""), unchanged)


def _coding(reply: Reply, codings: Sequence[Coding]) -> Coding | None:
    """Return the coding to send in; None where the reader refuses the plain bytes and they are all there is."""
    if not reply.body:
        return "identity"
    untouchable = "no-transform" in (reply.header(b"cache-control") or "")
    if "identity" in codings:
        worth = not untouchable and is_worth_encoding(reply.header(b"content-type") or "", len(reply.body))
        return codings[0] if worth else "identity"
    return codings[0] if codings and not untouchable else None


def _lessened(reply: Reply, scope: Scope) -> Reply:
    """Return 304 in place of a page that the reader says to have, or the part that is asked for."""
    return Reply(304, reply.unchanged, b"") if is_held(reply, scope) else part(reply, scope)


async def _send(reply: Reply, is_head: bool, send: Send) -> None:
    await send({"type": "http.response.start", "status": reply.status, "headers": reply.headers})
    await send({"type": "http.response.body", "body": b"" if is_head else reply.body})


def _request_header(scope: Scope, name: bytes) -> str | None:
    values = [value.decode("latin-1") for key, value in scope["headers"] if key == name]
    return ", ".join(values) if values else None


def _address(scope: Scope) -> bytes:
    path: bytes = scope.get("raw_path") or scope["path"].encode("utf-8", "surrogateescape")
    query: bytes = scope["query_string"]
    return path + b"?" + query if query else path
