"""The site: builds the application from its settings; what it shows is in pages/, how it answers in modules here."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from starlette.types import ASGIApp

from app.settings import Settings


def create_app(settings: Settings) -> ASGIApp:
    """Return the ASGI application that serves the archive of `settings`, which need not be there yet."""
    # Loaded when it is built: whoever starts the processes that serve it has no use for what it is made of.
    return cast(ASGIApp, import_module("app.web.building").site(settings))
