"""What is refused before any page is looked for, and where a slash too many leads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from app.web.bounds import LONGEST_ADDRESS

METHODS = ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("address", ["/", "/search", "/a/x", "/nowhere", "/healthz", "/static/x", "/about/"])
def test_any_method_but_get_and_head_is_refused_everywhere(client: TestClient, method: str, address: str) -> None:
    answer = client.request(method, address)
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"
    assert "content-security-policy" in answer.headers


def test_an_address_of_16_kb_gets_a_page_and_a_longer_one_414(client: TestClient) -> None:
    query = "/search?q="
    assert client.get(query + "a" * (LONGEST_ADDRESS - len(query))).status_code == 200
    assert client.get(query + "a" * (LONGEST_ADDRESS - len(query) + 1)).status_code == 414
    path = client.get("/" + "a" * (LONGEST_ADDRESS - 1))
    assert path.status_code == 404
    too_long = client.get("/" + "a" * LONGEST_ADDRESS)
    assert too_long.status_code == 414
    assert len(too_long.content) < 10_000


@pytest.mark.parametrize(
    ("address", "location"),
    [
        ("/interviews/", "/interviews"),
        ("/interviews/?year=2015&x=%C3%A9", "/interviews?year=2015&x=%C3%A9"),
        ("/a/x///", "/a/x"),
        ("/a%20b/", "/a%20b"),
        ("/%D0%B6/", "/%D0%B6"),
        ("/%2Fevil.example/", "/evil.example"),
        ("/%5Cevil.example/", "/%5Cevil.example"),
        ("/a%0d%0aX-Evil:1/", "/a%0D%0AX-Evil:1"),
    ],
)
def test_a_slash_at_the_end_leads_to_the_address_without(client: TestClient, address: str, location: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.headers["location"]) == (308, location)


@given(st.text(max_size=50))
@hypothesis_settings(max_examples=300)
def test_no_address_leads_to_another_site(client: TestClient, path: str) -> None:
    answer = client.get(
        "http://testserver/" + "".join(f"%{byte:02X}" for byte in path.encode("utf-8", "replace")) + "/"
    )
    location = answer.headers.get("location", "/")
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))
