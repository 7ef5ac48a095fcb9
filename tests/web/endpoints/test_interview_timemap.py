"""The TimeMap of an interview: what it lists is tested with Memento, here where it is."""

from __future__ import annotations

from starlette.testclient import TestClient


def test_it_stands_beside_the_interview(client: TestClient) -> None:
    slug = client.get("/interviews.json").json()["interviews"][0]["slug"]
    answer = client.get(f"/interviews/{slug}/timemap")
    assert answer.status_code == 200
    assert answer.text.startswith(f'<https://verbatim.example/interviews/{slug}>; rel="original timegate"')
