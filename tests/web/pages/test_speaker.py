"""The page of one person who speaks."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from sqlalchemy import text
from starlette.testclient import TestClient

from app.archive.publishing import building
from app.importer import import_paths
from app.settings import Settings
from app.web import create_app


def shown(client: TestClient, where: str) -> Tag:
    answer = client.get(where)
    assert answer.status_code == 200, where
    main = BeautifulSoup(answer.text, "lxml").main
    assert main is not None
    return main


def test_its_json_has_what_was_counted_by_hand(filled_client: TestClient) -> None:
    marwick = filled_client.get("/speakers/ilse-marwick.json").json()
    assert (marwick["name"], marwick["answers"], marwick["answered"], marwick["asked"]) == ("Ilse Marwick", 63, 9, 0)
    assert (marwick["first"], marwick["last"]) == ("2009-03-04", "2021-04-20")
    years = {year["value"]: (year["interviews"], year["answers"]) for year in marwick["years"]}
    assert list(years) == [str(year) for year in range(2009, 2022)]
    assert {year: count for year, count in years.items() if count[0]} == {
        "2009": (2, 8),
        "2011": (1, 6),
        "2013": (1, 6),
        "2014": (1, 4),
        "2016": (1, 5),
        "2018": (1, 25),
        "2019": (1, 4),
        "2021": (1, 5),
    }
    offices = {office["name"]: (office["first"], office["last"]) for office in marwick["offices"]}
    assert offices["Special Envoy"] == ("2021-04-20", "2021-04-20")
    assert offices["Prime Minister"] == ("2016-10-27", "2019-11-07")
    assert offices["Foreign Minister"][0] == "2009-03-04"
    outlets = {outlet["name"]: outlet["interviews"] for outlet in marwick["outlets"]}
    assert (outlets["Brennholm Courier"], outlets["Northern Wire"], outlets["Radio Halvora"]) == (3, 3, 2)
    assert [language["value"] for language in marwick["languages"]] == ["en"]
    assert len(marwick["interviews"]) == marwick["total"] == 9
    dates = [interview["date"] for interview in marwick["interviews"]]
    assert dates == sorted(dates, reverse=True)


def test_every_number_leads_to_as_many_interviews(filled_client: TestClient) -> None:
    main = shown(filled_client, "/speakers/ilse-marwick")
    links = main.select(".facet[aria-labelledby=outlets-title] li") + main.select(".bars tbody tr")
    assert len(links) > 10
    for each in links:
        link, number = each.find("a"), each.select_one(".number")
        assert number is not None
        many = int("".join(letter for letter in number.get_text() if letter.isdigit()))
        if link is None:
            assert many == 0
        else:
            assert filled_client.get(str(link["href"]).replace("?", ".json?")).json()["total"] == many, each


def test_it_can_be_searched_within(filled_client: TestClient) -> None:
    form = shown(filled_client, "/speakers/ilse-marwick").select_one("form.within")
    assert form is not None
    kept = {str(field["name"]): str(field["value"]) for field in form.select("input[type=hidden]")}
    assert kept == {"speaker": "ilse-marwick"}
    assert filled_client.get("/search.json", params={"q": "bridge", **kept}).json()["total"] > 0


def test_the_chart_has_a_title_a_description_and_its_numbers(filled_client: TestClient) -> None:
    main = shown(filled_client, "/speakers/ilse-marwick")
    chart = main.select_one("svg[role=img]")
    assert chart is not None
    assert [main.find(id=each).name for each in str(chart["aria-labelledby"]).split()] == ["title", "desc"]  # type: ignore[union-attr]
    assert len(chart.find_all("rect")) == 8
    rows = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in main.select(".bars tbody tr")]
    assert rows[0] == ["2009", "2", "8"]
    assert len(rows) == 13


def test_who_only_asks_is_told_in_other_words(filled_client: TestClient) -> None:
    oakes = filled_client.get("/speakers/sigrun-oakes.json").json()
    assert (oakes["answers"], oakes["answered"], oakes["asked"]) == (0, 0, oakes["total"])
    assert oakes["asks"]
    main = shown(filled_client, "/speakers/sigrun-oakes")
    assert "Asks or chairs in" in main.get_text()
    assert "Search what Sigrun Oakes asked" in main.get_text()
    assert main.select_one("form.within input[name=in][value=question]") is not None
    assert main.select_one("a[href='/speakers?who=asking']") is not None
    assert "Those who answered" in main.get_text()


def test_it_names_its_feed(filled_client: TestClient) -> None:
    page = BeautifulSoup(filled_client.get("/speakers/ilse-marwick").text, "lxml")
    feed = page.select_one("link[rel=alternate][type='application/atom+xml']")
    assert feed is not None
    assert feed["href"] == "/speakers/ilse-marwick.atom"
    assert page.select_one("main a[href='/speakers/ilse-marwick.atom']") is not None


def test_a_long_list_is_turned(filled_client: TestClient) -> None:
    first = filled_client.get("/outlets/lakeside-gazette.json").json()
    second = filled_client.get("/outlets/lakeside-gazette.json?page=2").json()
    past = filled_client.get("/outlets/lakeside-gazette.json?page=99").json()
    assert (first["pages"], len(first["interviews"])) == (-(-first["total"] // 25), min(25, first["total"]))
    assert past["page"] == second["page"] == first["pages"]


@pytest.mark.parametrize("where", ["/speakers/nobody", "/outlets/nobody", "/speakers/nobody.atom", "/outlets/x.json"])
def test_who_is_not_held_is_404(client: TestClient, where: str) -> None:
    assert client.get(where).status_code == 404


def test_a_speaker_of_an_earlier_version_alone_has_a_page_that_leads_on(tmp_path: Path) -> None:
    said = "March 11, 2014\n\nMinister {0}'s interview with TASS, March 11, 2014\n\nQuestion: Why?\n\n{0}: {1}\n"
    source, path = tmp_path / "one.txt", tmp_path / "archive.db"
    source.write_text(said.format("Anna Petrova", "Because it was agreed so in spring."))
    (first,) = import_paths([source], path).files
    source.write_text(said.format("Ann Peters", "Because it was agreed so in spring."))
    held_back = import_paths([source], path).files[0]
    assert import_paths([source], path, retire=held_back.ended, reason="Another name").files[0].outcome == "corrected"
    with TestClient(create_app(Settings(archive=path))) as client:
        old = client.get("/speakers/anna-petrova.json").json()
        assert (old["total"], [one["slug"] for one in old["former"]]) == (0, [first.slug])
        main = shown(client, "/speakers/anna-petrova")
        assert "No interview names Anna Petrova in its present version" in main.get_text()
        assert main.select_one(f"a[href='/interviews/{first.slug}']") is not None
        assert client.get("/speakers/anna-petrova.atom").status_code == 200
        assert client.get("/speakers/ann-peters.json").json()["total"] == 1


def test_a_slug_that_changed_leads_to_the_new_one(tmp_path: Path, archive: Path) -> None:
    path = tmp_path / "archive.db"
    path.write_bytes(archive.read_bytes())
    with building(path) as connection:
        for kind, new in (("speaker", "sergey-lavrov"), ("outlet", "rossiya-segodnya")):
            connection.execute(
                text("INSERT INTO redirects VALUES (:kind, 'old', :new, 'merged', '2026-01-01T00:00:00Z')"),
                {"kind": kind, "new": new},
            )
    with TestClient(create_app(Settings(archive=path)), follow_redirects=False) as client:
        for suffix in ("", ".json", ".atom"):
            moved = client.get(f"/speakers/old{suffix}")
            assert (moved.status_code, moved.headers["location"]) == (308, f"/speakers/sergey-lavrov{suffix}")
            moved = client.get(f"/outlets/old{suffix}")
            assert (moved.status_code, moved.headers["location"]) == (308, f"/outlets/rossiya-segodnya{suffix}")


def test_names_are_shown_as_words(hostile_client: TestClient) -> None:
    listed = hostile_client.get("/speakers.json").json()["speakers"]
    for one in listed:
        main = shown(hostile_client, one["url"])
        assert main.h1 is not None
        assert main.h1.get_text() == one["name"]
