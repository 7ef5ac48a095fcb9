"""oEmbed 1.0 of answers."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from starlette.testclient import TestClient

from tests.web.conftest import Corrected

SITE = "https://verbatim.example"


@pytest.fixture
def id(client: TestClient) -> str:
    """The id of an answer."""
    slug = client.get("/interviews.json").json()["interviews"][0]["slug"]
    answers: list[str] = client.get(f"/interviews/{slug}.json").json()["exchanges"][0]["answers"]
    return answers[0]


def test_an_answer_is_rich_in_a_frame_without_a_script(client: TestClient, id: str) -> None:
    sent = client.get("/oembed", params={"url": f"{SITE}/a/{id}"})
    told = sent.json()
    assert sent.headers["content-type"] == "application/json"
    assert sent.headers["access-control-allow-origin"] == "*"
    assert (told["type"], told["version"], told["provider_name"]) == ("rich", "1.0", "Verbatim")
    assert told["author_name"] == "Sergey Lavrov"
    assert told["author_url"] == f"{SITE}/speakers/sergey-lavrov"
    frame = BeautifulSoup(told["html"], "lxml").iframe
    assert frame is not None
    assert (int(str(frame["width"])), int(str(frame["height"]))) == (told["width"], told["height"])
    assert "<script" not in told["html"]
    where = str(frame["src"]).removeprefix(SITE)
    assert "frame-ancestors *" in client.get(where).headers["content-security-policy"]


def test_it_keeps_within_the_room_there_is(client: TestClient, id: str) -> None:
    told = client.get("/oembed", params={"url": f"{SITE}/a/{id}", "maxwidth": "320", "maxheight": "240"}).json()
    assert (told["width"], told["height"]) == (320, 240)
    for strange in ("x", "-5", "0", "", "9" * 30):
        told = client.get("/oembed", params={"url": f"{SITE}/a/{id}", "maxwidth": strange}).json()
        assert 200 <= told["width"] <= 600


def test_as_xml_it_says_the_same(client: TestClient, id: str) -> None:
    told = client.get("/oembed", params={"url": f"{SITE}/a/{id}", "format": "json"}).json()
    sent = client.get("/oembed", params={"url": f"{SITE}/a/{id}", "format": "xml"})
    assert sent.headers["content-type"].startswith("text/xml")
    assert {each.tag: each.text for each in ElementTree.fromstring(sent.text)} == {k: str(v) for k, v in told.items()}
    assert client.get("/oembed", params={"url": f"{SITE}/a/{id}", "format": "yaml"}).status_code == 501


@pytest.mark.parametrize("form", ["{site}/a/{id}?v=1", "http://verbatim.example/a/{id}", "{site}/a/{id}/embed#x"])
def test_every_address_of_an_answer_is_understood(form: str, client: TestClient, id: str) -> None:
    told = client.get("/oembed", params={"url": form.format(site=SITE, id=id)}).json()
    assert told["url"] == f"{SITE}/a/{id}"


@pytest.mark.parametrize(
    "url",
    ["", f"{SITE}/about", "https://other.example/a/{id}", f"{SITE}.evil/a/{{id}}", f"{SITE}/a/wrong", "//[", "a\0b"],
)
def test_of_anything_else_there_is_none_and_it_is_told_as_json(url: str, client: TestClient, id: str) -> None:
    sent = client.get("/oembed", params={"url": url.format(id=id)})
    assert sent.status_code == 404
    assert sent.headers["content-type"] == "application/problem+json"


def test_a_question_gives_its_answer_and_what_ended_is_gone(corrected: Corrected) -> None:
    turns = corrected.client.get(f"/interviews/{corrected.slug}.json").json()["turns"]
    site = "http://127.0.0.1:8000"
    told = corrected.client.get("/oembed", params={"url": f"{site}/a/{turns[0]['id']}"}).json()
    assert told["url"] == f"{site}/a/{turns[1]['id']}"
    assert corrected.client.get("/oembed", params={"url": f"{site}/a/{corrected.ended}"}).status_code == 410
    kept = corrected.client.get("/oembed", params={"url": f"{site}/a/{corrected.ended}?v=1"}).json()
    assert "embed?v=1" in kept["html"]
    moderator = next(turn["id"] for turn in turns if turn["role"] == "moderator")
    assert corrected.client.get("/oembed", params={"url": f"{site}/a/{moderator}"}).status_code == 404
