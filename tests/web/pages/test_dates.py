"""The calendar of all years, and that its pages lead to each other."""

from __future__ import annotations

from bs4 import BeautifulSoup
from starlette.testclient import TestClient

from app.archive.overviews import Count
from app.web.pages.dates import by_month


def test_every_year_between_the_first_and_the_last_has_its_months(filled_client: TestClient) -> None:
    dates = filled_client.get("/dates.json").json()
    assert [year["date"] for year in dates["years"]] == [str(year) for year in range(2022, 2008, -1)]
    assert all(len(year["months"]) == 12 for year in dates["years"])
    held = filled_client.get("/index.json").json()["holdings"]
    assert dates["total"] + dates["undated"] == held["interviews"]
    assert dates["undated"] == 2
    years = {year["date"]: year for year in dates["years"]}
    assert [month["interviews"] for month in years["2009"]["months"]] == [0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1, 0]
    assert (years["2009"]["interviews"], years["2010"]["interviews"]) == (3, 0)
    assert (years["2012"]["interviews"], years["2012"]["without_month"]) == (4, 1)


def test_every_count_is_of_as_many_interviews(filled_client: TestClient) -> None:
    for year in filled_client.get("/dates.json").json()["years"]:
        assert filled_client.get(f"{year['url']}.json").json()["interview_count"] == year["interviews"]
        for month in year["months"]:
            assert (month["url"] is not None) == (month["interviews"] > 0)
            if month["url"]:
                assert filled_client.get(f"{month['url']}.json").json()["total"] == month["interviews"]


def test_what_has_no_date_or_no_month_is_reached(filled_client: TestClient) -> None:
    page = BeautifulSoup(filled_client.get("/dates").text, "lxml")
    assert page.select_one("main a[href='/dates/undated']") is not None
    assert page.select_one("main a[href='/dates/2012#without-month']") is not None


def test_an_archive_without_dates_says_so() -> None:
    assert by_month(()) == ()
    (year,) = by_month((Count("2015", "2015", 3, 3),))
    assert (year.interviews, year.without_month, [month.interviews for month in year.months]) == (3, 3, [0] * 12)
