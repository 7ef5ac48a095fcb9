"""Finds the pages and feeds and gives each its addresses, a page also its JSON; what they show is theirs to say."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import NoReturn, Protocol, cast

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from app.archive.holdings import Generation
from app.archive.opening import Library
from app.exports import forms
from app.web import endpoints, feeds, pages
from app.web.alternates import Exported, Handed
from app.web.answering import Addresses, Answering
from app.web.caching import FRESH
from app.web.generations import note
from app.web.presenting import AsJson, Present, Record, Shown, Told, json_path
from app.web.templating import Templates


class _PageModule(Protocol):
    ADDRESS: str
    page: Callable[..., Record]


HTML, JSON = "text/html", "application/json"


@dataclass(frozen=True, slots=True)
class Page:
    """A module with its ADDRESS, its function `page`, and what sends the bytes where no template does."""

    name: str
    address: str
    page: Callable[..., Record]
    send: Callable[..., Response] | None
    template: str
    """Its own, of the page's name, but where the module states another as TEMPLATE."""
    media_type: str
    """As the module states it as MEDIA_TYPE, else HTML."""
    framed: bool = False
    """Whether it may stand in a frame of any other page, as the module states it as FRAMED."""
    exported: Exported | None = None
    """What makes of its record all the forms of exports, where the module has it."""

    @property
    def json_address(self) -> str:
        """Where the record is shown as JSON."""
        return json_path(self.address)

    @property
    def has_json(self) -> bool:
        """Whether there is JSON at its JSON address; of feeds and sitemaps, which are for programs, there is none."""
        return self.media_type == HTML

    @property
    def record(self) -> type | None:
        """The type of the record; None for a page that always leads elsewhere, and where there is no JSON."""
        return cast(type, self._returned) if self.has_json and not self.leads_elsewhere else None

    @property
    def leads_elsewhere(self) -> bool:
        """Whether it always does."""
        return self._returned is NoReturn

    @property
    def _returned(self) -> object:
        return inspect.signature(self.page, eval_str=True).return_annotation


def found_pages() -> tuple[Page, ...]:
    """Return what is in pages/, endpoints/ and feeds/, fixed words before words where anything may stand."""
    return tuple(sorted((*_in(pages), *_in(endpoints), *_in(feeds)), key=_place))


def _place(page: Page) -> list[tuple[bool, bool, str]]:
    # "/{slug}" would take "/x.atom" for a slug, and both would take "/x".
    return [("{" in part, part.endswith("}"), part) for part in page.address.split("/")]


def _in(package: ModuleType) -> Iterator[Page]:
    for found in pkgutil.iter_modules(package.__path__):
        module = importlib.import_module(f"{package.__name__}.{found.name}")
        if hasattr(module, "ADDRESS"):
            stated = cast(_PageModule, module)
            template = getattr(module, "TEMPLATE", f"{found.name}.html")
            media_type = getattr(module, "MEDIA_TYPE", HTML)
            send, exported = getattr(module, "send", None), getattr(module, "exported", None)
            framed = getattr(module, "FRAMED", False)
            yield Page(found.name, stated.ADDRESS, stated.page, send, template, media_type, framed, exported)


def add_pages(app: Starlette, library: Library, templates: Templates) -> None:
    """Give every page its addresses; all with a suffix first, for "/{slug}" would take "/x.json" for a slug."""
    found = found_pages()
    addresses = Addresses(app.router.default)
    for page in found:
        if page.exported is not None:
            for form in forms():
                handed = Handed(form, page.exported, templates.site.url, FRESH)
                addresses.add(page.address + form.suffix, _endpoint(page.page, library, handed))
    for page in (page for page in found if page.has_json):
        shown = AsJson(page.record) if page.record else _nothing
        addresses.add(page.json_address, _endpoint(page.page, library, shown))
    for page in found:
        addresses.add(page.address, _plain_endpoint(page, library, templates))
    app.router.default = addresses


def _plain_endpoint(page: Page, library: Library, templates: Templates) -> ASGIApp:
    if page.send is not None:
        return _endpoint(page.send, library, _as_is)
    if page.leads_elsewhere:
        return _endpoint(page.page, library, _nothing)
    if page.has_json:
        return _endpoint(page.page, library, Shown(page.template, page.exported, templates, framed=page.framed))
    return _endpoint(page.page, library, Told(page.template, page.media_type, templates))


def _endpoint(make: Callable[..., object], library: Library, present: Present) -> ASGIApp:
    """Return what answers: it leases the archive, makes the record and presents it, in one thread."""

    def respond(*, request: Request, **asked: object) -> Response:
        with library.lease() as lease:
            note(request.scope, lease)
            record = make(lease, **asked)
        return present(record, request, lease.generation)

    return Answering(respond, make, "lease")


def _as_is(response: Response, request: Request, generation: Generation) -> Response:
    return response


def _nothing(record: object, request: Request, generation: Generation) -> Response:
    raise AssertionError("a page that always leads elsewhere came back")
