"""Archives and servers that the tests of the site share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.importer import import_paths
from app.settings import Settings
from app.web import create_app
from tests.serving import running

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


PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="refresh" content="0;url=https://evil.example/">
<title>Interview with Minister Jane O'Neil, December 11, 2015</title>
<script>alert("head")</script>
<style>body { background: url(https://evil.example/x.png) }</style>
</head><body onload="alert('body')">
<h1>Interview with Minister Jane O'Neil, December 11, 2015</h1>
<p><b>Question:</b> Is <a href="javascript:alert('link')">this link</a> safe?</p>
<p><b>Jane O'Neil:</b> No. <svg onload="alert('svg')"><text>Not a drawing</text></svg> It never was.
<img src="x" onerror="alert('image')"></p>
<p>&lt;script&gt;alert("words")&lt;/script&gt; are words here, and so is ‮this that is turned around.</p>
<p><b>Question:</b> And the <iframe src="https://evil.example/"></iframe> frame?</p>
<p><b>Jane O'Neil:</b> Neither. <form action="https://evil.example/"><button>Press me</button></form></p>
</body></html>
"""


@pytest.fixture(scope="session")
def hostile_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The site over an archive of one saved page that tries to act."""
    folder = tmp_path_factory.mktemp("hostile-page")
    (folder / 'a"><script>alert(1)‮cod.html').write_text(PAGE, encoding="utf-8")
    (one,) = import_paths([folder], folder / "archive.db").files
    assert one.outcome == "new", one
    with TestClient(create_app(Settings(archive=folder / "archive.db")), follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="session")
def port(settings: Settings) -> Iterator[int]:
    """The port on which a real server serves the provided transcript."""
    with running(settings) as port:
        yield port


FIRST = """March 11, 2014

Foreign Minister Sergey Lavrov's interview with TASS, Moscow, March 11, 2014

Question: Will there be sanctions?

Sergey Lavrov: We do not discuss threats of this kind with our partners in Europe.

Question: Will the ministers meet again before the end of this year?

Sergey Lavrov: The retired answer had <i>these</i> words and nobody will find them anywhere else.

Moderator: Thank you, that was the last question of today.

Question: Is there one more thing to be said?
"""
SECOND = FIRST.replace("threats of this kind", "threats of that kind").replace(
    "The retired answer had <i>these</i> words and nobody will find them anywhere else.",
    "Yes: completely different sentences stand here now, about a visit in spring.",
)


@dataclass(frozen=True)
class Corrected:
    """An archive whose one interview has two versions, and what ended with the first."""

    client: TestClient
    slug: str
    ended: str
    """Id of the answer that was retired."""


def put_right(folder: Path) -> tuple[Path, str, tuple[str, ...]]:
    """Return an archive of both versions, the slug of its interview, and the ids that the second one ended."""
    path, source = folder / "archive.db", folder / "tass.txt"
    source.write_text(FIRST, encoding="utf-8")
    slug = import_paths([source], path).files[0].slug
    assert slug is not None
    source.write_text(SECOND, encoding="utf-8")
    held_back = import_paths([source], path).files[0]
    assert held_back.outcome == "held back"
    report = import_paths([source], path, retire=held_back.ended, reason="Put right by <its> publisher")
    assert report.files[0].outcome == "corrected"
    return path, slug, held_back.ended


@pytest.fixture(scope="session")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corrected]:
    """The site over an archive with a history."""
    path, slug, ended = put_right(tmp_path_factory.mktemp("corrected"))
    with TestClient(create_app(Settings(archive=path)), follow_redirects=False) as client:
        yield Corrected(client, slug, ended[0])
