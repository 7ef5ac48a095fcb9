"""A page shows how it is cited, and its head tells it to programs that collect references; so does each list."""

from __future__ import annotations

import re
from urllib.parse import parse_qs

import pytest
from bs4 import BeautifulSoup, Tag
from starlette.testclient import TestClient

from app.citing.names import parse
from tests.web.conftest import Corrected

SITE = "https://verbatim.example"


def _page(client: TestClient, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return BeautifulSoup(answer.text, "lxml")


def _metadata(page: BeautifulSoup) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in page.select("head meta"):
        found.setdefault(str(each.get("name") or each.get("property")), []).append(str(each.get("content")))
    return found


def _answer(client: TestClient, number: int = 0) -> tuple[str, str]:
    slug = client.get("/interviews.json").json()["interviews"][0]["slug"]
    exchange = client.get(f"/interviews/{slug}.json").json()["exchanges"][number]
    return slug, exchange["answers"][0]


def _references(page: BeautifulSoup) -> dict[str, Tag]:
    rows = page.select(".citing details:first-of-type dl > div")
    return {row.select("dt")[0].get_text(): row.select("dd")[0] for row in rows}


def test_an_answer_is_cited_in_every_style_with_its_version(client: TestClient) -> None:
    _, id = _answer(client, 2)
    references = _references(_page(client, f"/a/{id}"))
    assert list(references) == ["Chicago, note", "Chicago, bibliography", "APA", "MLA", "ГОСТ"]
    title = "Foreign Minister Sergey Lavrov’s interview with Rossiya Segodnya, December 11, 2015"
    assert references["APA"].get_text() == (
        f"Lavrov, S. (2015, December 11). {title} (Version 1, answer 3) [Transcript]. Rossiya Segodnya; Verbatim. "
        f"{SITE}/a/{id}?v=1"
    )
    assert [each.get_text() for each in references["APA"].select("em")] == [title]
    assert [each.get_text() for each in references["MLA"].select("em")] == ["Rossiya Segodnya", "Verbatim"]
    assert [each.get_text() for each in references["ГОСТ"].select(".today")] == ["дд.мм.гггг"]


def test_an_old_version_is_cited_as_that_version(corrected: Corrected) -> None:
    page = _page(corrected.client, f"/interviews/{corrected.slug}?v=1")
    assert all("ersion 1" in reference.get_text() for reference in _references(page).values())
    page = _page(corrected.client, f"/interviews/{corrected.slug}")
    assert all("ersion 2" in reference.get_text() for reference in _references(page).values())
    assert all("?v=2" in reference.get_text() for reference in _references(page).values())


def test_the_head_tells_zotero_an_interview_with_who_is_interviewed(client: TestClient) -> None:
    slug, id = _answer(client)
    for address, path in ((f"/a/{id}", f"/a/{id}"), (f"/interviews/{slug}", f"/interviews/{slug}")):
        told = _metadata(_page(client, address))
        assert told["z:itemType"] == ["interview"]
        assert told["z:interviewees"] == ["Lavrov, Sergey"]
        assert told["citation_title"] == told["DC.title"]
        assert told["citation_date"] == ["2015/12/11"]
        assert told["citation_public_url"] == [f"{SITE}{path}?v=1"]
        assert told["citation_language"] == ["en"]
        assert (told["DC.creator"], told["DC.date"]) == (["Lavrov, Sergey"], ["2015-12-11"])
        assert told["DC.publisher"] == ["Rossiya Segodnya"]
        assert (told["og:type"], told["og:url"]) == (["article"], [f"{SITE}{path}"])
        # Either would make something else of the interview.
        assert not {"citation_journal_title", "citation_author"} & set(told)


def test_who_asks_is_told_apart_from_who_answers(filled_client: TestClient) -> None:
    interviews = filled_client.get("/interviews.json").json()["interviews"]
    asked = 0
    for each in interviews:
        record = filled_client.get(f"/interviews/{each['slug']}.json").json()
        told = _metadata(_page(filled_client, f"/interviews/{each['slug']}"))
        assert told.get("DC.date", [None]) == [each["date"]]
        assert len(told.get("z:interviewees", [])) == len(record["speakers"])
        askers = {turn["speaker"]["name"] for turn in record["turns"] if turn["role"] == "question" and turn["speaker"]}
        askers -= {who["name"] for who in record["speakers"]}
        asked += len(askers)
        named = {name.rstrip(",") for name in told.get("z:interviewers", [])}
        assert named == {parse(name).inverted for name in askers}
    assert asked


def test_a_name_of_one_piece_keeps_it_by_a_comma_at_its_end(filled_client: TestClient) -> None:
    slugs = [each["slug"] for each in filled_client.get("/interviews.json?page=1").json()["interviews"]]
    names = [
        name
        for slug in slugs
        for name in _metadata(_page(filled_client, f"/interviews/{slug}")).get("z:interviewers", [])
    ]
    assert "Pupil," in names


@pytest.mark.parametrize("address", ["/interviews", "/search?q=the", "/search?q=the&in=question", "/"])
def test_each_entry_of_a_list_is_told_to_programs(address: str, filled_client: TestClient) -> None:
    page = _page(filled_client, address)
    entries, spans = page.select("li.entry"), page.select("li.entry span.Z3988")
    assert entries
    assert len(entries) == len(spans)
    for entry, span in zip(entries, spans, strict=True):
        assert span.get_text() == ""
        told = parse_qs(str(span["title"]), strict_parsing=True)
        assert told["rft_val_fmt"] == ["info:ofi/fmt:kev:mtx:dc"]
        assert told["rft.type"] == ["interview"]
        (url,) = told["rft.identifier"]
        (link,) = entry.select("h3 a, h2 a")
        assert str(link["href"]).split("?")[0].split("#")[0] == url.removeprefix(SITE)
        assert told["rft.title"][0]


def test_titles_of_any_script_come_back_from_a_list_as_they_are(filled_client: TestClient) -> None:
    held = {each["title"] for each in filled_client.get("/interviews.json?lang=ru").json()["interviews"]}
    page = _page(filled_client, "/interviews?lang=ru")
    told = {parse_qs(str(span["title"]))["rft.title"][0] for span in page.select("span.Z3988")}
    assert told == held
    assert all(re.search("[а-я]", title) for title in told)


def test_no_title_breaks_out_of_the_metadata(hostile_client: TestClient) -> None:
    slug, id = _answer(hostile_client)
    title = hostile_client.get(f"/interviews/{slug}.json").json()["title"]
    for address in (f"/a/{id}", f"/interviews/{slug}"):
        page = _page(hostile_client, address)
        assert _metadata(page)["citation_title"] == [title]
        assert title in _metadata(page)["og:title"][0]
        assert len(page.select("head script")) == 2
        assert title in _references(page)["ГОСТ"].get_text()
    (span,) = _page(hostile_client, "/interviews").select("span.Z3988")
    assert parse_qs(str(span["title"]))["rft.title"] == [title]


def test_each_page_leads_to_how_it_is_cited(client: TestClient) -> None:
    slug, id = _answer(client)
    for address in (f"/a/{id}", f"/interviews/{slug}"):
        page = _page(client, address)
        assert page.select('main a[href="#citing-title"]')
        assert page.select(".citing #citing-title")
