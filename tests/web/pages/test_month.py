"""One month as a calendar and a list."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from starlette.testclient import TestClient


def test_it_lists_its_interviews_in_order_under_their_days(filled_client: TestClient) -> None:
    month = filled_client.get("/dates/2018/10.json").json()
    assert [one["date"] for one in month["interviews"]] == ["2018-10-02", "2018-10-09", "2018-10-16", "2018-10-23"]
    assert (month["total"], month["without_day"], month["year"]["url"]) == (4, 0, "/dates/2018")
    days = {day["day"]: day["interviews"] for week in month["calendar"]["weeks"] for day in week if day}
    assert len(days) == 31
    assert {day for day, many in days.items() if many} == {2, 9, 16, 23}
    main = BeautifulSoup(filled_client.get("/dates/2018/10").text, "lxml").main
    assert main is not None
    links = [str(link["href"]) for link in main.select(".calendar td a")]
    assert links == [f"/dates/2018/10/{day:02}" for day in (2, 9, 16, 23)]


def test_an_interview_of_which_the_day_is_not_known_is_listed(filled_client: TestClient) -> None:
    month = filled_client.get("/dates/2014/10.json").json()
    assert (month["total"], month["without_day"], month["calendar"]["interviews"]) == (1, 1, 1)
    assert [one["date"] for one in month["interviews"]] == ["2014-10"]
    page = filled_client.get("/dates/2014/10").text
    assert "its day not known" in page
    assert "<table" not in page


def test_the_nearest_month_is_one_that_has_something(filled_client: TestClient) -> None:
    month = filled_client.get("/dates/2018/10.json").json()
    assert (month["before"]["date"], month["after"]["date"]) == ("2018-09", "2018-11")
    # The interview of 2012 that names no month does not make one.
    first = filled_client.get("/dates/2012/04.json").json()
    assert (first["before"]["date"], first["after"]["date"]) == ("2011-12", "2012-07")


@pytest.mark.parametrize("where", ["/dates/2010/05", "/dates/2009/01", "/dates/2022/12"])
def test_an_empty_month_of_the_archives_years_says_so_and_leads_on(filled_client: TestClient, where: str) -> None:
    answer = filled_client.get(where)
    assert answer.status_code == 200
    main = BeautifulSoup(answer.text, "lxml").main
    assert main is not None
    assert "No interview held here is of" in main.get_text()
    assert main.select(".neighbours a")
    assert "noindex" in answer.text


@pytest.mark.parametrize("month", ["0", "00", "13", "1x", "123", "%D9%A1"])
def test_what_is_no_month_is_404(filled_client: TestClient, month: str) -> None:
    assert filled_client.get(f"/dates/2018/{month}").status_code == 404
    assert filled_client.get(f"/dates/2018/{month}.json").status_code == 404


def test_a_month_outside_the_archive_is_404(filled_client: TestClient) -> None:
    assert filled_client.get("/dates/2023/01").status_code == 404
    assert filled_client.get("/dates/2008/12").status_code == 404


def test_one_digit_leads_to_two(filled_client: TestClient) -> None:
    for suffix in ("", ".json"):
        answer = filled_client.get(f"/dates/2009/3{suffix}")
        assert (answer.status_code, answer.headers["location"]) == (308, f"/dates/2009/03{suffix}")
