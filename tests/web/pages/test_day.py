"""One day as a list."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from starlette.testclient import TestClient


def test_it_lists_its_interviews_and_names_its_weekday(filled_client: TestClient) -> None:
    day = filled_client.get("/dates/2009/03/04.json").json()
    assert (day["total"], day["weekday"], day["before"], day["after"]["date"]) == (2, "Wednesday", None, "2009-11-19")
    assert {one["date"] for one in day["interviews"]} == {"2009-03-04"}
    main = BeautifulSoup(filled_client.get("/dates/2009/03/04").text, "lxml").main
    assert main is not None
    assert main.h1 is not None
    assert main.h1.get_text(strip=True) == "4 March 2009"
    assert [link["href"] for link in main.select(".eyebrow a")] == ["/dates", "/dates/2009", "/dates/2009/03"]
    assert len(main.select(".entry")) == 2


def test_the_hour_stands_beside_each(client: TestClient) -> None:
    page = BeautifulSoup(client.get("/dates/2015/12/11").text, "lxml")
    assert [each.get_text(strip=True) for each in page.select(".entry-aside")] == ["18:47"]


def test_an_empty_day_says_so_and_leads_on(filled_client: TestClient) -> None:
    answer = filled_client.get("/dates/2018/10/03")
    assert answer.status_code == 200
    main = BeautifulSoup(answer.text, "lxml").main
    assert main is not None
    assert "No interview held here is of 3 October 2018" in main.get_text()
    assert [link["href"] for link in main.select(".neighbours a")] == ["/dates/2018/10/02", "/dates/2018/10/09"]


@pytest.mark.parametrize("date", ["2018/02/29", "2018/04/31", "2018/10/32", "2018/10/0", "2018/10/x", "2018/13/01"])
def test_what_is_no_day_is_404(filled_client: TestClient, date: str) -> None:
    assert filled_client.get(f"/dates/{date}").status_code == 404
    assert filled_client.get(f"/dates/{date}.json").status_code == 404


def test_a_leap_day_is_a_day(filled_client: TestClient) -> None:
    assert filled_client.get("/dates/2012/02/29").status_code == 200


def test_single_digits_lead_to_the_written_date(filled_client: TestClient) -> None:
    answer = filled_client.get("/dates/2009/3/4")
    assert (answer.status_code, answer.headers["location"]) == (308, "/dates/2009/03/04")
