"""The page of one outlet."""

from __future__ import annotations

from bs4 import BeautifulSoup
from starlette.testclient import TestClient


def test_its_json_has_what_was_counted_by_hand(filled_client: TestClient) -> None:
    ledger = filled_client.get("/outlets/morning-ledger.json").json()
    interviews = filled_client.get("/interviews.json?outlet=morning-ledger").json()["interviews"]
    assert ledger["total"] == len(interviews) == len(ledger["interviews"]) == 5
    assert [one["slug"] for one in ledger["interviews"]] == [one["slug"] for one in interviews]
    # Ashgrove: a statement and 4 answers in 2009, 6 answers in 2016.
    counted = {"ilse-marwick": 25, "tobin-ashgrove": 11}
    speakers = {one["value"]: one["answers"] for one in ledger["speakers"]}
    assert {slug: speakers[slug] for slug in counted} == counted
    assert sum(year["interviews"] for year in ledger["years"]) == 5
    assert ledger["answers"] == sum(year["answers"] for year in ledger["years"])


def test_every_number_leads_to_as_many_interviews(filled_client: TestClient) -> None:
    page = BeautifulSoup(filled_client.get("/outlets/brennholm-courier").text, "lxml")
    links = page.select(".facet[aria-labelledby=speakers-title] li") + page.select(".bars tbody tr")
    assert len(links) > 5
    for each in links:
        link, number = each.find("a"), each.select_one(".number")
        assert number is not None
        many = int("".join(letter for letter in number.get_text() if letter.isdigit()))
        if link is None:
            assert many == 0
        else:
            assert filled_client.get(str(link["href"]).replace("?", ".json?")).json()["total"] == many, each


def test_those_who_ask_are_told_apart_from_those_who_answer(filled_client: TestClient) -> None:
    for one in filled_client.get("/outlets.json").json()["outlets"]:
        outlet = filled_client.get(f"{one['url']}.json").json()
        assert all(speaker["answers"] for speaker in outlet["speakers"])
        assert not any(asker["answers"] for asker in outlet["askers"])


def test_it_names_its_feed_and_searches_within(filled_client: TestClient) -> None:
    page = BeautifulSoup(filled_client.get("/outlets/northern-wire").text, "lxml")
    assert page.select_one("link[rel=alternate][href='/outlets/northern-wire.atom']") is not None
    field = page.select_one("form.within input[name=outlet]")
    assert field is not None
    assert field["value"] == "northern-wire"
