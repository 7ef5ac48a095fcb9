"""The headers that every response carries."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

ADDRESSES = [
    "/",
    "/index.json",
    "/search?q=x",
    "/nowhere",
    "/a/wrong.json",
    "/robots.txt",
    "/favicon.ico",
    "/healthz",
    "/about/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_response_is_closed_to_scripts_frames_and_guesses(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["base-uri"] == "'none'"
    assert {policy[kind] for kind in ("style-src", "script-src", "connect-src", "form-action")} == {"'self'"}
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"]
    assert headers["permissions-policy"]
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "x-archive-generation" in headers
    assert "set-cookie" not in headers
    assert "server" not in headers


def test_json_may_be_read_from_other_sites_and_pages_may_not(client: TestClient) -> None:
    json, page = client.get("/interviews.json").headers, client.get("/interviews").headers
    assert json["access-control-allow-origin"] == "*"
    assert json["cross-origin-resource-policy"] == "cross-origin"
    assert "access-control-allow-origin" not in page
    assert page["cross-origin-resource-policy"] == "same-origin"


def test_the_generation_is_named_alike_everywhere(client: TestClient) -> None:
    generations = {client.get(address).headers["x-archive-generation"] for address in ADDRESSES}
    health = client.get("/healthz").json()
    assert generations == {f"{health['generation']}-{health['token']}"}
