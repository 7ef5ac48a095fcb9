"""Addresses for machines that tell nothing of the archive: health, robots, OpenSearch, the icon and the assets."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from app.errors import ArchiveError
from app.web.assets import Asset, Assets
from app.web.generations import Current
from app.web.templating import Templates

_DAY = {"Cache-Control": "public, max-age=86400"}


def add_machine_addresses(app: Starlette, assets: Assets, current: Current, templates: Templates) -> None:
    """Add the routes to `app`; none of them opens the archive, but where a new file has appeared."""
    robots_text = templates.render("robots.txt", None, "/robots.txt")
    opensearch_xml = templates.render("opensearch.xml", None, "/opensearch.xml")

    async def healthz(request: Request) -> Response:
        headers = {"Cache-Control": "no-store"}
        try:
            generation = await current.generation()
        except ArchiveError:
            return JSONResponse({"status": "no archive", "generation": None}, 503, headers | {"Retry-After": "5"})
        return JSONResponse({"status": "ok", "generation": generation.number, "token": generation.token}, 200, headers)

    async def robots(request: Request) -> Response:
        return PlainTextResponse(robots_text, headers=_DAY)

    async def opensearch(request: Request) -> Response:
        return Response(opensearch_xml, headers=_DAY, media_type="application/opensearchdescription+xml; charset=utf-8")

    async def favicon(request: Request) -> Response:
        return _served(assets.named("favicon.ico"), "public, max-age=604800")

    async def static(request: Request) -> Response:
        asset = assets.at(request.url.path)
        if asset is None:
            raise HTTPException(404)
        return _served(asset, asset.cache_control)

    app.router.routes += [
        Route("/healthz", healthz),
        Route("/robots.txt", robots),
        Route("/opensearch.xml", opensearch),
        Route("/favicon.ico", favicon),
        Route("/static/{name}", static),
    ]


def _served(asset: Asset, cache_control: str) -> Response:
    headers = {"Cache-Control": cache_control, "Cross-Origin-Resource-Policy": "same-origin"}
    return Response(asset.data, headers=headers, media_type=asset.media_type)
