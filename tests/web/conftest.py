"""Archives and servers that the tests of the site share."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from starlette.testclient import TestClient

from app.importer import import_paths
from app.settings import Settings
from app.web import create_app
from app.web.serving import configuration

HOSTILE = """11 December 2015

Minister <b>Jane</b> O'Neil's interview with "R&D" <Radio>, December 11, 2015

Question: Is <script>alert("q")</script> & 'x' "y" </title> safe?

Jane O'Neil: No: <script>alert("a")</script> &amp; <img src=x onerror='alert(1)'> "quoted" 'single' & done.

It is </script><!-- ]]> {{ 7*7 }} {% raw %} \\u003c text.

[<i>Laughs & leaves</i>]

Question: Again <b>bold</b>?

Jane O'Neil: Javascript:alert(1) stays a word.
"""


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of one interview whose words are markup."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / 'evil"&<name>.txt').write_text(HOSTILE, encoding="utf-8")
    report = import_paths([folder], folder / "archive.db")
    assert [file.outcome for file in report.files] == ["new"], report
    return folder / "archive.db"


@pytest.fixture(scope="session")
def hostile_client(hostile: Path) -> Iterator[TestClient]:
    """The site over that archive."""
    with TestClient(create_app(Settings(archive=hostile)), follow_redirects=False) as client:
        yield client


@contextmanager
def running(settings: Settings) -> Iterator[int]:
    """Run the site as `serve` does and yield its port."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    server = uvicorn.Server(configuration(settings, "127.0.0.1", port))
    server.config.log_level = "warning"
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        end = time.monotonic() + 20
        while not server.started:
            assert time.monotonic() < end
            time.sleep(0.01)
        yield port
    finally:
        server.should_exit = True
        thread.join(20)


@pytest.fixture(scope="session")
def port(settings: Settings) -> Iterator[int]:
    """The port on which a real server serves the provided transcript."""
    with running(settings) as port:
        yield port
