"""The OpenAPI description: every status, every parameter in words, and examples that lead somewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from app.settings import Settings
from app.web import create_app


@pytest.fixture(scope="module")
def description(filled_client: TestClient) -> dict[str, Any]:
    """The description of the invented collection."""
    sent = filled_client.get("/openapi.json")
    assert sent.headers["content-type"] == "application/json"
    assert "max-age" in sent.headers["cache-control"]
    told: dict[str, Any] = sent.json()
    return told


def test_every_operation_names_every_status_and_every_name_is_described(description: dict[str, Any]) -> None:
    for path, ways in description["paths"].items():
        operation = ways["get"]
        of_all = {"200", "304", "404", "405", "406", "414", "500", "503"}
        assert set(operation["responses"]) == of_all | ({"302", "308", "410"} if "{" in path else set()), path
        for status, response in operation["responses"].items():
            if status != "200":
                name = response["$ref"].removeprefix("#/components/responses/")
                assert description["components"]["responses"][name]["description"]
        assert operation["summary"]
        for parameter in operation.get("parameters", ()):
            assert parameter["description"], (path, parameter["name"])
    schemas = description["components"]["schemas"]
    assert "HTTPValidationError" not in schemas
    assert "Problem" in schemas


def test_every_example_leads_somewhere(description: dict[str, Any], filled_client: TestClient) -> None:
    for path, ways in description["paths"].items():
        parameters = ways["get"].get("parameters", ())
        place = path
        for parameter in parameters:
            if parameter["in"] == "path":
                place = place.replace(f"{{{parameter['name']}}}", parameter["example"])
        assert filled_client.get(place).status_code == 200, place
        for parameter in parameters:
            if parameter["in"] == "query" and isinstance(parameter.get("example"), str | int):
                asked = f"{place}?{parameter['name']}={quote(str(parameter['example']))}"
                assert filled_client.get(asked).status_code == 200, asked


def test_the_problems_are_those_that_are_described(description: dict[str, Any], filled_client: TestClient) -> None:
    known = set(description["components"]["schemas"]["Problem"]["properties"])
    ended = [
        each["id"]
        for change in filled_client.get("/corrections.json").json()["changes"]
        for each in change["change"].get("ended", ())
    ]
    assert ended
    for where, status in (("/a/x.json", 404), (f"/a/{ended[0]}.json", 410), (f"/about.json?{'x' * 16_384}", 414)):
        sent = filled_client.get(where)
        assert sent.status_code == status
        assert sent.headers["content-type"] == "application/problem+json"
        assert set(sent.json()) <= known
    assert filled_client.post("/about.json").headers["allow"] == "GET, HEAD"
    assert filled_client.get("/about.json", headers={"Accept-Encoding": "identity;q=0, x"}).status_code == 406


def test_without_an_archive_it_is_there_all_the_same(tmp_path: Path) -> None:
    with TestClient(create_app(Settings(archive=tmp_path / "none.db"))) as client:
        told = client.get("/openapi.json")
        assert told.status_code == 200
        assert all(
            "example" not in p for p in told.json()["paths"]["/a/{id}.json"]["get"]["parameters"] if p["in"] == "path"
        )
