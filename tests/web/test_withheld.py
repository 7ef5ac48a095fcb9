"""What is withheld says so at every address it had, with the reason, and is in no list; the rest reads as before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.exports import forms
from app.importer import import_paths
from app.settings import Settings
from app.web import create_app
from app.web.routing import found_pages
from app.withholding import withhold
from tests.conftest import COLLECTION
from tests.web.conftest import SECOND, put_right

REASON = "Order of <the> court & others"
SHOWN = "Order of &lt;the&gt; court &amp; others"


@dataclass(frozen=True)
class Site:
    """The site over an archive of which something is withheld, and what was there before."""

    client: TestClient
    slug: str
    ids: tuple[str, ...]
    """Of all turns of the interview."""
    words: tuple[str, ...]
    """Paragraphs that must stand nowhere."""


def turns_of(path: Path, slug: str) -> tuple[dict[str, Any], ...]:
    with TestClient(create_app(Settings(archive=path))) as client:
        return tuple(client.get(f"/interviews/{slug}.json").json()["turns"])


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    path = tmp_path_factory.mktemp("whole") / "archive.db"
    report = import_paths([COLLECTION], path)
    slug = next(file.slug for file in report.files if file.slug and "marwick-brennholm-courier" in file.slug)
    turns = turns_of(path, slug)
    withhold(path, slug, REASON)
    words = tuple(text for turn in turns for text in turn["paragraphs"] if len(text) > 30)
    with TestClient(create_app(Settings(archive=path)), follow_redirects=False) as client:
        yield Site(client, slug, tuple(turn["id"] for turn in turns), words)


@pytest.fixture(scope="module")
def part(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    path, slug, _ = put_right(tmp_path_factory.mktemp("part"))
    turns = turns_of(path, slug)
    assert [turn["role"] for turn in turns[:4]] == ["question", "answer", "question", "answer"]
    withhold(path, turns[1]["id"], REASON)
    with TestClient(create_app(Settings(archive=path)), follow_redirects=False) as client:
        ids = tuple(turn["id"] for turn in turns)
        yield Site(client, slug, ids, ("We do not discuss", "with our partners in Europe"))


def addresses(start: str, key: str) -> list[str]:
    """Return every address that the site has below one of an interview or of a turn."""
    found = []
    for page in found_pages():
        if page.address.startswith(start):
            path = start.partition("{")[0] + key + page.address.removeprefix(start).replace("{n}", "1")
            json = [f"{path}.json"] if page.record is not None else []
            others = [f"{path}{form.suffix}" for form in forms()] if page.address == start else []
            found += [address + query for address in (path, *json, *others) for query in ("", "?v=1", "?q=is")]
    return found


def assert_gone(site: Site, address: str) -> None:
    reply = site.client.get(address)
    assert reply.status_code == 410, address
    assert not any(words in reply.text for words in site.words), address
    if ".json" in address:
        assert reply.headers["content-type"] == "application/problem+json"
        problem = reply.json()
        assert (problem["title"], problem["reason"], problem["status"]) == ("Withheld", REASON, 410)
        assert problem["ended"].endswith("Z")
    else:
        assert SHOWN in reply.text, address
        assert "<time" in reply.text, address
    assert "retry-after" not in reply.headers


def test_every_address_of_an_interview_that_is_withheld_gives_the_reason(whole: Site) -> None:
    every = addresses("/interviews/{slug}", whole.slug)
    assert {f"/interviews/{whole.slug}{rest}" for rest in ("", ".json?v=1", "/source", "/timemap", "/1")} <= set(every)
    for address in every:
        assert_gone(whole, address)
    for id in whole.ids:
        for address in addresses("/a/{id}", id):
            assert_gone(whole, address)


def test_it_is_in_no_list(whole: Site) -> None:
    pages = ["/", "/interviews", "/speakers", "/outlets", "/dates", "/dates/2009", "/coverage", "/about", "/feed.atom"]
    pages += ["/speakers/ilse-marwick", "/outlets/brennholm-courier", "/search?q=speaker:ilse-marwick", "/sitemap.xml"]
    pages += ["/interviews.json?year=2009", "/speakers/ilse-marwick.atom", "/search.json?q=bridge&in=both"]
    for page in pages:
        reply = whole.client.get(page)
        assert whole.slug not in reply.text, page
        assert not any(id in reply.text for id in whole.ids), page
        assert not any(words in reply.text for words in whole.words), page
    transcripts = {path for path in COLLECTION.iterdir() if path.suffix != ".toml"}
    assert whole.client.get("/interviews.json").json()["total"] == len(transcripts) - 1
    for words in whole.words[:5]:
        quoted = " ".join(words.replace('"', "").split()[:8])
        assert whole.client.get("/search.json", params={"q": f'"{quoted}"', "in": "both"}).json()["total"] == 0


def test_a_date_does_not_bring_it_back(whole: Site, part: Site) -> None:
    header = {"Accept-Datetime": "Thu, 31 May 2035 20:35:00 GMT"}
    for client, address in (
        (whole.client, f"/interviews/{whole.slug}"),
        (whole.client, f"/a/{whole.ids[1]}"),
        (part.client, f"/a/{part.ids[1]}"),
    ):
        assert client.get(address, headers=header).status_code == 410
    assert part.client.get(f"/interviews/{part.slug}", headers=header).status_code == 302


def test_every_address_of_an_answer_that_is_withheld_gives_the_reason(part: Site) -> None:
    for address in addresses("/a/{id}", part.ids[1]):
        assert_gone(part, address)
    page = part.client.get(f"/a/{part.ids[1]}").text
    assert f'href="/interviews/{part.slug}"' in page
    for rest in ("/source", "/source?v=1", "/source.json"):
        assert_gone(part, f"/interviews/{part.slug}{rest}")


@pytest.mark.parametrize("version", ["", "?v=1", "?v=2"])
def test_the_interview_says_in_its_place_why_it_is_not_there(part: Site, version: str) -> None:
    page = part.client.get(f"/interviews/{part.slug}{version}").text
    turn = page.split(f'id="{part.ids[1]}"')[1].split('id="', 1)[0]
    assert f"Withheld: {SHOWN}" in turn
    assert "every one accounted for" not in page
    assert not any(words in page for words in part.words)
    told = part.client.get(f"/interviews/{part.slug}.json{version}").json()
    (found,) = [turn for turn in told["turns"] if turn["id"] == part.ids[1]]
    assert (found["paragraphs"], found["withheld"], found["role"]) == ([], REASON, "answer")
    assert told["exchanges"][0]["answers"] == [part.ids[1]]
    assert told["source"]["withheld"] is True
    assert {turn["withheld"] for turn in told["turns"] if turn["id"] != part.ids[1]} == {None}


def test_its_question_has_a_page_that_says_so_and_its_neighbours_pass_it_over(part: Site) -> None:
    page = part.client.get(f"/a/{part.ids[0]}")
    assert page.status_code == 200
    assert f"Withheld: {SHOWN}" in page.text
    assert "gives no answer" not in page.text
    told = part.client.get(f"/a/{part.ids[3]}.json").json()
    assert told["previous"]["id"] == part.ids[0]
    assert part.client.get(f"/interviews/{part.slug}/1").headers["location"] == f"/a/{part.ids[0]}"
    assert part.ids[1] not in part.client.get("/sitemap.xml").text
    assert part.ids[0] in part.client.get("/sitemap.xml").text
    assert "sanctions" in SECOND
    for side in ("question", "both"):
        found = part.client.get("/search.json", params={"q": "sanctions", "in": side}).json()
        assert [hit["id"] for hit in found["hits"]] == [part.ids[0]]


def test_every_other_page_of_the_interview_stands(part: Site) -> None:
    for address in addresses("/interviews/{slug}", part.slug):
        reply = part.client.get(address)
        assert reply.status_code in (
            (410,)
            if address.partition("?")[0].endswith(("/source", "/source.json", "/lines", "/lines.json"))
            else (200, 302)
        ), address
        assert not any(words in reply.text for words in part.words), address
    for address in ("/", "/interviews", "/feed.atom", "/coverage", "/corrections", "/corrections.atom"):
        reply = part.client.get(address)
        assert reply.status_code in (200, 404), address
        assert not any(words in reply.text for words in part.words), address


def test_a_withheld_question_leaves_its_answer(tmp_path: Path) -> None:
    path, slug, _ = put_right(tmp_path)
    turns = turns_of(path, slug)
    withhold(path, turns[0]["id"], REASON)
    with TestClient(create_app(Settings(archive=path)), follow_redirects=False) as client:
        answer = client.get(f"/a/{turns[1]['id']}")
        assert answer.status_code == 200
        assert f"Withheld: {SHOWN}" in answer.text
        assert client.get(f"/a/{turns[0]['id']}").status_code == 410
        assert client.get(f"/a/{turns[3]['id']}").status_code == 200
        assert client.get("/feed.atom").status_code == 200
        assert client.get("/search.json", params={"q": "sanctions", "in": "both"}).json()["total"] == 0
