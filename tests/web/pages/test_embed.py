"""An answer in a frame of another page: its words, whose they are, no script, and only there a frame."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from starlette.testclient import TestClient

from tests.web.conftest import Corrected


def _answers(client: TestClient) -> list[str]:
    slugs = [each["slug"] for each in client.get("/interviews.json").json()["interviews"]]
    turns = [turn for slug in slugs[:12] for turn in client.get(f"/interviews/{slug}.json").json()["turns"]]
    return [turn["id"] for turn in turns if turn["role"] in ("answer", "statement")]


def test_it_shows_question_answer_speaker_date_and_the_permanent_address(filled_client: TestClient) -> None:
    ids = _answers(filled_client)
    assert len(ids) > 30
    for id in ids:
        record = filled_client.get(f"/a/{id}.json").json()
        page = BeautifulSoup(filled_client.get(f"/a/{id}/embed").text, "lxml")
        assert page.blockquote is not None
        said = [p.get_text() for p in page.blockquote.find_all("p")]
        whole = record["answer"]["paragraphs"]
        if len("".join(whole)) <= 600:
            assert said == whole
        else:
            assert " ".join(whole).startswith(" ".join(said).removesuffix(" …"))
            assert "The whole answer" in page.get_text()
        assert page.blockquote["cite"] == f"https://verbatim.example/a/{id}"
        assert page.h1 is not None
        if record["answer"]["speaker"]:
            assert record["answer"]["speaker"]["name"] in page.h1.get_text()
        for question in record["questions"]:
            assert question["paragraphs"][0][:80] in page.get_text()
        assert page.find("a", href=f"/a/{id}") is not None
        assert len(page.find_all("main")) == 1
        assert {a["target"] for a in page.find_all("a")} == {"_blank"}


def test_it_alone_may_stand_in_a_frame_and_runs_nothing(client: TestClient) -> None:
    (id, *_) = _answers(client)
    framed = client.get(f"/a/{id}/embed")
    policy = framed.headers["content-security-policy"]
    assert "frame-ancestors *" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "x-frame-options" not in framed.headers
    assert "<script" not in framed.text
    assert '<meta name="robots" content="noindex">' in framed.text
    assert f'<link rel="canonical" href="https://verbatim.example/a/{id}">' in framed.text
    for other in (f"/a/{id}", f"/a/{id}/versions", f"/a/{id}/embed.json", "/", "/nowhere"):
        headers = client.get(other).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"], other
        assert headers["x-frame-options"] == "DENY", other


def test_the_answer_offers_both_ways_of_embedding_it_in_its_version(client: TestClient) -> None:
    (id, *_) = _answers(client)
    page = BeautifulSoup(client.get(f"/a/{id}").text, "lxml")
    assert page.find("a", href=f"/a/{id}/embed") is not None
    codes = [code.get_text() for code in page.select(".citing code")]
    frame = BeautifulSoup(codes[0], "lxml").iframe
    assert frame is not None
    assert frame["src"] == f"https://verbatim.example/a/{id}/embed?v=1"
    quotation = BeautifulSoup(codes[1], "lxml")
    assert quotation.blockquote is not None
    assert quotation.blockquote["cite"] == f"https://verbatim.example/a/{id}?v=1"
    assert "2015-12-11" in quotation.get_text()
    for kind in ("application/json+oembed", "text/xml+oembed"):
        link = page.find("link", type=kind)
        assert link is not None
        assert client.get(str(link["href"]).removeprefix("https://verbatim.example")).status_code == 200


def test_words_that_are_markup_stay_words(hostile_client: TestClient) -> None:
    for id in _answers(hostile_client):
        for where in (f"/a/{id}/embed", f"/a/{id}"):
            page = BeautifulSoup(hostile_client.get(where).text, "lxml")
            assert not page.find_all(["img", "iframe", "b", "i"])
            for code in page.select(".citing code"):
                inner = BeautifulSoup(code.get_text(), "lxml")
                assert not inner.find_all(["script", "img", "b", "i"])
                assert all(not name.startswith("on") for each in inner.find_all(True) for name in each.attrs)


def test_of_an_id_that_ended_the_frame_says_so_and_a_version_keeps_its_words(corrected: Corrected) -> None:
    gone = corrected.client.get(f"/a/{corrected.ended}/embed")
    assert gone.status_code == 410
    assert "frame-ancestors *" in gone.headers["content-security-policy"]
    assert "x-frame-options" not in gone.headers
    kept = corrected.client.get(f"/a/{corrected.ended}/embed?v=1")
    assert kept.status_code == 200
    page = BeautifulSoup(corrected.client.get(f"/a/{corrected.ended}?v=1").text, "lxml")
    assert page.find("a", href=f"/a/{corrected.ended}/embed?v=1") is not None
    for link in page.find_all("link", type=["application/json+oembed", "text/xml+oembed"]):
        assert corrected.client.get(str(link["href"]).removeprefix("http://127.0.0.1:8000")).status_code == 200
    assert "The retired answer" in kept.text
    assert "today’s text is another" in kept.text
    assert corrected.client.get(f"/a/{corrected.ended}/embed.json?v=1").json()["is_revised"] is True
    turns = corrected.client.get(f"/interviews/{corrected.slug}.json").json()["turns"]
    assert "today’s text is another" not in corrected.client.get(f"/a/{turns[1]['id']}/embed").text


@pytest.mark.parametrize("suffix", ["", ".json"])
def test_an_answered_question_leads_to_its_answer_and_a_moderator_has_none(suffix: str, corrected: Corrected) -> None:
    turns = corrected.client.get(f"/interviews/{corrected.slug}.json").json()["turns"]
    question, answer = turns[0]["id"], turns[1]["id"]
    led = corrected.client.get(f"/a/{question}/embed{suffix}")
    assert (led.status_code, led.headers["location"]) == (302, f"/a/{answer}/embed{suffix}")
    moderator = next(turn["id"] for turn in turns if turn["role"] == "moderator")
    assert corrected.client.get(f"/a/{moderator}/embed{suffix}").status_code == 404
