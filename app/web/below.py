"""Serves the site below a path of its host where VERBATIM_URL has one; all else knows nothing of that path."""

from __future__ import annotations

import re
from urllib.parse import quote

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LINK = re.compile(r'(\s(?:href|src|action)=")(?=/(?!/))')
"""What stands before a path in a page. In the words of a page no quotation mark stands as it is: it is escaped."""


def prefixed(page: str, prefix: str) -> str:
    """Return HTML whose links begin below `prefix`, as /archive, where they began at the root of the host."""
    return _LINK.sub(rf"\g<1>{prefix}", page)


class Below:
    """An ASGI application that has `app` below a path, as /archive; it is asked for with that path."""

    def __init__(self, app: ASGIApp, prefix: str) -> None:
        self._app, self._prefix = app, prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path: str = scope["path"]
        if not path.startswith(f"{self._prefix}/"):
            await self._outside(path, scope["query_string"])(scope, receive, send)
            return

        async def send_from_below(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                target = headers.get("location", "")
                if target.startswith("/"):
                    headers["location"] = self._prefix + target
            await send(message)

        inner = path[len(self._prefix) :]
        raw: bytes = scope.get("raw_path") or b""
        below = raw.removeprefix(self._prefix.encode()) if raw.startswith(self._prefix.encode()) else b""
        scope = {**scope, "path": inner, "raw_path": below or quote(inner).encode()}
        await self._app(scope, receive, send_from_below)

    def _outside(self, path: str, query: bytes) -> Response:
        if path in ("/", self._prefix):
            asked = f"?{quote(query.decode('latin-1'), safe='=&%+')}" if query else ""
            return RedirectResponse(f"{self._prefix}/{asked}", 302, {"Cache-Control": "no-cache"})
        headers = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
        return PlainTextResponse(f"There is nothing at this address. The archive is at {self._prefix}/\n", 404, headers)
