"""A flood of searches: few are made at once, some wait in order, the rest are told to come back, and pages are read."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest
from starlette.types import Message, Receive, Scope, Send

from app.archive.opening import Library
from app.settings import Settings
from app.web import create_app
from app.web.caching import PageCache
from app.web.crowding import QUEUED, Crowded, Places, is_costly
from app.web.delivery import Delivery
from app.web.routing import found_pages
from app.web.streaming import found_streams
from tests.serving import running

LONG = 60.0


def test_no_more_are_at_work_than_there_are_places_and_who_came_first_is_first() -> None:
    order, at_work, most = list[int](), 0, 0

    async def work(places: Places, number: int) -> None:
        nonlocal at_work, most
        async with places.place():
            at_work += 1
            most = max(most, at_work)
            order.append(number)
            await asyncio.sleep(0)
            at_work -= 1

    async def all_at_once() -> None:
        places = Places(2, LONG)
        await asyncio.gather(*(work(places, number) for number in range(2 + 2 * QUEUED)))

    asyncio.run(all_at_once())
    assert most == 2
    assert order == list(range(2 + 2 * QUEUED))


def test_whoever_finds_the_queue_full_is_told_at_once_and_a_place_that_is_left_is_had_again() -> None:
    async def go() -> int:
        places, leave = Places(1, LONG), asyncio.Event()

        async def stay() -> None:
            async with places.place():
                await leave.wait()

        stayed = [asyncio.create_task(stay()) for _ in range(1 + QUEUED)]
        await asyncio.sleep(0.01)
        with pytest.raises(Crowded):
            async with places.place():
                pass
        leave.set()
        await asyncio.gather(*stayed)
        async with places.place():
            return len(stayed)

    assert asyncio.run(go()) == 1 + QUEUED


def test_nobody_waits_longer_than_the_patience() -> None:
    async def go() -> None:
        places = Places(1, 0.01)
        async with places.place():
            with pytest.raises(Crowded):
                async with places.place():
                    pass
        async with places.place():
            pass

    asyncio.run(go())


def test_whoever_goes_away_from_the_queue_leaves_it() -> None:
    async def go() -> None:
        places = Places(1, LONG)

        async def stay() -> None:
            async with places.place():
                pass

        async with places.place():
            for _ in range(3 * QUEUED):
                waiting = asyncio.create_task(stay())
                await asyncio.sleep(0)
                waiting.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await waiting
        async with places.place():
            pass

    asyncio.run(go())


def test_all_that_takes_words_to_find_is_costly_and_no_page_of_the_archive_is() -> None:
    costly = {page.address for page in found_pages() if is_costly(page.address.replace("{id}", "x"))}
    costly |= {page.json_address for page in found_pages() if is_costly(page.json_address.replace("{id}", "x"))}
    assert {"/search", "/search.json", "/search.atom", "/quote", "/quote.json", "/chart", "/chart.csv"} <= costly
    assert {"/a/{id}/again", "/a/{id}/again.json"} <= costly
    assert not costly & {"/", "/interviews", "/interviews/{slug}", "/a/{id}", "/search/help", "/speakers", "/about"}
    assert found_streams()


def test_in_a_flood_few_are_at_work_and_a_kept_page_needs_no_place(settings: Settings) -> None:
    at_work, most, leave = 0, 0, asyncio.Event()

    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal at_work, most
        if scope["path"] == "/search":
            at_work += 1
            most = max(most, at_work)
            await leave.wait()
            at_work -= 1
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"page"})

    async def full(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 503, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def nothing() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def go() -> list[int]:
        app = Delivery(slow, Library(settings.archive), PageCache(10**6), refusing=full, places=2)

        async def ask(path: str, query: bytes = b"") -> int:
            statuses = list[int]()

            async def send(message: Message) -> None:
                if message["type"] == "http.response.start":
                    statuses.append(message["status"])

            scope = {"type": "http", "method": "GET", "path": path, "query_string": query, "headers": []}
            await app(scope, nothing, send)
            return statuses[0]

        flood = [asyncio.create_task(ask("/search", b"q=%d" % number)) for number in range(100)]
        await asyncio.sleep(0.05)
        assert [await ask("/interviews") for _ in range(3)] == [200] * 3
        leave.set()
        return await asyncio.gather(*flood)

    statuses = asyncio.run(go())
    refused = statuses.count(503)
    assert most == 2
    assert refused == 100 - 2 - 2 * QUEUED
    assert statuses.count(200) == 2 + 2 * QUEUED


def test_those_too_many_are_told_when_to_come_back(settings: Settings) -> None:
    async def go() -> list[httpx2.Response]:
        app = create_app(settings.model_copy(update={"searches": 1}))
        transport = httpx2.ASGITransport(app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://x") as client:
            suffixes = [".json", ""] * 20
            return await asyncio.gather(*(client.get(f"/search{s}?q=word{n}") for n, s in enumerate(suffixes)))

    answers = asyncio.run(go())
    refused = [answer for answer in answers if answer.status_code == 503]
    assert len(refused) == 40 - 1 - QUEUED
    assert {answer.status_code for answer in answers} == {200, 503}
    for answer in refused:
        assert answer.headers["retry-after"] == "2"
        assert answer.headers["cache-control"] == "no-store"
        assert "content-security-policy" in answer.headers
        if answer.url.path.endswith(".json"):
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.json()["title"] == "Many are searching"
        else:
            assert "<h1>Many are searching</h1>" in answer.text


def test_a_real_server_serves_pages_in_a_flood_of_searches_and_searches_after_it(settings: Settings) -> None:
    narrow = settings.model_copy(update={"searches": 1, "cache_bytes": 0})
    with running(narrow) as port, ThreadPoolExecutor(24) as pool:
        here = f"http://127.0.0.1:{port}"
        with httpx2.Client(base_url=here, timeout=LONG) as client:
            asked = [pool.submit(client.get, f"/search.json?q=word{number}+OR+a*") for number in range(200)]
            pages = [client.get("/interviews").status_code for _ in range(5)]
            answers = [each.result() for each in asked]
            assert client.get("/search?q=terrorism").status_code == 200
    assert pages == [200] * 5
    assert {answer.status_code for answer in answers} <= {200, 503}
