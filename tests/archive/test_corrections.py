"""What was changed is told once, the newest change first, with all that it ended and nothing that it did not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection

from app.archive import corrections
from app.archive.changes import Change, Correction, Redirection, Withholding
from app.archive.holdings import Named
from app.archive.publishing import building
from app.archive.writing import Receipt, Stored
from app.records import Provenance

Held = Callable[[], Connection]
Publish = Callable[..., list[Stored]]
Make = Callable[..., Receipt]
Said = tuple[tuple[str, str | None, str], ...]


def _said(said: Said, old: str, new: str) -> Said:
    return tuple((role, who, words.replace(old, new)) for role, who, words in said)


@pytest.fixture
def corrected(publish: Publish, receipt: Make, talk: Said) -> Stored:
    """An interview of two versions, the second of which ended an answer and put another in its place."""
    one = receipt("talk.txt", talk, provenance=Provenance(id="talk"))
    publish(one, receipt("other.txt", talk, title="Another", date="2019-01-01"))
    two = receipt("talk 2.txt", _said(talk, "The border stays where it is, as both sides have always said.", "No."))
    two = replace(two, source=replace(two.source, provenance=Provenance(id="talk")))
    (held_back,) = publish(two)
    assert held_back.outcome == "held back"
    (stored,) = publish(two, retire=held_back.ended, reason="He did not say it")
    return stored


def _at(path: Path, *statements: str) -> None:
    with building(path) as c:
        for statement in statements:
            c.exec_driver_sql(statement)


def _changes(held: Held) -> tuple[Change, ...]:
    total, found = corrections.changes(held())
    assert total == len(found)
    return found


def test_what_was_never_changed_is_no_correction(publish: Publish, receipt: Make, talk: Said, held: Held) -> None:
    publish(receipt("talk.txt", talk))
    assert corrections.changes(held()) == (0, ())


def test_a_corrected_interview_is_one_change_with_the_ids_it_ended(corrected: Stored, held: Held) -> None:
    (change,) = _changes(held)
    assert isinstance(change, Correction)
    assert (change.interview.slug, change.version, change.name) == (corrected.slug, 2, "talk 2.txt")
    assert not change.is_reread
    assert tuple(each.id for each in change.ended) == corrected.ended
    (ended,) = change.ended
    assert (ended.role, ended.speaker, ended.reason) == ("answer", "Anna Petrova", "He did not say it")
    assert ended.kind == "superseded"
    assert ended.successor not in (None, ended.id)


def test_a_source_that_was_read_anew_is_told_from_a_corrected_one(
    publish: Publish, receipt: Make, talk: Said, held: Held
) -> None:
    one = receipt("talk.txt", talk, provenance=Provenance(id="talk"))
    publish(one)
    publish(receipt("talk.txt", talk, provenance=Provenance(id="talk"), title="Read better", data=one.source.data))
    (change,) = _changes(held)
    assert isinstance(change, Correction)
    assert change.is_reread
    assert change.ended == ()


def test_an_id_is_told_with_the_version_that_ended_it_and_no_other(
    corrected: Stored, publish: Publish, receipt: Make, talk: Said, held: Held, tmp_path: Path
) -> None:
    three = receipt("talk 3.txt", _said(talk, "The border stays where it is, as both sides have always said.", "Yes."))
    three = replace(three, source=replace(three.source, provenance=Provenance(id="talk")))
    (held_back,) = publish(three)
    publish(three, retire=held_back.ended, reason="Nor that")
    _at(
        tmp_path / "archive.db",
        "UPDATE versions SET imported_at = '2020-01-0' || number || 'T00:00:00Z'",
        "UPDATE endings SET ended_at = '2020-01-02T00:00:01Z' WHERE reason = 'He did not say it'",
        "UPDATE endings SET ended_at = '2020-01-03T00:00:01Z' WHERE reason = 'Nor that'",
    )
    third, second = _changes(held)
    assert isinstance(third, Correction)
    assert isinstance(second, Correction)
    assert (third.version, second.version) == (3, 2)
    assert tuple(each.id for each in third.ended) == held_back.ended
    assert tuple(each.id for each in second.ended) == corrected.ended


def test_words_that_are_withheld_are_one_change_of_their_own(corrected: Stored, held: Held, tmp_path: Path) -> None:
    _at(
        tmp_path / "archive.db",
        "INSERT INTO endings SELECT turns.id, NULL, 'withheld', 'A court said so', NULL, '2030-01-01T00:00:00Z' "
        "FROM turns JOIN interviews ON interviews.id = turns.interview_id WHERE slug LIKE '2019%' AND role = 'answer'",
    )
    withheld, change = _changes(held)
    assert isinstance(withheld, Withholding)
    assert isinstance(change, Correction)
    assert (withheld.kind, withheld.reason, withheld.interview.title) == ("withheld", "A court said so", "Another")
    assert [each.kind for each in withheld.ended] == ["withheld"] * 3


def test_an_interview_that_is_withheld_as_a_whole_is_told_as_withdrawn(
    corrected: Stored, held: Held, tmp_path: Path
) -> None:
    _at(
        tmp_path / "archive.db",
        "UPDATE interviews SET withdrawal = 'A court', withdrawn_at = '2030-01-01T00:00:00Z' WHERE slug LIKE '2019%'",
        "INSERT INTO endings SELECT turns.id, NULL, 'withheld', 'A court', NULL, '2030-01-01T00:00:00Z' "
        "FROM turns JOIN interviews ON interviews.id = turns.interview_id WHERE slug LIKE '2019%'",
    )
    withdrawn, _ = _changes(held)
    assert isinstance(withdrawn, Withholding)
    assert (withdrawn.kind, len(withdrawn.ended)) == ("withdrawn", 5)


def test_slugs_that_lead_to_one_other_since_one_time_are_one_change(
    corrected: Stored, held: Held, tmp_path: Path
) -> None:
    rows = [("speaker", "a"), ("speaker", "b"), ("outlet", "a")]
    new = {"speaker": "anna-petrova", "outlet": "the-daily-news"}
    _at(
        tmp_path / "archive.db",
        *(
            f"INSERT INTO redirects VALUES ('{k}', '{o}', '{new[k]}', 'Merged', '2030-01-01T00:00:00Z')"
            for k, o in rows
        ),
        "INSERT INTO redirects VALUES ('speaker', 'c', 'anna-petrova', 'Merged', '2031-01-01T00:00:00Z')",
        f"INSERT INTO redirects VALUES ('interview', 'd', '{corrected.slug}', 'Renamed', '2032-01-01T00:00:00Z')",
    )
    *found, _ = _changes(held)
    assert [(each.what, each.old) for each in found if isinstance(each, Redirection)] == [
        ("interview", ("d",)),
        ("speaker", ("c",)),
        ("outlet", ("a",)),
        ("speaker", ("a", "b")),
    ]
    assert isinstance(found[3], Redirection)
    assert (found[3].new, found[3].reason) == (Named("anna-petrova", "Anna Petrova"), "Merged")


def test_changes_are_turned_by_page_without_losing_one(corrected: Stored, held: Held, tmp_path: Path) -> None:
    _at(
        tmp_path / "archive.db",
        *(f"INSERT INTO redirects VALUES ('outlet', 'o{n}', 'x', '', '20{n}-01-01T00:00:00Z')" for n in range(30, 37)),
    )
    c = held()
    _, whole = corrections.changes(c)
    parts = [corrections.changes(c, offset=at, limit=3) for at in range(0, 9, 3)]
    assert [total for total, _ in parts] == [8, 8, 8]
    assert tuple(each for _, part in parts for each in part) == whole
    assert [each.at for each in whole] == sorted((each.at for each in whole), reverse=True)
