"""Each page says in JSON-LD what it is: an article of a conversation, of questions and answers by whom they are."""

from __future__ import annotations

import json
from typing import Any

from bs4 import BeautifulSoup
from starlette.testclient import TestClient

SITE = "https://verbatim.example"


def _data(client: TestClient, address: str) -> dict[str, Any]:
    page = BeautifulSoup(client.get(address).text, "lxml")
    (script,) = page.select('script[type="application/ld+json"]')
    found: dict[str, Any] = json.loads(script.string or "")
    return found


def test_an_answer_is_an_article_of_a_question_and_an_answer(client: TestClient) -> None:
    slug = client.get("/interviews.json").json()["interviews"][0]["slug"]
    record = client.get(f"/interviews/{slug}.json").json()
    exchange = record["exchanges"][2]
    id, asked = exchange["answers"][0], exchange["questions"][0]
    turns = {turn["id"]: turn for turn in record["turns"]}
    data = _data(client, f"/a/{id}")
    assert (data["@context"], data["@type"], data["@id"]) == ("https://schema.org", "Article", f"{SITE}/a/{id}")
    assert (data["headline"], data["datePublished"], data["inLanguage"]) == (record["title"], "2015-12-11", "en")
    (author,) = data["author"]
    assert author["@id"] == f"{SITE}/speakers/sergey-lavrov"
    assert (author["name"], author["jobTitle"]) == ("Sergey Lavrov", "Foreign Minister")
    assert data["isPartOf"] == {"@id": f"{SITE}/interviews/{slug}"}
    question, answer = data["mainEntity"]["hasPart"]
    assert data["mainEntity"]["@type"] == "Conversation"
    assert (question["@type"], question["text"]) == ("Question", "\n\n".join(turns[asked]["paragraphs"]))
    assert (answer["@type"], answer["text"]) == ("Answer", "\n\n".join(turns[id]["paragraphs"]))
    assert answer["author"] == {"@id": author["@id"]}
    assert answer["parentItem"] == {"@id": question["@id"]}


def test_an_interview_names_its_parts_without_their_words(client: TestClient) -> None:
    slug = client.get("/interviews.json").json()["interviews"][0]["slug"]
    data = _data(client, f"/interviews/{slug}")
    parts = data["mainEntity"]["hasPart"]
    assert [part["@type"] for part in parts] == ["Question", "Answer"] * 6
    assert not any("text" in part for part in parts)
    assert "isPartOf" not in data


def test_what_is_not_known_is_not_in_it(filled_client: TestClient) -> None:
    for each in filled_client.get("/interviews.json").json()["interviews"]:
        data = _data(filled_client, f"/interviews/{each['slug']}")
        assert data.get("datePublished") == each["date"]
        assert all(value for value in data.values())


def test_words_that_are_markup_stay_in_the_data(hostile_client: TestClient) -> None:
    slug = hostile_client.get("/interviews.json").json()["interviews"][0]["slug"]
    record = hostile_client.get(f"/interviews/{slug}.json").json()
    id = record["exchanges"][0]["answers"][0]
    data = _data(hostile_client, f"/a/{id}")
    said = next(turn for turn in record["turns"] if turn["id"] == id)
    assert data["mainEntity"]["hasPart"][-1]["text"] == "\n\n".join(said["paragraphs"])
    assert data["headline"] == record["title"]
