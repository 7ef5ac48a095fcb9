"""The address of the OpenAPI description; what makes it is loaded when it is first asked for."""

from __future__ import annotations

import json
from copy import deepcopy
from functools import cached_property
from importlib import import_module
from types import ModuleType
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.archive.opening import Library
from app.errors import ArchiveError
from app.web.caching import FRESH
from app.web.generations import note

ADDRESS = "/openapi.json"


class Description:
    """Answers with what describing says of a site; FastAPI, which that needs, takes a quarter of all that is loaded."""

    def __init__(self, library: Library, site: str, contact: dict[str, str] | None) -> None:
        self._library, self._site, self._contact = library, site, contact

    def add_to(self, app: Starlette) -> None:
        """Give it its address."""
        app.router.routes.append(Route(ADDRESS, self._answer))

    def _answer(self, request: Request) -> Response:
        description = deepcopy(self._whole)
        try:
            with self._library.lease() as lease:
                note(request.scope, lease)
                self._describing.exemplify(description, lease)
        except ArchiveError:
            pass  # the description is true without an archive, and has only no examples of it
        body = json.dumps(description, ensure_ascii=False, separators=(",", ":"))
        return Response(body, media_type="application/json", headers={"Cache-Control": FRESH})

    @cached_property
    def _describing(self) -> ModuleType:
        return import_module("app.web.describing")

    @cached_property
    def _whole(self) -> dict[str, Any]:
        whole: dict[str, Any] = self._describing.whole(self._site, self._contact)
        return whole
