"""Walks the site by its links, so that tests see every kind of page without a list of them; broken links are tested
elsewhere."""

from __future__ import annotations

import re
from collections import Counter, deque
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from starlette.testclient import TestClient

from app.exports import forms
from app.web.routing import found_pages

STARTS = ("/", "/search?q=ferry")
"""Where a walk begins: a form is no link, so one search stands here."""
MOST_QUERIES = 25
"""How many addresses with a query are looked at of each kind of page: filters multiply without end."""

PAGES = tuple(page for page in found_pages() if page.record is not None and page.send is None)
"""The pages that have a template."""
_PATTERNS = tuple((page.name, re.compile(re.sub(r"\{\w+\}", "[^/]+", page.address))) for page in found_pages())
_FORMS = tuple(form.suffix for form in forms())
"""What the addresses end with at which a page stands in another form: those are no pages."""
_HREF = re.compile(r'<a [^>]*?href="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Walked:
    """One page as the walk met it."""

    address: str
    """Path and query."""
    kind: str
    """Name of the page and its template."""
    text: str
    plain: int
    """Bytes."""


def kind_of(address: str) -> str:
    """Return the name of the page at an address; empty where it is none."""
    path = urlsplit(address).path
    return next((name for name, pattern in _PATTERNS if pattern.fullmatch(path)), "")


def walk(client: TestClient, site: str) -> list[Walked]:
    """Return every page that links lead to from STARTS on; `site` is the absolute address that pages give it."""
    pages: list[Walked] = []
    waiting, met, queries = deque(STARTS), set(STARTS), Counter[str]()
    while waiting:
        address = waiting.popleft()
        kind = kind_of(address)
        queries[kind] += "?" in address
        if ("?" in address and queries[kind] > MOST_QUERIES) or urlsplit(address).path.endswith(_FORMS):
            continue
        response = client.get(address, headers={"Accept-Encoding": "identity"})
        is_page = response.headers.get("content-type", "").startswith("text/html") and response.status_code == 200
        # A file to be kept is no page, whatever is in it.
        if is_page and "content-disposition" not in response.headers:
            pages.append(Walked(address, kind, response.text, len(response.content)))
            for href in _HREF.findall(response.text):
                target = urljoin(site + address, href.replace("&amp;", "&")).partition("#")[0]
                path = target.removeprefix(site)
                if target.startswith(site + "/") and path not in met:
                    met.add(path)
                    waiting.append(path)
    return pages
