"""What is held and what is lacking."""

from __future__ import annotations

from pathlib import Path

from bs4 import BeautifulSoup
from starlette.testclient import TestClient

from app.archive.publishing import building
from app.settings import Settings
from app.web import create_app
from app.web.pages.coverage import Gap, gaps_in


def test_gaps_are_the_months_between_two_that_are_held() -> None:
    months = ("2015-11", "2016-01", "2016-02", "2018-01")
    assert gaps_in(months) == ((Gap("2015-12", "2015-12", 1), Gap("2016-03", "2017-12", 22)), 27)
    assert gaps_in(("2015-11",)) == ((), 1)
    assert gaps_in(()) == ((), 0)


def test_its_json_has_what_was_counted_by_hand(filled_client: TestClient) -> None:
    coverage = filled_client.get("/coverage.json").json()
    assert coverage["holdings"]["interviews"] == 56
    # From March 2009 to May 2022.
    assert coverage["month_count"] == 10 + 12 * 12 + 5
    held = {month["date"] for year in coverage["years"] for month in year["months"] if month["interviews"]}
    assert coverage["empty_months"] == coverage["month_count"] - len(held)
    assert sum(gap["months"] for gap in coverage["gaps"]) == coverage["empty_months"]
    assert coverage["gaps"][0] == {"first": "2014-11", "last": "2016-07", "months": 21}
    lacking = coverage["lacking"]
    assert (lacking["date"], lacking["day"], lacking["source"]) == (2, 3, 0)
    for counts in ("languages", "publishers", "formats", "imports"):
        assert sum(count["interviews"] for count in coverage[counts]) == 56, counts
    assert {count["value"] for count in coverage["formats"]} == {"text/plain", "text/html"}
    assert coverage["undated"] == 2
    assert coverage["corrected"] == 1


def test_the_chart_has_a_title_a_description_and_its_numbers(filled_client: TestClient) -> None:
    page = BeautifulSoup(filled_client.get("/coverage").text, "lxml")
    chart = page.select_one("svg.cells")
    assert chart is not None
    for each in str(chart["aria-labelledby"]).split():
        assert page.find(id=each) is not None
    cells = sum(str(path["d"]).count("M") for path in chart.find_all("path"))
    assert cells == 14 * 12
    rows = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in page.select(".numbers tbody tr")]
    assert rows[-1] == ["2009", "–", "–", "2", "–", "–", "–", "–", "–", "–", "–", "1", "–", "3"]


def test_what_is_lacking_is_said(client: TestClient) -> None:
    main = BeautifulSoup(client.get("/coverage").text, "lxml").main
    assert main is not None
    words = " ".join(main.get_text().split())
    assert "where the text was published 1" in words
    assert "the date " not in words.split("Not known")[1].split("Languages")[0]
    assert "All dated interviews are of one month" in words


def test_an_archive_of_nothing_has_a_page_for_every_way_in(tmp_path: Path) -> None:
    with building(tmp_path / "archive.db"):
        pass
    with TestClient(create_app(Settings(archive=tmp_path / "archive.db"))) as client:
        for where in ("/coverage", "/", "/speakers", "/speakers?who=asking", "/outlets", "/dates", "/dates/undated"):
            assert client.get(where).status_code == 200, where
        for where in ("/feed.atom", "/search.atom?q=x", "/sitemap.xml"):
            assert client.get(where).status_code == 200, where
        assert client.get("/dates/2015").status_code == 404
        assert "holds nothing yet" in client.get("/coverage").text
