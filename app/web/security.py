"""The headers that every response carries, whoever made it; plain ASGI."""

from __future__ import annotations

import logging

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import ArchiveError
from app.web.generations import Current, made_from, stamp

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self' data:",
        "script-src 'self'",
        # Not 'none': whoever audits a page fetches robots.txt from within it.
        "connect-src 'self'",
        "manifest-src 'none'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

FRAMED = {
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'none'",
            "style-src 'self'",
            "img-src 'self' data:",
            "form-action 'none'",
            "base-uri 'none'",
            "frame-ancestors *",
        )
    ),
    "Cross-Origin-Resource-Policy": "cross-origin",
}
"""What a page says that may stand in a frame of any other page."""

_ALWAYS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
}
_JSON = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "ETag, X-Archive-Generation",
    "cross-origin-resource-policy": "cross-origin",
}


class Security:
    """An ASGI application that adds the headers to what `app` answers; a header that `app` set stays as it is."""

    def __init__(self, app: ASGIApp, current: Current) -> None:
        self._app = app
        self._current = current

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                await self._add(scope, headers)
            await send(message)

        await self._app(scope, receive, send_with_headers)

    async def _add(self, scope: Scope, headers: MutableHeaders) -> None:
        if headers.get("content-type", "").startswith(("application/json", "application/problem+json")):
            for name, value in _JSON.items():
                headers.setdefault(name, value)
        for name, value in _ALWAYS.items():
            headers.setdefault(name, value)
        if headers["content-security-policy"] == FRAMED["Content-Security-Policy"]:
            # Older browsers know this one alone, and it has no word for any other page.
            del headers["x-frame-options"]
        generation = made_from(scope).generation
        if generation is None:
            try:
                generation = await self._current.generation()
            except ArchiveError:
                return
            except Exception:
                # The page that tells of a fault must not be lost by the same fault.
                logging.getLogger("verbatim.web").exception("the generation could not be read")
                return
        headers["x-archive-generation"] = stamp(generation)
