"""Addresses for machines."""

from __future__ import annotations

from pathlib import Path
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

from starlette.testclient import TestClient

from app.settings import Settings
from app.web import create_app

OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def test_healthz_names_the_generation_and_is_not_stored(client: TestClient) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"
    assert answer.json()["generation"] >= 1
    assert answer.headers["cache-control"] == "no-store"


def test_robots_may_read_everything_and_are_told_of_the_sitemap(client: TestClient) -> None:
    answer = client.get("/robots.txt")
    assert answer.headers["content-type"].startswith("text/plain")
    rules = RobotFileParser()
    rules.parse(answer.text.splitlines())
    assert all(rules.can_fetch("any", where) for where in ("/", "/search?q=x", "/interviews.json", "/a/x"))
    assert rules.site_maps() == ["https://verbatim.example/sitemap.xml"]
    assert client.get("/sitemap.xml").status_code == 200


def test_browsers_are_told_how_to_search_here(client: TestClient) -> None:
    answer = client.get("/opensearch.xml")
    assert answer.headers["content-type"].startswith("application/opensearchdescription+xml")
    described = ElementTree.fromstring(answer.text)
    templates = {url.get("type"): str(url.get("template")) for url in described.iter(f"{OPENSEARCH}Url")}
    for media_type in ("text/html", "application/atom+xml", "application/json"):
        filled = templates[media_type].replace("{searchTerms}", "refugees").replace("{startPage?}", "")
        found = client.get(filled.removeprefix("https://verbatim.example"))
        assert found.status_code == 200
        assert found.headers["content-type"].startswith(media_type)
        assert "camps" in found.text
    for image in described.iter(f"{OPENSEARCH}Image"):
        assert client.get(str(image.text).removeprefix("https://verbatim.example")).status_code == 200


def test_what_tells_nothing_of_the_archive_needs_none(tmp_path: Path) -> None:
    with TestClient(create_app(Settings(archive=tmp_path / "none.db"))) as client:
        for where in ("/robots.txt", "/opensearch.xml", "/favicon.ico"):
            assert client.get(where).status_code == 200, where


def test_the_icon_is_an_icon(client: TestClient) -> None:
    answer = client.get("/favicon.ico")
    assert answer.status_code == 200
    assert answer.content.startswith(b"\x00\x00\x01\x00")
    assert answer.headers["content-type"].startswith("image/")
