"""What is streamed: a reader who goes away keeps nothing open."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from starlette.requests import ClientDisconnect
from starlette.testclient import TestClient
from starlette.types import Message

from app.settings import Settings
from app.web import create_app

OPEN = Path("/proc/self/fd")
ADDRESSES = ("/bulk/interviews.jsonl", "/bulk/answers.csv", "/bulk/archive.db", "/search.csv")


def _open(path: Path) -> Iterator[str]:
    for each in OPEN.iterdir():
        try:
            target = str(each.readlink())
        except FileNotFoundError:
            continue
        if target.startswith(str(path)):
            yield target


@pytest.mark.skipif(not OPEN.is_dir(), reason="only Linux tells which files a process has open")
@pytest.mark.parametrize("version", ["2.3", "2.4"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_whoever_goes_away_frees_the_lease(address: str, version: str, filled_archive: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(filled_archive, tmp_path / "archive.db"))
    app, sent = create_app(Settings(archive=path)), list[int]()

    async def go() -> None:
        has_piece = asyncio.Event()

        async def receive() -> Message:
            await has_piece.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.body":
                sent.append(len(message["body"]))
                has_piece.set()
                if version == "2.4":
                    raise OSError("the reader has gone away")
                await asyncio.sleep(3600)

        query = b"q=the" if "search" in address else b""
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": version},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": address,
            "raw_path": address.encode(),
            "query_string": query,
            "headers": [],
            "server": ("127.0.0.1", 80),
            "client": ("127.0.0.1", 1),
            "root_path": "",
        }
        with suppress(ClientDisconnect):
            await app(scope, receive, send)

    asyncio.run(go())
    assert sum(sent) > 0
    Path(shutil.copy(filled_archive, tmp_path / "new.db")).replace(path)
    with TestClient(app) as client:
        assert client.get("/about").status_code == 200
        assert not [target for target in _open(path) if target.endswith("(deleted)")]
        assert list(_open(path))
