"""A part of the sitemap is there even where one is enough."""

from __future__ import annotations

from starlette.testclient import TestClient


def test_each_part_tells_its_own_kind(client: TestClient) -> None:
    assert "/interviews/" in client.get("/sitemap-interviews-1.xml").text
    assert client.get("/sitemap-answers-1.xml").text.count("<loc>https://verbatim.example/a/") == 6
    assert "/speakers/sergey-lavrov" in client.get("/sitemap-pages-1.xml").text
