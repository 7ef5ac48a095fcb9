"""The search page and its JSON; what is found for which words is tested with the search itself."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from app.search import lookup
from app.settings import Settings
from app.web import create_app

KEYS = {"query", "total", "total_is_exact", "page", "pages", "hits", "facets"}
HIT_KEYS = {"id", "url", "interview", "speaker", "question", "excerpt"}


def test_its_json_has_the_keys_that_others_rely_on(client: TestClient) -> None:
    found = client.get("/search.json?q=terrorism").json()
    assert found.keys() >= KEYS
    assert found["total"] >= 2
    assert found["total_is_exact"] is True
    assert found["facets"].keys() == {"year", "speaker", "outlet", "language"}
    for hit in found["hits"]:
        assert hit.keys() >= HIT_KEYS
        assert hit["interview"].keys() >= {"slug", "title", "date"}
        assert all(piece.keys() == {"text", "match"} for piece in hit["excerpt"])
        assert any(piece["match"] for piece in hit["excerpt"])
        assert hit["url"] == f"/a/{hit['id']}"
    for values in found["facets"].values():
        assert all(each.keys() >= {"value", "name", "count"} for each in values)


def test_the_page_shows_what_the_json_has(client: TestClient) -> None:
    found = client.get("/search.json?q=terrorism").json()
    page = BeautifulSoup(client.get("/search?q=terrorism").text, "lxml")
    text = page.get_text().replace("\u00a0", " ")
    assert f"{found['total']} answers in 1 interview" in text
    for hit in found["hits"]:
        assert page.find("a", href=f"{hit['url']}?q=terrorism#m1") is not None
    assert {mark.get_text() for mark in page.find_all("mark")} == {
        piece["text"] for hit in found["hits"] for piece in hit["excerpt"] if piece["match"]
    }
    box = page.find("input", id="q")
    assert box is not None
    assert box["value"] == "terrorism"


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("q=refugees", 1),
        ("q=refugees&in=question", 1),
        ("q=%22islands+of+security%22", 1),
        ("q=%E2%80%9Cislands+of+security%E2%80%9D", 1),
        ("q=refugees&speaker=sergey-lavrov&lang=en&outlet=rossiya-segodnya&after=2015&before=2016", 1),
        ("q=refugees&after=2016", 0),
        ("q=refugees&before=2015", 0),
        ("q=refugees&speaker=nobody", 0),
        ("q=refugees&lang=ru", 0),
        ("q=refugees&speaker=&outlet=&lang=&after=&before=&sort=&page=&in=", 1),
        ("q=refugees&page=abc&sort=abc&in=abc", 1),
        ("q=nothing&q=refugees", 1),
    ],
)
def test_parameters_narrow_and_nonsense_is_passed_over(client: TestClient, query: str, total: int) -> None:
    assert client.get(f"/search.json?{query}").json()["total"] == total
    assert client.get(f"/search?{query}").status_code == 200


def test_filters_in_force_can_be_taken_away_and_stay_with_new_words(client: TestClient) -> None:
    address = "/search?q=terrorism&speaker=sergey-lavrov&after=2015&before=2016"
    page = BeautifulSoup(client.get(address).text, "lxml")
    assert page.find("a", href="/search?q=terrorism&after=2015&before=2016") is not None
    assert page.find("a", href="/search?q=terrorism") is not None
    form = page.select_one("form.search")
    assert form is not None
    kept = {str(field["name"]): field["value"] for field in form.select("input[type=hidden]")}
    assert kept == {"speaker": "sergey-lavrov", "after": "2015", "before": "2016"}


def test_a_facet_leads_to_the_search_within_it(client: TestClient) -> None:
    page = BeautifulSoup(client.get("/search?q=terrorism").text, "lxml")
    for address in (
        "/search?q=terrorism&after=2015&before=2016",
        "/search?q=terrorism&speaker=sergey-lavrov",
        "/search?q=terrorism&outlet=rossiya-segodnya",
        "/search?q=terrorism&lang=en",
    ):
        assert page.find("a", href=address) is not None
        assert client.get(address.replace("/search", "/search.json")).json()["total"] >= 2


def test_without_words_the_page_says_what_can_be_asked(client: TestClient) -> None:
    answer = client.get("/search")
    assert answer.status_code == 200
    assert "speaker:" in answer.text
    assert client.get("/search.json").status_code == 200


def test_narrowed_and_empty_results_are_not_for_other_search_engines(client: TestClient) -> None:
    for address in ("/search?q=terrorism&speaker=sergey-lavrov", "/search?q=xylophone"):
        assert '<meta name="robots" content="noindex">' in client.get(address).text
    for address in ("/search", "/search?q=terrorism"):
        assert "noindex" not in client.get(address).text


@given(st.text(max_size=80), st.sampled_from(["answer", "question", "both"]))
@hypothesis_settings(max_examples=300, deadline=None)
def test_any_input_gives_a_page(client: TestClient, typed: str, side: str) -> None:
    words = typed.encode("utf-8", "replace").decode()
    for address in ("/search", "/search.json"):
        answer = client.get(address, params={"q": words, "in": side})
        assert answer.status_code == 200, (typed, answer.text)


@given(st.binary(max_size=60))
@hypothesis_settings(max_examples=200, deadline=None)
def test_any_bytes_give_a_page(client: TestClient, typed: bytes) -> None:
    query = "".join(f"%{byte:02X}" for byte in typed)
    assert (
        client.get(f"http://testserver/search?q={query}&after={query}&speaker={query}&page={query}").status_code == 200
    )


@pytest.mark.parametrize(
    "typed", ['"', "-", "*", "(", "AND", "/", "🙂", "\x00", "NEAR/5", "speaker:", "a" * 15_000, "'; DROP", "<script>"]
)
def test_what_broke_others_gives_a_page(client: TestClient, typed: str) -> None:
    answer = client.get("/search", params={"q": typed})
    assert answer.status_code == 200
    assert "<script>" not in answer.text
    for word in ("sqlite", "fts5", "syntax error"):
        assert word not in answer.text.lower()


def _main(client: TestClient, address: str) -> BeautifulSoup:
    main = BeautifulSoup(client.get(address).text, "lxml").main
    assert main is not None
    return BeautifulSoup(str(main), "lxml")


def _words(page: BeautifulSoup) -> str:
    return " ".join(page.get_text().replace("\u00a0", " ").split())


@pytest.mark.parametrize(
    ("query", "counted"),
    [
        ("q=bridge", "3 answers in 3 interviews"),
        ("q=%22bridge%22+signed", "1 answer in 1 interview"),
        ("q=bridge&in=question", "4 questions in 3 interviews"),
        ("q=bolts&in=both", "1 passage in 1 interview"),
        ("q=bridge&in=both", "7 passages in 5 interviews"),
    ],
)
def test_what_was_found_is_counted_in_words(filled_client: TestClient, query: str, counted: str) -> None:
    heading = _main(filled_client, f"/search?{query}").h2
    assert heading is not None
    assert _words(BeautifulSoup(str(heading), "lxml")) == counted


def test_more_than_can_be_counted_is_said_to_be_at_least_that(
    filled_archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lookup, "WINDOW", 30)
    monkeypatch.setattr(lookup, "COUNTED", 40)
    with TestClient(create_app(Settings(archive=filled_archive))) as client:
        record = client.get("/search.json?q=the").json()
        heading = _main(client, "/search?q=the").h2
        assert (record["total"], record["total_is_exact"], record["pages"]) == (40, False, 2)
        assert heading is not None
        at_least = f"At least 40 answers in at least {record['interview_total']} interviews"
        assert _words(BeautifulSoup(str(heading), "lxml")) == at_least
        assert client.get("/search.json?q=the&page=9").json()["url"] == "/search?q=the&page=2"


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize("side", ["answer", "question", "both"])
def test_what_is_searched_is_said_once_and_all_else_is_a_link(client: TestClient, side: str, sort: str) -> None:
    page = _main(client, f"/search?q=the&in={side}&sort={sort}")
    words = _words(page)
    orders = {"relevance": "most relevant first", "newest": "newest first", "oldest": "oldest first"}
    sides = {"answer": "in answers", "question": "in questions", "both": "in both"}
    assert all(words.count(order) == 1 for order in orders.values())
    links = {link.get_text(): str(link["href"]) for link in page.select(".sort a")}
    assert links.keys() == {
        "narrowed",
        "each match in a line",
        *(text for name, text in sides.items() if name != side),
        *(text for name, text in orders.items() if name != sort),
    }
    for name, text in (sides | orders).items():
        if text in links:
            record = client.get(links[text].replace("/search", "/search.json")).json()
            expected = (name, sort) if name in sides else (side, name)
            assert (record["side"], record["sort"]) == expected


def test_operators_that_were_typed_can_be_taken_away_like_filters(filled_client: TestClient) -> None:
    page = _main(filled_client, "/search?q=bridge+speaker:marwick+year:2014&lang=en")
    chips = {link.get_text().removeprefix("Remove: "): link["href"] for link in page.select(".chips a")}
    assert chips == {
        "Language: English": "/search?q=bridge%20speaker%3Amarwick%20year%3A2014",
        "speaker:marwick": "/search?q=bridge%20year%3A2014&lang=en",
        "year:2014": "/search?q=bridge%20speaker%3Amarwick&lang=en",
        "Remove all": "/search?q=bridge",
    }


def test_mistakes_that_one_correction_puts_right_are_told_together(client: TestClient) -> None:
    page = _main(client, "/search?q=(refugees&after=2015")
    (mistake,) = page.select(".mistake")
    assert mistake.get_text().startswith("The brackets do not match")
    link = mistake.select_one("a")
    assert link is not None
    assert link["href"] == "/search?q=%28refugees%29&after=2015"
    page = _main(client, "/search?q=" + quote('refugees after:soon ab* "'))
    (mistake,) = page.select(".mistake")
    assert len(mistake.select("a")) == 1
    assert mistake.get_text().count("Search instead for") == 1


def test_a_question_is_shown_with_its_matches_in_place_of_an_excerpt(client: TestClient) -> None:
    page = _main(client, "/search?q=refugees&in=question")
    (hit,) = page.select(".hit")
    assert len(hit.select("a")) == 1
    assert [mark.get_text() for mark in hit.select("h3 mark")] == ["refugees"]
    assert not hit.select("p.excerpt")


def test_a_long_facet_is_folded(filled_client: TestClient) -> None:
    record = filled_client.get("/search.json?q=the").json()
    page = _main(filled_client, "/search?q=the")
    folded = 0
    for name, values in record["facets"].items():
        section = page.select_one(f"section[aria-labelledby=facet-{name}]")
        assert section is not None
        assert len(section.select("li")) == len(values)
        assert len(section.select("details li")) == max(len(values) - 10, 0)
        folded += len(values) > 10
    assert folded


def test_the_whole_search_is_in_each_address(filled_client: TestClient) -> None:
    address = "/search?q=the&speaker=ilse-marwick&lang=en&after=2009&before=2022&in=both&sort=newest"
    record = filled_client.get(address.replace("/search", "/search.json")).json()
    assert record["url"] == address
    assert record["next"] == f"{address}&page=2"
    page = _main(filled_client, record["next"])
    assert page.find("a", rel="prev", href=address) is not None
    first = page.select_one(".hit a")
    assert first is not None
    expected = record["next"].partition("?")[2]
    assert str(first["href"]).endswith(f"?{expected}#m1")


def _offered(page: BeautifulSoup) -> list[str]:
    return [_words(BeautifulSoup(str(line), "lxml")) for line in page.select(".meant, .emptied li")]


@pytest.mark.parametrize(
    ("query", "offered"),
    [
        ("q=bridge+zebra", ["zebra stands in no answer of this archive; without it there are 3 answers."]),
        ("q=brigde", ["Did you mean bridge (3 answers)?", "brigde stands in no answer of this archive."]),
        (
            "q=brigde&in=question",
            ["Did you mean bridge (4 questions)?", "brigde stands in no question of this archive."],
        ),
        (
            "q=bridge&speaker=dario-fenwick",
            ["Without bridge there are 12 answers.", "Without Speaker: Dario Fenwick there are 3 answers."],
        ),
        ("q=bridge&lang=ru&speaker=dario-fenwick", ["bridge alone has 3 answers."]),
        ("q=bridge+speaker:nobody", ["No answer passes speaker:nobody; without it there are 3 answers."]),
        (
            "q=%22bridge+toll%22",
            ['"bridge toll" stands in no answer of this archive.', "Without quotation marks there are 2 answers."],
        ),
    ],
)
def test_an_empty_result_says_what_emptied_it_and_what_there_is(
    filled_client: TestClient, query: str, offered: list[str]
) -> None:
    page = _main(filled_client, f"/search?{query}")
    assert page.h2 is not None
    assert page.h2.get_text() == "Nothing found"
    told = _offered(page)
    assert told[: len(offered)] == offered
    for link in page.select(".meant a, .emptied a"):
        record = filled_client.get(str(link["href"]).replace("/search", "/search.json")).json()
        shown = link.get_text() if link.find_parent("li") else str(link.find_next_sibling("span"))
        number = "".join(character for character in shown if character.isdigit())
        assert record["total"] == int(number), link


def test_an_empty_result_is_restated_without_an_order(filled_client: TestClient) -> None:
    page = _main(filled_client, "/search?q=zebra&speaker=ilse-marwick&sort=newest")
    assert "Answers by Ilse Marwick containing a form of “zebra”. " in _words(page)
    assert not page.select(".sort")


def test_what_is_not_text_at_all_offers_nothing(filled_client: TestClient) -> None:
    page = _main(filled_client, "/search?q=%F0%9F%98%80")
    assert "There is no letter and no digit in it" in _words(page)
    assert _offered(page) == []


def test_a_page_on_which_time_ran_out_is_not_kept(filled_archive: Path) -> None:
    with TestClient(create_app(Settings(archive=filled_archive, query_seconds=0.000_001))) as client:
        answer = client.get("/search.json?q=the")
        if answer.status_code == 200:
            assert answer.json()["timed_out"]
        assert answer.headers["cache-control"] == "no-store"
