"""The A to Z of those who speak."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from starlette.testclient import TestClient

from app.web.pages import speakers


def test_those_who_answer_are_listed_with_what_was_counted_by_hand(filled_client: TestClient) -> None:
    listed = filled_client.get("/speakers.json").json()
    assert (listed["who"], listed["total"], listed["page"], listed["pages"]) == ("answering", listed["answering"], 1, 1)
    assert len(listed["speakers"]) == listed["total"]
    marwick = next(one for one in listed["speakers"] if one["slug"] == "ilse-marwick")
    # 5 + 3 in 2009, 6 in 2011, 6 in 2013, 4 in 2014, 5 in 2016, 25 in 2018, 4 in 2019, 5 in 2021.
    assert (marwick["answers"], marwick["interviews"]) == (63, 9)
    assert (marwick["letter"], marwick["first"], marwick["last"]) == ("M", "2009-03-04", "2021-04-20")
    assert {"Foreign Minister", "Prime Minister", "Special Envoy"} <= set(marwick["offices"])
    assert marwick["offices"][0] == "Special Envoy"
    assert all(one["answers"] > 0 for one in listed["speakers"])


def test_those_who_only_ask_have_their_own_list(filled_client: TestClient) -> None:
    asking = filled_client.get("/speakers.json?who=asking").json()
    assert asking["total"] == asking["asking"] == len(asking["speakers"]) > 0
    assert {one["answers"] for one in asking["speakers"]} == {0}
    oakes = next(one for one in asking["speakers"] if one["name"] == "Sigrun Oakes")
    assert oakes["offices"] == []
    answering = filled_client.get("/speakers.json").json()
    assert not {one["slug"] for one in asking["speakers"]} & {one["slug"] for one in answering["speakers"]}
    page = BeautifulSoup(filled_client.get("/speakers?who=asking").text, "lxml")
    assert page.h1 is not None
    assert page.h1.get_text() == "People who ask"
    assert page.select_one("main a[href='/speakers']") is not None


def test_letters_lead_to_their_names(filled_client: TestClient) -> None:
    page = BeautifulSoup(filled_client.get("/speakers").text, "lxml")
    letters = [str(link["href"]).removeprefix("/speakers#") for link in page.select(".letters a")]
    assert letters == sorted(letters)
    for anchor in letters:
        heading = page.find(id=anchor)
        assert heading is not None
        assert heading.name == "h2"
    names = [link.get_text() for link in page.select(".names .name a")]
    assert names.index("Tobin Ashgrove") < names.index("Ilse Marwick") < names.index("Nikodim Zarechensky")


def test_a_long_list_is_turned_and_letters_lead_to_the_right_page(
    filled_client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = filled_client.get("/speakers.json").json()
    monkeypatch.setattr(speakers, "SIZE", 3)
    # What the address says decides what is kept, so each address here is one that no other test asks.
    pages = [filled_client.get(f"/speakers.json?page={number}&n=1").json() for number in range(1, 5)]
    assert [page["pages"] for page in pages] == [-(-whole["total"] // 3)] * 4
    assert [one["slug"] for page in pages for one in page["speakers"]] == [one["slug"] for one in whole["speakers"]][
        :12
    ]
    for letter in pages[0]["letters"]:
        shown = filled_client.get(letter["url"].replace("?", "?n=2&").replace("speakers#", "speakers?n=2#"))
        anchor = letter["url"].split("#")[1]
        assert BeautifulSoup(shown.text, "lxml").find(id=anchor) is not None, letter
    assert pages[0]["previous"] is None
    assert pages[1]["previous"] == "/speakers"
    assert pages[0]["next"] == "/speakers?page=2"


@pytest.mark.parametrize("query", ["page=99999", "page=0", "page=x", "who=nonsense", "who=asking&page=99"])
def test_nonsense_gives_a_page(filled_client: TestClient, query: str) -> None:
    listed = filled_client.get(f"/speakers.json?{query}").json()
    assert listed["speakers"]
    assert listed["page"] == 1


def test_an_archive_in_which_nobody_only_asks_says_so(client: TestClient) -> None:
    page = client.get("/speakers?who=asking")
    assert page.status_code == 200
    assert "No interview held here names somebody who only asks" in page.text
    assert "?who=asking" not in client.get("/speakers").text
