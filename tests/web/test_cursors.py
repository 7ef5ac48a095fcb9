"""Cursors: a list that is read page by page repeats nothing and leaves nothing out, whatever is published meanwhile."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from app.archive import dates, listing
from app.archive.holdings import InterviewFilter
from app.archive.opening import Library
from app.importer import import_paths
from app.search import lookup
from app.search.results import SearchRequest
from app.search.understanding import resolve, understand
from app.settings import Settings
from app.web import create_app
from app.web.pages import interviews

LISTS = ("", "sort=oldest", "lang=ru", "speaker=petra-lindgate", "sort=oldest&lang=en", "year=2018")
SEARCHES = (
    "q=the&sort=newest",
    "q=the&sort=oldest",
    "q=the&sort=oldest&in=both",
    "lang=en",
    "q=year:undated&sort=oldest",
)
LATER = """Interview with Minister Anna Petrova by the Daily News, {}

Question: What did the two sides agree on?

Anna Petrova: The ferry and the bridge, and the road to the north.
"""


def pages_of(client: TestClient, first: str) -> Iterator[dict[str, Any]]:
    """Yield a list's pages, as a program follows them."""
    where: str | None = first
    while where is not None:
        sent = client.get(where)
        assert sent.status_code == 200, where
        yield sent.json()
        where = sent.json()["next_json"]


@pytest.mark.parametrize("query", LISTS)
def test_the_list_of_interviews_is_read_to_its_end(
    query: str, filled_client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = [each for page in pages_of(filled_client, f"/interviews.json?{query}") for each in page["interviews"]]
    monkeypatch.setattr(interviews, "SIZE", 3)
    pages = list(pages_of(filled_client, f"/interviews.json?{query}&again"))
    assert [each for page in pages for each in page["interviews"]] == whole
    assert len(whole) == pages[0]["total"]
    assert [page["page"] for page in pages] == list(range(1, pages[0]["pages"] + 1))
    assert all(parse_qs(urlsplit(page["next_json"]).query)["cursor"] for page in pages[:-1])


@pytest.mark.parametrize("query", SEARCHES)
def test_a_search_by_date_is_read_to_its_end(query: str, filled_client: TestClient) -> None:
    pages = list(pages_of(filled_client, f"/search.json?{query}"))
    by_number = [filled_client.get(f"/search.json?{query}&page={n + 1}").json() for n in range(pages[0]["pages"])]
    assert [page["hits"] for page in pages] == [page["hits"] for page in by_number]
    assert [page["page"] for page in pages] == [page["page"] for page in by_number]
    assert all("cursor=" in page["next_json"] for page in pages[:-1])


def test_a_search_by_relevance_goes_on_by_number(filled_client: TestClient) -> None:
    pages = list(pages_of(filled_client, "/search.json?q=the"))
    ids = [hit["id"] for page in pages for hit in page["hits"]]
    assert len(ids) == len(set(ids)) == pages[0]["total"] > 40


@pytest.mark.parametrize("newest_first", [True, False])
@pytest.mark.parametrize(
    "filter", [InterviewFilter(), InterviewFilter(language="en"), InterviewFilter(2018), InterviewFilter(2018, 3)]
)
def test_every_place_of_a_list_is_known_by_its_key(
    filter: InterviewFilter, newest_first: bool, filled_archive: Path
) -> None:
    library = Library(filled_archive)
    with library.lease() as lease:
        c = lease.connection
        _, all_ = listing.interviews(c, filter, newest_first=newest_first, limit=1000)
        keys = [dates.key(each.date, each.time, each.slug) for each in all_]
        places = [listing.standing_before(c, filter, key, newest_first=newest_first) for key in keys]
    library.close()
    assert places == list(range(1, len(all_) + 1))
    assert places


@pytest.mark.parametrize("newest_first", [True, False])
@pytest.mark.parametrize("q", ["the", "", "before:2018 the", "year:undated"])
def test_after_every_hit_the_others_follow(q: str, newest_first: bool, filled_archive: Path) -> None:
    library = Library(filled_archive)
    with library.lease() as lease:
        c = lease.connection
        looked_up = resolve(c, understand(SearchRequest(q, language="en"))).lookup()
        assert looked_up is not None
        batches = lookup.batches(c, looked_up, 50, newest_first=newest_first)
        rows = [row for batch in batches for row in batch]
        for at in range(0, len(rows), 3):
            assert lookup.past(c, looked_up, rows[at], 1000, newest_first=newest_first) == rows[at + 1 :]
    library.close()
    assert rows


@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_what_is_published_between_two_pages_changes_nothing_of_what_follows(
    order: str, filled_archive: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copy(filled_archive, tmp_path / "archive.db"))
    lists = {"interviews": f"/interviews.json?sort={order}", "hits": f"/search.json?q=the&sort={order}"}
    key = {"interviews": "slug", "hits": "id"}
    with TestClient(create_app(Settings(archive=path))) as client:
        before = {name: [e[key[name]] for p in pages_of(client, at) for e in p[name]] for name, at in lists.items()}
        first = {name: client.get(at).json() for name, at in lists.items()}
        # One before all others, one after them, and one on the very day of the last that was read.
        day = first["interviews"]["interviews"][-1]["date"]
        for number, date in enumerate(("1 January 1999", "1 January 2025", day)):
            (tmp_path / f"{number}.txt").write_text(LATER.format(date))
        report = import_paths([tmp_path / f"{number}.txt" for number in range(3)], path)
        assert {file.outcome for file in report.files} == {"new"}
        for name, page in first.items():
            read = [each[key[name]] for each in page[name]]
            for following in pages_of(client, page["next_json"]):
                read += [each[key[name]] for each in following[name]]
            assert len(read) == len(set(read))
            assert [each for each in read if each in before[name]] == before[name]
        by_number = client.get(f"/interviews.json?sort={order}&page=2").json()["interviews"]
        assert [each["slug"] for each in by_number] != before["interviews"][50:]


@pytest.mark.parametrize("address", ["/interviews.json", "/search.json"])
@pytest.mark.parametrize(
    "cursor", ["x", "%00", "AAAA", "bmV3ZXN0CQDvv70J", "bmV3ZXN0CTk5OTk5OTk5OTk5OTk5OTk5OTk5OTkJ", "é"]
)
def test_what_is_no_cursor_is_refused_instead_of_beginning_anew(
    address: str, cursor: str, filled_client: TestClient
) -> None:
    sent = filled_client.get(f"{address}?q=the&sort=newest&cursor={cursor}")
    if cursor == "%00":
        assert sent.status_code == 200
    elif address == "/search.json" or not cursor.startswith("bmV3ZXN0CTk5"):
        assert sent.status_code == 404
        assert sent.headers["content-type"] == "application/problem+json"


def test_a_cursor_of_one_order_is_refused_in_the_other(filled_client: TestClient) -> None:
    for first in ("/interviews.json?sort=oldest", "/search.json?q=the&sort=oldest"):
        following = filled_client.get(first).json()["next_json"]
        assert filled_client.get(following.replace("sort=oldest", "sort=newest")).status_code == 404
