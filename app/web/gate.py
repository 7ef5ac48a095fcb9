"""What is refused or sent elsewhere before any page is looked for: methods, too long addresses, trailing slashes."""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from app.web.bounds import LONGEST_ADDRESS
from app.web.errors import Problem, Problems

METHODS = "GET, HEAD"

_IN_PATH = "/:@!$&'()*+,;=~-._"
_IN_QUERY = _IN_PATH + "%?"


class Gate:
    """An ASGI application that lets `app` see only what may be a page."""

    def __init__(self, app: ASGIApp, problems: Problems) -> None:
        self._app = app
        self._problems = problems

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = self._refusal(scope) if scope["type"] == "http" else None
        await (self._app if response is None else response)(scope, receive, send)

    def _refusal(self, scope: Scope) -> Response | None:
        request = Request(scope)
        if scope["method"] not in ("GET", "HEAD"):
            problem = Problem(405, "Only reading", f"This archive can only be read: {METHODS} and nothing else.")
            return self._problems.response(request, problem, {"Allow": METHODS})
        if address_length(scope) > LONGEST_ADDRESS:
            problem = Problem(414, "Address too long", "An address here has at most 16 kB, search words included.")
            return self._problems.response(request, problem)
        path: str = scope["path"]
        if path.endswith("/") and path.strip("/"):
            target = _without_slash(path, scope["query_string"])
            return RedirectResponse(target, 308, {"Cache-Control": "public, max-age=86400"})
        return None


def address_length(scope: Scope) -> int:
    """Return the bytes of path and query as they were sent."""
    path: bytes = scope.get("raw_path") or quote(scope["path"]).encode()
    query: bytes = scope["query_string"]
    return len(path) + (len(query) + 1 if query else 0)


def _without_slash(path: str, query: bytes) -> str:
    # One slash in front, whatever was sent: "//other.example/" would lead to another site.
    target = "/" + quote(path.strip("/"), safe=_IN_PATH)
    return f"{target}?{quote(query.decode('latin-1'), safe=_IN_QUERY)}" if query else target
