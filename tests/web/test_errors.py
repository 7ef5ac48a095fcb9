"""Errors tell people and programs what is wrong, and nothing of the inside."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Route
from starlette.testclient import TestClient

from app import resources
from app.errors import NotHeld, QueryTimeout
from app.settings import Settings
from app.web import create_app
from app.web.assets import Assets
from app.web.errors import Elsewhere, NoPage, Problem, Problems
from app.web.templating import Site, Templates


def test_an_unknown_address_is_a_page_with_a_search_box(client: TestClient) -> None:
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert 'name="q"' in answer.text
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    ("address", "accept"),
    [("/nowhere.json", "*/*"), ("/nowhere", "application/json"), ("/nowhere", "application/problem+json")],
)
def test_a_program_gets_problem_json(client: TestClient, address: str, accept: str) -> None:
    answer = client.get(address, headers={"Accept": accept})
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["access-control-allow-origin"] == "*"
    problem = answer.json()
    assert problem["status"] == 404
    assert problem["type"] == "about:blank"
    assert problem["title"]
    assert problem["detail"]


def test_a_browser_gets_a_page_whatever_else_it_accepts(client: TestClient) -> None:
    answer = client.get("/nowhere", headers={"Accept": "text/html,application/json;q=0.9"})
    assert answer.headers["content-type"].startswith("text/html")
    assert "Accept" in answer.headers["vary"]


@pytest.fixture
def faulty() -> TestClient:
    """An application whose pages fail in every way."""
    templates = Templates(resources.templates(), Site("https://verbatim.example", ()), Assets(resources.static()))
    app = Starlette()
    Problems(templates).handle(app)
    failures: dict[str, Exception] = {
        "bug": RuntimeError("secret path /etc/passwd"),
        "slow": QueryTimeout(2),
        "unknown": NotHeld("interview", "<b>"),
        "gone": NoPage(Problem(410, "Retired", "Gone.", reason="Wrong & <i>", last_words=("<script>", "two"))),
        "moved": Elsewhere("/a/x", fragment="y", query="v=1"),
        "renamed": Elsewhere("/interviews/new", permanent=True),
    }
    for name, failure in failures.items():
        app.router.routes += [Route(f"/{name}", _raising(failure)), Route(f"/{name}.json", _raising(failure))]
    return TestClient(app, raise_server_exceptions=False, follow_redirects=False)


def _raising(failure: Exception) -> Callable[[Request], None]:
    def fail(_: Request) -> None:
        raise failure

    return fail


def test_a_bug_shows_no_detail(faulty: TestClient) -> None:
    for address in ("/bug", "/bug.json"):
        answer = faulty.get(address)
        assert answer.status_code == 500
        assert "secret" not in answer.text
        assert "RuntimeError" not in answer.text
        assert answer.headers["cache-control"] == "no-store"


def test_a_query_that_is_too_slow_is_503_with_a_time_to_come_back(faulty: TestClient) -> None:
    answer = faulty.get("/slow")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")


def test_what_was_asked_for_is_shown_escaped(faulty: TestClient) -> None:
    assert "&lt;b&gt;" in faulty.get("/unknown").text
    gone = faulty.get("/gone")
    assert gone.status_code == 410
    assert "<script>" not in gone.text
    assert "Wrong &amp; &lt;i&gt;" in gone.text
    assert faulty.get("/gone.json").json()["last_words"] == ["<script>", "two"]


def test_an_address_that_moved_leads_people_to_the_words_and_programs_to_json(faulty: TestClient) -> None:
    page, json = faulty.get("/moved"), faulty.get("/moved.json")
    assert (page.status_code, page.headers["location"], page.headers["cache-control"]) == (
        302,
        "/a/x?v=1#y",
        "no-store",
    )
    assert json.headers["location"] == "/a/x.json?v=1"
    assert json.headers["access-control-allow-origin"] == "*"
    assert faulty.get("/renamed").status_code == 308


def test_without_an_archive_the_site_says_so_and_recovers(tmp_path: Path, archive: Path) -> None:
    path = tmp_path / "archive.db"
    with TestClient(create_app(Settings(archive=path))) as client:
        for address in ("/", "/index.json", "/search?q=x", "/a/x"):
            answer = client.get(address)
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "5"), address
            assert str(tmp_path) not in answer.text
        assert client.get("/healthz").status_code == 503
        path.write_bytes(archive.read_bytes())
        assert client.get("/").status_code == 200
        assert client.get("/healthz").json()["status"] == "ok"


def test_a_damaged_archive_is_503(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    path.write_bytes(b"not an archive" * 1000)
    with TestClient(create_app(Settings(archive=path))) as client:
        assert client.get("/").status_code == 503
        assert client.get("/healthz").status_code == 503
