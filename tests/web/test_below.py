"""An archive that shares its host with others is whole below its path: no link, form or redirect leads out of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urldefrag, urljoin

import pytest
from starlette.testclient import TestClient

from app.settings import Settings
from app.web import create_app
from app.web.below import prefixed
from app.web.routing import found_pages

HOST = "https://shared.example"
BELOW = "/held-words"


class Links(HTMLParser):
    """Everything that a page leads to or loads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found = list[str]()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of an element."""
        self.found += [
            value or "" for name, value in attrs if name in ("href", "src", "action", "formaction", "srcset")
        ]


@pytest.fixture(scope="module")
def site(filled_archive: Path) -> Iterator[TestClient]:
    """The archive below a path of its host."""
    settings = Settings(archive=filled_archive, url=HOST + BELOW)
    with TestClient(create_app(settings), base_url=HOST, follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="module")
def whole(filled_archive: Path) -> Iterator[TestClient]:
    """The same archive where it has the whole host."""
    with TestClient(create_app(Settings(archive=filled_archive, url=HOST)), follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="module")
def pages(site: TestClient) -> dict[str, str]:
    """The text of a page of each kind, and of an error, by its path below."""
    held = site.get(f"{BELOW}/interviews.json").json()["interviews"][0]
    whole = site.get(f"{BELOW}/interviews/{held['slug']}.json").json()
    id = next(answer for exchange in whole["exchanges"] for answer in exchange["answers"])
    year, month, day = whole["date"].split("-")
    slugs = {"speakers": whole["speakers"][0]["slug"], "outlets": whole["outlets"][0]["slug"]}
    found = {"/nowhere": site.get(f"{BELOW}/nowhere").text, "/search?q=a": site.get(f"{BELOW}/search?q=a").text}
    for page in found_pages():
        slug = slugs.get(page.address.split("/")[1], held["slug"])
        path = page.address.format(slug=slug, id=id, n=1, year=year, month=month, day=day, part="pages-1")
        answer = site.get(BELOW + path)
        is_page = answer.status_code == 200 and answer.headers["content-type"].startswith("text/html")
        if is_page and "content-disposition" not in answer.headers:
            found[path] = answer.text
    assert len(found) > 20
    return found


def test_every_link_of_every_kind_of_page_stays_below_and_leads_where_it_does_elsewhere(
    pages: dict[str, str], site: TestClient, whole: TestClient
) -> None:
    targets: dict[str, str] = {}
    for path, text in pages.items():
        for link in Links(text).found:
            target = urldefrag(urljoin(f"{HOST}{BELOW}{path}", link)).url
            if target.startswith(HOST):
                targets.setdefault(target.removeprefix(HOST), path)
    assert not {target: path for target, path in targets.items() if not target.startswith(f"{BELOW}/")}
    assert len(targets) > 200
    for target in targets:
        elsewhere = target.removeprefix(BELOW).replace(quote(HOST + BELOW, safe=""), quote(HOST, safe=""))
        assert site.head(target).status_code == whole.head(elsewhere).status_code, target


def test_a_page_says_the_same_as_where_the_archive_has_the_whole_host(pages: dict[str, str], whole: TestClient) -> None:
    for path, text in pages.items():
        same = text.replace(HOST + BELOW, HOST).replace(quote(HOST + BELOW, safe=""), quote(HOST, safe=""))
        assert same.replace(f'="{BELOW}/', '="/') == whole.get(path).text, path


@pytest.mark.parametrize(
    ("asked", "status", "target"),
    [
        (f"{BELOW}/about/", 308, f"{BELOW}/about"),
        ("/", 302, f"{BELOW}/"),
        (f"{BELOW}?q=a", 302, f"{BELOW}/?q=a"),
    ],
)
def test_a_redirect_stays_below(asked: str, status: int, target: str, site: TestClient) -> None:
    answer = site.get(asked)
    assert (answer.status_code, answer.headers["location"]) == (status, target)


def test_typed_numbers_and_dates_lead_to_pages_below(site: TestClient) -> None:
    slug = site.get(f"{BELOW}/interviews.json").json()["interviews"][0]["slug"]
    assert re.match(rf"{BELOW}/a/\w+", site.get(f"{BELOW}/interviews/{slug}/1").headers["location"])
    dated = site.get(f"{BELOW}/interviews/{slug}", headers={"Accept-Datetime": "Thu, 01 Jan 2099 00:00:00 GMT"})
    assert dated.headers["location"].startswith(f"{HOST}{BELOW}/interviews/{slug}?v=")


@pytest.mark.parametrize("outside", ["/about", "/held-wordsabout", "/healthz", "/a/held-words/"])
def test_outside_there_is_nothing(outside: str, site: TestClient) -> None:
    assert site.get(outside).status_code == 404


def test_an_escaped_path_is_the_same_one(site: TestClient) -> None:
    assert site.get("/held%2Dwords/about").status_code == 200


def test_what_was_said_or_typed_is_not_taken_for_a_link(site: TestClient) -> None:
    typed = ' href="/x'
    page = site.get(f"{BELOW}/search", params={"q": typed}).text
    assert f"{BELOW}/x" not in page
    assert (
        prefixed('<p> href=&#34;/x <a href="//other.example/">', "/held")
        == '<p> href=&#34;/x <a href="//other.example/">'
    )
