"""The archive file as a download: its very bytes, whole and in parts, of one generation whatever is published."""

from __future__ import annotations

import base64
import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.settings import Settings
from app.verifying import verify
from app.web import create_app, downloads

ARCHIVE = "/bulk/archive.db"


@pytest.fixture
def mine(filled_archive: Path, tmp_path: Path) -> Path:
    """An archive of one's own."""
    return Path(shutil.copy(filled_archive, tmp_path / "archive.db"))


@pytest.fixture
def site(mine: Path) -> Iterator[TestClient]:
    """The site over it."""
    with TestClient(create_app(Settings(archive=mine))) as client:
        yield client


def test_it_is_the_exact_bytes_and_an_archive_that_verifies(site: TestClient, mine: Path, tmp_path: Path) -> None:
    sent = site.get(ARCHIVE, headers={"Accept-Encoding": "br, gzip"})
    assert sent.content == mine.read_bytes()
    assert int(sent.headers["content-length"]) == mine.stat().st_size
    assert "content-encoding" not in sent.headers
    got = tmp_path / "got.db"
    got.write_bytes(sent.content)
    assert verify(got) == ()


def test_its_digest_is_told_once_it_is_known(site: TestClient, mine: Path) -> None:
    assert "repr-digest" not in site.head(ARCHIVE).headers
    site.get("/bulk.json")
    digest = base64.b64encode(hashlib.sha256(mine.read_bytes()).digest()).decode()
    assert site.head(ARCHIVE).headers["repr-digest"] == f"sha-256=:{digest}:"


def test_its_tag_is_strong_and_of_the_generation_and_whoever_has_it_is_sent_nothing(site: TestClient) -> None:
    head = site.head(ARCHIVE)
    assert head.headers["etag"] == f'"{head.headers["x-archive-generation"]}"'
    assert head.headers["accept-ranges"] == "bytes"
    assert int(head.headers["content-length"]) > 100_000
    assert head.content == b""
    again = site.get(ARCHIVE, headers={"If-None-Match": head.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "content-length" not in again.headers
    assert site.get(ARCHIVE, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize(
    ("wanted", "start", "end"),
    [("bytes=0-99", 0, 100), ("bytes=300000-", 300_000, None), ("bytes=-5", -5, None), ("bytes=5-99999999", 5, None)],
)
def test_parts_are_sent(site: TestClient, mine: Path, wanted: str, start: int, end: int | None) -> None:
    data, tag = mine.read_bytes(), site.head(ARCHIVE).headers["etag"]
    for condition in ({}, {"If-Range": tag}):
        sent = site.get(ARCHIVE, headers={"Range": wanted, **condition})
        assert sent.status_code == 206
        assert sent.content == data[start:end]
        first = start % len(data)
        assert sent.headers["content-range"] == f"bytes {first}-{first + len(sent.content) - 1}/{len(data)}"
        assert int(sent.headers["content-length"]) == len(sent.content)


def test_a_part_of_another_generation_is_answered_with_the_whole(site: TestClient, mine: Path) -> None:
    sent = site.get(ARCHIVE, headers={"Range": "bytes=10-", "If-Range": '"1-0000000000000000"'})
    assert (sent.status_code, sent.content) == (200, mine.read_bytes())


def test_what_begins_past_the_end_is_refused_with_the_size(site: TestClient, mine: Path) -> None:
    sent = site.get(ARCHIVE, headers={"Range": f"bytes={mine.stat().st_size}-"})
    assert sent.status_code == 416
    assert sent.headers["content-range"] == f"bytes */{mine.stat().st_size}"


def test_what_is_published_meanwhile_is_not_mixed_in(
    site: TestClient, mine: Path, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, pieces = mine.read_bytes(), downloads._pieces
    tag = site.head(ARCHIVE).headers["etag"]

    def publishing(*of: object) -> Iterator[bytes]:
        for number, piece in enumerate(pieces(*of)):  # type: ignore[arg-type]
            yield piece
            if number == 0:
                Path(shutil.copy(archive, mine.with_suffix(".new"))).replace(mine)

    monkeypatch.setattr(downloads, "_pieces", publishing)
    sent = site.get(ARCHIVE)
    assert sent.content == whole
    assert sent.headers["etag"] == tag
    assert site.head(ARCHIVE).headers["etag"] != tag


def test_what_is_withheld_is_not_in_it(tmp_path: Path, transcript: Path) -> None:
    from app.importer import import_paths
    from app.withholding import withhold

    path = tmp_path / "archive.db"
    slug = import_paths([transcript], path).files[0].slug
    assert slug is not None
    with sqlite3.connect(path) as c:
        ((words,),) = c.execute("SELECT substr(text, 1, 60) FROM passages WHERE length(text) > 900 LIMIT 1").fetchall()
    c.close()
    with TestClient(create_app(Settings(archive=path))) as site:
        assert words.encode() in site.get(ARCHIVE).content
        assert words in site.get("/bulk/answers.csv").text
        withhold(path, slug, "By order of the court")
        assert words.encode() not in site.get(ARCHIVE).content
        assert site.get("/bulk/interviews.jsonl").text == ""
        assert len(site.get("/bulk/answers.csv").text.splitlines()) == 1


def test_without_an_archive_it_says_so(tmp_path: Path) -> None:
    with TestClient(create_app(Settings(archive=tmp_path / "none.db"))) as site:
        for path in (ARCHIVE, "/bulk/interviews.jsonl", "/bulk/manifest.json"):
            assert site.get(path).status_code == 503
