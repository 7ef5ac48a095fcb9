"""Memento (RFC 7089): what an address was at a date; the links are read by a parser of the tests' own."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.archive.publishing import building
from app.settings import Settings
from app.web import create_app
from app.withholding import withhold
from tests.web.conftest import put_right

SITE = "https://verbatim.example"
DATES = ("Mon, 02 Mar 2020 10:00:00 GMT", "Fri, 05 Mar 2021 11:30:00 GMT")
ISO = ("2020-03-02T10:00:00Z", "2021-03-05T11:30:00Z")
ENDED = "2021-03-05T11:30:00Z"


@dataclass(frozen=True)
class History:
    """The site over an archive whose one interview has versions of known dates."""

    client: TestClient
    interview: str
    answer: str
    """An answer of both versions."""
    ended: str
    """One of the first version alone."""


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Iterator[History]:
    path, slug, ended = put_right(tmp_path_factory.mktemp("history"))
    _date(path)
    with TestClient(create_app(Settings(archive=path, url=SITE)), follow_redirects=False) as client:
        turns = client.get(f"/interviews/{slug}.json").json()["turns"]
        answer = next(turn["id"] for turn in turns if turn["role"] == "answer")
        lost = next(id for id in ended if client.get(f"/a/{id}?v=1").status_code == 200)
        yield History(client, f"/interviews/{slug}", f"/a/{answer}", f"/a/{lost}")


def _date(path: Path) -> None:
    """Put the versions at dates of their own: two imports of a test may fall into one second."""
    with sqlite3.connect(path) as connection:
        for number, date in enumerate(ISO, 1):
            connection.execute("UPDATE versions SET imported_at = ? WHERE number = ?", (date, number))
        connection.execute("UPDATE endings SET ended_at = ?", (ENDED,))
    connection.close()


def links(text: str) -> list[tuple[str, dict[str, str]]]:
    """Read link-values (RFC 6690, section 2) one character class at a time; anything else in the text is a failure."""
    found, at = [], 0
    while at < len(text):
        target = re.compile(r"\s*<([^<>\s]+)>").match(text, at)
        assert target, text[at:]
        at, parameters = target.end(), dict[str, str]()
        while each := re.compile(r'\s*;\s*([a-z]+)="([^"]*)"').match(text, at):
            assert each[1] not in parameters
            parameters[each[1]], at = each[2], each.end()
        end = re.compile(r"\s*(,|\Z)").match(text, at)
        assert end, text[at:]
        found.append((target[1], parameters))
        at = end.end()
    return found


def related(text: str) -> dict[str, tuple[str, str | None]]:
    return {name: (uri, given.get("datetime")) for uri, given in links(text) for name in given["rel"].split()}


def _at(history: History, address: str, date: str) -> str:
    answer = history.client.get(address, headers={"Accept-Datetime": date})
    assert answer.status_code == 302, answer.text
    return str(answer.headers["location"])


@pytest.mark.parametrize("what", ["interview", "answer"])
def test_an_original_address_leads_to_the_version_of_a_date(history: History, what: str) -> None:
    address = getattr(history, what)
    before, between, after = (
        "Sat, 01 Jan 2000 00:00:00 GMT",
        "Fri, 05 Mar 2021 11:29:59 GMT",
        "Sat, 01 Jan 2050 00:00:00 GMT",
    )
    expected = {before: 1, DATES[0]: 1, between: 1, DATES[1]: 2, after: 2}
    assert {date: _at(history, address, date) for date in expected} == {
        date: f"{SITE}{address}?v={number}" for date, number in expected.items()
    }
    answer = history.client.head(address, headers={"Accept-Datetime": before})
    assert answer.status_code == 302
    assert not answer.content
    assert answer.headers["vary"] == "Accept-Datetime"
    assert answer.headers["cache-control"] == "no-store"
    assert "memento-datetime" not in answer.headers
    assert answer.headers["x-content-type-options"] == "nosniff"
    told = related(answer.headers["link"])
    assert told["original"][0] == told["timegate"][0] == SITE + address
    assert told["timemap"][0] == f"{SITE}{address}/timemap"


@pytest.mark.parametrize("what", ["interview", "answer"])
def test_a_version_says_its_date_and_its_neighbours(history: History, what: str) -> None:
    address = getattr(history, what)
    for number in (1, 2):
        page = history.client.get(f"{address}?v={number}")
        assert page.headers["memento-datetime"] == DATES[number - 1]
        assert "accept-datetime" not in page.headers["vary"].lower()
        told = related(page.headers["link"])
        assert told["original"][0] == SITE + address
        assert told["first"] == (f"{SITE}{address}?v=1", DATES[0])
        assert told["last"] == (f"{SITE}{address}?v=2", DATES[1])
        assert told.get("prev") == ((f"{SITE}{address}?v=1", DATES[0]) if number == 2 else None)
        assert told.get("next") == ((f"{SITE}{address}?v=2", DATES[1]) if number == 1 else None)
        assert history.client.head(f"{address}?v={number}").headers["memento-datetime"] == DATES[number - 1]


@pytest.mark.parametrize("what", ["interview", "answer"])
def test_a_page_names_its_history_and_the_versions_beside_it_by_their_registered_relations(
    history: History, what: str
) -> None:
    address = getattr(history, what)
    first, second = (f"{SITE}{address}?v={number}" for number in (1, 2))
    expected = {"": (first, None), "?v=1": (None, second), "?v=2": (first, None)}
    for query, (before, after) in expected.items():
        told = related(history.client.get(address + query).headers["link"])
        assert told["version-history"][0] == f"{SITE}{address}/versions"
        assert told["latest-version"][0] == second
        assert told.get("predecessor-version", (None,))[0] == before
        assert told.get("successor-version", (None,))[0] == after
    assert history.client.get(f"{address}/versions").status_code == 200


@pytest.mark.parametrize("what", ["interview", "answer"])
def test_an_original_address_says_that_it_negotiates_and_has_no_date_itself(history: History, what: str) -> None:
    page = history.client.get(getattr(history, what))
    assert page.status_code == 200
    assert page.headers["vary"] == "Accept-Datetime, Accept-Encoding"
    assert "memento-datetime" not in page.headers
    assert {"original", "timegate", "timemap", "first", "last"} <= related(page.headers["link"]).keys()


def test_what_does_not_negotiate_does_not_say_so(history: History) -> None:
    for address in ("/", "/interviews", f"{history.interview}?q=threats", f"{history.interview}.json", "/about"):
        page = history.client.get(address, headers={"Accept-Datetime": DATES[0]})
        assert page.status_code == 200, address
        assert "datetime" not in page.headers.get("vary", "").lower()
        assert "timegate" not in page.headers.get("link", "")


def test_a_date_that_is_none_is_400_and_nothing_is_kept_of_it(history: History) -> None:
    wrong = ["yesterday", "", "2020-03-02", "Mon, 02 Mar 2020 10:00:00 +0000", "Tue, 02 Mar 2020 10:00:00 GMT"]
    for date in [*wrong, "Mon, 31 Feb 2020 10:00:00 GMT", "Mon, 02 Mar 2020 25:00:00 GMT"]:
        answer = history.client.get(history.interview, headers={"Accept-Datetime": date})
        assert answer.status_code == 400, date
        assert "Accept-Datetime" in answer.text
    assert history.client.get(history.interview).status_code == 200


@pytest.mark.parametrize("what", ["interview", "answer"])
def test_a_timemap_lists_every_version(history: History, what: str) -> None:
    address = getattr(history, what)
    answer = history.client.get(f"{address}/timemap")
    assert answer.headers["content-type"].startswith("application/link-format")
    listed = links(answer.text)
    assert listed == [
        (SITE + address, {"rel": "original timegate"}),
        (
            f"{SITE}{address}/timemap",
            {"rel": "self", "type": "application/link-format", "from": DATES[0], "until": DATES[1]},
        ),
        (f"{SITE}{address}?v=1", {"rel": "first memento", "datetime": DATES[0]}),
        (f"{SITE}{address}?v=2", {"rel": "last memento", "datetime": DATES[1]}),
    ]
    for uri, given in listed[2:]:
        page = history.client.get(uri.removeprefix(SITE))
        assert page.headers["memento-datetime"] == given["datetime"]
    assert not history.client.head(f"{address}/timemap").content


def test_an_ended_id_is_found_at_the_dates_it_had_and_its_end_after_them(history: History) -> None:
    assert _at(history, history.ended, DATES[0]) == f"{SITE}{history.ended}?v=1"
    after = history.client.get(history.ended, headers={"Accept-Datetime": DATES[1]})
    assert after.status_code == history.client.get(history.ended).status_code == 410
    assert "accept-datetime" in after.headers["vary"].lower()
    assert [uri for uri, _ in links(history.client.get(f"{history.ended}/timemap").text)][2:] == [
        f"{SITE}{history.ended}?v=1"
    ]


def test_the_tombstone_of_an_ended_id_leads_to_what_stood_there(history: History) -> None:
    for headers in ({}, {"Accept-Datetime": "Sat, 01 Jan 2050 00:00:00 GMT"}):
        for ask in (history.client.get, history.client.head):
            gone = ask(history.ended, headers=headers)
            assert gone.status_code == 410
            assert "memento-datetime" not in gone.headers
            told = related(gone.headers["link"])
            assert told["original"][0] == told["timegate"][0] == SITE + history.ended
            assert told["timemap"][0] == f"{SITE}{history.ended}/timemap"
            assert told["first"] == told["last"] == (f"{SITE}{history.ended}?v=1", DATES[0])
    assert "link" not in history.client.get(f"{history.ended}.json").headers


def test_what_is_withheld_has_no_version_to_lead_to(tmp_path: Path) -> None:
    path, slug, ended = put_right(tmp_path)
    withhold(path, ended[0], "A court said so")
    with TestClient(create_app(Settings(archive=path, url=SITE)), follow_redirects=False) as client:
        gone = client.get(f"/a/{ended[0]}")
        assert gone.status_code == client.get(f"/a/{ended[0]}/timemap").status_code == 410
        assert "link" not in gone.headers
        assert "accept-datetime" not in gone.headers["vary"].lower()
        assert client.get(f"/a/{ended[0]}", headers={"Accept-Datetime": DATES[0]}).status_code == 410
        assert len(links(client.get(f"/interviews/{slug}/timemap").text)) == 4


def test_a_slug_that_was_changed_leads_on_with_its_date_version_and_timemap(tmp_path: Path) -> None:
    path, slug, _ = put_right(tmp_path)
    _date(path)
    with building(path) as c:
        c.exec_driver_sql(
            f"INSERT INTO redirects VALUES ('interview', 'was', '{slug}', 'Renamed', '2022-01-01T00:00:00Z')"
        )
    with TestClient(create_app(Settings(archive=path, url=SITE)), follow_redirects=False) as client:
        asked = {"Accept-Datetime": DATES[0]}
        for rest in ("", "?v=1", "?q=threats&in=both", "/timemap", ".json?v=1", "/lines?v=1", "/source?v=1"):
            moved = client.get(f"/interviews/was{rest}", headers=asked)
            assert (moved.status_code, moved.headers["location"]) == (308, f"/interviews/{slug}{rest}")
            assert "memento-datetime" not in moved.headers
        here = client.get(f"/interviews/{slug}", headers=asked)
        assert here.headers["location"] == f"{SITE}/interviews/{slug}?v=1"
        listed = links(client.get(f"/interviews/{slug}/timemap").text)
        assert all("/was" not in target for target, _ in listed)


def test_an_interview_of_one_version_is_its_first_and_last(client: TestClient) -> None:
    address = f"/interviews/{client.get('/interviews.json').json()['interviews'][0]['slug']}"
    told = related(client.get(f"{address}?v=1").headers["link"])
    assert told["first"] == told["last"] == told["memento"]
    assert not told.keys() & {"prev", "next"}
    assert related(client.get(f"{address}/timemap").text)["first"] == told["first"]


def test_what_is_not_held_has_no_timemap_and_no_past(client: TestClient) -> None:
    assert client.get("/interviews/nothing/timemap").status_code == 404
    assert client.get("/a/0000000000000/timemap").status_code == 404
    now = datetime.now(UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
    assert client.get("/interviews/nothing", headers={"Accept-Datetime": now}).status_code == 404
