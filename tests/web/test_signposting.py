"""A page tells programs by which address it is cited, what describes it, whose it is, and what it is part of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.importer import import_paths
from app.settings import Settings
from app.web import create_app
from app.web.signposting import LONGEST
from tests.web.conftest import Corrected
from tests.web.test_mementos import links

SITE = "https://verbatim.example"


def _told(answer_headers: str) -> dict[str, list[str]]:
    found = defaultdict(list)
    for uri, given in links(answer_headers):
        for relation in given["rel"].split():
            found[relation].append(uri)
    return found


def test_an_answer_is_cited_by_its_permanent_address_and_belongs_to_its_interview(client: TestClient) -> None:
    slug = client.get("/interviews.json").json()["interviews"][0]["slug"]
    id = client.get(f"/interviews/{slug}.json").json()["exchanges"][0]["answers"][0]
    told = _told(client.get(f"/a/{id}").headers["Link"])
    assert told["cite-as"] == [f"{SITE}/a/{id}"]
    assert told["collection"] == [f"{SITE}/interviews/{slug}"]
    assert told["author"] == [f"{SITE}/speakers/sergey-lavrov"]
    assert set(told["describedby"]) == {f"{SITE}/a/{id}{suffix}" for suffix in (".bib", ".ris", ".csl.json")}
    assert not told["license"]
    # What a version was is told as before.
    assert told["original"] == [f"{SITE}/a/{id}"]


def test_an_interview_has_its_answers_as_items(client: TestClient) -> None:
    slug = client.get("/interviews.json").json()["interviews"][0]["slug"]
    record = client.get(f"/interviews/{slug}.json").json()
    told = _told(client.get(f"/interviews/{slug}").headers["Link"])
    assert told["cite-as"] == [f"{SITE}/interviews/{slug}"]
    assert told["item"] == [f"{SITE}/a/{turn['id']}" for turn in record["turns"] if turn["role"] == "answer"]
    assert not told["collection"]


def test_a_version_is_cited_by_its_own_address(corrected: Corrected) -> None:
    told = _told(corrected.client.get(f"/a/{corrected.ended}?v=1").headers["Link"])
    (cited,) = told["cite-as"]
    assert cited.endswith(f"/a/{corrected.ended}?v=1")
    (whole,) = told["collection"]
    assert whole.endswith(f"/interviews/{corrected.slug}?v=1")
    assert all(uri.endswith("?v=1") for uri in told["describedby"])


def test_every_item_and_every_author_answers_and_the_header_stays_short(filled_client: TestClient) -> None:
    for each in filled_client.get("/interviews.json").json()["interviews"]:
        header = filled_client.get(f"/interviews/{each['slug']}").headers["Link"]
        assert len(header) < LONGEST + 700
        told = _told(header)
        for uri in (*told["item"], *told["author"]):
            assert filled_client.get(uri.removeprefix(SITE)).status_code == 200, uri


@pytest.fixture
def licensed(tmp_path: Path) -> Iterator[TestClient]:
    (tmp_path / "talk.txt").write_text(
        "Interview with Minister Ann Bo, May 4, 2020\n\n"
        + "".join(f"Question: What of number {n}?\n\nAnn Bo: It is number {n}.\n\n" for n in range(60)),
        encoding="utf-8",
    )
    (tmp_path / "talk.toml").write_text('licence = "https://terms.example/<1>, é; rel=x"\n', encoding="utf-8")
    import_paths([tmp_path], tmp_path / "archive.db")
    with TestClient(create_app(Settings(archive=tmp_path / "archive.db", url=SITE))) as client:
        yield client


def test_items_are_all_told_or_none_and_a_licence_breaks_no_header(licensed: TestClient) -> None:
    slug = licensed.get("/interviews.json").json()["interviews"][0]["slug"]
    told = _told(licensed.get(f"/interviews/{slug}").headers["Link"])
    assert not told["item"]
    assert told["author"]
    # One with a space is no address.
    assert not told["license"]


def test_a_licence_that_is_an_address_is_linked_to(tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text(
        "Interview with Minister Ann Bo, May 4, 2020\n\nQuestion: And?\n\nAnn Bo: Yes.\n", encoding="utf-8"
    )
    (tmp_path / "talk.toml").write_text('licence = "https://terms.example/by/4.0/>é"\n', encoding="utf-8")
    import_paths([tmp_path], tmp_path / "archive.db")
    with TestClient(create_app(Settings(archive=tmp_path / "archive.db", url=SITE))) as client:
        slug = client.get("/interviews.json").json()["interviews"][0]["slug"]
        told = _told(client.get(f"/interviews/{slug}").headers["Link"])
    assert told["license"] == ["https://terms.example/by/4.0/%3E%C3%A9"]
