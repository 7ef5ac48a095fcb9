"""What the site is compared with serves the same rows, and the table says what was measured."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from starlette.testclient import TestClient

from tests.benchmarks import peers, serving
from tests.benchmarks.peers import Page
from tests.benchmarks.serving import Cell


def test_the_rows_that_are_compared_are_those_that_the_site_shows(
    filled_archive: Path, filled_client: TestClient, tmp_path: Path
) -> None:
    c = sqlite3.connect(peers.rows(filled_archive, tmp_path))
    for slug, many in c.execute(
        "SELECT slug, count(*) FROM interviews i JOIN turns t ON t.interview_id = i.id GROUP BY i.id"
    ).fetchall():
        turns = json.loads(filled_client.get(f"/interviews/{slug}.json").content)["turns"]
        assert len(turns) == many
        held = c.execute(
            "SELECT public_id FROM turns JOIN interviews i ON i.id = interview_id WHERE slug = ? ORDER BY position",
            (slug,),
        ).fetchall()
        assert [turn["id"] for turn in turns] == [id for (id,) in held]
    c.close()


def test_every_address_that_is_measured_is_a_page(archive: Path, client: TestClient, tmp_path: Path) -> None:
    site = serving.addresses(serving.chosen(peers.rows(archive, tmp_path)), ["terrorism", "the"])["site"]
    assert {client.get(path).status_code for paths in site.values() for path in paths} == {200}


def test_words_that_are_searched_for_differ(filled_archive: Path) -> None:
    words = serving.words_of(filled_archive)
    assert words
    assert len(words) == len(set(words))


def test_ready_bytes_are_sent_as_the_site_sends_them(tmp_path: Path) -> None:
    page = Page("/x", [("content-type", "text/plain"), ("content-length", "5"), ("etag", '"t"')], b"ready")
    with peers.bare(tmp_path, {"x": page}) as port:
        assert serving._fetch(port, "/x") == page


def test_the_table_has_the_ratio_of_medians(tmp_path: Path) -> None:
    site = Cell("home", "warm", "Verbatim", 1, ["/"], rates={16: [100.0, 900.0, 300.0]})
    other = Cell("home", "", "Datasette", 2, ["/"], rates={16: [3.0, 1.0, 2.0]})
    titles, _, row = serving.table([site, other], [16])
    assert titles.split(" | ")[-1] == "times Datasette |"
    assert row == "| home | warm | 16 | 300 |  | 150.00 |"
