"""The readable twin of an answer's address."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient


def test_it_leads_to_the_first_answer_and_is_not_stored(client: TestClient) -> None:
    slug = client.get("/interviews.json").json()["interviews"][0]["slug"]
    exchanges = client.get(f"/interviews/{slug}.json").json()["exchanges"]
    for exchange in exchanges:
        answer = client.get(f"/interviews/{slug}/{exchange['number']}")
        assert (answer.status_code, answer.headers["location"]) == (302, f"/a/{exchange['answers'][0]}")
        assert answer.headers["cache-control"] == "no-store"
        json = client.get(f"/interviews/{slug}/{exchange['number']}.json")
        assert json.headers["location"] == f"/a/{exchange['answers'][0]}.json"


@pytest.mark.parametrize("number", ["0", "7", "-1", "abc", "1.0", "99999999999999999999", "٣", "%00"])
def test_what_is_no_exchange_is_404(client: TestClient, number: str) -> None:
    slug = client.get("/interviews.json").json()["interviews"][0]["slug"]
    assert client.get(f"/interviews/{slug}/{number}").status_code == 404
