"""Templates escape whatever a source says, and every page has what every page must have."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from jinja2 import StrictUndefined, UndefinedError
from starlette.testclient import TestClient

from app import resources
from app.web.assets import Assets
from app.web.errors import Problem
from app.web.templating import Site, Templates, address

HARMLESS = {"title", "meta", "link", "svg", "path", "rect"}


def _addresses(client: TestClient) -> list[str]:
    slug = client.get("/interviews.json").json()["interviews"][0]["slug"]
    turns = client.get(f"/interviews/{slug}.json").json()["turns"]
    answers = [f"/a/{turn['id']}" for turn in turns if turn["role"] == "answer"]
    year = client.get("/dates.json").json()["years"][0]
    month = next(each["url"] for each in year["months"] if each["url"])
    people = [one["url"] for kind in ("speakers", "outlets") for one in client.get(f"/{kind}.json").json()[kind]]
    ways = ["/speakers", "/speakers?who=asking", "/outlets", "/dates", "/dates/undated", "/coverage", "/corrections"]
    ways += [*people, year["url"], month, f"{month}/11", f"{month}/12"]
    fixed = [
        *ways,
        "/",
        "/interviews",
        "/interviews?year=2015&sort=oldest",
        "/search",
        "/search?q=x",
        "/about",
        "/nowhere",
        "/a/x",
    ]
    searches = [
        "/search?q=interview&in=both",
        "/search?q=quoted",
        '/search?q="><script>&speaker="><script>',
        "/interviews?speaker=%22%3E%3Cscript%3E",
    ]
    return [*fixed, *searches, f"/interviews/{slug}", f"/interviews/{slug}?v=1", *answers]


@pytest.fixture(params=["client", "hostile_client"])
def site(request: pytest.FixtureRequest) -> TestClient:
    """The provided transcript, and the one whose words are markup."""
    client: TestClient = request.getfixturevalue(request.param)
    return client


def test_every_page_has_what_every_page_must_have(site: TestClient) -> None:
    titles = {}
    for where in _addresses(site):
        answer = site.get(where)
        page = BeautifulSoup(answer.text, "lxml")
        assert page.html is not None
        assert page.html["lang"] == "en", where
        assert len(page.find_all("h1")) == 1, where
        for landmark in ("header", "main", "footer"):
            assert len(page.find_all(landmark)) == 1, (where, landmark)
        skip = page.select_one("a.skip")
        assert skip is not None
        assert page.find(id=str(skip["href"]).removeprefix("#")) is page.main, where
        assert page.title is not None
        assert page.title.get_text(strip=True), where
        assert page.find("meta", attrs={"name": "description"}) is not None, where
        assert page.select("form[role=search][action='/search'] input[name=q]"), where
        if answer.status_code == 200:
            titles[where.split("?v=")[0]] = page.title.get_text(strip=True)
            assert len(page.select("link[rel=canonical]")) == 1, where
            alternate = page.select_one("link[rel=alternate][type='application/json']")
            assert alternate is not None, where
            assert site.get(str(alternate["href"])).headers["content-type"] == "application/json", where


def test_no_id_stands_twice_on_a_page(site: TestClient) -> None:
    for where in _addresses(site):
        ids = [element["id"] for element in BeautifulSoup(site.get(where).text, "lxml").find_all(id=True)]
        assert len(ids) == len(set(ids)), where


def test_pages_run_nothing_and_load_nothing_from_elsewhere(site: TestClient) -> None:
    for where in _addresses(site):
        text = site.get(where).text
        page = BeautifulSoup(text, "lxml")
        for element in page.find_all(True):
            for name, value in element.attrs.items():
                assert not name.startswith("on"), (where, element)
                assert name != "style", (where, element)
                if name in ("src", "srcset") or (element.name == "link" and name == "href"):
                    if element.get("rel") == ["canonical"] or str(element.get("type")).endswith("+oembed"):
                        continue
                    assert str(value).startswith("/"), (where, element)
        scripts = [script for script in page.find_all("script") if script.get("type") != "application/ld+json"]
        assert [str(script) for script in scripts] == [f'<script defer="" src="{scripts[0]["src"]}"></script>'], where
        assert re.fullmatch(r"/static/verbatim\.[0-9a-f]{12}\.js", str(scripts[0]["src"])), where
        assert not page.find_all(["img", "iframe", "object", "embed", "b", "i"]), where


def test_words_that_are_markup_are_shown_as_words(hostile_client: TestClient) -> None:
    listed = hostile_client.get("/interviews.json").json()["interviews"][0]
    record = hostile_client.get(f"/interviews/{listed['slug']}.json").json()
    page = BeautifulSoup(hostile_client.get(f"/interviews/{listed['slug']}").text, "lxml")
    assert page.h1 is not None
    assert page.h1.get_text() == record["title"]
    assert "<b>Jane</b>" in record["title"]
    for turn in record["turns"]:
        shown = page.find(id=turn["id"])
        assert shown is not None
        for paragraph in turn["paragraphs"]:
            assert paragraph in shown.get_text()
    spoken = " ".join(paragraph for turn in record["turns"] for paragraph in turn["paragraphs"])
    for words in ('<script>alert("a")</script>', "{{ 7*7 }}", "</script><!-- ]]>"):
        assert words in spoken


def test_what_is_searched_for_is_shown_as_words(hostile_client: TestClient) -> None:
    typed = '"><script>alert(1)</script>'
    page = BeautifulSoup(hostile_client.get("/search", params={"q": typed}).text, "lxml")
    box = page.find("input", id="q")
    assert box is not None
    assert box["value"] == typed


def test_pages_stay_light(client: TestClient) -> None:
    for where in _addresses(client):
        answer = client.get(where, headers={"Accept-Encoding": "br"})
        assert len(answer.content) <= 60_000, where
        assert int(answer.headers["content-length"]) <= 20_000, where


def test_a_template_that_names_what_is_not_there_fails() -> None:
    templates = Templates(resources.templates(), Site("https://verbatim.example", ()), Assets(resources.static()))
    with pytest.raises(AttributeError):
        templates.render("interview", object(), "/")
    with pytest.raises(UndefinedError):
        templates.render("interview", StrictUndefined(name="record"), "/")
    assert "lost &lt;b&gt;" in templates.render("error", Problem(404, "lost <b>", ""), "/")


def test_every_asset_is_served_for_ever_at_an_address_that_names_its_bytes(client: TestClient) -> None:
    found = set(re.findall(r'"(/static/[^"]+)"', client.get("/").text))
    assert {path.rsplit(".", 1)[1] for path in found} == {"css", "svg", "js"}
    for path in found:
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert client.get("/static/style.css").status_code == 404
    assert client.get("/static/..%2f__init__.py").status_code == 404


def test_an_address_leaves_out_what_is_not_asked() -> None:
    assert address("/search", q="a b&c", speaker=None, lang="") == "/search?q=a%20b%26c"
    assert address("/search", q=None) == "/search"
