"""Every page has its JSON, made of the same record, and every link leads somewhere."""

from __future__ import annotations

from urllib.parse import urldefrag, urljoin

from bs4 import BeautifulSoup
from starlette.testclient import TestClient

from app.web.presenting import json_path
from app.web.routing import found_pages


def test_every_link_on_every_page_answers_and_its_place_is_there(client: TestClient) -> None:
    seen: dict[str, BeautifulSoup] = {}
    waiting = ["/", "/search?q=terrorism", "/search?q=refugees&in=question"]
    wanted: list[tuple[str, str, str]] = []
    while waiting:
        where = waiting.pop()
        if where in seen:
            continue
        answer = client.get(where, follow_redirects=True)
        assert answer.status_code == 200, where
        seen[where] = BeautifulSoup(answer.text if "html" in answer.headers["content-type"] else "", "lxml")
        for element in seen[where].find_all(["a", "link"], href=True):
            target, fragment = urldefrag(urljoin(f"https://verbatim.example{where}", str(element["href"])))
            if target.startswith("https://verbatim.example/"):
                path = target.removeprefix("https://verbatim.example")
                wanted.append((where, path, fragment))
                if path not in seen and len(seen) + len(waiting) < 400:
                    waiting.append(path)
    for where, path, fragment in wanted:
        assert not fragment or path not in seen or seen[path].find(id=fragment) is not None, (where, path, fragment)
    assert len(seen) > 30


def test_every_page_is_described_with_its_record(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    records = {page.json_address for page in found_pages() if page.record is not None}
    assert {path for path in described["paths"] if path.endswith(".json") and ".csl" not in path} == records
    others = {"/a/{id}.txt", "/interviews/{slug}.csl.json", "/speakers/{slug}.atom", "/search.csv", "/bulk/answers.csv"}
    assert others < set(described["paths"])
    assert described["servers"] == [{"url": "https://verbatim.example"}]
    for path in described["paths"].values():
        assert set(path) == {"get"}
        sent = path["get"]["responses"]["200"]["content"]
        assert "$ref" in sent["application/json"]["schema"] if "application/json" in sent else len(sent) == 1
        assert "422" not in path["get"]["responses"]
    names = {each["name"] for each in described["paths"]["/search.json"]["get"]["parameters"]}
    own = {"q", "in", "speaker", "outlet", "lang", "after", "before", "sort", "page", "cursor"}
    assert names == own | {"view", "left", "right", "order", "sample", "seed"}
    names = {each["name"] for each in described["paths"]["/interviews.json"]["get"]["parameters"]}
    assert names == {"year", "month", "speaker", "outlet", "lang", "sort", "page", "cursor"}


def test_no_page_of_the_framework_is_served(client: TestClient) -> None:
    for where in ("/docs", "/redoc", "/docs/oauth2-redirect"):
        assert client.get(where).status_code == 404


def test_json_stands_at_the_address_and_its_suffix() -> None:
    assert json_path("/") == "/index.json"
    assert json_path("/a/{id}") == "/a/{id}.json"


def test_the_json_of_a_slug_is_not_taken_for_a_slug(client: TestClient) -> None:
    slug = client.get("/interviews.json").json()["interviews"][0]["slug"]
    assert client.get(f"/interviews/{slug}.json").headers["content-type"] == "application/json"
    assert client.get(f"/interviews/{slug}").headers["content-type"].startswith("text/html")
