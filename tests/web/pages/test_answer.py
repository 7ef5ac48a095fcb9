"""One answer: the page that is cited."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup
from starlette.testclient import TestClient

from app import permalinks

if TYPE_CHECKING:
    from tests.web.conftest import Corrected

Interview = dict[str, Any]
TURN_KEYS = {"id", "role", "speaker", "label", "paragraphs", "line"}


@pytest.fixture(scope="module")
def interview(client: TestClient) -> Interview:
    slug = client.get("/interviews.json").json()["interviews"][0]["slug"]
    record: Interview = client.get(f"/interviews/{slug}.json").json()
    return record


def test_its_json_has_the_keys_that_others_rely_on(client: TestClient, interview: Interview) -> None:
    question, answer = interview["turns"][2:4]
    record = client.get(f"/a/{answer['id']}.json").json()
    assert record.keys() >= {"id", "url", "version", "interview", "questions", "answer", "previous", "next"}
    assert (record["id"], record["url"], record["version"]) == (answer["id"], f"/a/{answer['id']}", 1)
    assert record["interview"].items() >= {key: interview[key] for key in ("slug", "title", "date")}.items()
    assert record["answer"].keys() >= TURN_KEYS
    assert record["answer"]["paragraphs"] == answer["paragraphs"]
    assert [each["paragraphs"] for each in record["questions"]] == [question["paragraphs"]]
    before, after = interview["turns"][1]["id"], interview["turns"][5]["id"]
    assert record["previous"].items() >= {"id": before, "url": f"/a/{before}"}.items()
    assert record["next"].items() >= {"id": after, "url": f"/a/{after}"}.items()


def test_each_answer_carries_its_question_speaker_date_and_outlet(client: TestClient, interview: Interview) -> None:
    for question, answer in zip(interview["turns"][::2], interview["turns"][1::2], strict=True):
        page = BeautifulSoup(client.get(f"/a/{answer['id']}").text, "lxml")
        main = page.main
        assert main is not None
        for text in (*question["paragraphs"], *answer["paragraphs"]):
            assert text in main.get_text()
        for words in ("Sergey Lavrov", "Foreign Minister", "Rossiya Segodnya", "11 December 2015"):
            assert words in main.get_text()
        assert main.find("a", href=f"/interviews/{interview['slug']}#{answer['id']}") is not None
        assert f"https://verbatim.example/a/{answer['id']}" in main.get_text()
        assert page.find(id=question["id"]) is not None
        assert page.find(id=f"{answer['id']}.p2") is not None


def test_previous_and_next_lead_through_all_answers(client: TestClient, interview: Interview) -> None:
    walked, address = [], f"/a/{interview['turns'][1]['id']}"
    while address:
        record = client.get(f"{address}.json").json()
        walked.append(record["id"])
        assert client.get(address).status_code == 200
        address = record["next"]["url"] if record["next"] else ""
    assert walked == [turn["id"] for turn in interview["turns"] if turn["role"] == "answer"]
    assert client.get(f"/a/{walked[0]}.json").json()["previous"] is None


def test_the_id_of_a_question_leads_to_its_answer(client: TestClient, interview: Interview) -> None:
    question, answer = interview["turns"][:2]
    page = client.get(f"/a/{question['id']}")
    assert (page.status_code, page.headers["location"]) == (302, f"/a/{answer['id']}#{question['id']}")
    json = client.get(f"/a/{question['id']}.json")
    assert (json.status_code, json.headers["location"]) == (302, f"/a/{answer['id']}.json")


def _mistyped(id: str) -> Iterator[str]:
    for at in range(len(id)):
        for other in permalinks.ALPHABET:
            if other != id[at]:
                yield id[:at] + other + id[at + 1 :]


def test_any_single_wrong_character_is_told_as_mistyped(client: TestClient, interview: Interview) -> None:
    id = interview["turns"][1]["id"]
    for wrong in list(_mistyped(id))[::7]:
        answer = client.get(f"/a/{wrong}")
        assert answer.status_code == 404
        assert "Mistyped" in answer.text


@pytest.mark.parametrize("confuse", [str.upper, lambda id: id.replace("0", "o"), lambda id: id.replace("1", "l")])
def test_an_id_written_otherwise_is_corrected(
    client: TestClient, interview: Interview, confuse: Callable[[str], str]
) -> None:
    for turn in interview["turns"][1::2]:
        typed = confuse(turn["id"])
        if typed != turn["id"]:
            answer = client.get(f"/a/{typed}")
            assert answer.status_code == 404
            assert f'href="/a/{turn["id"]}"' in answer.text
            assert client.get(f"/a/{typed}.json").json()["suggestion"] == f"/a/{turn['id']}"


def test_an_unknown_id_is_told_from_a_mistyped_one(client: TestClient) -> None:
    unknown = permalinks.mint("nothing", "answer", None, "no words")
    answer = client.get(f"/a/{unknown}")
    assert answer.status_code == 404
    assert "Mistyped" not in answer.text
    assert client.get(f"/a/{unknown}.json").json()["title"] == "Unknown id"


def test_a_version_is_shown_and_one_that_is_not_held_is_404(client: TestClient, interview: Interview) -> None:
    id = interview["turns"][1]["id"]
    assert client.get(f"/a/{id}.json?v=1").json()["version"] == 1
    assert client.get(f"/a/{id}?v=1").status_code == 200
    assert client.get(f"/a/{id}?v=9").status_code == 404


def test_an_id_that_ended_says_why_with_its_last_words(corrected: Corrected) -> None:
    answer = corrected.client.get(f"/a/{corrected.ended}")
    assert answer.status_code == 410
    page = BeautifulSoup(answer.text, "lxml")
    assert page.main is not None
    text = page.main.get_text()
    assert "Put right by <its> publisher" in text
    last_words = page.main.blockquote
    assert last_words is not None
    assert last_words["lang"] == "en"
    assert "The retired answer had <i>these</i> words" in last_words.get_text()
    assert page.main.find("a", href=f"/interviews/{corrected.slug}") is not None
    problem = corrected.client.get(f"/a/{corrected.ended}.json")
    assert problem.status_code == 410
    assert problem.headers["content-type"] == "application/problem+json"
    assert problem.json()["reason"] == "Put right by <its> publisher"


def test_a_version_stays_as_it_was_though_the_id_has_ended(corrected: Corrected) -> None:
    record = corrected.client.get(f"/a/{corrected.ended}.json?v=1").json()
    assert record["version"] == 1
    assert record["answer"]["paragraphs"][0].startswith("The retired answer")
    assert "older version" in corrected.client.get(f"/a/{corrected.ended}?v=1").text
    assert corrected.client.get(f"/a/{corrected.ended}?v=2").status_code == 410


def test_a_corrected_answer_keeps_its_id_and_its_old_words_by_version(corrected: Corrected) -> None:
    turns = corrected.client.get(f"/interviews/{corrected.slug}.json").json()["turns"]
    id = next(turn["id"] for turn in turns if turn["role"] == "answer")
    now, then = (corrected.client.get(f"/a/{id}.json{version}").json() for version in ("", "?v=1"))
    assert (now["version"], then["version"]) == (2, 1)
    assert "of that kind" in now["answer"]["paragraphs"][0]
    assert "of this kind" in then["answer"]["paragraphs"][0]


def test_a_moderators_id_leads_to_the_interview(corrected: Corrected) -> None:
    turns = corrected.client.get(f"/interviews/{corrected.slug}.json").json()["turns"]
    id = next(turn["id"] for turn in turns if turn["role"] == "moderator")
    page, json = corrected.client.get(f"/a/{id}"), corrected.client.get(f"/a/{id}.json")
    assert (page.status_code, page.headers["location"]) == (302, f"/interviews/{corrected.slug}#{id}")
    assert (json.status_code, json.headers["location"]) == (302, f"/interviews/{corrected.slug}.json")


def test_a_question_that_nobody_answered_has_its_page(corrected: Corrected) -> None:
    interview = corrected.client.get(f"/interviews/{corrected.slug}.json").json()
    id = interview["turns"][-1]["id"]
    record = corrected.client.get(f"/a/{id}.json").json()
    assert record["id"] == id
    assert record["answer"] is None
    assert [question["id"] for question in record["questions"]] == [id]
    assert "no answer" in corrected.client.get(f"/a/{id}").text
    page = BeautifulSoup(corrected.client.get(f"/interviews/{corrected.slug}").text, "lxml")
    assert page.find("a", href=f"/a/{id}") is not None


def _slug(client: TestClient, name: str) -> str:
    listed = client.get("/interviews.json?sort=oldest").json()["interviews"]
    return str(next(each["slug"] for each in listed if name in each["slug"]))


def test_neighbours_are_named_by_what_was_asked(filled_client: TestClient) -> None:
    slug = _slug(filled_client, "2009-03-04-marwick-brennholm-courier")
    turns = filled_client.get(f"/interviews/{slug}.json").json()["turns"]
    asked = ["\n".join(turn["paragraphs"]) for turn in turns if turn["role"] == "question"]
    answers = [turn["id"] for turn in turns if turn["role"] == "answer"]
    for place, id in enumerate(answers):
        record = filled_client.get(f"/a/{id}.json").json()
        page = BeautifulSoup(filled_client.get(f"/a/{id}").text, "lxml")
        for way, other in (("previous", place - 1), ("next", place + 1)):
            link = page.select_one(f".neighbours a.{way}")
            if not 0 <= other < len(answers):
                assert record[way] is None
                assert link is None
                continue
            assert record[way]["words"] == asked[other]
            assert link is not None
            assert link["href"] == f"/a/{answers[other]}"
            shown = link.select_one("em")
            assert shown is not None
            assert asked[other].startswith(shown.get_text().removesuffix(" …"))
            assert link.get_text().split()[0].lower() == way


def test_where_several_answer_each_is_named_and_leads_to_the_others(filled_client: TestClient) -> None:
    slug = _slug(filled_client, "2013-05-15-marwick-zarechensk")
    record = filled_client.get(f"/interviews/{slug}.json").json()
    turns = {turn["id"]: turn for turn in record["turns"]}
    exchange = next(each for each in record["exchanges"] if len(each["answers"]) == 2)
    for id, other in (exchange["answers"], exchange["answers"][::-1]):
        page = BeautifulSoup(filled_client.get(f"/a/{id}").text, "lxml")
        others = page.select(".others a")
        assert [link["href"] for link in others] == [f"/a/{other}"]
        assert others[0].get_text() == turns[other]["speaker"]["name"]
        neighbour = page.find("a", class_=["previous", "next"], href=f"/a/{other}")
        assert neighbour is not None
        assert turns[other]["speaker"]["name"] in neighbour.get_text()


def test_it_leads_to_its_place_in_the_interview(filled_client: TestClient) -> None:
    slug = _slug(filled_client, "2011-06-08-lindgate")
    for turn in filled_client.get(f"/interviews/{slug}.json").json()["turns"]:
        if turn["role"] in ("answer", "statement"):
            page = BeautifulSoup(filled_client.get(f"/a/{turn['id']}").text, "lxml")
            link = page.select_one(".neighbours a.place")
            assert link is not None
            assert link["href"] == f"/interviews/{slug}#{turn['id']}"


def test_a_statement_stands_alone_and_says_that_it_is_one(filled_client: TestClient) -> None:
    slug = _slug(filled_client, "2011-06-08-lindgate")
    turn = filled_client.get(f"/interviews/{slug}.json").json()["turns"][0]
    page = BeautifulSoup(filled_client.get(f"/a/{turn['id']}").text, "lxml")
    assert page.main is not None
    assert "Statement in" in page.main.get_text()
    assert not page.select(".turn.question, .exchange-number")
    assert [each["id"] for each in page.select(".turn")] == [turn["id"]]
