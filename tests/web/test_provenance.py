"""Where a text comes from stands on its page, whole, and so does what is not known of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from starlette.testclient import TestClient

from app import __version__
from app.importer import import_paths
from app.settings import Settings
from app.web import create_app
from tests.web.conftest import Corrected

RUSSIAN = """Интервью министра Анны Петровой газете «Вестник», 4 мая 2020 года

Вопрос: О чём договорились стороны на переговорах?

А.Петрова: Мы договорились о трёх вещах. Первая из них – торговля.

Вопрос: А что с границей?

А.Петрова: Граница остаётся там, где она была всегда.
"""
ENGLISH = """Interview with Minister Anna Petrova by the Daily News, 4 May 2020

Question: What did the two sides agree on?

Anna Petrova: We agreed on three things. The first is trade.
"""
SIDECAR = """url = "https://ministry.example/1?a=1&b=2"
publisher = "The Ministry & Sons"
retrieved = 2020-05-05T10:11:12Z
licence = "CC BY 4.0"
translation = "official"
translation_of = "talk-ru"
"""


@pytest.fixture(scope="module")
def translated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The site over an interview, its translation, and one that translates what is not held."""
    folder = tmp_path_factory.mktemp("translated")
    (folder / "talk-ru.txt").write_bytes(RUSSIAN.encode("cp1251"))
    (folder / "talk-ru.txt.toml").write_text('id = "talk-ru"\ntranslation = "original"\n')
    (folder / "talk-en.txt").write_text(ENGLISH)
    (folder / "talk-en.txt.toml").write_text(SIDECAR)
    (folder / "other.txt").write_text(ENGLISH.replace("4 May 2020", "5 June 2021"))
    (folder / "other.txt.toml").write_text('translation = "unofficial"\ntranslation_of = "lost"\n')
    report = import_paths([folder], folder / "archive.db")
    assert {file.outcome for file in report.files if file.name.endswith(".txt")} == {"new"}, report
    with TestClient(create_app(Settings(archive=folder / "archive.db")), follow_redirects=False) as client:
        yield client


def _slug(client: TestClient, language: str, year: str) -> str:
    listed = client.get(f"/interviews.json?lang={language}&year={year}").json()["interviews"]
    (one,) = [each["slug"] for each in listed]
    return str(one)


def colophon(client: TestClient, where: str) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Return what stands under each term, and the addresses that it leads to."""
    page = BeautifulSoup(client.get(where).text, "lxml")
    texts: dict[str, str] = {}
    links: dict[str, list[str]] = {}
    for row in page.select(".colophon dl > div"):
        term, told = row.find("dt"), row.find("dd")
        assert term is not None
        assert told is not None
        texts[term.get_text()] = " ".join(told.get_text().split())
        links[term.get_text()] = [str(link["href"]) for link in told.select("a")]
    return texts, links


def test_all_that_is_known_of_a_source_stands_on_its_interview_and_its_answers(translated: TestClient) -> None:
    slug = _slug(translated, "en", "2020")
    record = translated.get(f"/interviews/{slug}.json").json()
    answer = next(turn["id"] for turn in record["turns"] if turn["role"] == "answer")
    source = record["source"]
    for where in (f"/interviews/{slug}", f"/a/{answer}"):
        told, links = colophon(translated, where)
        assert told["Saved copy"] == "talk-en.txt, line by line"
        assert links["Saved copy"] == [f"/interviews/{slug}/source", f"/interviews/{slug}/lines"]
        assert told["Format"].replace("\u202f", "") == f"text/plain, {len(ENGLISH)} bytes, read as utf-8"
        assert told["SHA-256"] == hashlib.sha256(ENGLISH.encode()).hexdigest()
        assert told["Published by"] == "The Ministry & Sons"
        assert links["Published at"] == ["https://ministry.example/1?a=1&b=2"]
        assert told["Retrieved"] == "5 May 2020, 10:11 UTC"
        assert told["Licence"] == "CC BY 4.0"
        at = source["imported_at"]
        assert f"{at[11:16]} UTC, read by Verbatim {__version__}" in told["Version"]


def test_a_translation_says_of_what_and_leads_there(translated: TestClient) -> None:
    slug, original = _slug(translated, "en", "2020"), _slug(translated, "ru", "2020")
    told, links = colophon(translated, f"/interviews/{slug}")
    assert told["Text"].startswith("Official translation of Интервью министра")
    assert links["Text"] == [f"/interviews/{original}"]
    source = translated.get(f"/interviews/{slug}.json").json()["source"]
    assert (source["translation"], source["translation_of"]) == ("official", "talk-ru")
    assert source["original"]["slug"] == original
    assert source["original"]["language"] == "ru"
    assert translated.get(f"/interviews/{slug}/source.json").json()["source"] == source


def test_a_translation_of_what_is_not_held_says_so(translated: TestClient) -> None:
    slug = _slug(translated, "en", "2021")
    told, links = colophon(translated, f"/interviews/{slug}")
    assert told["Text"] == "Unofficial translation of lost, not held here"
    assert links["Text"] == []
    assert translated.get(f"/interviews/{slug}.json").json()["source"]["original"] is None


def test_an_original_says_so_and_the_encoding_that_was_found(translated: TestClient) -> None:
    told, _ = colophon(translated, f"/interviews/{_slug(translated, 'ru', '2020')}")
    assert told["Text"] == "Original, as spoken"
    assert told["Format"].endswith("read as cp1251")


def test_what_is_not_known_is_said_not_to_be(client: TestClient) -> None:
    slug = client.get("/interviews.json").json()["interviews"][0]["slug"]
    told, _ = colophon(client, f"/interviews/{slug}")
    for term in ("Published by", "Published at", "Retrieved", "Licence"):
        assert told[term] == "not known"
    assert told["Text"] == "not stated whether it is a translation"


def test_each_answer_names_its_line_and_leads_there(corrected: Corrected) -> None:
    for version, rest in ((1, "?v=1"), (2, "")):
        record = corrected.client.get(f"/interviews/{corrected.slug}.json?v={version}").json()
        page = BeautifulSoup(corrected.client.get(f"/interviews/{corrected.slug}?v={version}").text, "lxml")
        lines = BeautifulSoup(corrected.client.get(f"/interviews/{corrected.slug}/lines{rest}").text, "lxml")
        answers = [turn for turn in record["turns"] if turn["role"] == "answer"]
        expected = [f"/interviews/{corrected.slug}/lines{rest}#L{turn['line']}" for turn in answers]
        shown = [str(link["href"]) for link in page.select(".answer .turn-line a")]
        assert shown == expected
        for turn, where in zip(answers, expected, strict=True):
            own = BeautifulSoup(corrected.client.get(f"/a/{turn['id']}?v={version}").text, "lxml")
            link = own.select_one(".source-line a")
            assert link is not None
            assert (link.get_text(), link["href"]) == (f"Line {turn['line']} of the source", where)
            line = lines.find(id=where.partition("#")[2])
            assert line is not None
            assert turn["paragraphs"][0] in line.get_text()
