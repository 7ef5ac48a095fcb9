"""What a search found is marked on the pages that it leads to, and nothing else is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from app.archive.holdings import HeldTurn
from app.records import Role
from app.settings import Settings
from app.web import create_app
from app.web.caching import Key
from app.web.marking import Fragment, marks
from app.web.sought import Sought


def turn(id: str, role: Role, exchange: int | None, *paragraphs: str) -> HeldTurn:
    return HeldTurn(id, role, None, "", paragraphs, 1, tuple(range(1, len(paragraphs) + 1)), exchange)


TURNS = (
    turn("opening", "statement", None, "The bridge is open.", "Thank you."),
    turn("question", "question", 1, "Is the bridge safe?"),
    turn("more", "question", 1, "And the ferry?"),
    turn("answer", "answer", 1, "Bridges are safe.", "Ferries are slow, and the", "bridge is near."),
    turn("second", "answer", 1, "The ferry is mine."),
    turn("host", "moderator", None, "One more on the bridge."),
    turn("unanswered", "question", 2, "Who built the bridge?"),
)


def marked(q: str, side: Any = "answer", turns: tuple[HeldTurn, ...] = TURNS) -> dict[str, list[str]]:
    """Return the words marked in each turn, having checked that no word has changed and that matches are numbered."""
    found = marks(Sought(q, side), turns, "en")
    assert found is not None
    numbers = []
    for id, paragraphs in found.turns.items():
        held = next(turn for turn in turns if turn.id == id)
        assert tuple("".join(each.text for each in paragraph) for paragraph in paragraphs) == held.paragraphs
        numbers += [each.match for paragraph in paragraphs for each in paragraph if each.opens]
    assert numbers == list(range(1, found.total + 1))
    return {
        id: [each.text for paragraph in paragraphs for each in paragraph if each.match]
        for id, paragraphs in found.turns.items()
    }


@pytest.mark.parametrize(
    ("q", "side", "expected"),
    [
        ("bridge", "answer", {"opening": ["bridge"], "answer": ["Bridges", "bridge"]}),
        ("bridge", "question", {"question": ["bridge"], "unanswered": ["bridge"]}),
        ('"bridge"', "answer", {"opening": ["bridge"], "answer": ["bridge"]}),
        ("bridge ferry", "answer", {"answer": ["Bridges", "Ferries", "bridge"]}),
        ("bridge ferry", "question", {}),
        ("bridge mine", "both", {"question": ["bridge"], "second": ["mine"]}),
        ("bridge -ferry", "answer", {"opening": ["bridge"]}),
        ("host OR mine", "answer", {"second": ["mine"]}),
        ("in:question ferry", "answer", {"more": ["ferry"]}),
        ("speaker:nobody thank", "answer", {"opening": ["Thank"]}),
        ("nothing", "both", {}),
        ("-bridge", "answer", {}),
    ],
)
def test_what_a_search_finds_is_marked(q: str, side: str, expected: dict[str, list[str]]) -> None:
    assert marked(q, side) == expected


def test_both_sides_mark_whatever_was_said_about_it() -> None:
    found = marked("bridge", "both")
    assert list(found) == ["opening", "question", "answer", "host", "unanswered"]


def test_a_phrase_that_goes_on_in_the_next_paragraph_is_one_match() -> None:
    found = marks(Sought('"the bridge"'), TURNS, "en")
    assert found is not None
    assert found.total == 2
    assert found.turns["answer"][1:] == (
        (Fragment("Ferries are slow, and "), Fragment("the", 2, True)),
        (Fragment("bridge", 2, False), Fragment(" is near.")),
    )


@pytest.mark.parametrize("q", ["", "speaker:nobody", "after:2015", "😀"])
def test_a_search_without_words_marks_nothing_and_says_nothing(q: str) -> None:
    assert marks(Sought(q), TURNS, "en") is None


def test_the_way_back_is_the_very_search() -> None:
    found = marks(Sought("bridge", "both", speaker="x", after="2015", sort="newest", page=3), TURNS, "en")
    assert found is not None
    assert found.results == "/search?q=bridge&speaker=x&after=2015&in=both&sort=newest&page=3"


def page_of(client: TestClient, address: str, **parameters: str) -> BeautifulSoup:
    answer = client.get(address, params=parameters or None)
    assert answer.status_code == 200, (address, parameters)
    return BeautifulSoup(answer.text, "lxml")


def paragraphs_of(page: BeautifulSoup) -> dict[str, str]:
    """Return the words of each paragraph of a transcript by its id."""
    return {str(each["id"]): each.get_text() for each in page.select(".paragraph > p")}


@pytest.mark.parametrize(
    "q", ["bridge", "bridge people", '"the bridge"', "озеро OR мост", "the -bridge", "harb*", "не NEAR/3 я"]
)
@pytest.mark.parametrize("side", ["answer", "question", "both"])
def test_the_hits_of_the_index_and_the_turns_marked_are_the_same(filled_client: TestClient, q: str, side: str) -> None:
    hits: dict[str, set[str]] = {}
    number, pages = 0, 1
    while number < pages:
        number += 1
        found = filled_client.get("/search.json", params={"q": q, "in": side, "page": str(number)}).json()
        pages = found["pages"]
        for hit in found["hits"]:
            hits.setdefault(hit["interview"]["slug"], set()).add(hit["id"])
    assert hits or (side == "question" and q.startswith("не"))
    for slug, ids in list(hits.items())[:12]:
        record = filled_client.get(f"/interviews/{slug}.json", params={"q": q, "in": side}).json()
        shown = set(record["matches"]["turns"])
        roles = {turn["id"]: turn["role"] for turn in record["turns"]}
        if side == "both":
            asked = {id: exchange["answers"] for exchange in record["exchanges"] for id in exchange["questions"]}
            assert all(id in ids or ids & set(asked[id]) for id in shown), slug
        else:
            assert shown == ids, slug
        assert ids <= set(roles)


def test_a_hit_leads_to_its_first_match_and_each_match_to_the_next(filled_client: TestClient) -> None:
    results = page_of(filled_client, "/search", q="the ferry", sort="oldest", after="2012")
    address = str(results.select(".hit h3 a")[0]["href"])
    assert re.fullmatch(r"/a/\w{13}\?q=the%20ferry&after=2012&sort=oldest#m1", address)
    page = page_of(filled_client, address.partition("#")[0])
    found = page.select("mark[id]")
    total = len(found)
    assert total > 2
    assert [mark["id"] for mark in found] == [f"m{number}" for number in range(1, total + 1)]
    for number, mark in enumerate(found, 1):
        step = mark.find_next_sibling("span", class_="step")
        assert isinstance(step, Tag)
        assert step["aria-label"] == f"Match {number} of {total}"
        ways = {str(way["aria-label"]): way["href"] for way in step.select("a")}
        expected = {"Previous match": f"#m{number - 1}", "Next match": f"#m{number + 1}"}
        assert ways == {name: way for name, way in expected.items() if 1 <= int(way[2:]) <= total}
    bar = page.select_one("nav.matches")
    assert bar is not None
    assert f"{total}\u00a0matches" in bar.get_text()
    assert bar.find("a", href="/search?q=the%20ferry&after=2012&sort=oldest") is not None
    assert bar.find("a", href=address.partition("?")[0]) is not None
    canonical = page.select_one("link[rel=canonical]")
    assert canonical is not None
    assert canonical["href"] == f"https://verbatim.example{address.partition('?')[0]}"


def test_a_marked_page_is_kept_under_its_own_address_among_what_readers_asked_for(filled_archive: Path) -> None:
    with TestClient(create_app(Settings(archive=filled_archive, cache_bytes=4_000_000))) as client:
        url = client.get("/search.json?q=toll").json()["hits"][0]["url"]
        plain, marked = client.get(url), client.get(f"{url}?q=toll")
        assert plain.headers["etag"] != marked.headers["etag"]
        assert client.get(f"{url}?q=toll", headers={"If-None-Match": marked.headers["etag"]}).status_code == 304
        assert client.get(url).text == plain.text
    assert not Key((1,), f"{url}?q=toll".encode(), "identity").is_bounded
    assert Key((1,), url.encode(), "identity").is_bounded


def test_a_page_that_does_not_match_says_so_and_is_unmarked(filled_client: TestClient) -> None:
    hit = filled_client.get("/search.json?q=toll").json()["hits"][0]
    for address in (hit["url"], f"/interviews/{hit['interview']['slug']}"):
        page = page_of(filled_client, address, q="toll zebra", speaker="nobody")
        assert not page.select("mark, .step, nav.matches")
        assert page.main is not None
        assert "Nothing said here matches toll zebra" in page.main.get_text()
        assert page.main.find("a", href="/search?q=toll%20zebra&speaker=nobody") is not None


def test_a_question_that_was_found_leads_to_its_answer_with_the_search(client: TestClient) -> None:
    hit = client.get("/search.json?q=refugees&in=question").json()["hits"][0]
    moved = client.get(f"{hit['url']}?q=refugees&in=question")
    assert moved.status_code == 302
    assert "#" not in moved.headers["location"], "what a browser was asked for, the first match, stays"
    page = page_of(client, moved.headers["location"])
    mark = page.find("mark", id="m1")
    assert mark is not None
    assert mark.find_parent(id=hit["id"]) is not None


def test_a_moderator_who_was_found_is_shown_in_the_interview(filled_client: TestClient) -> None:
    found = filled_client.get("/search.json", params={"q": '"one more from the"', "in": "both"}).json()
    (hit,) = (hit for hit in found["hits"] if hit["role"] == "moderator")
    moved = filled_client.get(hit["url"], params={"q": "more", "in": "both"})
    assert moved.status_code == 302
    assert moved.headers["location"].endswith(f"?q=more&in=both#{hit['id']}")
    page = page_of(filled_client, moved.headers["location"].partition("#")[0])
    assert page.select(f"[id='{hit['id']}'] mark")


def test_an_old_version_is_marked_by_its_own_words(corrected: Any) -> None:
    for version, word in (("1", "this"), ("2", "that")):
        for address in (f"/interviews/{corrected.slug}",):
            page = page_of(corrected.client, address, v=version, q=f'"threats of {word} kind"')
            assert [mark.get_text() for mark in page.select("mark")] == [f"threats of {word} kind"]
    page = page_of(corrected.client, f"/a/{corrected.ended}", v="1", q="retired")
    assert [mark.get_text() for mark in page.select("mark")] == ["retired"]


def test_words_that_are_markup_are_marked_as_words(hostile_client: TestClient) -> None:
    slug = hostile_client.get("/interviews.json").json()["interviews"][0]["slug"]
    plain = paragraphs_of(page_of(hostile_client, f"/interviews/{slug}"))
    for q in ("script alert", "img", "7", "u003c", "again b"):
        page = page_of(hostile_client, f"/interviews/{slug}", q=q, **{"in": "both"})
        assert page.select("mark"), q
        assert paragraphs_of(page) == plain
        assert not page.find_all(["img", "b", "i"])


PIECES = [
    "the",
    "bridge",
    "ferry",
    '"the ferry"',
    "OR",
    "-toll",
    "NEAR/5",
    "harb*",
    "(",
    ")",
    '"',
    "в",
    "мост",
    "in:both",
]
QUERIES = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(PIECES), max_size=6).map(" ".join))


@given(QUERIES, st.sampled_from(["answer", "question", "both"]), st.integers(0, 10**6))
@settings(max_examples=60, deadline=None)
def test_whatever_is_looked_for_changes_no_word(filled_client: TestClient, q: str, side: str, choice: int) -> None:
    listed = filled_client.get("/interviews.json").json()["interviews"]
    slug = listed[choice % len(listed)]["slug"]
    turns = filled_client.get(f"/interviews/{slug}.json").json()["turns"]
    answers = [turn["id"] for turn in turns if turn["role"] == "answer"]
    for address in (f"/interviews/{slug}", f"/a/{answers[choice % len(answers)]}"):
        typed = q.encode("utf-8", "replace").decode()
        asked = page_of(filled_client, address, q=typed, **{"in": side})
        assert paragraphs_of(asked) == paragraphs_of(page_of(filled_client, address))
        for number, mark in enumerate(asked.select("mark[id]"), 1):
            assert mark["id"] == f"m{number}"
