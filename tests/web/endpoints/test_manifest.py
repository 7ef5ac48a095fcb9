"""The manifest beside the files to download."""

from __future__ import annotations

from starlette.testclient import TestClient


def test_the_manifest_is_the_record_of_the_page_for_any_origin(filled_client: TestClient) -> None:
    manifest = filled_client.get("/bulk/manifest.json")
    assert manifest.json() == filled_client.get("/bulk.json").json()
    assert manifest.headers["content-type"] == "application/json"
    assert manifest.headers["access-control-allow-origin"] == "*"
