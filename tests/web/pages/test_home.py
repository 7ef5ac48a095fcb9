"""The first page."""

from __future__ import annotations

from starlette.testclient import TestClient

from app.archive.overviews import Count
from app.web.pages.home import every_year


def test_it_shows_a_search_box_the_newest_interviews_and_the_years(client: TestClient) -> None:
    text = client.get("/").text
    assert 'action="/search"' in text
    assert "interview with Rossiya Segodnya" in text
    assert 'href="/dates/2015"' in text


def test_its_json_has_the_same(client: TestClient) -> None:
    home = client.get("/index.json").json()
    assert home["holdings"]["interviews"] == 1
    assert home["holdings"]["answers"] == 6
    assert [interview["date"] for interview in home["newest"]] == ["2015-12-11"]
    assert [(year["value"], year["interviews"]) for year in home["years"]] == [("2015", 1)]
    assert home["speakers"][0]["value"] == "sergey-lavrov"


def test_years_without_interviews_stand_between_those_with_some() -> None:
    years = every_year((Count("", "Undated", 3, 3), Count("2015", "2015", 2, 9), Count("2018", "2018", 1, 4)))
    assert [(year.value, year.interviews) for year in years] == [("2015", 2), ("2016", 0), ("2017", 0), ("2018", 1)]
    assert every_year((Count("", "Undated", 3, 3),)) == ()
