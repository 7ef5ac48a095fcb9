"""One year as twelve calendars."""

from __future__ import annotations

import calendar

import pytest
from bs4 import BeautifulSoup, Tag
from starlette.testclient import TestClient


def shown(client: TestClient, where: str) -> Tag:
    answer = client.get(where)
    assert answer.status_code == 200, where
    main = BeautifulSoup(answer.text, "lxml").main
    assert main is not None
    return main


def test_days_with_interviews_are_links_and_counted(filled_client: TestClient) -> None:
    main = shown(filled_client, "/dates/2009")
    links = {str(link["href"]): " ".join(link.get_text().split()) for link in main.select(".calendar td a")}
    assert links == {"/dates/2009/03/04": "4, 2 interviews", "/dates/2009/11/19": "19, 1 interview"}
    assert [link["href"] for link in main.select("caption a")] == ["/dates/2009/03", "/dates/2009/11"]
    assert "3 interviews" in main.get_text().replace("\u00a0", " ")


def test_the_months_are_those_of_the_calendar(filled_client: TestClient) -> None:
    tables = shown(filled_client, "/dates/2012").select("table.calendar")
    assert len(tables) == 12
    for month, table in enumerate(tables, 1):
        heads = [str(head["abbr"]) for head in table.select("th[scope=col]")]
        assert heads[0] == "Monday"
        assert heads[-1] == "Sunday"
        expected = [[day or "" for day in week] for week in calendar.monthcalendar(2012, month)]
        rows = [[cell.get_text().split(",")[0] for cell in row.find_all("td")] for row in table.select("tbody tr")]
        assert rows == [[str(day) for day in week] for week in expected]


def test_interviews_of_which_the_month_is_not_known_are_listed(filled_client: TestClient) -> None:
    year = filled_client.get("/dates/2012.json").json()
    assert (year["interview_count"], year["total"], [one["date"] for one in year["interviews"]]) == (4, 1, ["2012"])
    heading = shown(filled_client, "/dates/2012").find(id="without-month")
    assert heading is not None


def test_an_empty_year_says_so_and_leads_on(filled_client: TestClient) -> None:
    main = shown(filled_client, "/dates/2010")
    assert "No interview held here is of 2010" in main.get_text()
    assert [link["href"] for link in main.select(".neighbours a")] == ["/dates/2009", "/dates/2011"]
    assert main.select_one("a[href='/coverage']") is not None
    assert 'name="robots" content="noindex"' in filled_client.get("/dates/2010").text


def test_the_nearest_year_skips_those_without_interviews(filled_client: TestClient) -> None:
    year = filled_client.get("/dates/2014.json").json()
    assert (year["before"]["date"], year["after"]["date"]) == ("2013", "2016")
    assert filled_client.get("/dates/2009.json").json()["before"] is None
    assert filled_client.get("/dates/2022.json").json()["after"] is None


@pytest.mark.parametrize(
    "where", ["/dates/0000", "/dates/15", "/dates/20155", "/dates/x", "/dates/-201", "/dates/２０１５"]
)
def test_what_is_no_year_is_404(filled_client: TestClient, where: str) -> None:
    assert filled_client.get(where).status_code == 404
    assert filled_client.get(f"{where}.json").status_code == 404


@pytest.mark.parametrize(("where", "nearest"), [("/dates/1900", "/dates/2009"), ("/dates/9999", "/dates/2022")])
def test_a_year_outside_the_archive_is_404_and_names_the_nearest(
    filled_client: TestClient, where: str, nearest: str
) -> None:
    answer = filled_client.get(where)
    assert answer.status_code == 404
    assert f'href="{nearest}"' in answer.text
    assert filled_client.get(f"{where}.json").json()["suggestion"] == nearest


def test_a_page_of_days_stays_light(filled_client: TestClient) -> None:
    assert max(len(filled_client.get(f"/dates/{year}").content) for year in range(2009, 2023)) < 30_000
