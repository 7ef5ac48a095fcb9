"""All that a search finds, as CSV, sent as it is read."""

from __future__ import annotations

import csv
import io
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

QUERIES = (
    "the",
    "bridge",
    '"of the"',
    "in:question the",
    "in:both the -bridge",
    "the sort",
    "year:undated the",
    "zebra",
)


def rows_of(client: TestClient, path: str) -> list[dict[str, str]]:
    answer = client.get(path)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_it_has_every_hit_of_every_page_in_its_order(filled_client: TestClient, query: str, sort: str) -> None:
    first = filled_client.get(f"/search.json?q={quote(query)}&sort={sort}").json()
    ids = []
    for page in range(1, first["pages"] + 1):
        hits = filled_client.get(f"/search.json?q={quote(query)}&sort={sort}&page={page}").json()["hits"]
        ids += [hit["id"] for hit in hits]
    rows = rows_of(filled_client, f"/search.csv?q={quote(query)}&sort={sort}")
    assert [row["id"] for row in rows] == ids
    assert len(rows) == first["total"]


def test_a_row_has_all_words_of_the_answer_and_its_permanent_address(client: TestClient) -> None:
    rows = rows_of(client, "/search.csv?q=terrorism")
    assert rows
    for row in rows:
        record = client.get(f"/a/{row['id']}.json").json()
        assert row["text"] == "\n".join(record["answer"]["paragraphs"])
        assert row["url"] == f"https://verbatim.example/a/{row['id']}"
        assert row["interview"] == record["interview"]["slug"]
        assert row["date"] == record["interview"]["date"]
        assert row["question"] == "\n".join("\n".join(turn["paragraphs"]) for turn in record["questions"])


def test_it_is_a_file_for_programs_of_any_origin_and_is_not_kept(client: TestClient) -> None:
    for answer in (client.get("/search.csv?q=terrorism"), client.head("/search.csv?q=terrorism")):
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        assert answer.headers["content-disposition"] == 'attachment; filename="search.csv"'
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers["cache-control"] == "no-cache"
        assert "x-archive-generation" in answer.headers
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert client.head("/search.csv?q=terrorism").content == b""


@pytest.mark.parametrize("typed", ["", "%00", '"', "speaker:nobody", "(((", "-"])
def test_what_finds_nothing_or_is_mistyped_is_a_head_alone_or_all(client: TestClient, typed: str) -> None:
    answer = client.get(f"/search.csv?q={typed}")
    assert answer.status_code == 200
    assert answer.text.startswith("id,date,speaker,outlet,role,question,text,language,interview,title,url\r\n")
    assert client.post("/search.csv").status_code == 405


def test_the_results_lead_to_it(client: TestClient) -> None:
    assert 'href="/search.csv?q=terrorism&amp;in=question"' in client.get("/search?q=terrorism&in=question").text


def test_with_lines_there_is_a_row_for_each_match(filled_client: TestClient) -> None:
    path = "q=the&view=kwic&left=3&right=2&sort=newest"
    first = filled_client.get(f"/search.json?{path}").json()
    lines = []
    for page in range(1, first["pages"] + 1):
        lines += filled_client.get(f"/search.json?{path}&page={page}").json()["concordance"]["lines"]
    rows = rows_of(filled_client, f"/search.csv?{path}")
    assert [(row["left"], row["hit"], row["right"], row["id"]) for row in rows] == [
        (line["left"], line["hit"], line["right"], line["id"]) for line in lines
    ]
    assert max(len(row["left"].split()) for row in rows) == 3
    assert max(len(row["right"].split()) for row in rows) == 2
