"""Errors as readers see them: an HTML page with a way on, or problem+json (RFC 9457); no detail of the inside."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from app import permalinks
from app.errors import ArchiveError, Lapsed, NotHeld, QueryTimeout, Withheld
from app.exports import forms
from app.web.security import FRAMED
from app.web.templating import Templates

_LOG = logging.getLogger("verbatim.web")
_SUFFIXES = (*(form.suffix for form in forms()), ".json")
"""Of the addresses that a page has beside its own, the longer ones first."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why there is no page, and what there may be instead."""

    status: int
    title: str
    detail: str
    suggestion: str | None = None
    """Path of the page that may have been meant."""
    last_words: tuple[str, ...] = ()
    """For an id that ended: the paragraphs it last stood for."""
    reason: str | None = None
    ended: str | None = None
    """ISO 8601, UTC."""
    successor: str | None = None
    """Path of the page that stands in its place."""
    interview: str | None = None
    """Path of the interview that it stood in."""
    version: str | None = None
    """Path and query of the page as the last version that had it."""
    history: str | None = None
    """Path of the page that tells each wording it had."""
    language: str | None = None
    """BCP 47 tag of the last words."""


_WITHHELD = {
    "answer": "The words at this address are lawfully withheld. This archive keeps them nowhere, and the address will "
    "never come to mean others.",
    "interview": "This interview is lawfully withheld. This archive keeps none of its words and no copy of its source, "
    "and the address will never come to mean another.",
}


class NoPage(Exception):
    """Raised by a page that can say itself why it is not there."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.title)
        self.problem = problem


class Elsewhere(Exception):
    """Raised by a page that stands at another address.

    `path` has no suffix and no query: where it moved for good, the query that was asked for goes with it. `fragment` is
    for people, and left out where another form was asked for.
    """

    def __init__(self, path: str, fragment: str = "", query: str = "", *, permanent: bool = False) -> None:
        super().__init__(path)
        self.path, self.fragment, self.query, self.permanent = path, fragment, query, permanent


class Problems:
    """Makes the response to a problem, in the form that the reader wants."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates

    def response(self, request: Request, problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
        """Return the page or problem+json; `headers` are added."""
        all_headers = {"Cache-Control": "no-store" if problem.status >= 500 else "no-cache", "Vary": "Accept"}
        all_headers.update(headers or {})
        if wants_json(request):
            members = {name: value for name, value in asdict(problem).items() if value}
            body = {"type": "about:blank", **members}
            return JSONResponse(body, problem.status, all_headers, media_type="application/problem+json")
        all_headers["Content-Language"] = "en"
        if request.url.path.endswith("/embed"):
            # Whoever has put it into a frame is told there what became of it.
            all_headers |= FRAMED
        page = self._templates.render("error", problem, request.url.path)
        return HTMLResponse(page, problem.status, all_headers)

    def application(self, problem: Problem, headers: Mapping[str, str]) -> ASGIApp:
        """Return an ASGI application that answers everything with one problem, whose page is made once."""
        made: dict[bool, Response] = {}

        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            request = Request(scope)
            is_json = wants_json(request)
            if is_json not in made:
                made[is_json] = self.response(request, problem, headers)
            await made[is_json](scope, receive, send)

        return answer

    def handle(self, app: Starlette) -> None:
        """Have `app` show its exceptions through this."""
        app.add_exception_handler(Elsewhere, _redirect)
        for kind in (NoPage, ArchiveError, HTTPException, Exception):
            app.add_exception_handler(kind, self._shown)

    async def _shown(self, request: Request, error: Exception) -> Response:
        is_passing = isinstance(error, ArchiveError) and not isinstance(error, NotHeld | Withheld)
        return self.response(request, _problem(error), {"Retry-After": "5"} if is_passing else None)


def wants_json(request: Request) -> bool:
    """Say whether an error is to be told to a program: at a .json address, or where JSON and no page is accepted."""
    accept = request.headers.get("accept", "")
    return request.url.path.endswith((".json", "/oembed")) or ("json" in accept and "text/html" not in accept)


def withheld(detail: str, reason: str, since: str, interview: str | None) -> Problem:
    """Return what stands in the place of what is lawfully withheld; `interview` is the slug of one that can be read."""
    path = None if interview is None else permalinks.interview_path(interview)
    return Problem(410, "Withheld", detail, reason=reason, ended=since, interview=path)


def _lapsed(error: Lapsed) -> Problem:
    return Problem(
        410,
        "No longer published",
        f"What stood here was published in generation {error.generation} of this archive on "
        f"{error.published_at[:10]}. That generation was withdrawn as a whole on {error.lapsed_at[:10]}, by a "
        "return to the one before it. The address will never come to mean anything else.",
        reason=error.reason,
        ended=error.lapsed_at,
    )


async def _redirect(request: Request, error: Exception) -> Response:
    assert isinstance(error, Elsewhere)  # noqa: S101
    suffix = next((suffix for suffix in _SUFFIXES if request.url.path.endswith(suffix)), "")
    # What moved for good is asked the same there: a link to a version stays one.
    query = error.query or (request.url.query if error.permanent else "")
    target = error.path + suffix + (f"?{query}" if query else "")
    if error.fragment and not suffix:
        target += f"#{error.fragment}"
    status, cache = (308, "public, max-age=3600") if error.permanent else (302, "no-store")
    headers = {"Cache-Control": cache, "Access-Control-Allow-Origin": "*"} if suffix else {"Cache-Control": cache}
    return RedirectResponse(target, status, headers)


def _problem(error: Exception) -> Problem:
    match error:
        case NoPage(problem=problem):
            return problem
        case Lapsed():
            return _lapsed(error)
        case NotHeld(kind=kind, key=key):
            return Problem(404, "Not in this archive", f"This archive holds no {kind} “{_shortened(key)}”.")
        case Withheld(kind=kind, reason=reason, since=since, interview=interview):
            return withheld(_WITHHELD.get(kind, _WITHHELD["answer"]), reason, since, interview)
        case QueryTimeout():
            detail = "This took longer than one reader may take. Ask for less at once, or try again in a moment."
            return Problem(503, "Too slow", detail)
        case ArchiveError():
            _LOG.error("%s", error)
            return Problem(503, "No archive", "There is no archive to read from just now. Please try again later.")
        case HTTPException(status_code=404):
            return Problem(404, "No such page", "There is no page at this address.")
        case HTTPException(status_code=status):
            return Problem(status, "Not possible", "This request cannot be answered.")
        case _:
            return Problem(500, "Something broke here", "The fault is ours, and has been written down for us.")


def _shortened(text: str) -> str:
    return text if len(text) <= 100 else text[:100] + "…"
