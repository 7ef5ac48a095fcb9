"""An interview and an answer stand at their address and a suffix in every form, in every version, for any program."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from lxml import etree
from starlette.testclient import TestClient

from app.exports import forms
from app.settings import Settings
from app.web import create_app
from tests.web.conftest import Corrected, put_right
from tests.web.test_mementos import links

FORMS = {form.suffix: form for form in forms()}
README = (Path(__file__).resolve().parent.parent.parent / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def slug(client: TestClient) -> str:
    found: str = client.get("/interviews.json").json()["interviews"][0]["slug"]
    return found


@pytest.fixture(scope="module")
def pages(client: TestClient, slug: str) -> list[str]:
    """The provided interview and an answer of it."""
    id = client.get(f"/interviews/{slug}.json").json()["exchanges"][2]["answers"][0]
    return [f"/interviews/{slug}", f"/a/{id}"]


@pytest.mark.parametrize("suffix", sorted(FORMS))
def test_every_form_is_sent_as_what_it_is(suffix: str, client: TestClient, pages: list[str]) -> None:
    for page in pages:
        answer = client.get(page + suffix)
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == f"{FORMS[suffix].media_type}; charset=utf-8"
        assert answer.headers["Content-Disposition"] == f'inline; filename="{page.split("/")[-1]}{suffix}"'
        assert answer.headers["Content-Language"] == "en"
        assert answer.headers["Cache-Control"] == client.get(page).headers["Cache-Control"]
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "https://verbatim.example" in answer.text
        head = client.head(page + suffix)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["Content-Length"] == answer.headers["Content-Length"]
        again = client.get(page + suffix, headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304


def test_the_longer_suffix_is_not_taken_for_the_shorter(client: TestClient, pages: list[str]) -> None:
    for page in pages:
        assert client.get(f"{page}.csl.json").json()[0]["type"] == "interview"
        assert "interview" in client.get(f"{page}.json").text
        assert etree.fromstring(client.get(f"{page}.tei.xml").content).tag.endswith("}TEI")
        assert etree.fromstring(client.get(f"{page}.xml").content).tag.endswith("}akomaNtoso")


def test_the_page_and_its_header_link_to_every_form(client: TestClient, pages: list[str]) -> None:
    for page in pages:
        answer = client.get(page)
        soup = BeautifulSoup(answer.text, "lxml")
        forms = soup.select("head link[rel=alternate]:not([type$=oembed])")
        in_page = {str(each["href"]): str(each["type"]) for each in forms}
        wanted = {page + suffix: form.media_type for suffix, form in FORMS.items()}
        assert in_page == wanted | {f"{page}.json": "application/json"}
        told = {uri: given.get("type") for uri, given in links(answer.headers["Link"]) if "alternate" in given["rel"]}
        told = {uri: kind for uri, kind in told.items() if not str(kind).endswith("oembed")}
        assert told == {f"https://verbatim.example{path}": kind for path, kind in in_page.items()}
        shown = {str(each["href"]) for each in soup.select(".citing .forms a")}
        assert shown - {f"{page}/embed"} == set(in_page)


def test_a_form_says_which_page_it_is_of(client: TestClient, pages: list[str]) -> None:
    for page in pages:
        for suffix, form in FORMS.items():
            ((uri, given),) = links(client.get(page + suffix).headers["Link"])
            assert uri == f"https://verbatim.example{page}"
            assert given["rel"] == ("describes" if form.is_citation else "canonical")


@pytest.mark.parametrize("suffix", sorted(FORMS))
def test_a_version_is_written_as_it_was(suffix: str, corrected: Corrected) -> None:
    page = f"/interviews/{corrected.slug}"
    old, new = (corrected.client.get(f"{page}{suffix}{query}") for query in ("?v=1", ""))
    assert "?v=1" in old.text
    assert "?v=2" in new.text
    assert "?v=2" not in old.text
    if not FORMS[suffix].is_citation:
        assert "threats of this kind" in old.text
        assert "threats of that kind" in new.text
    assert f'filename="{corrected.slug}-v1{suffix}"' in old.headers["Content-Disposition"]
    assert f"{page}?v=1>" in old.headers["Link"]
    assert corrected.client.get(f"{page}{suffix}?v=3").status_code == 404


def test_an_old_version_links_to_its_own_forms(corrected: Corrected) -> None:
    page = BeautifulSoup(corrected.client.get(f"/interviews/{corrected.slug}?v=1").text, "lxml")
    hrefs = [str(each["href"]) for each in page.select(".citing .forms a")]
    assert len(hrefs) == len(FORMS) + 1
    assert all(href.endswith("?v=1") for href in hrefs)


@pytest.mark.parametrize("suffix", sorted(FORMS))
def test_what_ended_is_gone_and_what_never_was_is_not_found(suffix: str, corrected: Corrected) -> None:
    client = corrected.client
    assert client.get(f"/a/{corrected.ended}{suffix}").status_code == 410
    assert client.get(f"/a/{corrected.ended}{suffix}?v=1").status_code == 200
    for nothing in ("/a/zzzzzzzzzzzzz", "/a/x", "/interviews/nothing-of-this-name"):
        assert client.get(nothing + suffix).status_code == 404
    assert client.get(f"/interviews{suffix}").status_code == 404


def test_the_id_of_an_answered_question_leads_to_the_same_form_of_its_answer(client: TestClient, slug: str) -> None:
    exchange = client.get(f"/interviews/{slug}.json").json()["exchanges"][0]
    for suffix in FORMS:
        answer = client.get(f"/a/{exchange['questions'][0]}{suffix}")
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/a/{exchange['answers'][0]}{suffix}")


def test_a_moderators_id_leads_to_the_same_form_of_the_interview(corrected: Corrected) -> None:
    turns = corrected.client.get(f"/interviews/{corrected.slug}.json").json()["turns"]
    (moderator,) = [turn["id"] for turn in turns if turn["role"] == "moderator"]
    answer = corrected.client.get(f"/a/{moderator}.tei.xml")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/interviews/{corrected.slug}.tei.xml")


@pytest.fixture(scope="module")
def moved(told: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(archive=told)), follow_redirects=False) as client:
        yield client


def test_a_slug_that_changed_leads_on_in_every_form(moved: TestClient) -> None:
    for suffix in FORMS:
        answer = moved.get(f"/interviews/talk{suffix}")
        assert answer.status_code == 308
        assert re.fullmatch(rf"/interviews/2020[a-z0-9-]+{re.escape(suffix)}", answer.headers["Location"])
        assert moved.get(answer.headers["Location"]).status_code == 200


def test_every_unanswered_question_and_statement_has_its_forms(filled_client: TestClient) -> None:
    kinds = set()
    for each in filled_client.get("/interviews.json?sort=oldest").json()["interviews"][:16]:
        record = filled_client.get(f"/interviews/{each['slug']}.json").json()
        answered = {id for exchange in record["exchanges"] if exchange["answers"] for id in exchange["questions"]}
        for turn in record["turns"]:
            if turn["role"] in ("statement", "question") and turn["id"] not in answered:
                kinds.add(turn["role"])
                for suffix in FORMS:
                    assert filled_client.get(f"/a/{turn['id']}{suffix}").status_code == 200
    assert kinds == {"statement", "question"}


def test_words_that_are_markup_break_no_form(hostile_client: TestClient) -> None:
    slug = hostile_client.get("/interviews.json").json()["interviews"][0]["slug"]
    for suffix in (".xml", ".tei.xml"):
        document = etree.fromstring(hostile_client.get(f"/interviews/{slug}{suffix}").content)
        assert not [each for each in document.iter() if each.tag.endswith("}script")]
        assert '<script>alert("a")</script>' in "".join(document.itertext())


def test_a_large_form_is_compressed(client: TestClient, pages: list[str]) -> None:
    for suffix in FORMS:
        answer = client.get(pages[0] + suffix, headers={"Accept-Encoding": "gzip"})
        assert answer.headers.get("Content-Encoding") == "gzip"


def test_the_readme_names_every_suffix() -> None:
    assert all(f"`{suffix}`" in README for suffix in FORMS)


def test_versions_of_one_interview_differ_in_their_words_alone(tmp_path: Path) -> None:
    path, slug, _ = put_right(tmp_path)
    with TestClient(create_app(Settings(archive=path))) as client:
        first, second = (client.get(f"/interviews/{slug}.bib?v={number}").text for number in (1, 2))
    assert (
        first.replace("-v1", "-v2").replace("?v=1", "?v=2").replace("{1}", "{2}").replace("version 1", "version 2")
        == second
    )
