"""Every interview as a line of JSON."""

from __future__ import annotations

import json

from starlette.testclient import TestClient


def test_each_line_is_the_very_json_of_an_interview_and_none_is_left_out(filled_client: TestClient) -> None:
    sent = filled_client.get("/bulk/interviews.jsonl")
    lines = sent.content.splitlines(keepends=True)
    assert len(lines) == filled_client.get("/interviews.json").json()["total"] > 50
    slugs = [json.loads(line)["slug"] for line in lines]
    assert len(set(slugs)) == len(slugs)
    for slug, line in zip(slugs, lines, strict=True):
        assert line == filled_client.get(f"/interviews/{slug}.json").content + b"\n"


def test_whoever_has_it_of_this_generation_is_sent_nothing(filled_client: TestClient) -> None:
    tag = filled_client.head("/bulk/interviews.jsonl").headers["etag"]
    assert tag == filled_client.get("/bulk/interviews.jsonl").headers["etag"]
    again = filled_client.get("/bulk/interviews.jsonl", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
