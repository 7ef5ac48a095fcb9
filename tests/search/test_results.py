"""A search finds what it asks for and nothing else, in a stated order, with counts that hold."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, text

from app.archive.opening import Library, for_checking
from app.archive.publishing import building
from app.search import lookup, ranking
from app.search.index import check
from app.search.results import SearchRequest, SearchResults, find
from tests.search import golden


@pytest.fixture
def held(c: Connection, add: Any) -> Connection:
    """Five interviews whose hits can be counted by hand."""
    golden.tell(add)
    return c


def search(c: Connection, q: str = "", **asked: Any) -> SearchResults:
    return find(c, SearchRequest(q, **asked))


def found(c: Connection, q: str = "", **asked: Any) -> list[str]:
    """Return the first words of each hit's text, in order; an excerpt here is always the whole text."""
    results = search(c, q, **asked)
    return ["".join(piece.text for piece in hit.excerpt) for hit in results.hits]


@pytest.mark.parametrize(
    ("q", "side", "total"),
    [
        # words, by their stems
        ("refugees", "answer", 1),
        ("refugee", "answer", 1),
        ("refugees", "question", 2),
        ("refugees", "both", 3),
        ("refuge", "answer", 1),
        ("negotiation", "answer", 2),
        ("NEGOTIATING", "answer", 2),
        ("переговоры", "answer", 1),
        ("переговорами", "answer", 1),
        ("переговоры", "question", 1),
        ("беженцев", "answer", 1),
        ("еще", "answer", 1),
        ("ещё", "answer", 1),
        ("ёлка", "answer", 1),
        ("елка", "answer", 1),
        ("пишут", "answer", 1),
        ("йод", "answer", 1),
        ("иод", "answer", 0),
        ("nato", "answer", 1),
        ("schengen", "answer", 0),
        ("schengen", "question", 1),
        ("security", "answer", 4),
        ("security settlement", "answer", 0),
        # very forms
        ('"negotiation"', "answer", 1),
        ('"negotiations"', "answer", 0),
        ('"переговоры"', "answer", 0),
        ('"переговорах"', "answer", 1),
        ('"islands of security"', "answer", 1),
        ("“islands of security”", "answer", 1),
        ("‘islands of security’", "answer", 1),
        ("«острова безопасности»", "answer", 1),
        ('"islands security"', "answer", 0),
        ("can’t", "answer", 1),
        ("can't", "answer", 1),
        ("anti-Russian", "answer", 1),
        ("anti–russian", "answer", 1),
        ("US/Russia", "answer", 1),
        ("18:47", "answer", 1),
        ("No. 553", "answer", 1),
        ("Su-24", "answer", 1),
        ("su24", "answer", 0),
        ("A321", "answer", 1),
        ("russia", "question", 1),
        ("Russia's", "question", 1),
        ("安全保障", "answer", 1),
        ("安障", "answer", 0),
        # operators
        ("security -islands", "answer", 2),
        ("security NOT islands", "answer", 2),
        ('security -"islands of security"', "answer", 3),
        ("settlement OR camps", "answer", 2),
        ("settlement OR camps refugees", "answer", 2),
        ("(settlement OR camps) refugees", "answer", 1),
        ("settlement (camps OR syria)", "answer", 1),
        ("ne*", "answer", 0),
        ("nego*", "answer", 2),
        ('"political settl*"', "answer", 1),
        ("islands NEAR/1 security", "answer", 2),
        ("islands NEAR/0 security", "answer", 0),
        ("negotiations NEAR/5 security", "answer", 1),
        ('"islands" NEAR/1 "security"', "answer", 2),
        ("nothing NEAR/5 refuge", "answer", 0),
        ("-security", "answer", 5),
        ("negotiation OR -security", "answer", 6),
        ("speaker:lavrov", "answer", 5),
        ("speaker:sergey-lavrov security", "answer", 1),
        ('speaker:"Sergey Lavrov" security', "answer", 1),
        ("speaker:Лавров security", "answer", 1),
        ("-speaker:lavrov security", "answer", 3),
        ("speaker:kern", "answer", 0),
        ("speaker:kern", "question", 2),
        ("speaker:lavrov", "question", 0),
        ("speaker:kern", "both", 3),
        ("speaker:host", "answer", 0),
        ("speaker:host", "both", 1),
        ("outlet:tass", "answer", 5),
        ("outlet:bbc negotiation", "answer", 2),
        ("lang:ru", "answer", 2),
        ("lang:russian переговоры", "answer", 1),
        ("-lang:en", "answer", 3),
        ("in:question refugees", "answer", 2),
        ("after:2016", "answer", 5),
        ("after:2016-05", "answer", 4),
        ("after:2016-05-02", "answer", 2),
        ("before:2016", "answer", 3),
        ("before:2016-05", "answer", 3),
        ("before:2016-05-21", "answer", 5),
        ("before:2017", "answer", 8),
        ("year:2016", "answer", 5),
        ("year:2015 security", "answer", 1),
        ("year:undated", "answer", 1),
        ("year:2015 after:2016", "answer", 0),
        # sides
        ("", "answer", 9),
        ("", "question", 8),
        ("", "both", 11),
        ("sanctions", "both", 1),
        ("sanctions", "answer", 0),
        ("time", "both", 1),
        ("time", "question", 0),
        ("schengen camps", "both", 1),
        ("schengen migration", "both", 2),
        ("schengen migration", "question", 0),
        ('"over and"', "both", 0),
        # nothing to look for
        ("😀", "answer", 0),
        ("\x00", "answer", 9),
        ("AND", "answer", 0),
        ("speaker:nobody security", "answer", 0),
        ("-speaker:nobody security", "answer", 4),
    ],
)
def test_a_query_finds_what_can_be_counted_by_hand(held: Connection, q: str, side: str, total: int) -> None:
    for sort in ("relevance", "newest", "oldest"):
        results = search(held, q, side=side, sort=sort)
        assert results.total == total, results.restated
        assert len(results.hits) == total
        assert results.total_is_exact
        assert not results.timed_out


def test_parameters_and_operators_both_apply(held: Connection) -> None:
    assert search(held, "security", speaker="john-kerry").total == 3
    assert search(held, "security speaker:kerry", speaker="sergey-lavrov").total == 0
    assert search(held, "security", speaker="john-kerry", outlet="bbc").total == 1
    assert search(held, "security", after="2016", before="2017").total == 2
    assert search(held, "security after:2016-05", before="2017", language="en").total == 1
    assert search(held, "", language="ru").total == 2


def test_what_a_filter_names_in_vain_is_said(held: Connection) -> None:
    for asked in ({"speaker": "nobody"}, {"outlet": "nothing"}, {"speaker": "lavrov"}):
        results = search(held, "security", **asked)
        assert results.total == 0
        assert "no speaker" in results.mistakes[0].message or "no outlet" in results.mistakes[0].message
    results = search(held, "speaker:a security")
    assert results.mistakes[0].corrected == "security"
    assert "left out" in search(held, "security", after="soon").mistakes[0].message
    assert search(held, "security", after="11/2016").total == 0


def test_a_name_of_several_is_not_taken_for_one_of_them(held: Connection, add: Any) -> None:
    add("more", "2020", ("statement", "ivan-lavrov", None, "Security."))
    results = search(held, "speaker:lavrov security")
    assert results.total == 0
    assert "speaker:ivan-lavrov (Ivan Lavrov), speaker:sergey-lavrov" in results.mistakes[0].message
    assert results.mistakes[0].corrected == "security speaker:ivan-lavrov"


def test_a_renamed_speaker_is_found_under_the_old_slug(held: Connection) -> None:
    held.execute(text("INSERT INTO redirects VALUES ('speaker', 'jf-kerry', 'john-kerry', 'merged', '2026')"))
    assert search(held, "security", speaker="jf-kerry").total == 3


def test_the_very_form_typed_stands_first_and_of_equals_the_newest(held: Connection) -> None:
    assert found(held, "negotiation")[0].startswith("The negotiation")
    assert found(held, "negotiating")[0].startswith("We are negotiating")


def test_one_very_form_in_a_long_answer_outranks_many_other_forms_in_a_short_one(c: Connection, add: Any) -> None:
    add("long", "2015", ("statement", "john-kerry", None, f"{'hay ' * 300} negotiation"))
    add("short", "2016", ("statement", "john-kerry", None, "Negotiating, negotiated: negotiations negotiate."))
    for n in range(8):
        add(f"other-{n}", "2017", ("statement", "john-kerry", None, "Nothing of the kind."))
    assert [hit.interview.slug for hit in search(c, "negotiation").hits] == ["long", "short"]


def test_of_equally_relevant_hits_the_newest_stands_first(c: Connection, add: Any) -> None:
    for year in ("2016", "2014", "2015"):
        add(f"in-{year}", year, ("statement", "john-kerry", None, "Security first."))
    assert [hit.interview.date for hit in search(c, "security").hits] == ["2016", "2015", "2014"]


def test_where_a_word_is_too_common_to_be_weighed_its_very_form_still_stands_first(
    held: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranking, "DEAR", 1)
    for q in ("negotiation", "negotiating", "переговорах"):
        assert q in found(held, q)[0].lower()
    assert [hit.interview.slug for hit in search(held, "security").hits] == ["vienna", "year", "paris", "old"]


def test_where_a_word_is_too_common_to_be_weighed_what_has_more_of_the_words_stands_first(
    c: Connection, add: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for year in range(2000, 2006):
        add(f"in-{year}", str(year), ("statement", None, None, f"Security first. {'Camps.' if year == 2002 else ''}"))
    add("rare", "1999", ("statement", None, None, "Only camps."))
    monkeypatch.setattr(ranking, "DEAR", 4)
    dates = [hit.interview.date for hit in search(c, "security OR camps").hits]
    assert dates == ["2002", "1999", "2005", "2004", "2003", "2001", "2000"]
    assert [hit.interview.date for hit in search(c, "security OR camps", size=3, page=2).hits] == dates[3:6]


def test_what_is_common_in_the_archive_is_not_weighed_however_few_of_it_are_left(
    held: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def weighed(*_: object) -> list[int]:
        raise AssertionError

    monkeypatch.setattr(lookup, "best", weighed)
    monkeypatch.setattr(ranking, "DEAR", 3)
    assert search(held, "security", after="2016").total == 2
    monkeypatch.setattr(ranking, "DEAR", 100)
    with pytest.raises(AssertionError):
        search(held, "secur*")
    monkeypatch.setattr(lookup, "WINDOW", 3)
    assert search(held, "secur*").total == 3


def test_a_language_is_counted_with_its_narrower_tags(c: Connection, add: Any) -> None:
    for tag in ("en", "en-GB", "ru"):
        add(tag, "2016", ("statement", "john-kerry", None, "Security first."), language=tag)
    languages = search(c).facets["language"]
    assert {value.value: value.count for value in languages} == {"en": 2, "en-GB": 1, "ru": 1}
    assert all(search(c, language=value.value).total == value.count for value in languages)


def test_newest_and_oldest_first_both_put_the_undated_last(held: Connection) -> None:
    newest = [hit.interview.slug for hit in search(held, "security", sort="newest").hits]
    assert newest == ["vienna", "year", "paris", "old"]
    oldest = [hit.interview.slug for hit in search(held, "security", sort="oldest").hits]
    assert oldest == ["paris", "year", "vienna", "old"]


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize("q", ["", "security", "the OR security OR we"])
def test_paging_repeats_and_skips_nothing(held: Connection, q: str, sort: str) -> None:
    whole = [hit.id for hit in search(held, q, sort=sort).hits]
    for size in (1, 2, 3, 4):
        first = search(held, q, sort=sort, size=size)
        pages = [search(held, q, sort=sort, size=size, page=page) for page in range(1, first.pages + 1)]
        assert [hit.id for page in pages for hit in page.hits] == whole
        for past in (first.pages + 1, 10**30):
            assert search(held, q, sort=sort, size=size, page=past) == pages[-1]


@pytest.mark.parametrize("q", ["nowhere", "speaker:nobody", "year:2015 after:2016", "😀"])
@pytest.mark.parametrize("page", [1, 7])
def test_finding_nothing_fills_one_page(held: Connection, q: str, page: int) -> None:
    results = search(held, q, page=page)
    assert (results.total, results.page, results.pages, results.hits) == (0, 1, 1, ())


@pytest.mark.parametrize("q", ["", "security", "the OR we OR на"])
@pytest.mark.parametrize("side", ["answer", "question", "both"])
def test_every_facet_value_gives_the_count_it_says(held: Connection, q: str, side: str) -> None:
    results = search(held, q, side=side)
    assert results.facets_are_exact
    assert sum(value.count for value in results.facets["year"]) == results.total
    for name, values in results.facets.items():
        for value in values:
            if name == "year":
                narrowed = search(held, f"{q} year:{value.value}", side=side)
            else:
                narrowed = search(held, q, side=side, **{name: value.value})
            assert narrowed.total == value.count, (name, value)


def test_a_hit_says_who_said_it_where_and_to_what(held: Connection) -> None:
    (hit,) = search(held, "camps").hits
    assert hit.url == f"/a/{hit.id}"
    assert (hit.interview.slug, hit.interview.title, hit.interview.date) == ("paris", "Paris", "2015-12-11")
    assert hit.speaker is not None
    assert hit.speaker.slug == "sergey-lavrov"
    assert [outlet.slug for outlet in hit.outlets] == ["rossiya-segodnya", "tass"]
    assert hit.question == "Some came to Europe among the refugees. Is Schengen over?\nAnd what of migration?"
    assert [piece.text for piece in hit.excerpt if piece.match] == ["camps"]
    assert search(held, "security camps OR remark").hits[0].question == ""
    roles = {"camps": "answer", "remark": "statement", "sanctions": "question", "time": "moderator"}
    assert {q: search(held, q, side="both").hits[0].role for q in roles} == roles


def test_the_question_beside_an_answer_is_marked_only_where_questions_are_searched(held: Connection) -> None:
    (hit,) = search(held, "schengen camps", side="both").hits
    assert [piece.text for piece in hit.question_pieces if piece.match] == ["Schengen"]
    assert "".join(piece.text for piece in hit.question_pieces) == hit.question
    assert not any(piece.match for piece in search(held, "refugees").hits[0].question_pieces)


def test_a_search_is_restated(held: Connection) -> None:
    results = search(held, "refugees “islands of security”", speaker="sergey-lavrov", after="2015", sort="newest")
    assert results.restated == (
        "answers by Sergey Lavrov containing a form of “refugees” and the exact phrase “islands of security”, "
        "2015 or later, newest first"
    )


def test_more_matches_than_are_counted_are_said_to_be_more(held: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookup, "WINDOW", 3)
    for q, counted in (("security", 3), ("security -nowhere", 10_000)):
        monkeypatch.setattr(lookup, "COUNTED", counted)
        results = search(held, q, size=2)
        exact = (results.total, results.total_is_exact, results.facets_are_exact, results.window)
        assert exact == (3, False, False, 3)
        assert "the newest 3" in results.restated
        assert {hit.interview.slug for page in (1, 2) for hit in search(held, q, size=2, page=page).hits} == {
            "vienna",
            "year",
            "paris",
        }
        last = search(held, q, size=2, page=3)
        assert (last.page, last.pages, len(last.hits)) == (2, 2, 1)
    assert search(held, "settlement").window is None


@pytest.mark.parametrize("dear", [1, ranking.DEAR])
@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize("q", ["", "security", "the OR security OR we"])
def test_single_words_are_counted_and_paged_beyond_what_is_ranked(
    held: Connection, monkeypatch: pytest.MonkeyPatch, q: str, sort: str, dear: int
) -> None:
    whole = search(held, q, sort="newest")
    newest = [hit.id for hit in whole.hits]
    monkeypatch.setattr(lookup, "WINDOW", 3)
    monkeypatch.setattr(ranking, "DEAR", dear)
    for size in (1, 2, 5):
        first = search(held, q, sort=sort, size=size)
        assert (first.total, first.total_is_exact, first.facets_are_exact) == (whole.total, True, False)
        assert first.window == (3 if first.sort == "relevance" else None)
        found = [hit.id for n in range(first.pages) for hit in search(held, q, sort=sort, size=size, page=n + 1).hits]
        assert sorted(found) == sorted(newest)
        if sort == "oldest":
            assert found == [hit.id for hit in search(held, q, sort=sort).hits]
        else:
            assert (set(found[:3]), found[3:]) == (set(newest[:3]), newest[3:])


def test_a_search_out_of_time_is_a_result(held: Connection) -> None:
    driver = held.connection.driver_connection
    assert driver is not None
    driver.set_progress_handler(lambda: True, 1)
    results = search(held, "security")
    driver.set_progress_handler(None, 0)
    assert results.timed_out
    assert results.hits == ()
    assert search(held, "security").total == 4


def test_results_are_values_that_can_be_written_as_json(held: Connection) -> None:
    results = search(held, "security \ud800 \x00 (", speaker="\ud800", after="\udfff")
    json.dumps(asdict(results), ensure_ascii=False).encode()


WORDS = ["a", "security", "filters", "answer", "in·answer", "¶", "ё", "安", "😀", "\x00", "\ud800"]
MARKS = ['"', "“", "(", ")", "-", "*", "^", "+", "{", "}", ":", ",", "'", " ", " ", " "]
OPERATORS = ["OR", "AND", "NOT", "NEAR(", "NEAR/2", "speaker:", "after:2015"]
SYNTAX = st.sampled_from(WORDS + MARKS + OPERATORS)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    q=st.text() | st.lists(SYNTAX).map("".join),
    side=st.sampled_from(["answer", "question", "both"]),
    other=st.text(max_size=10),
)
def test_any_text_gives_results(held: Connection, q: str, side: Any, other: str) -> None:
    request = SearchRequest(q, side=side, size=3)
    results = find(held, request)
    assert not results.timed_out
    json.dumps(asdict(results), ensure_ascii=False).encode()
    json.dumps(asdict(find(held, replace(request, speaker=other, after=other, language=other)))).encode()


def test_a_site_finds_in_a_published_archive_and_gives_up_ranking_before_finding(
    tmp_path: Path, store: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "archive.db"
    said = [("statement", "john-kerry", None, f"Security {number}.") for number in range(900)]
    with building(path) as c:
        store(c, "many", "2016-05-20", *said)
    library = Library(path)
    with library.lease() as lease:
        assert find(lease.connection, SearchRequest("security")).sort == "relevance"
        monkeypatch.setattr("app.search.results._RANKING_SECONDS", 0.0)
        results = find(lease.connection, SearchRequest("security"))
    library.close()
    assert (results.total, results.sort, results.timed_out) == (900, "newest", True)
    assert len(results.hits) == 20
    assert results.facets["speaker"][0].count == 900
    with for_checking(path) as c:
        assert check(c) == ()
