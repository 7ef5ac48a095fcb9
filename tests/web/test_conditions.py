"""To whom a page is sent, and who is told that it has not changed."""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime, parsedate_to_datetime

import pytest
from starlette.testclient import TestClient


def test_a_page_says_since_when_it_stands_and_what_tells_nothing_of_the_archive_does_not(client: TestClient) -> None:
    published = client.get("/index.json").headers["last-modified"]
    assert parsedate_to_datetime(published).tzinfo is not None
    assert {client.get(address).headers["last-modified"] for address in ("/", "/interviews", "/search?q=x")} == {
        published
    }
    for address in ("/robots.txt", "/favicon.ico", "/nowhere"):
        assert "last-modified" not in client.get(address).headers


def test_whoever_has_the_page_of_that_date_or_a_later_one_is_told_so(client: TestClient) -> None:
    page = client.get("/interviews")
    published = parsedate_to_datetime(page.headers["last-modified"])
    for apart, status in ((0, 304), (3600, 304), (-1, 200)):
        since = format_datetime(published + timedelta(seconds=apart), usegmt=True)
        answer = client.get("/interviews", headers={"If-Modified-Since": since})
        assert answer.status_code == status, since
        assert answer.headers["last-modified"] == page.headers["last-modified"]


@pytest.mark.parametrize("since", ["", "yesterday", "2999-01-01", "Thu, 99 Foo 2999 00:00:00 GMT"])
def test_a_date_that_is_none_counts_for_nothing(client: TestClient, since: str) -> None:
    assert client.get("/interviews", headers={"If-Modified-Since": since}).status_code == 200


def test_a_tag_counts_more_than_a_date(client: TestClient) -> None:
    since = client.get("/interviews").headers["last-modified"]
    other = {"If-None-Match": '"other"', "If-Modified-Since": since}
    assert client.get("/interviews", headers=other).status_code == 200


def test_a_page_that_is_not_there_is_told_so_whatever_date_is_sent(client: TestClient) -> None:
    since = client.get("/").headers["last-modified"]
    assert client.get("/interviews/nowhere", headers={"If-Modified-Since": since}).status_code == 404
