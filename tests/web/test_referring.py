"""A result list as citations: each hit once, as its own page cites it, read by others' parsers."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from starlette.testclient import TestClient

from app.web import referring

QUERIES = ("the ferry", "in:question the", "in:both bridge", "lang:ru дорога", "zebra")


def _ids(client: TestClient, query: str) -> list[str]:
    first = client.get(f"/search.json?q={quote(query)}&sort=newest").json()
    pages = [
        client.get(f"/search.json?q={quote(query)}&sort=newest&page={n + 1}").json() for n in range(first["pages"])
    ]
    ids = []
    for hit in (hit for page in pages for hit in page["hits"]):
        led = client.get(hit["url"])
        at = led.headers.get("location", hit["url"]).partition("#")[0]
        if at.startswith("/a/"):
            ids.append(at.removeprefix("/a/"))
    return list(dict.fromkeys(ids))


@pytest.mark.parametrize("query", QUERIES)
def test_each_hit_is_cited_once_as_its_page_cites_it(query: str, filled_client: TestClient) -> None:
    ids = _ids(filled_client, query)
    sent = {suffix: filled_client.get(f"/search{suffix}?q={quote(query)}") for suffix in (".bib", ".ris", ".csl.json")}
    assert sent[".csl.json"].json() == [filled_client.get(f"/a/{id}.csl.json").json()[0] for id in ids]
    assert sent[".bib"].text == "".join(filled_client.get(f"/a/{id}.bib").text for id in ids)
    assert sent[".ris"].text == "".join(filled_client.get(f"/a/{id}.ris").text for id in ids)
    assert len(parse_string(sent[".bib"].text).entries) == len(ids)
    assert len(rispy.loads(sent[".ris"].text)) == len(ids)
    assert bool(ids) == (query != "zebra")
    for suffix, answer in sent.items():
        assert answer.headers["content-disposition"] == f'attachment; filename="search{suffix}"'
        own = filled_client.get(f"/a/{_ids(filled_client, 'ferry')[0]}{suffix}")
        assert answer.headers["content-type"] == own.headers["content-type"]


def test_no_more_than_so_many_are_cited(filled_client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(referring, "MOST", 3)
    assert len(json.loads(filled_client.get("/search.csl.json?q=the").text)) == 3


def test_the_results_lead_to_them(filled_client: TestClient) -> None:
    page = filled_client.get("/search?q=ferry&in=both").text
    for suffix in (".bib", ".ris", ".csl.json"):
        assert f'href="/search{suffix}?q=ferry&amp;in=both"' in page
