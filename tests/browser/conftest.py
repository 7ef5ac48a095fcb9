"""A browser, a server over the invented collection, and a walk over all its pages."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright
from starlette.testclient import TestClient

from app.settings import Settings
from tests.browser.walking import Walked, walk
from tests.serving import free_port, running

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
Scheme = Literal["light", "dark"]
_PATIENCE = 60_000
"""Milliseconds after which something is held not to happen: far more than a busy machine needs for it."""

# An own page sees what its content security policy forbids; the script is run by the browser, not by the page.
_LISTEN = """
window.forbidden = [];
addEventListener("securitypolicyviolation", e => forbidden.push(`${e.violatedDirective} ${e.blockedURI}`));
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what needs the browser last: it is slow, and Playwright leaves an event loop behind in its thread."""
    here = Path(__file__).resolve().parent
    items.sort(key=lambda item: item.path.is_relative_to(here))


def chromium() -> str | None:
    """Return where the system's Chromium is, or where CHROMIUM says that it is; None where there is none."""
    return os.environ.get("CHROMIUM") or next((found for name in NAMES if (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium; without one its tests are skipped, and fail in continuous integration."""
    path = chromium()
    if path is None:
        reason = "there is no Chromium on the PATH, and CHROMIUM names none"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    expect.set_options(timeout=_PATIENCE)
    with sync_playwright() as playwright:
        # Chromium has no sandbox for root.
        arguments = ["--no-sandbox"] if os.name == "posix" and os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def filled_site(filled_archive: Path) -> Iterator[str]:
    """The address of a server over the invented collection, without a slash at its end."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with running(Settings(archive=filled_archive, url=url), port):
        yield url


@pytest.fixture(scope="session")
def walked(filled_client: TestClient) -> list[Walked]:
    """Every page of the site over the invented collection."""
    return walk(filled_client, "https://verbatim.example")


@dataclass(slots=True)
class Watched:
    """A page in a browser, and what was wrong while it was looked at."""

    page: Page
    faults: list[str] = field(default_factory=list)


Open = Callable[..., AbstractContextManager[Watched]]


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Iterator[dict[str, BrowserContext]]:
    """The contexts in use, by what they were opened with; one is opened once."""
    opened: dict[str, BrowserContext] = {}
    yield opened
    for context in opened.values():
        context.close()


@pytest.fixture(scope="session")
def opened(browser: Browser, contexts: dict[str, BrowserContext], filled_site: str) -> Open:
    """Open an address of the site; what it logs, asks of others or is forbidden is kept as faults."""

    @contextmanager
    def look(address: str, **options: object) -> Iterator[Watched]:
        key = repr(sorted(options.items()))
        if key not in contexts:
            contexts[key] = browser.new_context(base_url=filled_site, **options)  # type: ignore[arg-type]
            contexts[key].add_init_script(_LISTEN)
        page = contexts[key].new_page()
        page.set_default_timeout(_PATIENCE)
        watched = Watched(page)
        _watch(watched, filled_site)
        try:
            page.goto(address)
            yield watched
            watched.faults += [f"forbidden: {each}" for each in page.evaluate("window.forbidden")]
        finally:
            page.close()
        assert watched.faults == []

    return look


def _watch(watched: Watched, site: str) -> None:
    page, faults = watched.page, watched.faults
    page.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    page.on("requestfailed", lambda request: faults.extend(_failure(request)))
    page.on("request", lambda request: None if _is_own(request.url, site) else faults.append(f"asked: {request.url}"))


def _failure(request: Request) -> list[str]:
    """Return what went wrong; nothing where the reader left the page before an icon had come."""
    return [] if "ERR_ABORTED" in str(request.failure) else [f"failed: {request.url} {request.failure}"]


def _is_own(url: str, site: str) -> bool:
    return url.startswith((site + "/", "data:"))


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core."""
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
