"""How to search, shown by examples that find something in the archive that is served."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from starlette.testclient import TestClient

from app.archive.publishing import building
from app.search.lexemes import OPERATORS
from app.settings import Settings
from app.web import create_app


@pytest.mark.parametrize("site", ["client", "filled_client", "hostile_client"])
def test_every_example_is_a_link_that_finds_what_it_says(request: pytest.FixtureRequest, site: str) -> None:
    client: TestClient = request.getfixturevalue(site)
    page = BeautifulSoup(client.get("/search/help").text, "lxml")
    links = page.select(".example a")
    assert len(links) > 10
    for link in links:
        address = str(link["href"])
        found = client.get(address.replace("/search", "/search.json")).json()
        assert found["query"] == link.get_text()
        beside = link.parent
        assert beside is not None
        noun = {"answer": "answer", "question": "question", "both": "passage"}[found["side"]]
        counted = f"{found['total']}\u00a0{noun}{'s' * (found['total'] != 1)}"
        assert beside.get_text().endswith(f" {counted}")
        assert found["total"] > 0


def test_every_operator_is_described_and_has_an_example(filled_client: TestClient) -> None:
    page = BeautifulSoup(filled_client.get("/search/help").text, "lxml")
    described = {str(term.get_text()): term.find_next_sibling("dd") for term in page.select(".manual dt:has(code)")}
    assert described.keys() >= {f"{operator}:" for operator in OPERATORS.values()}
    assert described.keys() >= {"word", '"exact words"', "-word", "OR", "( )", "word*", "NEAR/5"}
    for term, description in described.items():
        assert description is not None
        assert description.select(".example a"), term


def test_the_search_leads_to_it(client: TestClient) -> None:
    for address in ("/", "/search", "/search?q=terrorism", "/search?q=nothingatall"):
        assert BeautifulSoup(client.get(address).text, "lxml").find("a", href="/search/help") is not None, address
    assert client.get("/search/help.json").json()["examples"].keys() >= {"word", "phrase", "speaker"}


def test_an_empty_archive_says_that_it_has_no_examples(tmp_path: Path) -> None:
    with building(tmp_path / "archive.db"):
        pass
    with TestClient(create_app(Settings(archive=tmp_path / "archive.db"))) as client:
        answer = client.get("/search/help")
        assert answer.status_code == 200
        assert "no answers yet" in answer.text
        assert not BeautifulSoup(answer.text, "lxml").select(".example")
        assert client.get("/search/help.json").json()["examples"] == {}
        assert client.get("/search?q=anything").status_code == 200
