"""Words over time: drawn, told as a table and as CSV, every number a way to what it counts."""

from __future__ import annotations

import csv
import io
from urllib.parse import urlencode

from bs4 import BeautifulSoup, Tag
from starlette.testclient import TestClient

from app.web.pages.chart import MONTHS, THIN


def address(*terms: str, suffix: str = "", **more: str) -> str:
    return f"/chart{suffix}?{urlencode([*(('term', term) for term in terms), *more.items()])}"


def main_of(client: TestClient, path: str) -> Tag:
    main = BeautifulSoup(client.get(path).text, "lxml").main
    assert main is not None
    return main


def test_every_number_is_what_its_search_finds(filled_client: TestClient) -> None:
    record = filled_client.get(address("the", "bridge", suffix=".json")).json()
    assert [term["frequency"]["term"] for term in record["terms"]] == ["the", "bridge"]
    counted = 0
    for term in record["terms"]:
        assert len(term["found"]) == len(record["periods"])
        for found in term["found"]:
            if found["count"]:
                search = filled_client.get(found["url"].replace("/search", "/search.json", 1)).json()
                assert search["total"] == found["count"], found
                counted += 1
    assert counted > 8


def test_rates_are_for_ten_thousand_words_and_nothing_where_nothing_is_held(filled_client: TestClient) -> None:
    record = filled_client.get(address("the", suffix=".json")).json()
    for period, found in zip(record["periods"], record["terms"][0]["found"], strict=True):
        assert period["is_thin"] == (period["words"] < THIN)
        if period["words"]:
            assert found["rate"] == round(found["count"] / period["words"] * 10_000, 3)
        else:
            assert (period["interviews"], found["count"], found["rate"]) == (0, 0, None)
    years = [period["value"] for period in record["periods"]]
    assert years == [f"{year:04}" for year in range(2009, 2023)]


def test_points_lead_where_the_table_leads_and_the_line_breaks_at_gaps(filled_client: TestClient) -> None:
    main = main_of(filled_client, address("the"))
    points = {str(point["href"]) for point in main.select("svg a")}
    assert points
    assert points == {str(link["href"]) for link in main.select(".numbers td a")}
    record = filled_client.get(address("the", suffix=".json")).json()
    gaps = sum(not period["words"] for period in record["periods"])
    line = main.select_one(".series-1 .line")
    assert line is not None
    assert (str(line["d"]).count("M") > 1) == (gaps > 0)


def test_months_are_drawn_for_ten_years_at_most(filled_client: TestClient) -> None:
    record = filled_client.get(address("the", suffix=".json", by="month")).json()
    assert len(record["periods"]) == MONTHS
    assert record["is_cut"]
    early = filled_client.get(address("the", suffix=".json", by="month", before="2011")).json()
    assert early["periods"][0]["value"] == "2009-03"
    assert not early["is_cut"]
    for term in early["terms"]:
        for found in term["found"]:
            if found["count"]:
                search = filled_client.get(found["url"].replace("/search", "/search.json", 1)).json()
                assert search["total"] == found["count"], found


def test_the_csv_has_the_same_numbers(filled_client: TestClient) -> None:
    answer = filled_client.get(address("the", 'a "quoted, one"', suffix=".csv"))
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    head, *rows = csv.reader(io.StringIO(answer.text))
    assert head[:4] == ["year", "the", "the per 10000 words", 'a "quoted, one"']
    record = filled_client.get(address("the", 'a "quoted, one"', suffix=".json")).json()
    assert [row[0] for row in rows] == [period["value"] for period in record["periods"]]
    assert [int(row[1]) for row in rows] == [found["count"] for found in record["terms"][0]["found"]]


def test_no_more_than_five_terms_are_drawn_and_any_can_be_left_out(filled_client: TestClient) -> None:
    record = filled_client.get(address("a", "b", "c", "a", " ", "d", "e", "f", suffix=".json")).json()
    assert [term["frequency"]["term"] for term in record["terms"]] == ["a", "b", "c", "d", "e"]
    main = main_of(filled_client, record["terms"][0]["without"])
    shown = [str(field.get("value")) for field in main.select("input[name=term]") if field.get("value")]
    assert shown == ["b", "c", "d", "e"]


def test_any_address_gets_a_page(filled_client: TestClient, client: TestClient) -> None:
    for path in (
        "/chart",
        "/chart?term=",
        "/chart?term=%00&by=decade&scale=x&after=abc&before=-1",
        "/chart?term=zebra&after=2030",
        address('"', "(", "speaker:nobody x", "</title><script>alert(1)</script>"),
    ):
        for site in (filled_client, client):
            answer = site.get(path)
            assert answer.status_code == 200
            assert "<script>alert" not in answer.text
