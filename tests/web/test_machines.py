"""Addresses for machines."""

from __future__ import annotations

from starlette.testclient import TestClient


def test_healthz_names_the_generation_and_is_not_stored(client: TestClient) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"
    assert answer.json()["generation"] >= 1
    assert answer.headers["cache-control"] == "no-store"


def test_robots_are_let_in_but_not_into_the_search(client: TestClient) -> None:
    answer = client.get("/robots.txt")
    assert answer.headers["content-type"].startswith("text/plain")
    assert "Disallow: /search" in answer.text


def test_the_icon_is_an_icon(client: TestClient) -> None:
    answer = client.get("/favicon.ico")
    assert answer.status_code == 200
    assert answer.content.startswith(b"\x00\x00\x01\x00")
    assert answer.headers["content-type"].startswith("image/")
