"""The saved copy of a source."""

from __future__ import annotations

import base64
import hashlib
import shutil
from pathlib import Path

from sqlalchemy import update
from starlette.testclient import TestClient

from app.archive.publishing import building
from app.archive.tables import sources
from app.settings import Settings
from app.web import create_app


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


def test_nothing_in_it_can_act(hostile_client: TestClient) -> None:
    headers = hostile_client.get(f"/interviews/{_slug(hostile_client)}/source").headers
    assert headers["content-type"] == "text/plain; charset=utf-8"
    assert headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert headers["x-content-type-options"] == "nosniff"


def test_its_name_is_told_whatever_is_in_it(client: TestClient, hostile_client: TestClient, transcript: Path) -> None:
    told = client.get(f"/interviews/{_slug(client)}/source").headers["content-disposition"]
    assert told.startswith(f'inline; filename="{transcript.name}"')
    hostile = hostile_client.get(f"/interviews/{_slug(hostile_client)}/source").headers["content-disposition"]
    assert hostile == "inline; filename=\"evil_&<name>.txt\"; filename*=UTF-8''evil%22%26%3Cname%3E.txt"


def test_a_version_is_sent_and_one_that_is_not_held_is_404(client: TestClient) -> None:
    address = f"/interviews/{_slug(client)}/source"
    assert client.get(f"{address}?v=1").status_code == 200
    assert client.get(f"{address}?v=2").status_code == 404
    assert client.get("/interviews/nothing/source").status_code == 404


def test_what_is_known_of_it_is_json(client: TestClient) -> None:
    record = client.get(f"/interviews/{_slug(client)}/source.json").json()
    assert record["source"].keys() >= {"name", "sha256", "size", "media_type", "encoding"}


def test_a_copy_that_was_withdrawn_is_410_and_its_digest_stays(archive: Path, tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    shutil.copyfile(archive, path)
    with building(path) as connection:
        connection.execute(update(sources).values(data=None))
    with TestClient(create_app(Settings(archive=path))) as client:
        address = f"/interviews/{_slug(client)}/source"
        assert client.get(address).status_code == 410
        assert "Withdrawn" in client.get(address).text
        assert len(client.get(f"{address}.json").json()["source"]["sha256"]) == 64
