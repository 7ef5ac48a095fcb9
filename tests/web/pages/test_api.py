"""How programs read the archive: what the page says is so, and every line of it runs."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from starlette.testclient import TestClient

from app.exports import forms
from app.settings import Settings
from app.web import create_app
from tests.serving import free_port, running

KINDS = {
    *("list", "head", "problem", "conditional", "jsonl", "csv", "archive", "manifest", "interview", "answer"),
    *("version", "form", "search", "results", "quote", "oembed"),
}


@pytest.fixture(scope="module")
def lines(filled_archive: Path) -> Iterator[dict[str, str]]:
    """The lines that the page of a real server shows."""
    port = free_port()
    settings = Settings(archive=filled_archive, url=f"http://127.0.0.1:{port}")
    with running(settings, port):
        with TestClient(create_app(settings)) as client:
            page = BeautifulSoup(client.get("/api").text, "lxml")
            shown = [code.get_text() for code in page.select("pre.shell")]
            known: dict[str, str] = client.get("/api.json").json()["lines"]
        assert sorted(shown) == sorted(known.values())
        yield known


def _ran(line: str, folder: Path) -> str:
    assert line.startswith("curl ")
    ran = subprocess.run(
        ["sh", "-c", line.replace("curl ", "curl -sS ", 1)], cwd=folder, capture_output=True, text=True
    )
    assert ran.returncode == 0, (line, ran.stderr)
    return ran.stdout


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl here to run the lines with")
def test_every_line_runs_and_does_what_is_said_of_it(
    lines: dict[str, str], filled_archive: Path, tmp_path: Path
) -> None:
    assert set(lines) == KINDS
    out = {name: _ran(line, tmp_path) for name, line in lines.items()}
    told = {name: json.loads(text) for name, text in out.items() if text.startswith("{")}
    assert told["list"]["total"] == told["manifest"]["holdings"]["interviews"]
    assert told["interview"]["turns"]
    assert told["answer"]["id"] == told["version"]["id"]
    assert told["version"]["version"] == 1
    assert out["form"].startswith("@")
    assert told["search"]["hits"]
    assert told["quote"]["verdict"] == "exact"
    assert told["oembed"]["type"] == "rich"
    assert told["problem"]["status"] == 404
    assert "x-archive-generation: " in out["head"].lower()
    data = filled_archive.read_bytes()
    assert (tmp_path / "archive.db").read_bytes() == data
    assert told["manifest"]["files"][0]["sha256"] == hashlib.sha256(data).hexdigest()
    assert len((tmp_path / "interviews.jsonl").read_text().splitlines()) == told["list"]["total"]
    for name in ("answers.csv", "search.csv"):
        with (tmp_path / name).open(newline="") as file:
            assert all(row["url"].startswith("http://127.0.0.1:") for row in csv.DictReader(file))
    with sqlite3.connect(tmp_path / "archive.db") as c:
        assert c.execute("PRAGMA quick_check").fetchone() == ("ok",)
    c.close()
    assert json.loads((tmp_path / "list.json").read_text())["total"] == told["list"]["total"]


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl here to run the lines with")
def test_the_lines_that_go_on_and_ask_again_are_sent_the_rest_and_nothing(
    lines: dict[str, str], filled_archive: Path, tmp_path: Path
) -> None:
    data = filled_archive.read_bytes()
    (tmp_path / "archive.db").write_bytes(data[:100_000])
    _ran(lines["archive"], tmp_path)
    assert (tmp_path / "archive.db").read_bytes() == data
    _ran(lines["conditional"], tmp_path)
    again = _ran(f"{lines['conditional']} -w '%{{http_code}}'", tmp_path)
    assert again == "304"


def test_it_names_every_form_and_every_status_that_is_described(filled_client: TestClient) -> None:
    page = BeautifulSoup(filled_client.get("/api").text, "lxml")
    told = {code.get_text() for code in page.select("code")}
    assert {form.suffix for form in forms()} <= told
    assert {form["suffix"] for form in filled_client.get("/api.json").json()["forms"]} == {f.suffix for f in forms()}
    for where in ("/", "/about"):
        assert 'href="/api"' in filled_client.get(where).text


def test_without_anything_held_the_page_shows_what_can_be_asked_all_the_same(tmp_path: Path) -> None:
    from app.archive.publishing import building

    with building(tmp_path / "empty.db"):
        pass
    with TestClient(create_app(Settings(archive=tmp_path / "empty.db"))) as client:
        known = client.get("/api.json").json()["lines"]
        assert "list" in known
        assert "answer" not in known
        assert client.get("/api").status_code == 200
