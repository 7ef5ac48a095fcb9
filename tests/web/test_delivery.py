"""HEAD, ETag, 304, codings and the making of a page once, over the whole site."""

from __future__ import annotations

import asyncio
import gzip
from pathlib import Path

import brotli
import pytest
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.archive.opening import Library
from app.settings import Settings
from app.web import create_app
from app.web.caching import PageCache
from app.web.delivery import Delivery
from app.web.generations import made_from

PAGES = ["/", "/index.json", "/interviews", "/search?q=terrorism", "/about", "/openapi.json", "/robots.txt"]
PLAIN = {"Accept-Encoding": "identity"}


@pytest.mark.parametrize("address", [*PAGES, "/nowhere", "/favicon.ico", "/healthz"])
@pytest.mark.parametrize("coding", ["identity", "gzip", "br"])
def test_head_has_the_headers_of_get_and_no_body(client: TestClient, address: str, coding: str) -> None:
    got = client.get(address, headers={"Accept-Encoding": coding})
    head = client.head(address, headers={"Accept-Encoding": coding})
    assert head.status_code == got.status_code
    assert head.headers == got.headers
    assert head.content == b""
    assert "content-length" in head.headers


@pytest.mark.parametrize("address", PAGES)
def test_each_coding_has_its_own_strong_etag_and_the_same_text(settings: Settings, address: str) -> None:
    app, tags, texts = create_app(settings), set(), set()
    for coding, decode in (("identity", bytes), ("gzip", gzip.decompress), ("br", brotli.decompress)):
        status, headers, body = _raw(app, address, coding)
        assert status == 200
        text = decode(body) if headers.get("content-encoding") == coding else body
        texts.add(text)
        tags.add((headers["etag"], headers.get("content-encoding")))
        assert int(headers["content-length"]) == len(body)
        assert headers["vary"] == "Accept-Encoding"
        assert not headers["etag"].startswith("W/")
    assert len(texts) == 1
    assert len({tag for tag, _ in tags}) == len({coding for _, coding in tags})


def test_a_reader_who_has_the_page_is_told_so(client: TestClient) -> None:
    page = client.get("/interviews")
    tag = page.headers["etag"]
    for condition in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        answer = client.get("/interviews", headers={"If-None-Match": condition})
        assert (answer.status_code, answer.content) == (304, b"")
        for name in ("etag", "cache-control", "vary", "x-archive-generation", "content-security-policy"):
            assert answer.headers[name] == page.headers[name]
        assert "content-length" not in answer.headers
        assert "content-type" not in answer.headers
    assert client.get("/interviews", headers={"If-None-Match": '"other"'}).status_code == 200
    assert client.get("/nowhere", headers={"If-None-Match": "*"}).status_code == 404


def test_a_tag_of_another_coding_does_not_count(client: TestClient) -> None:
    tag = client.get("/interviews", headers={"Accept-Encoding": "gzip"}).headers["etag"]
    assert client.get("/interviews", headers={"Accept-Encoding": "br", "If-None-Match": tag}).status_code == 200


def test_where_every_coding_is_refused_the_answer_is_406(client: TestClient) -> None:
    assert client.get("/about", headers={"Accept-Encoding": "identity;q=0"}).status_code == 406
    assert client.get("/about", headers={"Accept-Encoding": "identity;q=0, gzip"}).headers["content-encoding"] == "gzip"


def _ask_one(app: ASGIApp, address: str, headers: list[tuple[bytes, bytes]]) -> bytes:
    body = b""

    async def send(message: Message) -> None:
        nonlocal body
        body += message.get("body", b"")

    async def ask() -> None:
        scope = {"type": "http", "method": "GET", "path": address, "query_string": b"", "headers": headers}
        await app(scope, _nothing, send)

    asyncio.run(ask())
    return body


def test_a_page_can_depend_on_nothing_that_a_reader_sends_but_address_and_accept(archive: Path) -> None:
    async def echo(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": repr(scope["headers"]).encode()})

    sent = [(b"host", b"evil.example"), (b"cookie", b"a=b"), (b"accept", b"text/html"), (b"if-none-match", b'"x"')]
    body = _ask_one(Delivery(echo, Library(archive), PageCache(1_000_000)), "/", sent)
    assert body == b"[(b'accept', b'text/html')]"


def test_a_page_read_from_another_file_than_expected_is_not_kept_for_the_one_expected(archive: Path) -> None:
    made = 0

    async def overtaken(scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal made
        made += 1
        made_from(scope).identity = (9, 9, 9, 9)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"page"})

    app = Delivery(overtaken, Library(archive), PageCache(1_000_000))
    for _ in range(2):
        assert _ask_one(app, "/", []) == b"page"
    assert made == 2


def test_a_page_is_made_once_however_many_ask_for_it_at_once(archive: Path) -> None:
    made = 0

    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal made
        made += 1
        await asyncio.sleep(0.05)
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
        await send({"type": "http.response.body", "body": b"page"})

    async def ask(app: Delivery, address: str) -> bytes:
        body = b""

        async def send(message: Message) -> None:
            nonlocal body
            body += message.get("body", b"")

        scope = {"type": "http", "method": "GET", "path": address, "query_string": b"", "headers": []}
        await app(scope, _nothing, send)
        return body

    async def all_at_once() -> list[bytes]:
        app = Delivery(slow, Library(archive), PageCache(1_000_000))
        asked = [asyncio.create_task(ask(app, "/one")) for _ in range(50)]
        await asyncio.sleep(0.01)
        asked[0].cancel()
        answers = await asyncio.gather(*asked[1:])
        return [*answers, await ask(app, "/one"), await ask(app, "/two")]

    assert asyncio.run(all_at_once()) == [b"page"] * 51
    assert made == 2


def test_without_a_cache_every_page_is_still_whole(settings: Settings) -> None:
    with TestClient(create_app(settings.model_copy(update={"cache_bytes": 0}))) as client:
        assert client.get("/").text == client.get("/").text


def test_the_host_header_changes_nothing(client: TestClient) -> None:
    for address in ("/", "/interviews/", "/search?q=x", "/openapi.json"):
        plain, forged = (
            client.get(address),
            client.get(address, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"}),
        )
        assert plain.content == forged.content
        assert dict(plain.headers) == dict(forged.headers)
        assert b"evil.example" not in forged.content


async def _nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


def _raw(app: ASGIApp, address: str, coding: str) -> tuple[int, dict[str, str], bytes]:
    """Return a response as it is sent, not decoded."""
    path, _, query = address.partition("?")
    status, headers, body = 0, {}, b""

    async def send(message: Message) -> None:
        nonlocal status, headers, body
        if message["type"] == "http.response.start":
            status = message["status"]
            headers = {name.decode(): value.decode() for name, value in message["headers"]}
        body += message.get("body", b"")

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(b"accept-encoding", coding.encode())],
    }
    asyncio.run(app(scope, _nothing, send))  # type: ignore[arg-type]
    return status, headers, body
