"""Feeds are valid Atom, turned by RFC 5005, and their entries are the permanent pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import feedparser
import pytest
from bs4 import BeautifulSoup
from starlette.testclient import TestClient

from app.importer import import_paths
from app.settings import Settings
from app.web import create_app, syndication

SITE = "https://verbatim.example"
ATOM = "{http://www.w3.org/2005/Atom}"
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
FEEDS = [
    "/feed.atom",
    "/speakers/ilse-marwick.atom",
    "/speakers/sigrun-oakes.atom",
    "/outlets/lakeside-gazette.atom",
    "/search.atom?q=bridge",
    "/search.atom?q=%D0%BC%D0%BE%D1%81%D1%82",
    "/search.atom?q=bridge&after=2010&in=both",
    "/search.atom?speaker=maud-ellingwick",
    "/search.atom?q=nothingatall",
    "/search.atom",
]


def feed_at(client: TestClient, where: str) -> ElementTree.Element:
    answer = client.get(where)
    assert answer.status_code == 200, where
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)


def links_of(feed: ElementTree.Element) -> dict[str, str]:
    return {str(link.get("rel")): str(link.get("href")) for link in feed.findall(f"{ATOM}link")}


def texts(element: ElementTree.Element, name: str) -> list[str]:
    return [str(each.text) for each in element.findall(f"{ATOM}{name}")]


def turned(client: TestClient, where: str) -> Iterator[ElementTree.Element]:
    """Go through a feed by its links, as a reader does."""
    next_page: str | None = where
    seen: set[str] = set()
    while next_page is not None:
        assert next_page not in seen
        seen.add(next_page)
        feed = feed_at(client, next_page)
        yield feed
        found = links_of(feed).get("next")
        next_page = None if found is None else found.removeprefix(SITE)


@pytest.mark.parametrize("where", FEEDS)
def test_a_feed_has_what_rfc_4287_demands(filled_client: TestClient, where: str) -> None:
    feed = feed_at(filled_client, where)
    assert feed.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated"):
        assert len(feed.findall(f"{ATOM}{name}")) == 1, name
    assert feed.findall(f"{ATOM}author/{ATOM}name")
    links = links_of(feed)
    assert links["self"] == SITE + where
    assert links["alternate"].startswith(SITE)
    assert len(feed.findall(f"{ATOM}link[@rel='alternate']")) == 1
    for link in feed.iter(f"{ATOM}link"):
        target = str(link.get("href"))
        assert target.startswith(f"{SITE}/")
        answer = filled_client.get(target.removeprefix(SITE))
        assert answer.status_code in (200, 302), target
        assert answer.status_code == 302 or answer.headers["content-type"].startswith(str(link.get("type")))
    for entry in feed.findall(f"{ATOM}entry"):
        for name in ("id", "title", "updated", "summary", "content"):
            assert len(entry.findall(f"{ATOM}{name}")) == 1, name
        assert "".join(entry.find(f"{ATOM}title").itertext()).strip()  # type: ignore[union-attr]
        assert "".join(entry.find(f"{ATOM}summary").itertext()).strip()  # type: ignore[union-attr]
        assert len(entry.findall(f"{ATOM}link[@rel='alternate']")) == 1
        assert all(INSTANT.fullmatch(text) for text in texts(entry, "updated"))
    ids = [str(entry.findtext(f"{ATOM}id")) for entry in feed.findall(f"{ATOM}entry")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("where", FEEDS)
def test_a_feed_reader_finds_no_fault_in_it(filled_client: TestClient, where: str) -> None:
    answer = filled_client.get(where)
    read = feedparser.parse(answer.content, response_headers={"content-type": answer.headers["content-type"]})
    assert not read.bozo, read.get("bozo_exception")
    assert read.version == "atom10"
    assert read.feed.title.startswith("Verbatim")
    for entry in read.entries:
        assert entry.link.startswith(f"{SITE}/")
        assert entry.updated_parsed is not None
        assert entry.content[0].type == "application/xhtml+xml"


def test_entries_are_the_interviews_the_newest_first(filled_client: TestClient) -> None:
    listed = filled_client.get("/interviews.json").json()["interviews"]
    feed = feed_at(filled_client, "/feed.atom")
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}id") for entry in entries] == [
        f"{SITE}/interviews/{one['slug']}" for one in listed[: syndication.SIZE]
    ]
    for entry, one in zip(entries, listed, strict=False):
        assert entry.findtext(f"{ATOM}title") == one["title"]
        assert entry.findtext(f"{ATOM}updated") == one["imported_at"]
        authors = [author.findtext(f"{ATOM}name") for author in entry.findall(f"{ATOM}author")]
        assert authors == [speaker["name"] for speaker in one["speakers"]]
    assert feed.findtext(f"{ATOM}updated") == max(one["imported_at"] for one in listed[: syndication.SIZE])


def test_a_feed_is_turned_from_its_first_page_to_its_last(filled_client: TestClient) -> None:
    total = filled_client.get("/interviews.json").json()["total"]
    pages = list(turned(filled_client, "/feed.atom"))
    ids = [id for feed in pages for entry in feed.findall(f"{ATOM}entry") for id in texts(entry, "id")]
    assert len(pages) == -(-total // syndication.SIZE)
    assert len(ids) == len(set(ids)) == total
    assert {feed.findtext(f"{ATOM}id") for feed in pages} == {f"{SITE}/feed.atom"}
    first, last = links_of(pages[0]), links_of(pages[-1])
    assert "previous" not in first
    assert "next" not in last
    assert last["self"] == last["last"] == first["last"]
    assert last["first"] == first["self"] == f"{SITE}/feed.atom"
    assert links_of(pages[1])["previous"] == f"{SITE}/feed.atom"
    past = feed_at(filled_client, "/feed.atom?page=999")
    assert links_of(past)["self"] == last["self"]


def test_the_feed_of_a_speaker_and_an_outlet_has_their_interviews(filled_client: TestClient) -> None:
    for kind, slug in (("speakers", "ilse-marwick"), ("outlets", "northern-wire"), ("speakers", "sigrun-oakes")):
        held = filled_client.get(f"/{kind}/{slug}.json").json()
        feed = feed_at(filled_client, f"/{kind}/{slug}.atom")
        ids = [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
        assert ids == [f"{SITE}/interviews/{one['slug']}" for one in held["interviews"]]
        assert held["name"] in str(feed.findtext(f"{ATOM}title"))
        assert links_of(feed)["alternate"] == f"{SITE}/{kind}/{slug}"


def test_the_questions_of_an_interview_lead_to_their_answers(filled_client: TestClient) -> None:
    feed = feed_at(filled_client, "/speakers/ilse-marwick.atom")
    entry = feed.find(f"{ATOM}entry")
    assert entry is not None
    slug = str(entry.findtext(f"{ATOM}id")).removeprefix(f"{SITE}/interviews/")
    exchanges = filled_client.get(f"/interviews/{slug}.json").json()["exchanges"]
    links = [str(link.get("href")) for link in entry.iter("{http://www.w3.org/1999/xhtml}a")]
    assert links == [f"{SITE}/a/{exchange['answers'][0]}" for exchange in exchanges]


def test_the_feed_of_a_search_has_its_answers_the_newest_first(filled_client: TestClient) -> None:
    found = filled_client.get("/search.json?q=bridge&sort=newest").json()
    feed = feed_at(filled_client, "/search.atom?q=bridge")
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}id") for entry in entries] == [f"{SITE}{hit['url']}" for hit in found["hits"]]
    assert len(entries) == found["total"] > 2
    assert links_of(feed)["alternate"] == f"{SITE}/search?q=bridge"
    for entry, hit in zip(entries, found["hits"], strict=True):
        assert entry.findtext(f"{ATOM}summary") == "".join(piece["text"] for piece in hit["excerpt"])
        imported = filled_client.get(f"/interviews/{hit['interview']['slug']}.json").json()["source"]["imported_at"]
        assert entry.findtext(f"{ATOM}updated") == imported


def test_the_feed_of_a_long_search_is_turned(filled_client: TestClient) -> None:
    where = "/search.atom?speaker=maud-ellingwick"
    pages = list(turned(filled_client, where))
    ids = [id for feed in pages for entry in feed.findall(f"{ATOM}entry") for id in texts(entry, "id")]
    total = filled_client.get("/search.json?speaker=maud-ellingwick").json()["total"]
    assert len(ids) == len(set(ids)) == total > syndication.SIZE
    assert {feed.findtext(f"{ATOM}id") for feed in pages} == {SITE + where}


@pytest.mark.parametrize(
    "typed", ['"unbalanced', "a OR", "speaker:nobody", "<b>&amp;]]>", "\x00\x01\x1f\ufffe", "*", "x" * 3000]
)
def test_any_search_gives_a_feed(filled_client: TestClient, typed: str) -> None:
    feed = feed_at(filled_client, f"/search.atom?q={quote(typed)}")
    assert feed.findtext(f"{ATOM}id")


ODD = """December 11, 2015

Minister Jane O'Neil's interview with R&D <Radio>, December 11, 2015

Question: Is a <b>form\x0bfeed\x1f</b> & ]]> safe?

Jane O'Neil: Yes \x01\x02 it is, ]]> says the \x7f minister.
"""


def test_characters_that_xml_does_not_have_spoil_no_feed(tmp_path: Path) -> None:
    (tmp_path / "odd.txt").write_text(ODD, encoding="utf-8")
    (one,) = import_paths([tmp_path / "odd.txt"], tmp_path / "archive.db").files
    assert one.outcome == "new", one
    with TestClient(create_app(Settings(archive=tmp_path / "archive.db", url=SITE))) as client:
        for where in ("/feed.atom", "/search.atom?q=minister", "/search.atom?q=safe&in=question"):
            feed = feed_at(client, where)
            assert len(feed.findall(f"{ATOM}entry")) == 1, where
            assert not feedparser.parse(client.get(where).content).bozo
            assert "<script" not in client.get(where).text


def test_addresses_come_from_the_settings_alone(filled_client: TestClient) -> None:
    plain = filled_client.get("/feed.atom")
    forged = filled_client.get("/feed.atom", headers={"Host": "evil.example"})
    assert plain.content == forged.content
    assert b"evil" not in forged.content


def test_feeds_answer_head_and_conditions_as_pages_do(filled_client: TestClient) -> None:
    got = filled_client.get("/feed.atom")
    head = filled_client.head("/feed.atom")
    assert head.headers == got.headers
    assert head.content == b""
    condition = {"If-None-Match": got.headers["etag"]}
    assert filled_client.get("/feed.atom", headers=condition).status_code == 304
    assert got.headers["x-archive-generation"]


def test_a_feed_stays_light(filled_client: TestClient) -> None:
    for where in FEEDS:
        assert len(filled_client.get(where).content) <= 60_000, where


def test_every_page_that_lists_what_a_feed_tells_names_it(filled_client: TestClient) -> None:
    for where, feed in (
        ("/", "/feed.atom"),
        ("/interviews", "/feed.atom"),
        ("/interviews?speaker=ilse-marwick", "/speakers/ilse-marwick.atom"),
        ("/interviews?outlet=northern-wire", "/outlets/northern-wire.atom"),
        ("/speakers/ilse-marwick", "/speakers/ilse-marwick.atom"),
        ("/outlets/northern-wire", "/outlets/northern-wire.atom"),
        ("/search?q=bridge&sort=oldest&in=both&after=2010", "/search.atom?q=bridge&after=2010&in=both"),
        ("/search?q=%22%3E%3Cb%3E", "/search.atom?q=%22%3E%3Cb%3E"),
    ):
        page = BeautifulSoup(filled_client.get(where).text, "lxml")
        found = [str(link["href"]) for link in page.select("link[rel=alternate][type='application/atom+xml']")]
        assert found == [feed], where
