"""Every answer and statement as a row of CSV."""

from __future__ import annotations

import csv
import io

from starlette.testclient import TestClient


def test_each_answer_stands_in_a_row_with_what_its_page_shows(filled_client: TestClient) -> None:
    sent = filled_client.get("/bulk/answers.csv")
    rows = list(csv.DictReader(io.StringIO(sent.text, newline="")))
    assert len(rows) == filled_client.get("/bulk.json").json()["holdings"]["answers"] > 200
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows[::7]:
        record = filled_client.get(f"/a/{row['id']}.json").json()
        turn, interview = record["answer"], record["interview"]
        assert row["url"] == f"https://verbatim.example{record['url']}"
        assert row["text"] == "\n".join(turn["paragraphs"])
        assert row["question"] == "\n".join("\n".join(each["paragraphs"]) for each in record["questions"])
        assert row["date"] == (interview["date"] or "")
        assert row["speaker"] == (turn["speaker"]["name"] if turn["speaker"] else "")
        assert row["outlet"] == "; ".join(outlet["name"] for outlet in interview["outlets"])
        assert row["role"] == turn["role"]
        assert int(row["line"]) == turn["line"]
        assert int(row["version"]) == record["version"]
        assert row["source_sha256"] == interview["source"]["sha256"]
        assert row["licence"] == (interview["source"]["licence"] or "")
    assert {row["role"] for row in rows} == {"answer", "statement"}
    assert any(row["office"] for row in rows)
