"""The A to Z of the outlets."""

from __future__ import annotations

from bs4 import BeautifulSoup
from starlette.testclient import TestClient


def test_they_are_listed_without_regard_to_their_article(filled_client: TestClient) -> None:
    listed = filled_client.get("/outlets.json").json()
    names = [one["name"] for one in listed["outlets"]]
    assert (listed["total"], listed["pages"]) == (len(names), 1)
    assert names.index("Lakeside Gazette") < names.index("The Morning Ledger") < names.index("Northern Wire")
    ledger = next(one for one in listed["outlets"] if one["name"] == "The Morning Ledger")
    assert (ledger["letter"], ledger["url"]) == ("M", "/outlets/morning-ledger")
    gazette = next(one for one in listed["outlets"] if one["name"] == "Lakeside Gazette")
    assert gazette["interviews"] == filled_client.get("/interviews.json?outlet=lakeside-gazette").json()["total"]


def test_letters_lead_to_their_names(filled_client: TestClient) -> None:
    page = BeautifulSoup(filled_client.get("/outlets").text, "lxml")
    for link in page.select(".letters a"):
        assert page.find(id=str(link["href"]).removeprefix("/outlets#")) is not None


def test_one_outlet_needs_no_letters(client: TestClient) -> None:
    page = BeautifulSoup(client.get("/outlets").text, "lxml")
    assert page.select_one(".letters") is None
    assert page.select_one("a[href='/outlets/rossiya-segodnya']") is not None
