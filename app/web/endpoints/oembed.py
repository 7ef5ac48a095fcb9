"""oEmbed 1.0 (oembed.com) of answers, of the type rich: what puts an answer into another page, for its programs."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import Annotated, Literal
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

from pydantic import BeforeValidator
from starlette.responses import Response

from app import permalinks
from app.archive.opening import Lease
from app.exports.xml import legal
from app.web import embedding
from app.web.asking import Query, Text, number
from app.web.caching import FRESH
from app.web.errors import Elsewhere, NoPage, Problem
from app.web.given import SiteAddress
from app.web.pages import answer
from app.web.quoted import Quoted
from app.web.sought import Sought

ADDRESS = "/oembed"
MEDIA_TYPE = "application/json"
NARROWEST, LOWEST = 200, 120
"""Pixels below which a frame shows nothing that can be read; whoever has less room is told no such page."""

_PATH = re.compile(r"/a/([^/]+?)(?:/embed)?")
_Pixels = Annotated[
    int | None, BeforeValidator(lambda value: number(value, 0, 999_999)), Query(description="pixels that there are")
]


@dataclass(frozen=True, slots=True)
class OEmbed:
    """What is told of an answer; the names are those of the specification, 2.3.4."""

    type: Literal["rich"]
    version: Literal["1.0"]
    title: str
    author_name: str | None
    author_url: str | None
    provider_name: str
    provider_url: str
    cache_age: int
    """Seconds."""
    html: str
    width: int
    height: int
    url: str
    """The answer's permanent address."""


def page(
    lease: Lease,
    site: SiteAddress,
    url: Annotated[Text, Query(description="address of an answer of this site")] = None,
    maxwidth: _Pixels = None,
    maxheight: _Pixels = None,
) -> OEmbed:
    """Return how an answer is embedded, in a frame without a script."""
    id, version = _asked(url, site)
    try:
        record = _record(lease, id, version)
    except Elsewhere:
        raise NoPage(_NONE) from None
    transcript = answer.exported(record, site)
    width = embedding.WIDTH if maxwidth is None else max(NARROWEST, min(maxwidth, embedding.WIDTH))
    high = embedding.height_of(transcript, width)
    height = high if maxheight is None else max(LOWEST, min(maxheight, high))
    work, first = transcript.work, next(iter(transcript.work.authors), None)
    return OEmbed(
        type="rich",
        version="1.0",
        title=work.title,
        author_name=None if first is None else first.written,
        author_url=None if first is None else site + permalinks.speaker_path(first.slug),
        provider_name="Verbatim",
        provider_url=site,
        cache_age=86_400,
        html=embedding.frame(transcript, width, height),
        width=width,
        height=height,
        url=work.address,
    )


def send(
    lease: Lease,
    site: SiteAddress,
    url: Text = None,
    format: Text = None,
    maxwidth: _Pixels = None,
    maxheight: _Pixels = None,
) -> Response:
    """Return the same as JSON or XML; of any other format there is none (2.2.1)."""
    if format not in (None, "json", "xml"):
        raise NoPage(Problem(501, "No such format", "An oEmbed is told as json or as xml."))
    told = {k: v for k, v in asdict(page(lease, site, url, maxwidth, maxheight)).items() if v is not None}
    headers = {"Cache-Control": FRESH, "Access-Control-Allow-Origin": "*"}
    if format == "xml":
        body = "".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in told.items())
        text = f'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>{body}</oembed>\n'
        return Response(legal(text), media_type="text/xml; charset=utf-8", headers=headers)
    return Response(json.dumps(told, ensure_ascii=False), media_type=MEDIA_TYPE, headers=headers)


_NONE = Problem(404, "Nothing to embed", "Only an answer of this site can be embedded: give its permanent address.")


def _asked(url: str | None, site: str) -> tuple[str, int | None]:
    """Return id and version of the answer at an absolute address, with either scheme; raises NoPage."""
    own, wanted = urlsplit(site), (url or "").removeprefix("https://").removeprefix("http://")
    at = own.netloc + own.path
    try:
        parts = urlsplit(wanted.removeprefix(at)) if wanted.startswith(f"{at}/") else None
    except ValueError:
        parts = None
    found = None if parts is None else _PATH.fullmatch(parts.path)
    if parts is None or found is None:
        raise NoPage(_NONE)
    version = next(iter(parse_qs(parts.query).get("v", ())), None)
    return found[1], number(version, 1, 999_999_999)


def _record(lease: Lease, id: str, version: int | None) -> answer.Answer:
    """Return the answer; of an answered question, its first answer."""
    try:
        return answer.page(lease, id, Sought(), Quoted(), version)
    except Elsewhere as elsewhere:
        if not elsewhere.path.startswith(permalinks.answer_path("")):
            raise
        return answer.page(lease, elsewhere.path.removeprefix(permalinks.answer_path("")), Sought(), Quoted(), version)
