"""Whoever runs the archive can be told of mistakes from every page; where no address is set, none is promised."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.settings import Settings
from app.web import create_app
from app.web.routing import found_pages

SLUG = "2015-12-11-lavrov-rossiya-segodnya"
SITE = "https://verbatim.example"
Served = Callable[[str | None], TestClient]


@pytest.fixture
def served(archive: Path) -> Iterator[Served]:
    """Serve the provided archive with a contact."""
    with ExitStack() as stack:
        yield lambda contact: stack.enter_context(
            TestClient(create_app(Settings(archive=archive, url=SITE, contact=contact)), follow_redirects=False)
        )


@pytest.fixture
def paths(client: TestClient) -> list[str]:
    """An address of every page, and one of an error."""
    id = client.get(f"/interviews/{SLUG}.json").json()["exchanges"][0]["answers"][0]
    parts = {"id": id, "year": "2015", "month": "12", "day": "11"}
    slugs = {"speakers": "sergey-lavrov", "outlets": "rossiya-segodnya"}
    # What stands in a frame of another page leads to the whole page, which has it.
    addresses = [page.address for page in found_pages() if page.record is not None and not page.framed]
    return [one.format(**parts, slug=slugs.get(one.split("/")[1], SLUG)) for one in addresses] + ["/nowhere"]


def test_every_page_and_every_error_has_a_link_that_names_the_page(served: Served, paths: list[str]) -> None:
    site = served("mistakes@verbatim.example")
    pages = {path: page for path in paths if "text/html" in (page := site.get(path)).headers["content-type"]}
    assert len(pages) > 20
    for path, page in pages.items():
        assert page.status_code == (404 if path == "/nowhere" else 200)
        subject = (SITE + path).replace(":", "%3A").replace("/", "%2F")
        assert f'href="mailto:mistakes@verbatim.example?subject={subject}">Tell us' in page.text, path


def test_a_page_can_be_named_instead(served: Served) -> None:
    page = served(f"{SITE}/write?a=1&b=2").get("/about").text
    assert page.count(f'href="{SITE}/write?a=1&amp;b=2"') == 2


def test_feeds_and_the_description_for_programs_name_it_too(served: Served) -> None:
    by_mail, by_page = served("mistakes@verbatim.example"), served(f"{SITE}/write")
    assert "<email>mistakes@verbatim.example</email>" in by_mail.get("/feed.atom").text
    assert "<email>" not in by_page.get("/feed.atom").text
    assert by_mail.get("/openapi.json").json()["info"]["contact"] == {"email": "mistakes@verbatim.example"}
    assert by_page.get("/openapi.json").json()["info"]["contact"] == {"url": f"{SITE}/write"}


def test_without_one_nobody_is_promised_an_ear(served: Served) -> None:
    site = served(None)
    assert "Tell us" not in site.get("/").text
    assert "Mistakes" not in site.get("/about").text
    assert "contact" not in site.get("/openapi.json").json()["info"]
