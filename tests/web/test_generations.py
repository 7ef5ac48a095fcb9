"""New generations are published while people read: nobody sees two at once, and no request is lost."""

from __future__ import annotations

import re
import shutil
import threading
from pathlib import Path

from starlette.testclient import TestClient

from app.archive.publishing import building
from app.settings import Settings
from app.web import create_app

SWAPS = 20


def test_no_response_mixes_two_generations(archive: Path, tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    shutil.copyfile(archive, path)
    app = create_app(Settings(archive=path))
    ended, wrong, seen = threading.Event(), list[str](), set[str]()

    def read(client: TestClient) -> None:
        while not ended.is_set():
            for where, pattern in (
                ("/", r"generation (\d+),"),
                ("/about", r"Generation (\d+) of"),
                ("/index.json", r'"number":(\d+)'),
                ("/about.json", r'"number":(\d+)'),
                ("/interviews", r"generation (\d+),"),
                ("/search?q=terrorism", r"generation (\d+),"),
            ):
                answer = client.get(where)
                found = re.search(pattern, answer.text)
                named = answer.headers.get("x-archive-generation", "").split("-")[0]
                seen.add(named)
                if answer.status_code != 200 or found is None or found[1] != named:
                    wrong.append(f"{where}: {answer.status_code} {named} {found and found[1]}")

    with TestClient(app) as client:
        readers = [threading.Thread(target=read, args=(client,)) for _ in range(4)]
        for reader in readers:
            reader.start()
        for _ in range(SWAPS):
            with building(path):
                pass
        ended.set()
        for reader in readers:
            reader.join()
        last = client.get("/healthz").json()["generation"]
    assert wrong == []
    assert len(seen) > 2
    assert last == int(min(seen, key=int)) + SWAPS


def test_a_new_generation_is_served_at_once_and_has_other_tags(archive: Path, tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    shutil.copyfile(archive, path)
    with TestClient(create_app(Settings(archive=path))) as client:
        before = client.get("/")
        with building(path):
            pass
        after = client.get("/", headers={"If-None-Match": before.headers["etag"]})
        assert after.status_code == 200
        assert after.headers["x-archive-generation"] != before.headers["x-archive-generation"]
        assert client.get("/healthz").json()["token"] == after.headers["x-archive-generation"].split("-")[1]
