"""The interviews without a date."""

from __future__ import annotations

from starlette.testclient import TestClient


def test_it_lists_those_and_no_others(filled_client: TestClient) -> None:
    undated = filled_client.get("/dates/undated.json").json()
    assert (undated["total"], [one["date"] for one in undated["interviews"]]) == (2, [None, None])
    page = filled_client.get("/dates/undated").text
    for one in undated["interviews"]:
        assert f"/interviews/{one['slug']}" in page


def test_where_every_interview_has_a_date_it_says_so(client: TestClient) -> None:
    answer = client.get("/dates/undated")
    assert answer.status_code == 200
    assert "Every interview held here has a date" in answer.text
