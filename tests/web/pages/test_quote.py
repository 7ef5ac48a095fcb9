"""The quotation check as a page: a verdict, where the words stand, and what they were compared with."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup, Tag
from starlette.testclient import TestClient

from app.search import quoting


def main_of(client: TestClient, text: str) -> Tag:
    main = BeautifulSoup(client.get(f"/quote?text={quote(text)}").text, "lxml").main
    assert main is not None
    return main


def said(client: TestClient) -> tuple[str, str]:
    """Return an id and words of the provided transcript that stand in it."""
    slug = client.get("/interviews.json").json()["interviews"][0]["slug"]
    turns = client.get(f"/interviews/{slug}.json").json()["turns"]
    turn = next(turn for turn in turns if turn["role"] == "answer")
    return turn["id"], " ".join(turn["paragraphs"][0].split()[:14])


def test_the_empty_form_explains_itself_and_names_what_it_compares_with(client: TestClient) -> None:
    assert client.get("/quote.json").json()["verdict"] is None
    main = main_of(client, "")
    assert main.select_one("textarea[name=text][maxlength='2000']") is not None
    assert "in 1 interview" in " ".join(main.get_text().split())
    assert main.select_one(".hits") is None


def test_true_words_are_shown_marked_with_a_link_to_the_answer(client: TestClient) -> None:
    id, words = said(client)
    record = client.get(f"/quote.json?text={quote(words)}").json()
    assert record["verdict"] == "exact"
    assert [(match["id"], match["url"], match["score"]) for match in record["matches"]] == [(id, f"/a/{id}", 1.0)]
    assert record["matches"][0]["difference"] == []
    main = main_of(client, words)
    mark = main.select_one(".hits mark")
    assert mark is not None
    assert " ".join(mark.get_text().split()) == words
    assert main.select_one(f".hits a[href='/a/{id}']") is not None


def test_changed_words_are_shown_as_a_redline(client: TestClient) -> None:
    id, words = said(client)
    changed = words.split()
    changed[6] = "hardly"
    record = client.get(f"/quote.json?text={quote(' '.join(changed))}").json()
    assert record["verdict"] == "near"
    match = record["matches"][0]
    assert match["id"] == id
    assert {change["op"] for change in match["difference"]} == {"same", "removed", "added"}
    main = main_of(client, " ".join(changed))
    assert [each.get_text().strip() for each in main.select(".hits del")] == ["hardly"]
    assert len(main.select(".hits ins")) == 1


def test_what_there_was_no_time_to_find_is_not_said_to_be_missing(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, words = said(client)
    changed = f"{words} hardly"
    monkeypatch.setattr(quoting, "SECONDS", 0)
    answer = client.get(f"/quote.json?text={quote(changed)}")
    assert answer.json()["timed_out"]
    assert answer.headers["cache-control"] == "no-store"
    told = " ".join(main_of(client, changed).get_text().split())
    assert "Not found in the time there was" in told
    assert "Not in this archive" not in told


def test_what_is_not_held_is_never_called_unsaid(client: TestClient) -> None:
    text = " ".join(main_of(client, "The moon will be sold by auction on Thursday").get_text().split())
    assert "Not in this archive" in text
    assert "That does not mean that nobody said them" in text


def test_what_is_pasted_is_shown_as_text(client: TestClient) -> None:
    response = client.get(f"/quote?text={quote('</textarea><script>alert(1)</script>')}")
    assert response.status_code == 200
    assert "<script>alert" not in response.text


def test_results_are_not_for_crawlers_and_the_form_is(client: TestClient) -> None:
    assert 'content="noindex"' in client.get("/quote?text=terror").text
    assert 'content="noindex"' not in client.get("/quote").text


def test_too_much_is_cut_and_said_to_be(client: TestClient) -> None:
    record = client.get(f"/quote.json?text={quote('terror ' * 400)}").json()
    assert record["is_cut"]
    assert len(record["text"]) <= record["longest"] == 2000
    assert "were checked" in client.get(f"/quote?text={quote('terror ' * 400)}").text
