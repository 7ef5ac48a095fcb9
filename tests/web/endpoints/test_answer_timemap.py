"""The TimeMap of an answer: what it lists is tested with Memento, here which turns have one."""

from __future__ import annotations

from starlette.testclient import TestClient


def test_turns_with_a_page_have_one_and_answered_questions_have_none(client: TestClient) -> None:
    slug = client.get("/interviews.json").json()["interviews"][0]["slug"]
    exchange = client.get(f"/interviews/{slug}.json").json()["exchanges"][0]
    assert client.get(f"/a/{exchange['answers'][0]}/timemap").status_code == 200
    assert client.get(f"/a/{exchange['questions'][0]}/timemap").status_code == 404
