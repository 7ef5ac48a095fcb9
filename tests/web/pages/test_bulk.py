"""What can be downloaded as a whole, with its size, its SHA-256 and its terms."""

from __future__ import annotations

import hashlib
from pathlib import Path

from bs4 import BeautifulSoup
from starlette.testclient import TestClient


def test_it_tells_the_size_and_the_sha256_of_the_archive_file_and_the_digest_of_what_is_held(
    filled_client: TestClient, filled_archive: Path
) -> None:
    record = filled_client.get("/bulk.json").json()
    archive, *made = record["files"]
    data = filled_archive.read_bytes()
    assert (archive["size"], archive["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    assert record["is_counting"] is False
    assert len(record["generation"]["digest"]) == 64
    assert all(each["size"] is None and each["sha256"] is None for each in made)
    for each in record["files"]:
        sent = filled_client.get(each["url"])
        assert sent.headers["content-type"].partition(";")[0] == each["media_type"]
        assert sent.headers["content-disposition"] == f'attachment; filename="{each["name"]}"'


def test_its_page_shows_the_same_and_the_terms_that_sources_state(
    filled_client: TestClient, filled_archive: Path
) -> None:
    page = BeautifulSoup(filled_client.get("/bulk").text, "lxml")
    links = {a["href"] for a in page.select("main a[href^='/bulk/']")}
    assert links == {"/bulk/archive.db", "/bulk/interviews.jsonl", "/bulk/answers.csv", "/bulk/manifest.json"}
    assert hashlib.sha256(filled_archive.read_bytes()).hexdigest() in page.get_text()
    terms = {each["licence"]: each["interviews"] for each in filled_client.get("/bulk.json").json()["licences"]}
    assert sum(terms.values()) == filled_client.get("/interviews.json").json()["total"]
    assert terms["Free to reuse with attribution"] == 3
    assert "Free to reuse with attribution" in page.get_text()
    assert "nothing stated" in page.get_text()
