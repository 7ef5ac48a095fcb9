"""What a mixed readership asks of a site: pages, new searches, JSON, feeds, downloads, what it has already."""

from __future__ import annotations

import http.client
import json
import re
import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import quote

SHARES = {"page": 50, "conditional": 18, "search": 12, "JSON": 12, "feed": 5, "download": 3}
"""Of a hundred requests."""
PATIENCE = 60.0
"""Seconds after which a response counts as lost."""
_LISTS, _READ = 6, 30
"""Pages of the list of interviews that are looked through, and interviews that are read for answers and words."""
_REMEMBERED = 500
"""Pages of which readers have a copy."""
_PART = "bytes=0-262143"
_WORD = re.compile(r"\w{4,}")
_FIXED = ("/", "/interviews", "/speakers", "/outlets", "/dates", "/coverage", "/about", "/corrections", "/search/help")


@dataclass(frozen=True, slots=True)
class Asked:
    """One request."""

    kind: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Held:
    """What there is to be asked for in an archive, at paths of each kind, and words to search for."""

    pages: tuple[str, ...]
    feeds: tuple[str, ...]
    downloads: tuple[str, ...]
    words: tuple[str, ...]


def read(port: int) -> Held:
    """Look through a site as a reader does; RuntimeError where a page of it is not there."""
    slugs: list[str] = []
    for number in range(1, _LISTS + 1):
        told = _json(port, f"/interviews.json?page={number}")
        slugs += [each["slug"] for each in told["interviews"]]
        if number == told["pages"]:
            break
    answers, words = list[str](), set[str]()
    for slug in slugs[:: max(1, len(slugs) // _READ)]:
        for turn in _json(port, f"/interviews/{slug}.json")["turns"]:
            words |= set(_WORD.findall(" ".join(turn["paragraphs"]).lower()))
            if turn["role"] == "answer":
                answers.append(f"/a/{turn['id']}")
    people = [one["url"] for kind in ("speakers", "outlets") for one in _json(port, f"/{kind}.json")[kind][:50]]
    interviews = [f"/interviews/{slug}" for slug in slugs]
    return Held(
        pages=(*_FIXED, *interviews, *answers, *people),
        feeds=("/feed.atom", "/corrections.atom", *(f"{path}.atom" for path in people)),
        downloads=(*(f"{path}/source" for path in interviews), "/bulk/archive.db"),
        words=tuple(sorted(words)),
    )


class Mixture:
    """Draws one request after the other, for any number of threads; no search is drawn twice."""

    def __init__(self, held: Held, seed: int = 1) -> None:
        self._held, self._rng = held, Random(seed)
        self._made: set[str] = set()
        self._tags: deque[tuple[str, str]] = deque(maxlen=_REMEMBERED)
        self._lock = threading.Lock()

    def __iter__(self) -> Iterator[Asked]:
        return self

    def __next__(self) -> Asked:
        with self._lock:
            return self._drawn(self._rng.choices(tuple(SHARES), tuple(SHARES.values()))[0])

    def note(self, path: str, tag: str) -> None:
        """Remember which ETag a page has, for who asks again."""
        with self._lock:
            self._tags.append((path, tag))

    def _drawn(self, kind: str) -> Asked:
        held, rng = self._held, self._rng
        if kind == "search":
            return Asked(kind, self._search())
        if kind == "feed":
            return Asked(kind, rng.choice(held.feeds))
        if kind == "download":
            return Asked(kind, rng.choice(held.downloads), {"Range": _PART})
        page = rng.choice(held.pages)
        if kind == "JSON":
            return Asked(kind, "/index.json" if page == "/" else f"{page}.json")
        if kind == "conditional" and self._tags:
            page, tag = rng.choice(self._tags)
            return Asked(kind, page, {"If-None-Match": tag})
        return Asked("page", page)

    def _search(self) -> str:
        while True:
            words = " ".join(self._rng.sample(self._held.words, self._rng.choice((1, 2, 2, 3))))
            if words not in self._made:
                self._made.add(words)
                return f"/search?q={quote(words)}"


def _json(port: int, path: str) -> dict[str, Any]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    told: dict[str, Any] = json.loads(body)
    return told
