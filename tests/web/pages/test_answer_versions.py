"""The history of one answer: its wordings, its end, and what came before and after it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from starlette.testclient import TestClient

from app import permalinks
from app.importer import import_paths
from app.settings import Settings
from app.web import create_app
from app.withholding import withhold
from tests.web.conftest import Corrected
from tests.web.pages.test_interview_versions import REASON, TALK, text

Record = dict[str, Any]


@pytest.fixture
def history(tmp_path: Path) -> Iterator[Callable[..., tuple[TestClient, list[list[str]]]]]:
    """Return the site over an archive of these lines, each list a version, and the ids of each version's turns."""
    with ExitStack() as stack:

        def make(*versions: list[str]) -> tuple[TestClient, list[list[str]]]:
            source, path = tmp_path / "talk.txt", tmp_path / "archive.db"
            for lines in versions:
                source.write_text(text(lines), encoding="utf-8")
                (file,) = import_paths([source], path).files
                if file.outcome == "held back":
                    (file,) = import_paths([source], path, retire=file.ended, reason=REASON).files
            client = stack.enter_context(
                TestClient(create_app(Settings(archive=path, query_seconds=60)), follow_redirects=False)
            )
            address = f"/interviews/{file.slug}.json?v="
            held = [client.get(f"{address}{number}").json()["turns"] for number in range(1, len(versions) + 1)]
            return client, [[turn["id"] for turn in turns] for turns in held]

        yield make


def told(client: TestClient, id: str) -> Record:
    record: Record = client.get(f"/a/{id}/versions.json").json()
    return record


def page(client: TestClient, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return BeautifulSoup(answer.text, "lxml")


def reworded(word: str) -> list[str]:
    return [line.replace("always", word) for line in TALK]


def test_each_wording_is_told_once_with_the_versions_that_have_it(
    history: Callable[..., tuple[TestClient, list[list[str]]]],
) -> None:
    other = [*TALK[:1], TALK[1].replace("three", "four"), *TALK[2:]]
    client, ids = history(list(TALK), other, [each.replace("always", "often") for each in other])
    record = told(client, ids[0][3])
    keys = {"id", "url", "page", "interview", "role", "speaker", "label", "wordings", "ended", "predecessors"}
    assert record.keys() >= keys
    assert record["interview"].keys() >= {"slug", "title", "date"}
    assert [each["versions"] for each in record["wordings"]] == [[1, 2], [3]]
    first, last = record["wordings"]
    assert {part["op"] for part in first["difference"]} == {"same"}
    assert [(part["op"], part["text"].strip()) for part in last["difference"]][1:3] == [
        ("removed", "always"),
        ("added", "often"),
    ]
    assert (last["url"], last["origin"]) == (f"/a/{ids[0][3]}?v=3", "corrected")
    shown = page(client, f"/a/{ids[0][3]}/versions")
    assert [each.get_text() for each in shown.select("h2.title")] == ["Version 3", "Versions 1 to 2"]
    assert [each.get_text() for each in shown.select(".turn-text ins, .turn-text del")] == ["always", "often"]
    assert shown.find("a", href=f"/a/{ids[0][3]}") is not None


def test_an_answers_question_is_part_of_what_is_cited(
    history: Callable[..., tuple[TestClient, list[list[str]]]],
) -> None:
    client, ids = history(list(TALK), [*TALK[:2], TALK[2].replace("readers", "listeners"), *TALK[3:]])
    record = told(client, ids[0][3])
    assert [each["versions"] for each in record["wordings"]] == [[1], [2]]
    assert {part["op"] for part in record["wordings"][1]["difference"]} == {"same"}
    assert [each["change"] for each in record["wordings"][1]["questions"]] == ["reworded"]
    assert client.get(f"/a/{ids[0][3]}.json").json()["revised"]["version"] == 2
    assert client.get(f"/a/{ids[0][1]}.json").json()["revised"] is None


def test_the_notice_says_when_the_words_that_are_shown_came_in(
    history: Callable[..., tuple[TestClient, list[list[str]]]],
) -> None:
    client, ids = history(list(TALK), reworded("often"), [TALK[0], TALK[1] + " Certainly.", *reworded("often")[2:]])
    id = ids[0][3]
    record = client.get(f"/a/{id}.json").json()
    assert record["history"] == f"/a/{id}/versions"
    assert record["revised"] == {"version": 2, "at": record["mementos"][1]["since"], "origin": "corrected"}
    notice = page(client, f"/a/{id}").select_one(".notice")
    assert notice is not None
    assert notice.get_text().startswith("Corrected on ")
    assert notice.find("a", href=f"/a/{id}/versions") is not None
    assert page(client, f"/a/{ids[0][5]}").select_one(".notice") is None
    old = page(client, f"/a/{id}?v=1").select_one(".notice")
    assert old is not None
    assert "You are reading version 1 of 3, as imported on" in old.get_text()
    assert [link["href"] for link in old.select("a")] == [f"/a/{id}", f"/a/{id}/versions"]


def test_an_ended_id_tells_its_last_words_why_it_ended_and_what_followed(
    history: Callable[..., tuple[TestClient, list[list[str]]]],
) -> None:
    client, ids = history(list(TALK), [*TALK[2:], *TALK[:2]])
    ended = next(id for id in ids[0] if id not in ids[1] and told(client, id)["role"] == "answer")
    record = told(client, ended)
    assert (record["ended"]["kind"], record["ended"]["reason"]) == ("superseded", REASON)
    successor = record["ended"]["successor"]
    assert successor["id"] in ids[1]
    assert record["wordings"][-1]["difference"][0]["text"] == TALK[1].partition(": ")[2]
    assert [each["id"] for each in told(client, successor["id"])["predecessors"]] == [ended]
    shown = page(client, f"/a/{ended}/versions")
    assert shown.find("a", href=successor["url"]) is not None
    assert shown.find("a", href=f"/a/{ended}?v=1") is not None
    assert client.get(f"/a/{ended}").status_code == 410
    assert page(client, f"/a/{successor['id']}/versions").find("a", href=f"/a/{ended}/versions") is not None
    notice = page(client, f"/a/{ended}?v=1").select_one(".notice")
    assert notice is not None
    assert "no longer stand in the interview" in notice.get_text()


def test_the_tombstone_of_an_id_leads_to_its_history(corrected: Corrected) -> None:
    tombstone = corrected.client.get(f"/a/{corrected.ended}")
    assert f'href="/a/{corrected.ended}/versions"' in tombstone.text
    assert corrected.client.get(f"/a/{corrected.ended}.json").json()["history"] == f"/a/{corrected.ended}/versions"
    shown = corrected.client.get(f"/a/{corrected.ended}/versions").text
    assert "Put right by &lt;its&gt; publisher" in shown
    assert "&lt;i&gt;these&lt;/i&gt;" in shown


def test_every_turn_has_a_history_whatever_its_role(corrected: Corrected) -> None:
    for turn in corrected.client.get(f"/interviews/{corrected.slug}.json").json()["turns"]:
        record = told(corrected.client, turn["id"])
        assert (record["role"], record["label"]) == (turn["role"], turn["label"])
        assert "".join(part["text"] for part in record["wordings"][-1]["difference"] if part["op"] != "removed") == (
            "\n".join(turn["paragraphs"])
        )
        page(corrected.client, f"/a/{turn['id']}/versions")


def test_withheld_words_are_in_no_version_and_the_reason_stands(
    history: Callable[..., tuple[TestClient, list[list[str]]]], tmp_path: Path
) -> None:
    client, ids = history(list(TALK), reworded("often"))
    withhold(tmp_path / "archive.db", ids[0][3], "A court has ordered it")
    interview = client.get(f"/a/{ids[0][1]}.json").json()["interview"]["slug"]
    for address in (f"/a/{ids[0][3]}/versions", f"/interviews/{interview}/versions"):
        answer = client.get(address)
        assert answer.status_code in (200, 410)
        assert "A court has ordered it" in answer.text
        assert "border stays" not in answer.text
        assert "border stays" not in client.get(f"{address}.json").text
    withhold(tmp_path / "archive.db", interview, "A court has ordered it")
    assert client.get(f"/interviews/{interview}/versions").status_code == 410
    assert client.get(f"/a/{ids[0][1]}/versions").status_code == 410


def test_an_unknown_id_is_told_from_a_mistyped_one(client: TestClient) -> None:
    unknown = permalinks.mint("nothing", "answer", None, "no words")
    assert client.get(f"/a/{unknown}/versions").status_code == 404
    assert client.get(f"/a/{unknown}/versions.json").json()["title"] == "Unknown id"
    assert "Mistyped" in client.get("/a/0123456789abc/versions").text
