"""Every link and every alternate of every page leads somewhere, to a place that is there; no page is a dead end."""

from __future__ import annotations

import re
from collections import Counter, deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from app.exports import forms

SITE = "https://verbatim.example"
QUERIES = 8
"""Addresses with a query that are read for their own links, of each path: a search within a search has no end."""
FORMS = 20
"""Addresses of each other form of a page that are read: all are written and read back by tests of their own."""
FORM = re.compile(r"^/(oembed)|/(again|embed)|(\.json|" + "|".join(re.escape(form.suffix) for form in forms()) + ")$")


@dataclass
class Walk:
    """What was met on the way."""

    answers: dict[str, int] = field(default_factory=dict)
    ids: dict[str, Counter[str]] = field(default_factory=dict)
    leads_on: dict[str, int] = field(default_factory=dict)
    fragments: list[tuple[str, str, str]] = field(default_factory=list)
    found_on: dict[str, str] = field(default_factory=dict)
    kinds: Counter[str] = field(default_factory=Counter)


class Page(HTMLParser):
    """The ids and the links of a page; a tree of a thousand pages would take longer than all the rest."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids, self.links, self.leads_on, self._in_main = Counter[str](), list[str](), 0, False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of an element."""
        given = dict(attrs)
        if given.get("id"):
            self.ids[str(given["id"])] += 1
        self._in_main = self._in_main or tag == "main"
        if tag in ("a", "link") and given.get("href") is not None:
            self.links.append(str(given["href"]))
        self.leads_on += self._in_main and tag in ("a", "form")

    def handle_endtag(self, tag: str) -> None:
        """Leave the main part."""
        self._in_main = self._in_main and tag != "main"


def walk(client: TestClient) -> Walk:
    """Follow every internal link from the first page; of many addresses with a query read the first few."""
    way, waiting, queries = Walk(), deque(["/"]), Counter[str]()
    while waiting:
        where = waiting.popleft()
        path = urlsplit(where).path
        if form := FORM.search(path):
            kind = f"{path.split('/')[1]} {form[0]}"
            queries[kind] += 1
            if queries[kind] > FORMS:
                continue
        answer = client.get(where, headers={"Accept-Encoding": "identity"})
        way.answers[where] = answer.status_code
        kind = answer.headers.get("content-type", "").split(";")[0]
        way.kinds[kind] += 1
        if "content-disposition" in answer.headers:
            # A file to be kept: what it links to is no part of the site.
            continue
        if answer.status_code in (302, 308):
            _meet(way, waiting, where, answer.headers["location"])
        elif kind.endswith("xml"):
            ElementTree.fromstring(answer.content)
        if kind != "text/html" or answer.status_code != 200:
            continue
        page = Page(answer.text)
        way.ids[where], way.leads_on[where] = page.ids, page.leads_on
        queries[path] += "?" in where
        if queries[path] <= QUERIES or "?" not in where:
            for href in page.links:
                _meet(way, waiting, where, href)
    return way


def _meet(way: Walk, waiting: deque[str], where: str, href: str) -> None:
    target, fragment = urldefrag(urljoin(f"{SITE}{where}", href))
    if not target.startswith(f"{SITE}/"):
        return
    target = target.removeprefix(SITE)
    if fragment:
        way.fragments.append((where, target, fragment))
    if target not in way.found_on:
        way.found_on[target] = where
        waiting.append(target)


@pytest.fixture(scope="module")
def way(filled_client: TestClient) -> Walk:
    return walk(filled_client)


def test_every_link_leads_somewhere(way: Walk) -> None:
    broken = {where: (status, way.found_on[where]) for where, status in way.answers.items() if status not in (200, 302)}
    ended = {where for where, (status, _) in broken.items() if status == 410 and where.startswith("/a/")}
    assert broken.keys() == ended, "only an id that has ended may answer that it is gone"
    kinds = {"text/html", "application/json", "application/atom+xml", "text/css", "image/svg+xml", "text/plain"}
    assert kinds <= set(way.kinds)
    assert way.kinds["text/html"] > 500


def test_every_place_that_is_linked_to_is_there(way: Walk) -> None:
    lost = [
        (where, target, fragment)
        for where, target, fragment in way.fragments
        if target in way.ids and fragment not in way.ids[target]
    ]
    assert not lost
    assert len(way.fragments) > 1000


def test_no_id_stands_twice_on_a_page(way: Walk) -> None:
    twice = {where: [id for id, many in ids.items() if many > 1] for where, ids in way.ids.items()}
    assert not {where: ids for where, ids in twice.items() if ids}


def test_no_page_is_a_dead_end(way: Walk) -> None:
    assert not [where for where, many in way.leads_on.items() if not many]


def test_the_walk_comes_to_everything(way: Walk, filled_client: TestClient) -> None:
    told = ElementTree.fromstring(filled_client.get("/sitemap.xml").content)
    addresses = [str(loc.text).removeprefix(SITE) for loc in told.iter() if loc.tag.endswith("}loc")]
    assert len(addresses) > 400
    assert not set(addresses) - way.answers.keys()
