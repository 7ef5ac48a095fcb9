"""A whole interview on one page."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup
from sqlalchemy import insert
from starlette.testclient import TestClient

from app.archive.publishing import building
from app.archive.tables import redirects
from app.settings import Settings
from app.web import create_app

if TYPE_CHECKING:
    from tests.web.conftest import Corrected

KEYS = {
    "slug",
    "title",
    "date",
    "time",
    "language",
    "outlets",
    "speakers",
    "source",
    "version",
    "turns",
    "notes",
    "exchanges",
}
TURN_KEYS = {"id", "role", "speaker", "label", "paragraphs", "line"}


def slug(client: TestClient) -> str:
    return str(client.get("/interviews.json").json()["interviews"][0]["slug"])


def test_its_json_has_the_keys_that_others_rely_on(client: TestClient) -> None:
    record = client.get(f"/interviews/{slug(client)}.json").json()
    assert record.keys() >= KEYS
    assert record["source"].keys() >= {"name", "sha256", "size", "url", "retrieved"}
    assert record["outlets"] == [{"slug": "rossiya-segodnya", "name": "Rossiya Segodnya"}]
    assert record["speakers"][0].items() >= {"slug": "sergey-lavrov", "name": "Sergey Lavrov"}.items()
    assert (record["date"], record["time"], record["language"], record["version"]) == ("2015-12-11", "18:47", "en", 1)
    assert [turn["role"] for turn in record["turns"]] == ["question", "answer"] * 6
    for turn in record["turns"]:
        assert turn.keys() >= TURN_KEYS
    assert [exchange["number"] for exchange in record["exchanges"]] == [1, 2, 3, 4, 5, 6]
    for exchange, question, answer in zip(
        record["exchanges"], record["turns"][::2], record["turns"][1::2], strict=True
    ):
        assert (exchange["questions"], exchange["answers"]) == ([question["id"]], [answer["id"]])


def test_every_turn_and_paragraph_has_its_id_and_every_word_is_there(client: TestClient) -> None:
    record = client.get(f"/interviews/{slug(client)}.json").json()
    page = BeautifulSoup(client.get(f"/interviews/{slug(client)}").text, "lxml")
    for turn in record["turns"]:
        assert page.find(id=turn["id"]) is not None
        for number, text in enumerate(turn["paragraphs"], 1):
            anchor = f"{turn['id']}.p{number}"
            paragraph = page.find(id=anchor)
            assert paragraph is not None
            assert text in paragraph.get_text()
            assert page.find("a", href=f"?v=1#{anchor}") is not None


def test_every_answer_links_to_its_permanent_address(client: TestClient) -> None:
    record = client.get(f"/interviews/{slug(client)}.json").json()
    page = BeautifulSoup(client.get(f"/interviews/{slug(client)}").text, "lxml")
    for turn in record["turns"]:
        linked = page.find("a", href=f"/a/{turn['id']}") is not None
        assert linked == (turn["role"] == "answer")


def test_the_text_is_marked_with_its_language_and_the_roles_are_told_apart(client: TestClient) -> None:
    answer = client.get(f"/interviews/{slug(client)}")
    assert answer.headers["content-language"] == "en"
    page = BeautifulSoup(answer.text, "lxml")
    transcript = page.find(class_="transcript")
    assert transcript is not None
    assert transcript["lang"] == "en"
    assert len(page.select(".turn.question")) == len(page.select(".turn.answer")) == 6


def test_where_the_text_comes_from_is_shown(client: TestClient) -> None:
    record = client.get(f"/interviews/{slug(client)}.json").json()
    text = client.get(f"/interviews/{slug(client)}").text
    assert record["source"]["sha256"] in text
    assert record["source"]["name"] in text
    assert record["source"]["encoding"] in text
    assert "Advanced settings" in text
    assert "en-GB1 ru-RU1" in text
    assert "not known" in text
    assert f'href="/interviews/{slug(client)}/source"' in text


def test_a_version_by_its_number_is_shown_and_one_that_is_not_held_is_404(client: TestClient) -> None:
    assert client.get(f"/interviews/{slug(client)}?v=1").status_code == 200
    assert client.get(f"/interviews/{slug(client)}?v=2").status_code == 404
    assert client.get(f"/interviews/{slug(client)}?v=abc").status_code == 200
    assert client.get(f"/interviews/{slug(client)}.json?v=1").json()["version"] == 1


def test_the_canonical_address_has_no_version(client: TestClient) -> None:
    text = client.get(f"/interviews/{slug(client)}?v=1").text
    found = re.search(r'<link rel="canonical" href="([^"]*)"', text)
    assert found is not None
    assert found[1] == f"https://verbatim.example/interviews/{slug(client)}"


def test_an_unknown_slug_is_404(client: TestClient) -> None:
    assert client.get("/interviews/nothing").status_code == 404
    assert client.get("/interviews/nothing.json").json()["status"] == 404


def test_an_older_version_says_so_and_leads_to_the_newest(corrected: Corrected) -> None:
    path = f"/interviews/{corrected.slug}"
    old, new = corrected.client.get(f"{path}?v=1"), corrected.client.get(path)
    assert "version 1 of 2" in old.text
    assert "of this kind" in old.text
    assert "older version" not in new.text
    assert "of that kind" in new.text
    assert corrected.client.get(f"{path}/source?v=1").text != corrected.client.get(f"{path}/source").text
    record = corrected.client.get(f"{path}.json?v=1").json()
    assert (record["version"], record["versions"]) == (1, 2)


def test_a_slug_that_was_changed_leads_to_the_one_that_is(archive: Path, tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    shutil.copyfile(archive, path)
    with TestClient(create_app(Settings(archive=path)), follow_redirects=False) as client:
        new = slug(client)
        with building(path) as connection:
            row = {
                "kind": "interview",
                "old": "old",
                "new": new,
                "reason": "renamed",
                "made_at": "2024-01-01T00:00:00Z",
            }
            connection.execute(insert(redirects).values(row))
        for rest in ("", ".json", "/source", "/source.json", "/3", "/3.json"):
            answer = client.get(f"/interviews/old{rest}")
            assert (answer.status_code, answer.headers["location"]) == (308, f"/interviews/{new}{rest}")
        assert client.get("/interviews/old/nothing").status_code == 404
        assert client.get("/interviews/older").status_code == 404


def _filled(client: TestClient, name: str) -> str:
    listed = client.get("/interviews.json?sort=oldest").json()["interviews"]
    return next(f"/interviews/{each['slug']}" for each in listed if name in each["slug"])


def test_it_leads_to_the_interviews_before_and_after_it(filled_client: TestClient) -> None:
    here = _filled(filled_client, "2018-03-22-marwick")
    record = filled_client.get(f"{here}.json").json()
    by_date, own = record["beside"]
    assert by_date["speaker"] is None
    assert by_date["previous"]["date"] < "2018-03-22" < by_date["next"]["date"]
    assert own["speaker"] == {"slug": "ilse-marwick", "name": "Ilse Marwick"}
    assert [own[way]["date"] for way in ("previous", "next")] == ["2016-10-27", "2019-11-07"]
    page = BeautifulSoup(filled_client.get(here).text, "lxml")
    for beside in record["beside"]:
        for way, rel in (("previous", "prev"), ("next", "next")):
            link = page.find("a", rel=rel, href=f"/interviews/{beside[way]['slug']}")
            assert link is not None
            assert beside[way]["title"] in link.get_text()


def test_walking_on_passes_every_dated_interview_of_a_language_once(filled_client: TestClient) -> None:
    pages = [filled_client.get(f"/interviews.json?lang=en&sort=oldest&page={page}").json() for page in (1, 2)]
    dated = [each["slug"] for page in pages for each in page["interviews"] if each["date"]]
    walked, slug = [], dated[0]
    while slug:
        walked.append(slug)
        beside = filled_client.get(f"/interviews/{slug}.json").json()["beside"][0]
        slug = (beside["next"] or {}).get("slug")
    assert walked == list(dict.fromkeys(dated))


def test_the_list_of_questions_leads_to_each(filled_client: TestClient) -> None:
    page = BeautifulSoup(filled_client.get(_filled(filled_client, "2018-03-22-marwick")).text, "lxml")
    links = page.select(".contents ol a")
    assert len(links) == 25
    for number, link in enumerate(links, 1):
        turn = page.find(id=str(link["href"]).removeprefix("#"))
        assert turn is not None
        heading = turn.find("h2", class_="exchange-number")
        assert heading is not None
        assert heading.get_text() == f"Question {number}"
    assert [place.get_text() for place in page.select(".answer .turn-place")][::24] == ["1 of 25", "25 of 25"]


def test_words_can_be_found_in_it_without_leaving_it(filled_client: TestClient) -> None:
    here = _filled(filled_client, "2018-03-22-marwick")
    page = BeautifulSoup(filled_client.get(here).text, "lxml")
    form = page.select_one("form.find")
    assert form is not None
    assert form["action"] == f"{here}#m1"
    asked = {str(field["name"]): str(field.get("value", "")) for field in form.select("input")}
    assert asked == {"q": "", "in": "both"}
    found = BeautifulSoup(filled_client.get(here, params=asked | {"q": "bridge"}).text, "lxml")
    assert [mark.get_text() for mark in found.select("mark")] == ["bridge"]
    box = found.select_one("form.find input[name=q]")
    assert box is not None
    assert box["value"] == "bridge"


def test_notes_before_all_words_are_shown_and_none_has_brackets_twice(filled_client: TestClient) -> None:
    for listed in filled_client.get("/interviews.json").json()["interviews"]:
        record = filled_client.get(f"/interviews/{listed['slug']}.json").json()
        page = BeautifulSoup(filled_client.get(f"/interviews/{listed['slug']}").text, "lxml")
        shown = page.select(".note")
        told = [note.get_text().removeprefix("Note in the source: ") for note in shown]
        assert sorted(told) == sorted(note["text"] for note in record["notes"])
        for note, text in zip(shown, told, strict=True):
            bracketed = text[0] in "[(" and text.rstrip(".")[-1] in "])"
            assert ("bare" in note["class"]) != bracketed, text


def test_moderators_questions_and_answers_are_told_apart(filled_client: TestClient) -> None:
    here = _filled(filled_client, "2011-06-08-lindgate")
    roles = {turn["id"]: turn["role"] for turn in filled_client.get(f"{here}.json").json()["turns"]}
    page = BeautifulSoup(filled_client.get(here).text, "lxml")
    assert {str(turn["id"]): turn["class"][1] for turn in page.select(".turn")} == roles
