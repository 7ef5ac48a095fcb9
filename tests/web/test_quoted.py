"""Quoted words are marked where they stand, in the version that has them, and never anything like them."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from unicodedata import normalize

from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject
from starlette.testclient import TestClient

from app.archive.holdings import HeldTurn
from app.importer import import_paths
from app.settings import Settings
from app.web import create_app
from app.web.quoted import Pointed, Quoted, point
from tests.web.conftest import Corrected


def turn(id: str, *paragraphs: str, label: str = "Anna Petrova") -> HeldTurn:
    return HeldTurn(
        id=id,
        role="answer",
        speaker=None,
        label=label,
        paragraphs=paragraphs,
        line=1,
        lines=(1,) * len(paragraphs),
        exchange=1,
    )


TALK = [
    turn("q", "Will the ferry run, and will the bridge be built?", label="Question"),
    turn("a", "The ferry will run.\u00a0The bridge will not.", "The ferry will run every day."),
]


def pointed(quote: str, prefix: str = "", suffix: str = "", older: list[HeldTurn] | None = None) -> Pointed:
    held = older or []
    found = point(Quoted(quote, prefix, suffix), 2, TALK, [] if older is None else [1], lambda _: held)
    assert found is not None
    return found


def marked(found: Pointed) -> list[tuple[str, str]]:
    return [
        (id, fragment.text)
        for id, paragraphs in found.turns.items()
        for paragraph in paragraphs
        for fragment in paragraph
        if fragment.match
    ]


def test_words_are_marked_as_they_stand_and_the_rest_of_the_turn_stays() -> None:
    found = pointed("run. The bridge")
    assert (found.standing, found.version) == ("here", 2)
    assert marked(found) == [("a", "run.\u00a0The bridge")]
    whole = ["".join(fragment.text for fragment in paragraph) for paragraph in found.turns["a"]]
    assert tuple(whole) == TALK[1].paragraphs


def test_what_stands_around_tells_one_place_from_another() -> None:
    assert marked(pointed("The ferry will run", suffix=". The bridge"))[0] == ("a", "The ferry will run")
    second = pointed("The ferry will run", prefix="will not. ", suffix=" every day")
    first_paragraph, second_paragraph = second.turns["a"]
    assert not any(fragment.match for fragment in first_paragraph)
    assert second_paragraph[0].match == 1


def test_words_may_run_over_paragraphs_of_one_turn() -> None:
    assert marked(pointed("will not.\n\nThe ferry")) == [("a", "will not."), ("a", "The ferry")]


def test_other_words_capitals_or_marks_are_not_these_words() -> None:
    for quote in ("the ferry will run every day", "The ferry will run each day", "The ferry will run; the bridge"):
        found = pointed(quote)
        assert (found.standing, found.version, found.turns) == ("nowhere", None, {})


def test_words_that_an_older_version_had_are_shown_in_it() -> None:
    old = [TALK[0], turn("a", "The ferry will never run.")]
    found = pointed("will never run", older=old)
    assert (found.standing, found.version) == ("before", 1)
    assert marked(found) == [("a", "will never run")]


def test_words_of_two_turns_are_not_quoted_as_one() -> None:
    assert pointed("the bridge be built? The ferry will run.").standing == "across"
    assert pointed("the bridge be built? Anna Petrova: The ferry will run.").standing == "across"


def test_composed_and_decomposed_letters_are_the_same() -> None:
    held = [turn("a", "Мы ещe\u0308 и\u0306ти cafe\u0301 решили")]
    found = point(Quoted("café решили"), 1, held, [], lambda _: [])
    assert found is not None
    assert marked(found) == [("a", "cafe\u0301 решили")]


LETTERS = ["a", "e\u0301", "\u00e9", "и\u0306", "й", "x\u0301", " ", "\n"]


@given(st.lists(st.sampled_from(LETTERS), min_size=1), st.data())
def test_any_piece_of_a_text_is_found_in_it_in_any_composition(clusters: list[str], data: DataObject) -> None:
    start = data.draw(st.integers(0, len(clusters) - 1))
    piece = "".join(clusters[start : data.draw(st.integers(start, len(clusters)))])
    held = [turn("a", "".join(clusters))]
    for quote in (piece, normalize("NFC", piece), normalize("NFD", piece)):
        found = point(Quoted(quote), 1, held, [], lambda _: [])
        assert found is None if not quote.strip() else found is not None and found.standing == "here"


def test_nothing_is_pointed_at_without_words() -> None:
    assert point(Quoted(" \u00a0 "), 1, TALK, [], lambda _: []) is None


def first_answer(corrected: Corrected) -> str:
    exchanges = corrected.client.get(f"/interviews/{corrected.slug}.json").json()["exchanges"]
    return str(exchanges[0]["answers"][0])


def shown(client: TestClient, address: str) -> tuple[list[str], str]:
    """Return what is marked on a page, and the notices above its words."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    page = BeautifulSoup(answer.text, "lxml")
    notices = " ".join(notice.get_text() for notice in page.select(".notice"))
    return [mark.get_text() for mark in page.select(".transcript mark")], notices


def test_the_site_marks_the_words_in_the_answer_and_in_its_interview(corrected: Corrected) -> None:
    id = first_answer(corrected)
    for path in (f"/a/{id}", f"/interviews/{corrected.slug}"):
        for version in ("", "&v=1", "&v=2"):
            marks, notice = shown(corrected.client, f"{path}?quote=threats%20of%20that%20kind{version}")
            assert marks == ["threats of that kind"]
            assert "The quoted words are marked" in notice


def test_words_that_today_has_no_longer_are_shown_in_their_version(corrected: Corrected) -> None:
    id = first_answer(corrected)
    for path in (f"/a/{id}", f"/interviews/{corrected.slug}"):
        for version in ("", "&v=1"):
            marks, notice = shown(corrected.client, f"{path}?quote=threats%20of%20this%20kind{version}")
            assert marks == ["threats of this kind"]
            assert "version 1 of 2" in notice
    record = corrected.client.get(f"/a/{id}.json?quote=threats%20of%20this%20kind").json()
    assert (record["version"], record["quoted"]["standing"], record["quoted"]["version"]) == (1, "before", 1)


def test_words_that_nobody_said_are_marked_nowhere(corrected: Corrected) -> None:
    id = first_answer(corrected)
    marks, notice = shown(corrected.client, f"/a/{id}?quote=threats%20of%20any%20kind&v=1")
    assert marks == []
    assert "in no version" in notice


def test_a_quotation_of_an_ended_answer_is_read_in_its_version(corrected: Corrected) -> None:
    quote = "quote=these%3C%2Fi%3E%20words"
    assert corrected.client.get(f"/a/{corrected.ended}?{quote}").status_code == 410
    marks, _ = shown(corrected.client, f"/a/{corrected.ended}?{quote}&v=1")
    assert marks == ["these</i> words"]


def test_a_quotation_of_a_question_leads_on_with_it(corrected: Corrected) -> None:
    exchange = corrected.client.get(f"/interviews/{corrected.slug}.json").json()["exchanges"][0]
    answer = corrected.client.get(f"/a/{exchange['questions'][0]}?quote=be%20sanctions")
    assert answer.status_code == 302
    assert answer.headers["location"].startswith(f"/a/{exchange['answers'][0]}?quote=be%20sanctions")
    assert shown(corrected.client, answer.headers["location"])[0] == ["be sanctions"]


def test_any_quotation_gets_a_page(corrected: Corrected) -> None:
    id = first_answer(corrected)
    for typed in ("%00", "%20", "<script>", "x" * 5000, "%F0%9F%98%80&prefix=%00&suffix=" + "y" * 900):
        answer = corrected.client.get(f"/a/{id}?quote={typed}")
        assert answer.status_code == 200
        assert "<script>x" not in answer.text


def test_the_way_to_the_source_page_points_at_the_words_there() -> None:
    assert pointed("The ferry").fragment == "#:~:text=The%20ferry"
    assert pointed("The ferry will run. The bridge will not. The ferry will run every day.").fragment == (
        "#:~:text=The%20ferry%20will%20run.%20The,ferry%20will%20run%20every%20day."
    )
    assert pointed("never-ending, so").fragment == "#:~:text=never%2Dending%2C%20so"


def test_a_letter_that_stands_everywhere_costs_no_more_than_the_length_of_the_text() -> None:
    def steps(times: int) -> int:
        """Return how many functions are called to find that no place of a letter fits."""
        long = [turn("a", "The ferry will run every day. " * times)]
        counts = Counter[str]()
        sys.setprofile(lambda _frame, event, _argument: counts.update([event]))
        try:
            point(Quoted("e", "not there"), 1, long, [], lambda _: long)
        finally:
            sys.setprofile(None)
        return counts.total()

    assert steps(160) < 5 * steps(40)


def test_only_an_address_of_the_web_is_led_to_as_the_source(tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text(
        "Talk with Ann Bo, 2019\n\nQuestion: Is it so?\n\nAnn Bo: It is so, and stays so.\n"
    )
    (tmp_path / "talk.txt.toml").write_text('url = "javascript:alert(1)"\n')
    (done,) = import_paths([tmp_path / "talk.txt"], tmp_path / "archive.db").files
    with TestClient(create_app(Settings(archive=tmp_path / "archive.db"))) as client:
        marks, notice = shown(client, f"/interviews/{done.slug}?quote=stays%20so")
        assert (marks, "At the source" in notice) == (["stays so"], False)
        assert 'href="javascript:' not in client.get(f"/interviews/{done.slug}?quote=stays%20so").text
