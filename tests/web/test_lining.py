"""A concordance as a page: lines that lead to their answers, set as the address asks."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from starlette.testclient import TestClient

LINES = "/search?q=the&view=kwic"


def ways(client: TestClient, path: str) -> dict[str, str]:
    page = BeautifulSoup(client.get(path).text, "lxml")
    return {link.get_text().strip(): str(link["href"]) for link in page.select(".sort a")}


def test_a_list_leads_to_lines_and_back(client: TestClient) -> None:
    listed = ways(client, "/search?q=terrorism&in=question")
    assert listed["each match in a line"] == "/search?q=terrorism&in=question&view=kwic"
    assert ways(client, listed["each match in a line"])["as a list"] == "/search?q=terrorism&in=question"


def test_lines_lead_to_their_answer_with_the_matches_marked(client: TestClient) -> None:
    page = BeautifulSoup(client.get("/search?q=terrorism&view=kwic").text, "lxml")
    links = page.select(".kwic a")
    assert links
    for link in links:
        opened = BeautifulSoup(client.get(str(link["href"])).text, "lxml")
        mark = link.select_one("mark")
        assert mark is not None
        assert mark.get_text() in {each.get_text() for each in opened.select(".transcript mark")}


@pytest.mark.parametrize(
    "path",
    [
        LINES,
        f"{LINES}&order=left",
        f"{LINES}&order=right&left=3",
        f"{LINES}&sample=7&seed=2",
        f"{LINES}&sample=9&order=left",
    ],
)
def test_pages_of_lines_neither_repeat_nor_skip(filled_client: TestClient, path: str) -> None:
    first = filled_client.get(path.replace("/search", "/search.json", 1)).json()
    assert first["view"] == "kwic"
    lines: list[str] = []
    url = path
    while url:
        record = filled_client.get(url.replace("/search", "/search.json", 1)).json()
        lines += [str(line) for line in record["concordance"]["lines"]]
        assert filled_client.get(url).status_code == 200
        url = record["next"]
    gathered = first["concordance"]["gathered"]
    if gathered is None:
        assert len(set(lines)) > first["total"] / 2
    else:
        assert len(lines) == gathered["lines"]


@pytest.mark.parametrize(
    "asked", ["left=-1", "left=abc", "right=999", "order=up", "sample=0", "sample=x", "seed=-3", "view=x"]
)
def test_any_setting_gets_a_page(client: TestClient, asked: str) -> None:
    assert client.get(f"/search?q=terrorism&view=kwic&{asked}").status_code == 200
    assert client.get(f"/search.json?q=zebra&view=kwic&{asked}").json()["total"] == 0


def test_what_stands_by_its_words_is_not_said_to_stand_otherwise(client: TestClient) -> None:
    for asked in ("order=left", "sample=2"):
        page = BeautifulSoup(client.get(f"{LINES}&{asked}").text, "lxml")
        assert "most relevant first" not in page.get_text()
        assert "newest first" not in page.get_text()
    page = BeautifulSoup(client.get(LINES).text, "lxml")
    assert "most relevant first" in page.get_text()
    assert "newest first" in page.get_text()
