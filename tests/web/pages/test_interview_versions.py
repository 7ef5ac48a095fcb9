"""The versions of an interview, and each kind of change between two of them, from files that were imported."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from starlette.testclient import TestClient

from app.importer import import_paths
from app.settings import Settings
from app.web import create_app
from tests.web.conftest import Corrected

HEAD = "Interview with Minister Anna Petrova and Deputy Minister John Brown, May 4, 2020\n"
TALK = (
    "Question: What did the two sides agree on when they met in the capital last week?",
    "Anna Petrova: We agreed on three things, and the first of them is that trade goes on as it did before.",
    "Question: And what of the border, which so many of our readers live beside and worry about?",
    "Anna Petrova: The border stays where it is, as both sides have always said and will go on saying.",
    "Question: Will there be another meeting of the two delegations before the end of the year?",
    "John Brown: There will be one in the autumn, and I shall be there together with the minister.",
)
REASON = "Put right by <the> ministry"
Record = dict[str, Any]
Site = Callable[..., tuple[TestClient, str]]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """Return the site over an archive of these texts, each a version of one interview, and the interview's path."""
    with ExitStack() as stack:

        def make(*texts: str, sidecars: tuple[str, ...] = ()) -> tuple[TestClient, str]:
            source, path = tmp_path / "talk.txt", tmp_path / "archive.db"
            for number, text in enumerate(texts):
                source.write_text(text, encoding="utf-8")
                if sidecars:
                    (tmp_path / "talk.txt.toml").write_text(sidecars[number], encoding="utf-8")
                (file,) = import_paths([source], path).files
                if file.outcome == "held back":
                    (file,) = import_paths([source], path, retire=file.ended, reason=REASON).files
                assert file.outcome == ("corrected" if number else "new"), file
            client = TestClient(create_app(Settings(archive=path, query_seconds=60)), follow_redirects=False)
            return stack.enter_context(client), f"/interviews/{file.slug}"

        yield make


def text(lines: tuple[str, ...] | list[str] = TALK, head: str = HEAD) -> str:
    return "\n".join([head, *(f"{line}\n" for line in lines)])


def comparison(client: TestClient, path: str, query: str = "") -> Record:
    record: Record = client.get(f"{path}/versions.json{query}").json()["comparison"]
    return record


def changed(compared: Record) -> list[Record]:
    return [each for each in compared["turns"] if each["change"] != "same"]


def page(client: TestClient, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return BeautifulSoup(answer.text, "lxml")


def words(turn: Record, op: str) -> str:
    return "".join(part["text"] for part in turn["difference"] if part["op"] in ("same", op))


def test_the_json_tells_each_version_and_every_turn_of_the_two_compared(site: Site) -> None:
    client, path = site(text(), text([line.replace("always", "often") for line in TALK]))
    record = client.get(f"{path}/versions.json").json()
    assert record.keys() >= {"url", "slug", "title", "date", "language", "version", "versions", "comparison"}
    assert (record["version"], record["url"], record["date"]) == (2, f"{path}/versions", "2020-05-04")
    first, second = record["versions"]
    keys = {"number", "url", "imported_at", "origin", "source", "comparison", "facts", "notes", "changes"}
    assert first.keys() == second.keys() == keys
    assert (first["number"], first["origin"], first["comparison"], first["changes"]) == (1, "first", None, [])
    assert (second["number"], second["origin"], second["url"]) == (2, "corrected", f"{path}?v=2")
    assert second["comparison"] == f"{path}/versions?from=1&to=2"
    assert second["changes"] == [{"change": "reworded", "role": "answer", "count": 1}]
    assert second["source"]["name"] == "talk.txt"
    compared = record["comparison"]
    assert (compared["earlier"], compared["later"], len(compared["turns"])) == (1, 2, len(TALK))
    turns = client.get(f"{path}.json").json()["turns"]
    assert [each["after"]["id"] for each in compared["turns"]] == [turn["id"] for turn in turns]
    (turn,) = changed(compared)
    assert [(part["op"], part["text"].strip()) for part in turn["difference"]][1:3] == [
        ("removed", "always"),
        ("added", "often"),
    ]


def test_a_reworded_answer_is_marked_word_by_word_under_its_question_and_all_else_is_folded(site: Site) -> None:
    client, path = site(text(), text([line.replace("always", "often") for line in TALK]))
    main = page(client, f"{path}/versions").main
    assert main is not None
    answer = main.find("ins", string="often")
    assert answer is not None
    turn = answer.find_parent(class_="turn")
    assert turn is not None
    assert [each.get_text() for each in turn.select("del")] == ["always"]
    assert turn.select_one(".became").get_text() == "Reworded"  # type: ignore[union-attr]
    shown = [each.get_text(" ", strip=True) for each in main.select(".redline > .turn")]
    assert len(shown) == 2
    assert "what of the border" in shown[0]
    folds = [each.get_text(strip=True) for each in main.select("details.fold > summary")]
    assert folds == ["1\u00a0unchanged answer", "1\u00a0unchanged answer"]
    said = [line.partition(": ")[2] for line in TALK if "always" not in line]
    assert all(each in main.get_text() for each in said)


def test_an_exchange_that_was_added_or_removed_is_told_with_why_it_ended(site: Site) -> None:
    fresh = ["Question: Is there anything that you would add to this?", "Anna Petrova: Nothing for today."]
    client, path = site(text(), text([*TALK[:2], *fresh, *TALK[4:]]))
    told = changed(comparison(client, path))
    assert [(each["change"], each["before"] is None, each["after"] is None) for each in told] == [
        ("removed", False, True),
        ("removed", False, True),
        ("added", True, False),
        ("added", True, False),
    ]
    gone = told[1]
    assert (gone["end"]["reason"], words(gone, "added")) == (REASON, "")
    main = page(client, f"{path}/versions").main
    assert main is not None
    assert REASON in main.get_text()
    assert main.find("a", href=f"/a/{gone['before']['id']}/versions") is not None
    assert [each.get_text() for each in main.select(".became")] == ["Removed", "Removed", "Added", "Added"]


def test_the_question_stays_in_view_where_its_answer_was_replaced_and_its_number_changed(site: Site) -> None:
    fresh = ["Question: Is there anything that you would add to this?", "Anna Petrova: Nothing for today."]
    other = "John Brown: Of that I have nothing whatever to tell you here and now."
    client, path = site(text(), text([*TALK[:2], *fresh, *TALK[2:5], other]))
    shown = [each.get_text(" ", strip=True) for each in page(client, f"{path}/versions").select(".redline > .turn")]
    assert [each.split()[0] for each in shown] == ["Question", "Anna", "Question", "John", "John"]
    assert "before the end of the year?" in shown[2]


def test_an_exchange_that_moved_is_told_where_it_was_and_where_it_is(site: Site) -> None:
    client, path = site(text(), text([*TALK[2:], *TALK[:2]]))
    told = changed(comparison(client, path))
    moved = [each for each in told if each["change"] == "moved"]
    assert len(moved) == 2
    assert all(each["is_moved"] and words(each, "added") == words(each, "removed") for each in moved)
    assert {(each["before"]["number"], each["after"]["number"]) for each in moved} == {(1, 3)}
    assert [each["change"] for each in told].count("left") == 2
    main = page(client, f"{path}/versions").main
    assert main is not None
    (left,) = main.select(".left")
    assert left.get_text() == "Question 1 stood here. It has moved to question 3"
    target = left.a
    assert target is not None
    assert main.find(id=str(target["href"]).removeprefix("#")) is not None
    assert "Moved from question 1" in [each.get_text() for each in main.select(".became")]
    assert not main.select(".turn-text ins, .turn-text del")


def test_an_answer_given_to_another_speaker_is_one_turn_with_both_names(site: Site) -> None:
    lines = [line.replace("Anna Petrova: The border", "John Brown: The border") for line in TALK]
    client, path = site(text(), text(lines))
    (turn,) = changed(comparison(client, path))
    assert turn["change"] == "given"
    assert (turn["before"]["speaker"]["name"], turn["after"]["speaker"]["name"]) == ("Anna Petrova", "John Brown")
    assert turn["before"]["id"] != turn["after"]["id"] == turn["end"]["successor"]
    label = page(client, f"{path}/versions").select_one(".redline > .answer .turn-label")
    assert label is not None
    assert (label.find("del").get_text(), label.find("ins").get_text()) == (  # type: ignore[union-attr]
        "Anna Petrova",
        "John Brown",
    )


def test_title_and_notes_that_changed_stand_on_top(site: Site) -> None:
    client, path = site(
        text([*TALK[:2], "(A pause.)", *TALK[2:]]),
        text([*TALK[:2], "(A long pause.)", *TALK[2:]], HEAD.replace("Interview with", "Conversation with")),
        sidecars=('publisher = "The Ministry"\n', 'publisher = "The Ministry of Foreign Affairs"\n'),
    )
    compared = comparison(client, path)
    assert {each["fact"] for each in compared["facts"]} == {"title", "publisher"}
    assert [words(each, "added") for each in compared["notes"]] == ["(A long pause.)"]
    assert changed(compared) == []
    facts = page(client, f"{path}/versions").select_one("dl.redline")
    assert facts is not None
    marked = {tag: {each.get_text() for each in facts.select(tag)} for tag in ("ins", "del")}
    assert marked["del"] == {"Interview"}
    assert {"Conversation", "of Foreign Affairs"} <= marked["ins"]


def test_the_same_file_described_anew_is_no_corrected_source(site: Site) -> None:
    client, path = site(text(), text(), sidecars=("", 'licence = "free"\n'))
    record = client.get(f"{path}/versions.json").json()
    assert [each["origin"] for each in record["versions"]] == ["first", "restated"]
    assert record["versions"][1]["facts"] == ["licence"]
    assert "described anew" in client.get(f"{path}/versions").text
    assert "Described anew on" in client.get(path).text


def test_any_two_versions_are_compared_the_earlier_first(site: Site) -> None:
    client, path = site(text(), *(text([line.replace("always", each) for line in TALK]) for each in ("often", "never")))
    assert [(each["op"], each["text"].strip()) for each in changed(comparison(client, path))[0]["difference"][1:3]] == [
        ("removed", "often"),
        ("added", "never"),
    ]
    whole = client.get(f"{path}/versions.json?from=1&to=3").json()
    assert whole["url"] == f"{path}/versions?from=1&to=3"
    assert "always" in words(changed(whole["comparison"])[0], "removed")
    assert "never" in words(changed(whole["comparison"])[0], "added")
    for suffix in ("", ".json"):
        turned = client.get(f"{path}/versions{suffix}?from=3&to=1")
        assert (turned.status_code, turned.headers["location"]) == (302, f"{path}/versions{suffix}?from=1&to=3")
    asked = {(each["earlier"], each["later"]): query for query, each in _compared(client, path).items()}
    assert asked == {(2, 3): "?from=x&to=-1", (1, 3): "?from=1", (1, 2): "?to=2", (1, 1): "?to=1"}
    assert "No word, name or date differs" in client.get(f"{path}/versions?from=2&to=2").text
    chosen = page(client, f"{path}/versions?from=1&to=2").select("select option[selected]")
    assert [option["value"] for option in chosen] == ["1", "2"]


def _compared(client: TestClient, path: str) -> dict[str, Record]:
    return {query: comparison(client, path, query) for query in ("?from=x&to=-1", "?from=1", "?to=2", "?to=1")}


def test_a_version_that_is_not_held_is_404(site: Site) -> None:
    client, path = site(text(), text([line.replace("always", "often") for line in TALK]))
    for query in ("?from=3", "?to=999999999", "?from=1&to=3"):
        answer = client.get(f"{path}/versions{query}")
        assert answer.status_code == 404
        assert "Not in this archive" in answer.text
        problem = client.get(f"{path}/versions.json{query}")
        assert problem.headers["content-type"] == "application/problem+json"
    assert client.get("/interviews/nothing/versions").status_code == 404


def test_an_interview_of_one_version_says_so_and_is_led_to(client: TestClient) -> None:
    path = f"/interviews/{client.get('/interviews.json').json()['interviews'][0]['slug']}"
    assert page(client, path).select_one(f"a[href='{path}/versions']") is not None
    record = client.get(f"{path}/versions.json").json()
    assert (len(record["versions"]), record["comparison"]) == (1, None)
    assert "only version" in client.get(f"{path}/versions").text
    assert "notice" not in str(page(client, path).main)
    assert client.get(f"{path}.json").json()["revised"] is None


def test_only_so_many_versions_are_summed_up_and_all_are_listed(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.web.pages.interview_versions.SUMMARISED", 1)
    client, path = site(text(), *(text([line.replace("always", each) for line in TALK]) for each in ("often", "never")))
    first, second, third = client.get(f"{path}/versions.json").json()["versions"]
    assert first["changes"] == []
    assert second["changes"] is None
    assert third["changes"] == [{"change": "reworded", "role": "answer", "count": 1}]
    assert "Not compared here" in client.get(f"{path}/versions").text


def test_the_interview_says_that_it_was_corrected_and_an_old_version_that_it_is_one(corrected: Corrected) -> None:
    path = f"/interviews/{corrected.slug}"
    record = corrected.client.get(f"{path}.json").json()
    assert record["history"] == f"{path}/versions"
    assert record["revised"] == {"version": 2, "at": record["mementos"][1]["since"], "origin": "corrected"}
    now, then = (page(corrected.client, path + query).select_one(".notice") for query in ("", "?v=1"))
    assert now is not None
    assert then is not None
    assert now.get_text().startswith("Corrected on ")
    assert now.find("a", href=f"{path}/versions") is not None
    assert "You are reading version 1 of 2, as imported on" in then.get_text()
    assert [link["href"] for link in then.select("a")] == [path, f"{path}/versions?from=1&to=2"]
    assert corrected.client.get(f"{path}.json?v=1").json()["revised"] is None


def test_all_that_an_old_version_leads_to_is_there(corrected: Corrected) -> None:
    for link in page(corrected.client, f"/interviews/{corrected.slug}?v=1").select(".turn-link a"):
        assert str(link["href"]).endswith("?v=1")
        assert corrected.client.get(str(link["href"])).status_code == 200


def test_words_that_are_markup_stay_words(corrected: Corrected) -> None:
    shown = corrected.client.get(f"/interviews/{corrected.slug}/versions")
    assert "&lt;i&gt;these&lt;/i&gt;" in shown.text
    assert "<i>" not in shown.text
    assert "Put right by &lt;its&gt; publisher" in shown.text


def test_a_comparison_is_kept_as_any_page_is(corrected: Corrected) -> None:
    answer = corrected.client.get(f"/interviews/{corrected.slug}/versions?from=1&to=2")
    assert "max-age=60" in answer.headers["cache-control"]
    again = corrected.client.get(
        f"/interviews/{corrected.slug}/versions?from=1&to=2", headers={"If-None-Match": answer.headers["etag"]}
    )
    assert again.status_code == 304
