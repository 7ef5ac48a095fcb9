"""Addresses for machines that are no pages: health, robots.txt, the icon and the assets; plain ASGI routes."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from app.errors import ArchiveError
from app.web.assets import Asset, Assets
from app.web.generations import Current

_ROBOTS = "User-agent: *\nDisallow: /search\nDisallow: /*.json$\n"


def add_machine_addresses(app: FastAPI, assets: Assets, current: Current) -> None:
    """Add the routes to `app`; none of them opens the archive, but where a new file has appeared."""

    async def healthz(request: Request) -> Response:
        headers = {"Cache-Control": "no-store"}
        try:
            generation = await current.generation()
        except ArchiveError:
            return JSONResponse({"status": "no archive", "generation": None}, 503, headers | {"Retry-After": "5"})
        return JSONResponse({"status": "ok", "generation": generation.number, "token": generation.token}, 200, headers)

    async def robots(request: Request) -> Response:
        return PlainTextResponse(_ROBOTS, headers={"Cache-Control": "public, max-age=86400"})

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
        Route("/favicon.ico", favicon),
        Route("/static/{name}", static),
    ]


def _served(asset: Asset, cache_control: str) -> Response:
    headers = {"Cache-Control": cache_control, "Cross-Origin-Resource-Policy": "same-origin"}
    return Response(asset.data, headers=headers, media_type=asset.media_type)
