"""The sitemap tells every page once, absolutely, whole or in parts."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from app.archive import addresses
from app.settings import Settings
from app.web import create_app, siting

SITE = "https://verbatim.example"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def told(client: TestClient, where: str) -> dict[str, str | None]:
    answer = client.get(where)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/xml; charset=utf-8"
    root = ElementTree.fromstring(answer.content)
    assert root.tag == f"{MAP}urlset"
    found = {str(url.findtext(f"{MAP}loc")): url.findtext(f"{MAP}lastmod") for url in root}
    assert len(found) == len(root)
    return found


def test_it_tells_every_page_that_answers(filled_client: TestClient) -> None:
    found = told(filled_client, "/sitemap.xml")
    for address in found:
        assert address.startswith(f"{SITE}/")
        assert filled_client.get(address.removeprefix(SITE)).status_code == 200, address
    listed = filled_client.get("/interviews.json").json()
    slugs = [
        one["slug"]
        for number in range(1, listed["pages"] + 1)
        for one in filled_client.get(f"/interviews.json?page={number}").json()["interviews"]
    ]
    assert {f"{SITE}/interviews/{slug}" for slug in slugs} <= found.keys()
    for slug in slugs[:5]:
        record = filled_client.get(f"/interviews/{slug}.json").json()
        assert found[f"{SITE}/interviews/{slug}"] == record["source"]["imported_at"]
        for exchange in record["exchanges"]:
            for id in exchange["answers"] or exchange["questions"][-1:]:
                assert found[f"{SITE}/a/{id}"] == record["source"]["imported_at"]
    for path in ("", "search/help", "speakers/ilse-marwick", "outlets/northern-wire", "dates/2009/03/04", "coverage"):
        assert f"{SITE}/{path}" in found


def test_a_long_one_is_an_index_of_parts_that_tell_the_same(
    filled_archive: Path, filled_client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = told(filled_client, "/sitemap.xml")
    monkeypatch.setattr(siting, "MOST", 1)
    monkeypatch.setattr(addresses, "PART", 50)
    with TestClient(create_app(Settings(archive=filled_archive, url=SITE))) as client:
        index = ElementTree.fromstring(client.get("/sitemap.xml").content)
        assert index.tag == f"{MAP}sitemapindex"
        parts = [str(part.findtext(f"{MAP}loc")).removeprefix(SITE) for part in index]
        assert all(part.findtext(f"{MAP}lastmod") for part in index)
        found = [told(client, part) for part in parts]
    assert len(parts) > 10
    assert max(len(part) for part in found) <= 50
    assert {address: at for part in found for address, at in part.items()} == whole
    assert sum(len(part) for part in found) == len(whole)


@pytest.mark.parametrize(
    "part", ["answers-0", "answers-999", "answers-01", "answers-x", "x-1", "pages", "pages-1-1", "-1"]
)
def test_a_part_that_is_none_is_404(client: TestClient, part: str) -> None:
    assert client.get(f"/sitemap-{part}.xml").status_code == 404
