"""The saved copy line by line, with what each line was taken for."""

from __future__ import annotations

from pathlib import Path

from bs4 import BeautifulSoup
from starlette.testclient import TestClient

from tests.web.conftest import HOSTILE, PAGE, Corrected


def slug(client: TestClient) -> str:
    return str(client.get("/interviews.json").json()["interviews"][0]["slug"])


def test_every_line_of_the_file_is_there_under_its_number(client: TestClient, transcript: Path) -> None:
    text = transcript.read_text(encoding="utf-8")
    page = BeautifulSoup(client.get(f"/interviews/{slug(client)}/lines").text, "lxml")
    shown = page.select("ol.lines > li")
    assert [line["id"] for line in shown] == [f"L{number}" for number in range(1, len(text.splitlines()) + 1)]
    told = client.get(f"/interviews/{slug(client)}/lines.json").json()
    assert [line["text"] for line in told["lines"]] == text.splitlines()
    assert told["unit"] == "a line of the file"
    assert sum(told["counts"].values()) == len(told["lines"])
    for line, element in zip(told["lines"], shown, strict=True):
        words = element.select_one(".line-text")
        assert words is not None
        assert words.get_text() == line["text"]
        assert all(each["parts"] for each in told["lines"] if each["text"].strip())


def test_the_line_of_a_turn_leads_there_and_back(client: TestClient) -> None:
    record = client.get(f"/interviews/{slug(client)}.json").json()
    page = BeautifulSoup(client.get(f"/interviews/{slug(client)}/lines").text, "lxml")
    for turn in record["turns"]:
        line = page.find(id=f"L{turn['line']}")
        assert line is not None
        assert turn["paragraphs"][0] in line.get_text()
        link = line.select_one(".line-mark a")
        assert link is not None
        assert str(link["href"]) == f"/interviews/{slug(client)}#{turn['id']}.p1"
        assert str(turn["role"]) in link.get_text()
        assert turn["speaker"] is None or turn["speaker"]["name"] in link.get_text()


def test_a_version_has_its_own_lines(corrected: Corrected) -> None:
    address = f"/interviews/{corrected.slug}/lines"
    old, new = (corrected.client.get(f"{address}.json{version}").json() for version in ("?v=1", ""))
    assert (old["version"], new["version"]) == (1, 2)
    assert any("threats of this kind" in line["text"] for line in old["lines"])
    assert any("threats of that kind" in line["text"] for line in new["lines"])
    page = corrected.client.get(f"{address}?v=1").text
    assert f'href="/interviews/{corrected.slug}?v=1#' in page
    assert f'href="/interviews/{corrected.slug}/source?v=1"' in page
    assert corrected.client.get(f"{address}?v=3").status_code == 404


def test_nothing_in_them_can_act(hostile_client: TestClient, hostile_page: TestClient) -> None:
    for client, text in ((hostile_client, HOSTILE), (hostile_page, PAGE)):
        answer = client.get(f"/interviews/{slug(client)}/lines")
        page = BeautifulSoup(answer.text, "lxml")
        shown = [words.get_text() for words in page.select(".line-text")]
        assert shown == text.splitlines()
        main = page.select_one("main")
        assert main is not None
        assert not main.select("script, svg, iframe, form, img, style, meta, base")
        assert not [tag for tag in main.find_all(True) for name in tag.attrs if name.startswith("on")]
        assert all(str(link["href"]).startswith(("/", "#")) for link in main.select("a"))


def test_every_page_of_a_hostile_source_is_inert(hostile_page: TestClient) -> None:
    record = hostile_page.get(f"/interviews/{slug(hostile_page)}.json").json()
    answers = [f"/a/{turn['id']}" for turn in record["turns"] if turn["role"] == "answer"]
    here = f"/interviews/{slug(hostile_page)}"
    for where in ("/", "/interviews", "/corrections", here, f"{here}/lines", *answers, "/search?q=words"):
        page = BeautifulSoup(hostile_page.get(where).text, "lxml")
        main = page.select_one("main")
        assert main is not None
        found = " ".join(str(tag.get("href", "")) + str(tag.get("action", "")) for tag in main.find_all(True))
        assert "javascript:" not in found
        assert "evil.example" not in found
        assert not [tag for tag in main.find_all(True) for name in tag.attrs if name.startswith("on")]
        assert not main.select("iframe, script:not([type='application/ld+json'])")
        assert all(str(meta.get("http-equiv", "")).lower() != "refresh" for meta in page.select("meta"))


def test_programs_are_asked_not_to_list_them(client: TestClient) -> None:
    page = BeautifulSoup(client.get(f"/interviews/{slug(client)}/lines").text, "lxml")
    robots = page.find("meta", attrs={"name": "robots"})
    assert robots is not None
    assert robots["content"] == "noindex"
    assert "/lines" not in client.get("/sitemap.xml").text


def test_what_is_not_held_has_no_lines(client: TestClient) -> None:
    assert client.get("/interviews/nothing/lines").status_code == 404
    assert client.get("/interviews/nothing/lines.json").json()["status"] == 404
