"""Calls an ASGI application as a server does, without a network."""

from __future__ import annotations

from starlette.types import ASGIApp, Message

_HEADERS = [(b"host", b"127.0.0.1"), (b"accept", b"*/*"), (b"accept-encoding", b"gzip")]


async def call(app: ASGIApp, address: str, headers: list[tuple[bytes, bytes]] | None = None) -> tuple[int, bytes]:
    """Return the status and the body of the response to a path and query in ASCII."""
    path, _, query = address.partition("?")
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": _HEADERS if headers is None else headers,
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    await app(scope, receive, send)
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent)
