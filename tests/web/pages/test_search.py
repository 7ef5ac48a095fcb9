"""The search page and its JSON; what is found for which words is tested with the search itself."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

KEYS = {"query", "total", "total_is_exact", "page", "pages", "hits", "facets"}
HIT_KEYS = {"id", "url", "interview", "speaker", "question", "excerpt"}


def test_its_json_has_the_keys_that_others_rely_on(client: TestClient) -> None:
    found = client.get("/search.json?q=terrorism").json()
    assert found.keys() >= KEYS
    assert found["total"] >= 2
    assert found["total_is_exact"] is True
    assert found["facets"].keys() == {"year", "speaker", "outlet", "language"}
    for hit in found["hits"]:
        assert hit.keys() >= HIT_KEYS
        assert hit["interview"].keys() >= {"slug", "title", "date"}
        assert all(piece.keys() == {"text", "match"} for piece in hit["excerpt"])
        assert any(piece["match"] for piece in hit["excerpt"])
        assert hit["url"] == f"/a/{hit['id']}"
    for values in found["facets"].values():
        assert all(each.keys() >= {"value", "name", "count"} for each in values)


def test_the_page_shows_what_the_json_has(client: TestClient) -> None:
    found = client.get("/search.json?q=terrorism").json()
    page = BeautifulSoup(client.get("/search?q=terrorism").text, "lxml")
    text = page.get_text().replace("\u00a0", " ")
    assert f"{found['total']} answers in 1 interview" in text
    for hit in found["hits"]:
        assert page.find("a", href=hit["url"]) is not None
    assert {mark.get_text() for mark in page.find_all("mark")} == {
        piece["text"] for hit in found["hits"] for piece in hit["excerpt"] if piece["match"]
    }
    box = page.find("input", id="q")
    assert box is not None
    assert box["value"] == "terrorism"


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("q=refugees", 1),
        ("q=refugees&in=question", 1),
        ("q=%22islands+of+security%22", 1),
        ("q=%E2%80%9Cislands+of+security%E2%80%9D", 1),
        ("q=refugees&speaker=sergey-lavrov&lang=en&outlet=rossiya-segodnya&after=2015&before=2016", 1),
        ("q=refugees&after=2016", 0),
        ("q=refugees&before=2015", 0),
        ("q=refugees&speaker=nobody", 0),
        ("q=refugees&lang=ru", 0),
        ("q=refugees&speaker=&outlet=&lang=&after=&before=&sort=&page=&in=", 1),
        ("q=refugees&page=abc&sort=abc&in=abc", 1),
        ("q=nothing&q=refugees", 1),
    ],
)
def test_parameters_narrow_and_nonsense_is_passed_over(client: TestClient, query: str, total: int) -> None:
    assert client.get(f"/search.json?{query}").json()["total"] == total
    assert client.get(f"/search?{query}").status_code == 200


def test_filters_in_force_can_be_taken_away_and_stay_with_new_words(client: TestClient) -> None:
    address = "/search?q=terrorism&speaker=sergey-lavrov&after=2015&before=2016"
    page = BeautifulSoup(client.get(address).text, "lxml")
    assert page.find("a", href="/search?q=terrorism&after=2015&before=2016") is not None
    assert page.find("a", href="/search?q=terrorism") is not None
    form = page.select_one("form.search")
    assert form is not None
    kept = {str(field["name"]): field["value"] for field in form.select("input[type=hidden]")}
    assert kept == {"speaker": "sergey-lavrov", "after": "2015", "before": "2016"}


def test_a_facet_leads_to_the_search_within_it(client: TestClient) -> None:
    page = BeautifulSoup(client.get("/search?q=terrorism").text, "lxml")
    for address in (
        "/search?q=terrorism&after=2015&before=2016",
        "/search?q=terrorism&speaker=sergey-lavrov",
        "/search?q=terrorism&outlet=rossiya-segodnya",
        "/search?q=terrorism&lang=en",
    ):
        assert page.find("a", href=address) is not None
        assert client.get(address.replace("/search", "/search.json")).json()["total"] >= 2


def test_without_words_the_page_says_what_can_be_asked(client: TestClient) -> None:
    answer = client.get("/search")
    assert answer.status_code == 200
    assert "speaker:" in answer.text
    assert client.get("/search.json").status_code == 200


def test_pages_of_results_are_not_for_other_search_engines(client: TestClient) -> None:
    assert '<meta name="robots" content="noindex">' in client.get("/search?q=terrorism").text


@given(st.text(max_size=80), st.sampled_from(["answer", "question", "both"]))
@hypothesis_settings(max_examples=300, deadline=None)
def test_any_input_gives_a_page(client: TestClient, typed: str, side: str) -> None:
    words = typed.encode("utf-8", "replace").decode()
    for address in ("/search", "/search.json"):
        answer = client.get(address, params={"q": words, "in": side})
        assert answer.status_code == 200, (typed, answer.text)


@given(st.binary(max_size=60))
@hypothesis_settings(max_examples=200, deadline=None)
def test_any_bytes_give_a_page(client: TestClient, typed: bytes) -> None:
    query = "".join(f"%{byte:02X}" for byte in typed)
    assert (
        client.get(f"http://testserver/search?q={query}&after={query}&speaker={query}&page={query}").status_code == 200
    )


@pytest.mark.parametrize(
    "typed", ['"', "-", "*", "(", "AND", "/", "🙂", "\x00", "NEAR/5", "speaker:", "a" * 15_000, "'; DROP", "<script>"]
)
def test_what_broke_others_gives_a_page(client: TestClient, typed: str) -> None:
    answer = client.get("/search", params={"q": typed})
    assert answer.status_code == 200
    assert "<script>" not in answer.text
    for word in ("sqlite", "fts5", "syntax error"):
        assert word not in answer.text.lower()
