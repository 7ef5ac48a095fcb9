"""What the site says of itself."""

from __future__ import annotations

from starlette.testclient import TestClient

from app import __version__


def test_it_says_what_is_held_and_what_serves_it(client: TestClient) -> None:
    text = client.get("/about").text.replace("\u00a0", " ")
    assert "6 answers in 1 interview" in text
    assert f"Verbatim {__version__}" in text
    assert 'href="/openapi.json"' in text
    record = client.get("/about.json").json()
    assert record["program"] == __version__
    assert record["generation"]["number"] >= 1
