"""The list of interviews."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from app.web.pages import interviews

KEYS = {"total", "page", "pages", "interviews"}
INTERVIEW_KEYS = {"slug", "title", "date", "language", "exchange_count"}


def test_its_json_has_the_keys_that_others_rely_on(client: TestClient) -> None:
    listed = client.get("/interviews.json").json()
    assert listed.keys() >= KEYS
    assert listed["interviews"][0].keys() >= INTERVIEW_KEYS
    assert (listed["total"], listed["page"], listed["pages"]) == (1, 1, 1)
    assert listed["interviews"][0]["exchange_count"] == 6


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("year=2015", 1),
        ("year=2015&month=12", 1),
        ("year=2014", 0),
        ("month=11", 1),
        ("year=2015&month=11", 0),
        ("speaker=sergey-lavrov", 1),
        ("speaker=nobody", 0),
        ("outlet=rossiya-segodnya", 1),
        ("outlet=bbc", 0),
        ("lang=en", 1),
        ("lang=ru", 0),
        ("year=2015&speaker=sergey-lavrov&outlet=rossiya-segodnya&lang=en&month=12", 1),
        ("year=&speaker=&lang=", 1),
        ("year=abc&page=abc&sort=abc", 1),
        ("page=99999999999999999999", 1),
        ("page=-1", 1),
        ("page=7", 1),
        ("year=2014&year=2015", 1),
        ("sort=oldest", 1),
    ],
)
def test_filters_narrow_and_nonsense_is_passed_over(client: TestClient, query: str, total: int) -> None:
    listed = client.get(f"/interviews.json?{query}").json()
    assert listed["total"] == total
    assert len(listed["interviews"]) == total
    assert listed["page"] == 1
    page = client.get(f"/interviews?{query}")
    assert page.status_code == 200
    assert ("Rossiya Segodnya, December 11, 2015" in page.text) == (total == 1)


def test_a_filter_in_force_is_named_and_can_be_taken_away(client: TestClient) -> None:
    listed = client.get("/interviews.json?speaker=sergey-lavrov&year=2015").json()
    chips = {each["parameter"]: (each["name"], each["without"]) for each in listed["restrictions"]}
    assert chips["speaker"] == ("Sergey Lavrov", "/interviews?year=2015")
    assert chips["year"] == ("2015", "/interviews?speaker=sergey-lavrov")


def test_filters_lead_to_the_pages_of_what_they_name(filled_client: TestClient) -> None:
    asked = "year=2018&month=3&speaker=ilse-marwick&outlet=morning-ledger"
    listed = filled_client.get(f"/interviews.json?{asked}").json()
    assert [way["url"] for way in listed["ways"]] == [
        "/dates/2018/03",
        "/speakers/ilse-marwick",
        "/outlets/morning-ledger",
    ]
    assert listed["feed"] == "/speakers/ilse-marwick.atom"
    page = filled_client.get(f"/interviews?{asked}").text
    for way in listed["ways"]:
        assert filled_client.get(way["url"]).status_code == 200
        assert f'href="{way["url"]}"' in page
    unknown = filled_client.get("/interviews.json?year=1900&speaker=nobody&outlet=nobody").json()
    assert (unknown["ways"], unknown["feed"], unknown["total"]) == ([], "/feed.atom", 0)


def test_what_is_chosen_can_be_kept_however_few_interviews_it_has(
    filled_client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(interviews, "CHOICES", 2)
    listed = filled_client.get("/interviews.json?speaker=dario-fenwick&n=3").json()
    assert listed["speakers"][0]["value"] == "dario-fenwick"
    assert len(listed["speakers"]) == 3


@given(st.dictionaries(st.sampled_from(["year", "month", "speaker", "outlet", "lang", "sort", "page"]), st.text()))
@hypothesis_settings(max_examples=150, deadline=None)
def test_any_parameters_give_a_page(client: TestClient, parameters: dict[str, str]) -> None:
    query = {name: value.encode("utf-8", "replace").decode() for name, value in parameters.items()}
    assert client.get("/interviews", params=query).status_code == 200
