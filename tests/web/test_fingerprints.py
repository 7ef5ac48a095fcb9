"""The SHA-256 of the published file: counted once for a generation, and not told before it is known."""

from __future__ import annotations

import hashlib
import shutil
import threading
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.archive.opening import Library
from app.settings import Settings
from app.web import building, create_app, fingerprints
from app.web.fingerprints import Fingerprints


@pytest.fixture
def mine(archive: Path, tmp_path: Path) -> Path:
    """An archive of one's own."""
    return Path(shutil.copy(archive, tmp_path / "archive.db"))


def test_it_is_that_of_the_file_and_the_file_is_read_once(mine: Path) -> None:
    library = Library(mine)
    known = Fingerprints(library, patience=60)
    with library.lease() as lease:
        assert known.known(lease.identity) is None
        assert known.of(lease) == hashlib.sha256(mine.read_bytes()).hexdigest()
        count = known._count
        assert known.of(lease) == known.known(lease.identity)
        assert known._count is count
    library.close()


def test_of_a_generation_that_is_no_longer_published_it_is_not_told_and_of_the_new_one_anew(
    mine: Path, filled_archive: Path
) -> None:
    library = Library(mine)
    known = Fingerprints(library, patience=60)
    with library.lease() as old:
        Path(shutil.copy(filled_archive, mine.with_suffix(".new"))).replace(mine)
        assert known.of(old) is None
        with library.lease() as new:
            assert known.of(new) == hashlib.sha256(filled_archive.read_bytes()).hexdigest()
        assert known.of(old) is None
    library.close()


def test_while_it_is_counted_the_pages_say_so_and_are_not_kept(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = threading.Event()

    class Slow:
        """The file, which can be read only when it is said."""

        def __init__(self, path: Path) -> None:
            self.file = path.open("rb")

        def __enter__(self) -> Slow:
            return self

        def __exit__(self, *_: object) -> None:
            self.file.close()

        def read(self, size: int) -> bytes:
            go_on.wait(60)
            return self.file.read(size)

    monkeypatch.setattr(fingerprints, "opened", lambda path, identity: Slow(path))
    monkeypatch.setattr(building, "Fingerprints", lambda library: Fingerprints(library, patience=0))
    with TestClient(create_app(Settings(archive=mine))) as client:
        for path in ("/bulk.json", "/bulk/manifest.json"):
            told = client.get(path)
            assert told.json()["is_counting"] is True
            assert told.json()["files"][0]["sha256"] is None
            assert told.headers["cache-control"] == "no-store"
        assert "is being counted" in client.get("/bulk").text
        assert "repr-digest" not in client.get("/bulk/archive.db").headers
        go_on.set()
        for thread in threading.enumerate():
            if thread.name == "sha256":
                thread.join(60)
        sha256 = hashlib.sha256(mine.read_bytes())
        assert client.get("/bulk.json").json()["files"][0]["sha256"] == sha256.hexdigest()
        assert sha256.hexdigest() in client.get("/bulk").text
        assert "repr-digest" in client.get("/bulk/archive.db").headers
