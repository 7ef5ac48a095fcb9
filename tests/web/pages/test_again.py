"""Where an answer is said again, as a page."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from starlette.testclient import TestClient

from app.importer import import_paths
from app.search import repeating
from app.settings import Settings
from app.web import create_app

PLEDGE = "The ferry to the northern islands will run twice a day from April, whatever the price of oil may be by then."


def test_each_passage_leads_to_its_answer_and_shows_what_differs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day, words in ((1, PLEDGE), (2, PLEDGE.replace("April", "May"))):
        head = f"Interview with Minister Anna Petrova, {day} May 2020"
        text = f"{head}\n\nQuestion: And the ferry?\n\nAnna Petrova: {words}\n"
        (tmp_path / f"talk-{day}.txt").write_text(text)
    import_paths([tmp_path], tmp_path / "archive.db")
    with TestClient(create_app(Settings(archive=tmp_path / "archive.db"))) as client:
        ids = [hit["id"] for hit in client.get("/search.json?q=ferry&sort=oldest").json()["hits"]]
        record = client.get(f"/a/{ids[0]}/again.json").json()
        assert [repeat["hit"]["id"] for repeat in record["repeats"]] == [ids[1]]
        page = BeautifulSoup(client.get(f"/a/{ids[0]}/again").text, "lxml")
        assert page.select_one(f".hits a[href='/a/{ids[1]}']") is not None
        assert [each.get_text().strip() for each in page.select(".hits del")] == ["April"]
        assert [each.get_text().strip() for each in page.select(".hits ins")] == ["May"]
        monkeypatch.setattr(repeating, "SECONDS", 0)
        answer = client.get(f"/a/{ids[0]}/again?anew")
        assert answer.headers["cache-control"] == "no-store"
        told = answer.text
        assert "in the time there was" in told
        assert "No other interview" not in told


def test_what_is_said_once_says_so(client: TestClient) -> None:
    id = client.get("/search.json?q=terrorism").json()["hits"][0]["id"]
    assert client.get(f"/a/{id}/again.json").json()["repeats"] == []
    assert "No other interview" in client.get(f"/a/{id}/again").text


def test_an_unknown_id_is_told_by_its_own_page(client: TestClient) -> None:
    for id in ("0000000000000", "abc"):
        assert client.get(f"/a/{id}/again", follow_redirects=True).status_code == 404
