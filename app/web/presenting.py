"""Presents the record of a page as JSON or by a template, with its headers; where the record is from is not known."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, Protocol
from urllib.parse import quote

from pydantic import TypeAdapter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from app.archive.holdings import Generation
from app.exports.xml import legal
from app.web import signposting
from app.web.alternates import Exported, alternates, asked_version
from app.web.caching import FRESH
from app.web.mementos import headers as memento_headers
from app.web.security import FRAMED
from app.web.templating import Templates

_SAFE = "/:@!$&'()*+,;=~-._%?"

Present = Callable[[Any, Request, Generation], Response]
"""What makes the response of a record."""


class Record(Protocol):
    """What a page is made of: a frozen dataclass that knows the permanent path, with query, of its page.

    One whose `is_passing` holds is not kept.
    """

    @property
    def url(self) -> str: ...


def json_path(path: str) -> str:
    """Return the path of the JSON of the page at `path`."""
    return "/index.json" if path == "/" else f"{path}.json"


class AsJson:
    """Presents a record as JSON."""

    def __init__(self, record: type) -> None:
        self._record = record

    @cached_property
    def _adapter(self) -> TypeAdapter[object]:
        # Made when it is first asked for: those of all pages would take a fifth of the time in which a site starts.
        return TypeAdapter(self._record)

    def __call__(self, record: object, request: Request, generation: Generation) -> Response:
        body = self._adapter.dump_json(record)
        return Response(body, headers=_headers(record), media_type="application/json")


class Shown:
    """Presents a record to people, by the page's template."""

    def __init__(self, template: str, exported: Exported | None, templates: Templates, *, framed: bool = False) -> None:
        self._name, self._exported, self._templates = template, exported, templates
        self._own_headers = FRAMED if framed else {}

    def __call__(self, record: Record, request: Request, generation: Generation) -> Response:
        path, query = request.url.path, request.url.query
        json = quote(json_path(path) + (f"?{query}" if query else ""), safe=_SAFE)
        exported = None if self._exported is None else self._exported(record, self._templates.site.url)
        asked = asked_version(record, request)
        others = () if exported is None else alternates(record.url, asked)
        page = self._templates.render(
            self._name,
            record,
            path,
            canonical=record.url,
            json=json,
            generation=generation,
            exported=exported,
            others=others,
        )
        headers = _headers(record) | self._own_headers
        held, version = getattr(record, "mementos", ()), getattr(record, "version", None)
        if held and query in ("", f"v={version}"):
            headers |= memento_headers(self._templates.site.url + record.url, held, version if query else None)
        if exported is not None:
            told = signposting.links(exported, others, json, asked)
            headers["Link"] = f"{headers['Link']}, {told}" if "Link" in headers else told
        return HTMLResponse(page, headers=headers)


class Told:
    """Presents a record to programs, in XML by the page's template."""

    def __init__(self, template: str, media_type: str, templates: Templates) -> None:
        self._name, self._media_type, self._templates = template, media_type, templates

    def __call__(self, record: Record, request: Request, generation: Generation) -> Response:
        text = self._templates.render(self._name, record, request.url.path, generation=generation)
        return Response(legal(text), headers={"Cache-Control": FRESH}, media_type=f"{self._media_type}; charset=utf-8")


def _headers(record: object) -> dict[str, str]:
    is_passing = getattr(record, "is_passing", False)
    return {
        "Cache-Control": "no-store" if is_passing else FRESH,
        "Content-Language": getattr(record, "language", None) or "en",
    }
