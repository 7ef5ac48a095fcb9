"""The saved copy of a source."""

from __future__ import annotations

import base64
import hashlib
import shutil
from pathlib import Path

import pytest
from sqlalchemy import update
from starlette.testclient import TestClient

from app.archive.publishing import building
from app.archive.tables import sources
from app.importer import import_paths
from app.settings import Settings
from app.web import create_app
from tests.web.conftest import PAGE, Corrected

RUSSIAN = """Интервью министра Анны Петровой газете «Вестник», 4 мая 2020 года

Вопрос: О чём договорились стороны на переговорах?

А.Петрова: Мы договорились о трёх вещах. Первая из них – торговля.

Вопрос: А что с границей?

А.Петрова: Граница остаётся там, где она была всегда.
"""


def _slug(client: TestClient) -> str:
    return str(client.get("/interviews.json").json()["interviews"][0]["slug"])


def test_it_is_the_exact_bytes_and_says_their_digest(client: TestClient, transcript: Path) -> None:
    for coding in ("identity", "gzip", "br"):
        answer = client.get(f"/interviews/{_slug(client)}/source", headers={"Accept-Encoding": coding})
        data = transcript.read_bytes()
        assert answer.content == data
        digest = hashlib.sha256(data)
        assert answer.headers["repr-digest"] == f"sha-256=:{base64.b64encode(digest.digest()).decode()}:"
        assert "content-encoding" not in answer.headers
        record = client.get(f"/interviews/{_slug(client)}.json").json()
        assert record["source"]["sha256"] == digest.hexdigest()
        assert record["source"]["size"] == len(data)


def test_nothing_in_it_can_act(hostile_page: TestClient) -> None:
    answer = hostile_page.get(f"/interviews/{_slug(hostile_page)}/source")
    assert answer.text == PAGE
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"].startswith("attachment;")


def test_its_name_is_told_in_ascii_and_in_full(
    client: TestClient, hostile_client: TestClient, transcript: Path
) -> None:
    told = client.get(f"/interviews/{_slug(client)}/source").headers["content-disposition"]
    assert told == f"attachment; filename=\"{transcript.name}\"; filename*=UTF-8''{transcript.name}"
    hostile = hostile_client.get(f"/interviews/{_slug(hostile_client)}/source").headers["content-disposition"]
    assert hostile == "attachment; filename=\"evil_&<name>.txt\"; filename*=UTF-8''evil%22%26%3Cname%3E.txt"


@pytest.mark.parametrize(
    ("name", "plain", "full"),
    [
        ("интервью.txt", "________.txt", "%D0%B8%D0%BD%D1%82%D0%B5%D1%80%D0%B2%D1%8C%D1%8E.txt"),
        ("a\r\nSet-Cookie: x=y.txt", "a__Set-Cookie: x=y.txt", "a__Set-Cookie%3A%20x%3Dy.txt"),
        ("a\u202etxt.exe\u202c.txt", "a_txt.exe_.txt", "a_txt.exe_.txt"),
        ('it\'s; "so".txt', "it's; _so_.txt", "it%27s%3B%20%22so%22.txt"),
        ("back\\slash.txt", "back_slash.txt", "back_slash.txt"),
    ],
)
def test_no_name_breaks_the_header_or_turns_its_letters_around(
    transcript: Path, tmp_path: Path, name: str, plain: str, full: str
) -> None:
    (tmp_path / name).write_bytes(transcript.read_bytes())
    with _site_over(tmp_path / name) as client:
        answer = client.get(f"/interviews/{_slug(client)}/source")
        assert answer.headers["content-disposition"] == f"attachment; filename=\"{plain}\"; filename*=UTF-8''{full}"
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(("name", "media_type"), [("a.txt", "text/plain"), ("a.md", "text/markdown")])
def test_its_media_type_says_the_encoding_that_was_found(tmp_path: Path, name: str, media_type: str) -> None:
    (tmp_path / name).write_bytes(RUSSIAN.encode("cp1251"))
    with _site_over(tmp_path / name) as client:
        answer = client.get(f"/interviews/{_slug(client)}/source")
        assert answer.headers["content-type"] == f"{media_type}; charset=windows-1251"
        assert answer.text == RUSSIAN


def _site_over(*files: Path) -> TestClient:
    archive = files[0].parent / "archive.db"
    assert {file.outcome for file in import_paths(list(files), archive).files} == {"new"}
    return TestClient(create_app(Settings(archive=archive)), follow_redirects=False)


@pytest.mark.parametrize(
    ("wanted", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=10-19", 10, 20),
        ("bytes=100-", 100, None),
        ("bytes=-7", -7, None),
        ("bytes=5-99999999", 5, None),
        ("bytes=-99999999", 0, None),
        ("BYTES=1-2", 1, 3),
    ],
)
def test_a_part_of_it_is_sent_to_whoever_asks(
    client: TestClient, transcript: Path, wanted: str, start: int, end: int | None
) -> None:
    data = transcript.read_bytes()
    address = f"/interviews/{_slug(client)}/source"
    whole = client.get(address)
    assert whole.headers["accept-ranges"] == "bytes"
    for coding in ("identity", "br"):
        answer = client.get(address, headers={"Range": wanted, "Accept-Encoding": coding})
        expected = data[start:end]
        first = len(data) + start if start < 0 else start
        assert answer.status_code == 206
        assert answer.content == expected
        assert answer.headers["content-range"] == f"bytes {first}-{first + len(expected) - 1}/{len(data)}"
        assert answer.headers["content-length"] == str(len(expected))
        for name in ("etag", "repr-digest", "content-type", "content-security-policy", "content-disposition"):
            assert answer.headers[name] == whole.headers[name]
    assert client.get(address).content == data


@pytest.mark.parametrize("wanted", ["bytes=99999999-", "bytes=99999999-99999999", "bytes=-0"])
def test_a_part_past_its_end_is_416(client: TestClient, transcript: Path, wanted: str) -> None:
    answer = client.get(f"/interviews/{_slug(client)}/source", headers={"Range": wanted})
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{transcript.stat().st_size}"
    assert answer.headers["content-type"].startswith("text/plain")
    assert not answer.headers.keys() & {"repr-digest", "content-disposition", "etag"}


@pytest.mark.parametrize(
    "wanted", ["bytes=0-1,5-6", "lines=0-1", "bytes=", "bytes=-", "bytes=9-3", "bytes=a-b", "0-1", "bytes=" + "9" * 400]
)
def test_what_asks_for_no_one_part_is_sent_the_whole(client: TestClient, transcript: Path, wanted: str) -> None:
    answer = client.get(f"/interviews/{_slug(client)}/source", headers={"Range": wanted})
    assert (answer.status_code, answer.content) == (200, transcript.read_bytes())


def test_a_part_is_sent_only_of_the_copy_that_the_reader_has_begun(client: TestClient, transcript: Path) -> None:
    address = f"/interviews/{_slug(client)}/source"
    tag = client.get(address).headers["etag"]
    expected = {tag: 206, f"W/{tag}": 200, '"other"': 200, "Fri, 11 Dec 2015 10:00:00 GMT": 200}
    for condition, status in expected.items():
        answer = client.get(address, headers={"Range": "bytes=3-", "If-Range": condition})
        assert answer.status_code == status, condition
        assert answer.content == transcript.read_bytes()[3 if status == 206 else 0 :]
    both = client.get(address, headers={"Range": "bytes=3-", "If-None-Match": tag})
    assert both.status_code == 304


def test_head_and_pages_have_no_parts(client: TestClient) -> None:
    head = client.head(f"/interviews/{_slug(client)}/source", headers={"Range": "bytes=0-9"})
    assert head.status_code == 200
    assert not head.content
    page = client.get("/about", headers={"Range": "bytes=0-9"})
    assert page.status_code == 200
    assert "accept-ranges" not in page.headers


def test_every_version_has_its_own_copy_and_digest(corrected: Corrected) -> None:
    address = f"/interviews/{corrected.slug}/source"
    told = {}
    for version in ("", "?v=1", "?v=2"):
        answer = corrected.client.get(address + version)
        digest = base64.b64encode(hashlib.sha256(answer.content).digest()).decode()
        assert answer.headers["repr-digest"] == f"sha-256=:{digest}:"
        told[version] = digest, answer.headers["etag"]
    assert told[""] == told["?v=2"] != told["?v=1"]
    assert told[""][1] != told["?v=1"][1]


def test_a_version_is_sent_and_one_that_is_not_held_is_404(client: TestClient) -> None:
    address = f"/interviews/{_slug(client)}/source"
    assert client.get(f"{address}?v=1").status_code == 200
    assert client.get(f"{address}?v=2").status_code == 404
    assert client.get("/interviews/nothing/source").status_code == 404


def test_what_is_known_of_it_is_json(client: TestClient) -> None:
    record = client.get(f"/interviews/{_slug(client)}/source.json").json()
    assert record["source"].keys() >= {"name", "sha256", "size", "media_type", "encoding"}


def test_a_copy_that_is_withheld_is_410_and_its_digest_stays(archive: Path, tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    shutil.copyfile(archive, path)
    with building(path) as connection:
        connection.execute(update(sources).values(data=None))
    with TestClient(create_app(Settings(archive=path))) as client:
        slug = _slug(client)
        reply = client.get(f"/interviews/{slug}/source")
        assert reply.status_code == 410
        assert "Withheld" in reply.text
        problem = client.get(f"/interviews/{slug}/source.json")
        assert (problem.status_code, problem.json()["interview"]) == (410, f"/interviews/{slug}")
        assert len(client.get(f"/interviews/{slug}.json").json()["source"]["sha256"]) == 64
