"""Builds the site from its settings, out of all that it is made of."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio.to_thread import current_default_thread_limiter
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp

from app import resources
from app.archive.opening import Library
from app.settings import Settings
from app.web.assets import Assets
from app.web.below import Below
from app.web.caching import PageCache
from app.web.crowding import CROWDED, RETRY_AFTER
from app.web.delivery import Delivery
from app.web.described import Description
from app.web.downloads import add_downloads
from app.web.errors import Problems
from app.web.fingerprints import Fingerprints
from app.web.gate import Gate
from app.web.generations import Current
from app.web.machines import add_machine_addresses
from app.web.mementos import ByDatetime
from app.web.routing import add_pages
from app.web.security import Security
from app.web.streaming import add_streams
from app.web.templating import Site, Templates

_HEAD_START = 0.5
"""Seconds that the first readers have before templates are compiled that nobody has asked for."""

NAVIGATION = (
    ("/interviews", "Interviews"),
    ("/speakers", "Speakers"),
    ("/outlets", "Outlets"),
    ("/dates", "Dates"),
    ("/search", "Search"),
    ("/about", "About"),
)


def site(settings: Settings) -> ASGIApp:
    """Return the ASGI application that serves the archive of `settings`, which need not be there yet."""
    library = Library(settings.archive, settings.query_seconds)
    current = Current(library)
    assets = Assets(resources.static())
    templates = Templates(resources.templates(), Site(settings.url, NAVIGATION, settings.contact), assets)
    problems = Problems(templates)
    fingerprints = Fingerprints(library)
    app = _application(settings, library, fingerprints, templates)
    problems.handle(app)
    add_machine_addresses(app, assets, current, templates)
    add_pages(app, library, templates)
    Description(library, settings.url, _contact(settings.contact)).add_to(app)
    streamed = add_streams(app, library, settings.url) | add_downloads(app, library, fingerprints)
    gate = Gate(app, problems)
    refusing = Security(problems.application(CROWDED, {"Retry-After": str(RETRY_AFTER)}), current)
    cache = PageCache(settings.cache_bytes)
    delivery = Delivery(Security(gate, current), library, cache, streamed, refusing, settings.searches)
    whole = ByDatetime(delivery, library, current, problems, settings.url)
    return Below(whole, settings.below) if settings.below else whole


def _application(settings: Settings, library: Library, fingerprints: Fingerprints, templates: Templates) -> Starlette:
    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        # More threads than can be at work would only take the time of the one that sends what is kept.
        current_default_thread_limiter().total_tokens = 2 * settings.searches
        compiling = asyncio.create_task(_compile(templates))
        yield
        compiling.cancel()
        fingerprints.close()
        library.close()

    app = Starlette(lifespan=lifespan)
    app.router.redirect_slashes = False
    app.state.site, app.state.fingerprints = settings.url, fingerprints
    return app


async def _compile(templates: Templates) -> None:
    """Compile one template after the other, behind the first readers: all of them take half a second."""
    await asyncio.sleep(_HEAD_START)
    for name in templates.names:
        await run_in_threadpool(templates.compile, name)


def _contact(link: str | None) -> dict[str, str] | None:
    """Return the contact of an OpenAPI description; None where there is none."""
    if link is None:
        return None
    return {"email": link.removeprefix("mailto:")} if link.startswith("mailto:") else {"url": link}
