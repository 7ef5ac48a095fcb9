"""Readers who ask a server for pages without pause, each in a thread, and look at every response they get."""

from __future__ import annotations

import gzip
import http.client
import json
import random
import re
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from statistics import median
from typing import Literal

Habit = Literal["kept", "anew", "conditional"]
"""One connection for all requests; one for each; one for all, with the tag of what came before."""
HABITS: tuple[Habit, ...] = ("kept", "anew", "conditional")

FIXED = (
    "/",
    "/index.json",
    "/interviews",
    "/interviews.json",
    "/search?q=harbour",
    "/search.json?q=harbour&in=both",
    "/search?q=%22lamps+have+been+mended%22&sort=newest",
    "/speakers",
    "/outlets.json",
    "/dates/2020/05",
    "/coverage",
    "/about",
    "/feed.atom",
    "/search.atom?q=boat",
    "/sitemap.xml",
    "/openapi.json",
)
_STATE = re.compile(r"\bstate (\d+) of the works")
_HISTORY = re.compile(r"/(corrections|versions)\b|/timemap$")
"""Addresses that tell of what was, too."""
_OF_A_VERSION = re.compile(r"/(interviews|a)/[^/]+\.json$")
"""Of generation 17 these are the 17th version."""
_NAMED = re.compile(r"\b[Gg]eneration (\d+)(?:,| of)")
_PATIENCE = 60.0
"""Seconds after which a response counts as lost."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A response, read to its end."""

    address: str
    status: int
    generation: int | None
    """As its head names it."""
    tag: str | None
    coding: str
    body: bytes


@dataclass(slots=True)
class Readership:
    """What all readers saw; `published` is told to them."""

    published: int = 1
    """Number of the newest generation that is known to be in its place."""
    statuses: Counter[int] = field(default_factory=Counter)
    habits: Counter[str] = field(default_factory=Counter)
    generations: set[int] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")
    _tags: dict[tuple[str, int, str], str] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _ended: threading.Event = field(default_factory=threading.Event)

    @property
    def total(self) -> int:
        """How many requests were answered."""
        return sum(self.statuses.values())

    def median(self) -> float:
        """Return how many seconds the quicker half of the requests took at most."""
        return median(self.seconds or [0.0])

    @contextmanager
    def reading(self, port: int, readers: Sequence[Habit]) -> Iterator[None]:
        """Have readers of these habits read until the end of the block."""
        addresses = [*FIXED, *_found(port)]
        threads = [
            threading.Thread(target=self._read, args=(port, habit, addresses, random.Random(number)))
            for number, habit in enumerate(readers)
        ]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._ended.set()
            for thread in threads:
                thread.join()

    def wait_for(self, generation: int) -> None:
        """Return when a reader has seen this generation, or something has gone wrong."""
        end = time.monotonic() + _PATIENCE
        while generation not in self.generations and not self.faults:
            if time.monotonic() > end:
                self.faults.append(f"nobody has seen generation {generation}")
            time.sleep(0.01)

    def _read(self, port: int, habit: Habit, addresses: list[str], seed: random.Random) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
        tags: dict[str, str] = {}
        newest = 0
        while not self._ended.is_set():
            address, known = seed.choice(addresses), self.published
            headers = {"Accept-Encoding": seed.choice(("gzip", "identity"))}
            if habit == "conditional" and address in tags:
                headers["If-None-Match"] = tags[address]
            begun = time.monotonic()
            try:
                answer = _ask(connection, address, headers)
            except (OSError, http.client.HTTPException) as error:
                self._note_fault(f"{address}: lost: {type(error).__name__}: {error}")
                connection.close()
                continue
            finally:
                if habit == "anew":
                    connection.close()
            self._note(habit, answer, time.monotonic() - begun, faults(answer, headers, max(newest, known)))
            newest = max(newest, answer.generation or 0)
            if answer.tag:
                tags[address] = answer.tag
        connection.close()

    def _note(self, habit: Habit, answer: Answer, seconds: float, found: list[str]) -> None:
        generation = answer.generation or 0
        with self._lock:
            self.statuses[answer.status] += 1
            self.habits[habit] += 1
            self.generations.add(generation)
            self.seconds.append(seconds)
            self.slowest = max(self.slowest, (seconds, answer.address))
            if answer.status == 200 and answer.tag:
                tag = self._tags.setdefault((answer.address, generation, answer.coding), answer.tag)
                if tag != answer.tag:
                    found.append(f"{answer.address}: two tags for one page of generation {generation}")
            self.faults += found

    def _note_fault(self, fault: str) -> None:
        with self._lock:
            self.faults.append(fault)


def faults(answer: Answer, asked: dict[str, str], least: int) -> list[str]:
    """Return what is wrong with a response: it must be of one generation, and of none before `least`."""
    found: list[str] = []
    if answer.status == 304:
        if answer.tag is None or answer.tag != asked.get("If-None-Match"):
            found.append(f"304 with the tag {answer.tag}, and {asked.get('If-None-Match')} was asked about")
    elif answer.status != 200:
        found.append(f"status {answer.status}")
    if answer.generation is None or answer.generation < least:
        found.append(f"generation {answer.generation}, when {least} was published already")
    text = answer.body.decode("utf-8", "replace")
    patterns = (_NAMED,) if _HISTORY.search(answer.address) else (_NAMED, _STATE)
    told = {int(number) for pattern in patterns for number in pattern.findall(text)}
    if answer.status == 200 and answer.address.endswith(".json") and _OF_A_VERSION.match(answer.address):
        record = json.loads(text)
        told |= {record["version"], len(record["mementos"])}
    if told - {answer.generation}:
        found.append(f"tells of {sorted(told)}, and is of generation {answer.generation}")
    return [f"{answer.address}: {fault}" for fault in found]


def _ask(connection: http.client.HTTPConnection, address: str, headers: dict[str, str]) -> Answer:
    connection.request("GET", address, headers=headers)
    response = connection.getresponse()
    body = response.read()
    if response.status != 304 and response.headers["Content-Length"] != str(len(body)):
        raise http.client.HTTPException(f"{len(body)} bytes, and {response.headers['Content-Length']} were announced")
    coding = response.headers["Content-Encoding"] or "identity"
    stamp = response.headers["X-Archive-Generation"] or ""
    return Answer(
        address,
        response.status,
        int(stamp.split("-")[0]) if stamp else None,
        response.headers["ETag"],
        coding,
        gzip.decompress(body) if coding == "gzip" else body,
    )


def is_listening(port: int) -> bool:
    """Say whether a server takes connections."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
        return True
    return False


def _found(port: int) -> list[str]:
    """Return the addresses of interviews, answers, people and outlets that a server has, and of their histories."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    sitemap = _ask(connection, "/sitemap.xml", {}).body.decode()
    paths = re.findall(r"<loc>https?://[^/]+(/[^<]*)</loc>", sitemap)
    interviews = [path for path in paths if path.startswith("/interviews/")]
    answers = [path for path in paths if path.startswith("/a/")][:4]
    others = [path for path in paths if path.startswith(("/speakers/", "/outlets/"))][:4]
    assert interviews, sitemap
    assert answers, sitemap
    pages = [*interviews, *answers, *others]
    pages += [f"{path}.json" for path in pages]
    pages += [f"{path}/{more}" for path in interviews for more in ("source", "timemap", "versions")]
    pages += [*(f"{path}/versions" for path in answers), "/corrections", "/corrections.atom"]
    # Of the pages that it has today; an address without one would be no loss.
    there = [path for path in pages if _ask(connection, path, {}).status != 404]
    connection.close()
    return there
