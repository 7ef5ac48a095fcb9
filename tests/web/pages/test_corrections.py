"""What was changed in what had been published, as a page and as a feed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import pytest
from bs4 import BeautifulSoup
from starlette.testclient import TestClient

from app.archive import reading
from app.archive.opening import Library
from app.archive.publishing import building
from app.importer import import_paths
from app.returning import roll_back
from app.settings import Settings
from app.web import create_app
from app.withholding import withhold
from tests.web.conftest import FIRST, Corrected, put_right

SITE = "https://verbatim.example"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The site over an archive in which a correction, redirects and words withheld stand on several pages."""
    path, slug, _ = put_right(tmp_path_factory.mktemp("changed"))
    with Library(path, 60).lease() as lease:
        held = reading.interview(lease.connection, slug)
    withhold(path, next(turn.id for turn in held.turns if turn.role == "moderator"), "A <court> order")
    with building(path) as c:
        for n in range(10, 70):
            row = f"'speaker', 'old-{n}', 'sergey-lavrov', 'The <same> & person', '20{n}-01-01T00:00:00Z'"
            c.exec_driver_sql(f"INSERT INTO redirects VALUES ({row})")
        c.exec_driver_sql(f"INSERT INTO redirects VALUES ('interview', 'was', '{slug}', '', '2071-01-01T00:00:00Z')")
    with TestClient(create_app(Settings(archive=path, url=SITE)), follow_redirects=False) as client:
        yield client


def test_an_archive_without_corrections_says_so(client: TestClient) -> None:
    record = client.get("/corrections.json").json()
    assert (record["total"], record["pages"], record["changes"]) == (0, 1, [])
    page = client.get("/corrections")
    assert page.status_code == 200
    assert "Nothing has been corrected so far" in page.text
    assert "<ol" not in page.text


def test_a_corrected_interview_leads_to_its_differences_and_to_what_ended(corrected: Corrected) -> None:
    record = corrected.client.get("/corrections.json").json()
    (entry,) = record["changes"]
    change = entry["change"]
    assert entry["id"] == f"/interviews/{corrected.slug}?v=2"
    assert entry["url"] == f"/interviews/{corrected.slug}/versions?from=1&to=2"
    assert (change["kind"], change["version"], change["name"]) == ("corrected", 2, "tass.txt")
    assert corrected.ended in [each["id"] for each in change["ended"]]
    assert {each["reason"] for each in change["ended"]} == {"Put right by <its> publisher"}
    page = BeautifulSoup(corrected.client.get("/corrections").text, "lxml")
    assert len(page.select("li.entry")) == 1
    links = [str(link["href"]) for link in page.select("li.entry a")]
    assert entry["url"] in links
    assert f"/a/{corrected.ended}" in links
    assert f"/interviews/{corrected.slug}" in links
    assert "Put right by <its> publisher" in page.get_text()


def test_every_kind_of_change_is_told_in_order_and_in_pages(changed: TestClient) -> None:
    pages = [changed.get(f"/corrections.json?page={number}").json() for number in (1, 2)]
    assert {page["total"] for page in pages} == {63}
    assert [len(page["changes"]) for page in pages] == [50, 13]
    entries = [entry for page in pages for entry in page["changes"]]
    kinds = Counter(entry["change"]["kind"] for entry in entries)
    assert kinds == {"corrected": 1, "withheld": 1, "redirected": 61}
    whens = [entry["change"]["at"] for entry in entries]
    assert whens == sorted(whens, reverse=True)
    assert len({entry["id"] for entry in entries}) == 63
    assert (pages[0]["previous"], pages[0]["next"], pages[1]["url"]) == (None, *["/corrections?page=2"] * 2)
    assert changed.get("/corrections.json?page=99").json()["url"] == "/corrections?page=2"
    shown = BeautifulSoup(changed.get("/corrections").text, "lxml")
    assert len(shown.select("li.entry")) == 50
    assert shown.select_one("a.pager-next[href='/corrections?page=2']") is not None
    assert "The <same> & person" in shown.get_text()
    assert (
        "A <court> order"
        in shown.get_text() + BeautifulSoup(changed.get("/corrections?page=2").text, "lxml").get_text()
    )
    assert "old-69 leads to sergey-lavrov" in shown.get_text()


def test_a_generation_that_was_withdrawn_is_one_change_and_tells_what_went_with_it(tmp_path: Path) -> None:
    path, _, _ = put_right(tmp_path)
    (tmp_path / "other.txt").write_text(FIRST.replace("TASS", "the Daily News").replace("2014", "2016"))
    (one,) = import_paths([tmp_path / "other.txt"], path).files
    roll_back(path, "Imported by <mistake>")
    with TestClient(create_app(Settings(archive=path, url=SITE)), follow_redirects=False) as client:
        record = client.get("/corrections.json").json()
        (entry,) = [entry for entry in record["changes"] if entry["change"]["kind"] == "returned"]
        change = entry["change"]
        assert (change["generation"], change["reason"]) == (3, "Imported by <mistake>")
        assert change["ids"] == 6
        assert {"kind": "interview", "slug": one.slug} in change["slugs"]
        shown = " ".join(BeautifulSoup(client.get("/corrections").text, "lxml").get_text().split())
        assert "Generation 3" in shown
        assert "1\u00a0interview".replace("\u00a0", " ") in shown.replace("\u00a0", " ")
        assert "Imported by <mistake>" in shown
        assert client.get(entry["url"]).status_code == client.get(entry["id"]).status_code == 200
        read = feedparser.parse(client.get("/corrections.atom").content)
        assert not read.bozo
        assert f"{SITE}{entry['id']}" in [each.id for each in read.entries]


def test_where_a_change_leads_is_there(changed: TestClient) -> None:
    for entry in changed.get("/corrections.json").json()["changes"]:
        if entry["change"]["kind"] == "redirected":
            assert changed.get(entry["url"]).status_code == 200
            assert changed.get(entry["id"].partition("#")[0]).headers["location"] == entry["url"]


def test_the_feed_is_valid_and_its_entries_are_the_changes(changed: TestClient, corrected: Corrected) -> None:
    for client in (changed, corrected.client):
        ids: list[str] = []
        address: str | None = "/corrections.atom"
        while address is not None:
            answer = client.get(address)
            assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
            read = feedparser.parse(answer.content, response_headers={"content-type": answer.headers["content-type"]})
            assert not read.bozo, read.get("bozo_exception")
            assert read.version == "atom10"
            feed = ElementTree.fromstring(answer.content)
            for entry in feed.findall(f"{ATOM}entry"):
                for name in ("id", "title", "updated", "summary", "content", "link"):
                    assert len(entry.findall(f"{ATOM}{name}")) == 1, name
            ids += [str(entry.findtext(f"{ATOM}id")) for entry in feed.findall(f"{ATOM}entry")]
            rest = feed.find(f"{ATOM}link[@rel='next']")
            address = None if rest is None else "/" + str(rest.get("href")).split("/", 3)[3]
        told = [entry for page in (1, 2) for entry in client.get(f"/corrections.json?page={page}").json()["changes"]]
        site = ids[0][: ids[0].index("/", 8)]
        assert ids == list(dict.fromkeys(site + entry["id"] for entry in told))


def test_an_empty_feed_is_one(client: TestClient) -> None:
    read = feedparser.parse(client.get("/corrections.atom").content)
    assert not read.bozo
    assert read.entries == []
    assert read.feed.updated_parsed is not None


def test_the_page_names_its_feed_and_every_page_names_it(client: TestClient) -> None:
    page = BeautifulSoup(client.get("/corrections").text, "lxml")
    feeds = [str(link["href"]) for link in page.select("link[rel=alternate][type='application/atom+xml']")]
    assert feeds == ["/corrections.atom"]
    for where in ("/", "/about", "/interviews"):
        assert BeautifulSoup(client.get(where).text, "lxml").select_one("a[href='/corrections']") is not None
