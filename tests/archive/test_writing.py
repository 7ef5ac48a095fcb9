"""What goes into the archive comes out of it, keeps its ids, and ends none unasked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select

from app import permalinks
from app.archive import reading
from app.archive.publishing import building
from app.archive.restoring import restored
from app.archive.tables import interviews
from app.archive.writing import Receipt, Stored, store
from app.errors import NotHeld, SourceRefused
from app.records import Note, Provenance

Publish = Callable[..., list[Stored]]
Make = Callable[..., Any]
Held = Callable[[], Connection]
Talk = tuple[tuple[str, str | None, str], ...]


def ids(c: Connection, slug: str, version: int | None = None) -> list[str]:
    return [turn.id for turn in reading.interview(c, slug, version).turns]


def test_what_went_in_comes_out(publish: Publish, receipt: Make, held: Held) -> None:
    given = receipt(
        notes=(Note("Before", 1, None, 0), Note("(laughs)", 4, 1, 1), Note("End", 9, 4, 1)),
        outlets=("The Daily News", "Радио"),
        offices={"Anna Petrova": "Minister"},
        time="18:47",
        sidecar=b"x",
        provenance=Provenance(
            "an-id", "https://example.org/1", "Ministry", "2020-05-05", "CC0", translation="original"
        ),
    )
    publish(given)
    (back,) = restored(held())
    assert back.interview == given.interview
    assert back.source == given.source
    assert back.sidecar == b"x"


def test_a_paragraph_that_is_two_is_a_fault_and_not_silently_split(tmp_path: Path, receipt: Make) -> None:
    given = receipt()
    turn = replace(given.interview.turns[0], paragraphs=("two\nin one",))
    with pytest.raises(ValueError, match="line 3"), building(tmp_path / "archive.db") as c:
        store(c, replace(given, interview=replace(given.interview, turns=(turn, *given.interview.turns[1:]))))


def test_fresh_archives_of_the_same_files_agree_in_any_order(tmp_path: Path, receipt: Make, talk: Talk) -> None:
    receipts = [receipt("a.txt"), receipt("b.txt"), receipt("c.txt", [*talk, *talk], date=None)]
    seen = set()
    for number, order in enumerate(permutations(receipts)):
        with building(tmp_path / f"{number}.db") as c:
            slugs = [store(c, one).slug for one in order]
            seen.add(frozenset(id for slug in slugs for id in ids(c, slug)))
    assert len(seen) == 1
    assert len(next(iter(seen))) == 20


def test_identical_turns_have_ids_of_their_own(publish: Publish, receipt: Make, held: Held, talk: Talk) -> None:
    (stored,) = publish(receipt(said=[*talk, *talk]))
    found = ids(held(), stored.slug)
    assert len(set(found)) == len(found) == 10
    assert all(map(permalinks.is_well_formed, found))


def test_the_same_words_in_two_interviews_have_two_ids(publish: Publish, receipt: Make, held: Held) -> None:
    first, second = publish(receipt("a.txt"), receipt("b.txt"))
    c = held()
    assert not set(ids(c, first.slug)) & set(ids(c, second.slug))


def reworded(talk: Talk) -> Talk:
    role, who, words = talk[3]
    return (*talk[:3], (role, who, words.replace("always", "often")), *talk[4:])


def test_a_correction_keeps_every_id_and_the_old_version_stays(
    publish: Publish, receipt: Make, held: Held, talk: Talk
) -> None:
    (first,) = publish(receipt())
    (second,) = publish(receipt(said=reworded(talk)))
    assert (second.outcome, second.version, second.slug, second.ended) == ("corrected", 2, first.slug, ())
    c = held()
    assert ids(c, first.slug, 1) == ids(c, first.slug, 2) == ids(c, first.slug)
    id = ids(c, first.slug)[3]
    assert "often" in reading.answer(c, id).turn.paragraphs[0]
    assert "always" in reading.answer(c, id, 1).turn.paragraphs[0]
    assert reading.source(c, first.slug, 1)[1] != reading.source(c, first.slug)[1]
    assert reading.interview(c, first.slug, 1).head.versions == 2


def test_a_correction_that_adds_turns_mints_ids_for_them_alone(
    publish: Publish, receipt: Make, held: Held, talk: Talk
) -> None:
    (first,) = publish(receipt())
    before = ids(held(), first.slug)
    publish(receipt(said=[*talk[:2], ("question", None, "Really?"), ("answer", "Anna Petrova", "Yes."), *talk[2:]]))
    after = ids(held(), first.slug)
    assert [id for id in after if id in before] == before
    assert len(set(after) - set(before)) == 2


def test_a_correction_that_would_end_ids_is_held_back_and_nothing_is_written(
    tmp_path: Path, publish: Publish, receipt: Make, held: Held, talk: Talk
) -> None:
    (first,) = publish(receipt())
    before = ids(held(), first.slug)
    (second,) = publish(receipt(said=talk[:2], outlets=("Another Outlet",)))
    assert (second.outcome, second.version, second.ended) == ("held back", 1, tuple(before[2:]))
    c = held()
    assert ids(c, first.slug) == before
    assert c.exec_driver_sql("SELECT count(*) FROM sources").scalar() == 1
    assert c.exec_driver_sql("SELECT count(*) FROM outlets").scalar() == 1


def test_retiring_some_but_not_all_holds_back_still(publish: Publish, receipt: Make, held: Held, talk: Talk) -> None:
    (first,) = publish(receipt())
    before = ids(held(), first.slug)
    (second,) = publish(receipt(said=talk[:2]), retire=[before[2], before[3]], reason="Withdrawn")
    assert second.outcome == "held back"


def test_retired_ids_end_with_their_last_words_reason_and_successor(
    publish: Publish, receipt: Make, held: Held, talk: Talk
) -> None:
    (first,) = publish(receipt())
    before = ids(held(), first.slug)
    said = [*talk[:3], ("answer", "Anna Petrova", "No comment.")]
    (second,) = publish(receipt(said=said), retire=[before[3], before[4]], reason="Not said")
    assert (second.outcome, second.ended) == ("corrected", (before[3], before[4]))
    c = held()
    end = reading.ending(c, before[3])
    assert end is not None
    assert (end.kind, end.reason, end.interview, end.version) == ("superseded", "Not said", first.slug, 1)
    assert end.successor == ids(c, first.slug)[3]
    assert end.turn is not None
    assert end.turn.paragraphs == (talk[3][2],)
    for id in before[3:]:
        with pytest.raises(NotHeld):
            reading.answer(c, id)
        with pytest.raises(NotHeld):
            reading.place(c, id)
        assert reading.answer(c, id, 1).turn.id == id
    assert reading.ending(c, before[0]) is None


def test_an_answers_retirement_covers_its_question(publish: Publish, receipt: Make, held: Held, talk: Talk) -> None:
    (first,) = publish(receipt())
    before = ids(held(), first.slug)
    (second,) = publish(receipt(said=talk[2:]), retire=[before[1]], reason="Never asked")
    assert (second.outcome, second.ended) == ("corrected", (before[0], before[1]))
    end = reading.ending(held(), before[1])
    assert end is not None
    assert (end.kind, end.successor) == ("retired", None)


def test_an_answers_retirement_covers_no_other_question(
    publish: Publish, receipt: Make, held: Held, talk: Talk
) -> None:
    (first,) = publish(receipt())
    before = ids(held(), first.slug)
    said = [("question", None, "How was the journey?"), talk[1]]
    (second,) = publish(receipt(said=said), retire=before[3:], reason="Never asked")
    assert (second.outcome, second.ended) == ("held back", (before[0], *before[2:]))


def test_an_ended_id_never_comes_back_for_another_turn_with_the_same_words(
    publish: Publish, receipt: Make, held: Held
) -> None:
    one = [("question", None, "Is it war?"), ("answer", "Anna Petrova", "No.")]
    other = [("question", None, "Will there be tea?"), ("answer", "Anna Petrova", "Of course.")]
    asked_other = [("question", None, "Will there be tea?"), ("answer", "Anna Petrova", "No.")]
    key = Provenance(id="talk")
    (first,) = publish(receipt(said=one, provenance=key))
    ended = ids(held(), first.slug)
    publish(receipt(said=other, provenance=key), retire=ended, reason="Replaced")
    (third,) = publish(receipt(said=asked_other, provenance=key), retire=ids(held(), first.slug), reason="Again")
    assert third.outcome == "corrected"
    assert not set(ids(held(), first.slug)) & set(ended)


# Which interview a file is of.


def test_a_file_is_a_version_by_its_stated_id_its_address_its_name_or_its_bytes(
    publish: Publish, receipt: Make, talk: Talk
) -> None:
    url = "https://example.org/1"
    first = receipt("a.txt", provenance=Provenance(id="one", url=url))
    publish(first)
    ways = [
        receipt("b.txt", reworded(talk), provenance=Provenance(id="one")),
        receipt("c.txt", reworded(talk), date="2020-05-06", provenance=Provenance(url=url)),
        receipt("a.txt", reworded(talk), title="Other"),
        receipt("d.txt", sidecar=b"", provenance=Provenance(publisher="X"), data=first.source.data),
    ]
    for number, way in enumerate(ways, 2):
        (stored,) = publish(way)
        assert (stored.outcome, stored.version) == ("corrected", number)


def test_whoever_knows_which_interview_it_is_of_may_say_so_even_where_its_date_and_language_are_read_anew(
    tmp_path: Path, publish: Publish, receipt: Make, held: Held
) -> None:
    given = receipt()
    (first,) = publish(given)
    other = replace(given, interview=replace(given.interview, date="2020-05-14", language="ru"))
    with building(tmp_path / "archive.db") as c:
        second = store(c, other, of=first.interview_id)
    assert (second.outcome, second.slug, second.version) == ("corrected", first.slug, 2)
    c = held()
    assert ids(c, first.slug) == ids(c, first.slug, 1)
    held_now, row = reading.interview(c, first.slug).head, interview_row(c, first.slug)
    assert (held_now.date, held_now.language) == ("2020-05-14", "ru")
    assert (row.language, row.sort_date) == ("ru", 20200514)


def interview_row(c: Connection, slug: str) -> Any:
    return c.execute(select(interviews).where(interviews.c.slug == slug)).one()


def test_a_stated_id_that_is_another_makes_another_interview(publish: Publish, receipt: Make) -> None:
    url = "https://example.org/1"
    publish(receipt(provenance=Provenance(id="one", url=url)))
    (stored,) = publish(receipt(provenance=Provenance(id="two", url=url)))
    assert stored.outcome == "new"


def test_an_id_of_an_interview_in_another_language_is_refused(publish: Publish, receipt: Make, held: Held) -> None:
    publish(receipt(provenance=Provenance(id="one")))
    with pytest.raises(SourceRefused, match="an id of its own"):
        publish(receipt(language="ru", provenance=Provenance(id="one")))


def test_an_interview_that_gets_an_id_later_is_found_by_it(publish: Publish, receipt: Make, talk: Talk) -> None:
    publish(receipt("a.txt"))
    publish(receipt("a.txt", provenance=Provenance(id="one"), sidecar=b'id = "one"'))
    (stored,) = publish(receipt("b.txt", reworded(talk), date=None, provenance=Provenance(id="one")))
    assert (stored.outcome, stored.version) == ("corrected", 3)


def test_other_dates_and_languages_of_one_name_are_other_interviews(
    publish: Publish, receipt: Make, talk: Talk
) -> None:
    stored = publish(
        receipt(),
        receipt(said=talk[:2], date="2020-05-05"),
        receipt(said=talk[:4], language="ru"),
        receipt(said=reworded(talk), date=None),
    )
    assert [one.outcome for one in stored] == ["new"] * 4


def test_translations_share_an_event_whichever_came_first(tmp_path: Path, receipt: Make) -> None:
    original = receipt("en.txt", provenance=Provenance(id="talk-en"))
    russian = receipt("ru.txt", language="ru", provenance=Provenance(id="talk-ru", translation_of="talk-en"))
    french = receipt("fr.txt", language="fr", provenance=Provenance(translation_of="talk-en"))
    german = receipt("de.txt", language="de", provenance=Provenance(translation_of="talk-ru"))
    alone = receipt("x.txt", date="2021")
    for number, order in enumerate(permutations([original, russian, french, german])):
        with building(tmp_path / f"{number}.db") as c:
            for one in (alone, *order):
                store(c, one)
            rows = c.exec_driver_sql("SELECT event, count(*) FROM interviews GROUP BY event").all()
            assert rows == [(None, 1), ("talk-en", 4)]


def test_a_translation_may_name_its_original_by_slug(publish: Publish, receipt: Make, held: Held) -> None:
    (first,) = publish(receipt())
    publish(receipt("ru.txt", language="ru", provenance=Provenance(translation_of=first.slug)))
    assert held().exec_driver_sql("SELECT count(DISTINCT event), count(event) FROM interviews").one() == (1, 2)


# Slugs and people.


def test_a_slug_says_date_who_answers_and_the_outlet(publish: Publish, receipt: Make, talk: Talk) -> None:
    one = [("question", "Mary Host", "Why?"), ("answer", "Владимир Путин", "Because.")]
    stored = publish(
        receipt("a.txt"),
        receipt("b.txt", one, date="2015-12", outlets=("Rossiya Segodnya", "Other")),
        receipt("c.txt", one, date=None),
        receipt("d.txt", one, outlets=(), title="The Press Conference in Moscow"),
        receipt("e.txt", [(role, None, words) for role, _, words in talk], outlets=(), title="日本"),
    )
    assert [one.slug for one in stored] == [
        "2020-05-04-petrova-brown-daily-news",
        "2015-12-putin-rossiya-segodnya",
        "undated-putin-daily-news",
        "2020-05-04-putin-press-conference-in-moscow",
        "2020-05-04-riben",
    ]


def test_a_slug_that_is_taken_is_made_distinct_and_a_translation_says_its_language(
    publish: Publish, receipt: Make
) -> None:
    first, second, third, fourth = publish(
        receipt("a.txt"), receipt("b.txt"), receipt("c.txt", language="ru"), receipt("d.txt", language="ru")
    )
    assert second.slug == permalinks.distinct(first.slug, "b.txt|2020-05-04|en")
    assert third.slug == f"{first.slug}-ru"
    assert fourth.slug == permalinks.distinct(f"{first.slug}-ru", "d.txt|2020-05-04|ru")


def test_a_slug_that_leads_on_to_another_interview_is_not_given_again(
    tmp_path: Path, publish: Publish, receipt: Make, held: Held
) -> None:
    (first,) = publish(receipt())
    with building(tmp_path / "archive.db") as c:
        c.exec_driver_sql("UPDATE interviews SET slug = 'renamed'")
        c.exec_driver_sql(
            "INSERT INTO redirects VALUES ('interview', ?, 'renamed', 'renamed', '2020-01-01T00:00:00Z')", (first.slug,)
        )
    (second,) = publish(receipt("b.txt"))
    assert second.slug != first.slug
    assert reading.redirect(held(), "interview", first.slug) == "renamed"
    assert reading.redirect(held(), "interview", "renamed") is None


def test_people_of_one_name_are_one_and_their_labels_are_collected(
    publish: Publish, receipt: Make, held: Held, talk: Talk
) -> None:
    one = receipt("a.txt", offices={"Anna Petrova": "Minister"})
    other = receipt("b.txt", talk[:2], offices={"Anna Petrova": "President"})
    people = tuple(replace(person, labels=("Petrova", "Anna Petrova")) for person in other.interview.speakers)
    publish(one, replace(other, interview=replace(other.interview, speakers=people)))
    c = held()
    assert c.exec_driver_sql("SELECT name FROM speakers ORDER BY id").scalars().all() == ["Anna Petrova", "John Brown"]
    labels = c.exec_driver_sql("SELECT label FROM speaker_labels WHERE speaker_id = 1 ORDER BY label").scalars().all()
    assert labels == ["Anna Petrova", "Petrova"]
    assert c.exec_driver_sql("SELECT office FROM appearances WHERE speaker_id = 1").scalars().all() == [
        "Minister",
        "President",
    ]


def test_an_office_without_a_name_is_nobody_elses_but_in_one_interview_stays_one(
    publish: Publish, receipt: Make, held: Held, talk: Talk
) -> None:
    def by_office(made: Receipt) -> Receipt:
        people = tuple(replace(each, named=each.name != "Anna Petrova") for each in made.interview.speakers)
        return replace(made, interview=replace(made.interview, speakers=people))

    publish(by_office(receipt("a.txt")), by_office(receipt("b.txt")))
    publish(by_office(receipt("a.txt", [*talk, ("question", None, "Is there anything else that you can tell us?")])))
    c = held()
    assert [row.version for row in c.exec_driver_sql("SELECT version FROM interviews ORDER BY id")] == [2, 1]
    rows = c.exec_driver_sql("SELECT id, slug FROM speakers WHERE name = 'Anna Petrova'").all()
    assert len({row.slug for row in rows}) == len(rows) == 2
    said = "SELECT DISTINCT interview_id, speaker_id FROM turns WHERE role = 'answer' AND speaker_id IN (?, ?)"
    assert len(c.exec_driver_sql(said, tuple(row.id for row in rows)).all()) == 2


def test_people_whose_slugs_would_be_the_same_are_told_apart(publish: Publish, receipt: Make, held: Held) -> None:
    said = [("question", None, "Why?"), ("answer", "Lavrov", "Because."), ("answer", "Лавров", "Потому.")]
    publish(receipt(said=said))
    slugs = held().exec_driver_sql("SELECT slug FROM speakers").scalars().all()
    assert slugs == ["lavrov", permalinks.distinct("lavrov", "Лавров")]
