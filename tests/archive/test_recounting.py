"""What a publication changed is counted, whatever it was, and nothing else is counted again."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from app.archive import derived, recounting, rows
from app.archive.opening import for_checking
from app.archive.publishing import building
from app.archive.writing import Receipt, store
from app.records import Provenance

Publish = Callable[..., Any]
Make = Callable[..., Receipt]

PEOPLE = ("Anna Petrova", "John Brown", "Mary Host")
DATES = (None, "2019", "2019-03", "2019-03-07", "2020-01-01", "2020-01-02", "2021-12-31")
Change = tuple[Any, ...]


def interviews() -> st.SearchStrategy[Change]:
    """One of four interviews, as new or as corrected: who speaks, who asks, when, for whom."""
    return st.tuples(
        st.just("store"),
        st.sampled_from(range(4)),
        st.sampled_from(PEOPLE),
        st.sampled_from((None, *PEOPLE)),
        st.sampled_from(DATES),
        st.sets(st.sampled_from(("Daily", "Radio"))),
        st.sampled_from((None, "Minister", "Mayor")),
        st.sampled_from((None, "Ministry", "Treasury")),
    )


CHANGES = st.one_of(
    interviews(),
    interviews(),
    st.tuples(st.just("withdraw"), st.integers(0, 3)),
    st.tuples(st.just("bare"), st.integers(0, 3)),
    st.tuples(st.just("rename"), st.integers(1, 4)),
    st.tuples(st.just("UPDATE speakers SET name = name || 'x' WHERE id = :row"), st.integers(1, 3)),
    st.tuples(st.just("UPDATE speakers SET slug = slug || 'x' WHERE id = :row"), st.integers(1, 3)),
    st.tuples(st.just("UPDATE outlets SET name = 'The ' || name, slug = slug || 'x' WHERE id = :row"), st.just(1)),
    st.tuples(st.just("UPDATE appearances SET office = 'Governor' WHERE speaker_id = :row"), st.integers(1, 3)),
)


def carry_out(c: Connection, change_: Change, make: Make) -> None:
    kind, which, *how = change_
    if kind == "store":
        _store(c, which, make, *how)
    elif kind == "withdraw":
        for row in c.exec_driver_sql("SELECT id FROM interviews WHERE key = ?", (f"i{which}",)).scalars().all():
            c.exec_driver_sql("UPDATE interviews SET withdrawal = 'court', withdrawn_at = 'x' WHERE id = ?", (row,))
            rows.list_under(c, row, 0)
    elif kind == "rename":
        # The slug ends the keys of all lists: were it left there, the next interview of that slug would stand twice.
        for statement in (
            "UPDATE interviews SET slug = slug || 'x', sort_key = sort_key || 'x' WHERE id = :row",
            "UPDATE listed_speakers SET sort_key = sort_key || 'x' WHERE interview_id = :row",
            "UPDATE listed_outlets SET sort_key = sort_key || 'x' WHERE interview_id = :row",
        ):
            c.exec_driver_sql(statement, {"row": which})
    elif kind == "bare":
        c.exec_driver_sql("UPDATE sources SET data = NULL WHERE id = ?", (which,))
    else:
        c.exec_driver_sql(kind, {"row": which})


def _store(c: Connection, which: int, make: Make, *how: Any) -> None:
    answers, asks, date, outlets, office, publisher = how
    said = (
        ("question", asks if asks != answers else None, "What was agreed on?"),
        ("answer", answers, "Three things were."),
        *([("answer", "John Brown", "Four, I think.")] if which == 3 else []),
    )
    known = Provenance(id=f"i{which}", publisher=publisher)
    receipt = make(
        f"{which}.txt",
        said,
        date=date,
        language="ru" if which == 2 else "en",
        outlets=tuple(sorted(outlets)),
        offices={answers: office} if office else {},
        provenance=known,
        sidecar=repr(how).encode(),
    )
    withdrawn = c.exec_driver_sql("SELECT 1 FROM interviews WHERE key = ? AND withdrawal IS NOT NULL", (known.id,))
    if withdrawn.first() is None:
        ids = c.exec_driver_sql("SELECT public_id FROM turns").scalars().all()
        store(c, receipt, retire=ids, reason="corrected")


# The fixture makes nothing that an example could leave behind.
@given(publications=st.lists(st.lists(CHANGES, min_size=1, max_size=2), min_size=2, max_size=7))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_counts_after_any_changes_are_those_of_counting_all(publications: list[list[Change]], receipt: Make) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "archive.db"
        for changes in publications:
            with building(path) as c:
                for change in changes:
                    carry_out(c, change, receipt)
            assert faults(path) == []


def faults(path: Path) -> list[str]:
    """Return where counts are not those that the archive gives; lists and dates are not looked at."""
    with for_checking(path) as c:
        return [fault for fault in derived.faults(c) if "tallies" in fault]


@pytest.fixture
def marked(tmp_path: Path, publish: Publish, receipt: Make) -> Path:
    """An archive whose counts of one year, which has one interview, are wrong: whoever counts it anew puts them right.

    So has the first interview of all: its year is another's.
    """
    publish(
        receipt("0.txt", date="1990-01-01"), receipt("1.txt", date="1999-05-04"), receipt("2.txt", date="2020-05-04")
    )
    path = tmp_path / "archive.db"
    change(path, "UPDATE tallies SET interviews = 70 WHERE kind = 'year' AND value = '1999'")
    change(path, "UPDATE cross_tallies SET interviews = 70 WHERE by = 'year' AND key = '1999'")
    return path


def change(path: Path, statement: str) -> None:
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute(statement)
    raw.close()


def counted_of_1999(path: Path) -> set[int]:
    with for_checking(path) as c:
        told = "SELECT interviews FROM tallies WHERE value = '1999' UNION ALL SELECT interviews FROM cross_tallies"
        return set(c.exec_driver_sql(f"{told} WHERE key = '1999'").scalars())


def test_adding_an_interview_counts_no_other_again(marked: Path, publish: Publish, receipt: Make) -> None:
    publish(receipt("new.txt", date="2021", outlets=("A new one", "The Daily News"), language="ru"))
    assert counted_of_1999(marked) == {70}


def test_correcting_an_interview_counts_no_other_again(marked: Path, publish: Publish, receipt: Make) -> None:
    (stored,) = publish(receipt("0.txt", date="1990-01-01", title="Another"))
    assert stored.outcome == "corrected"
    assert counted_of_1999(marked) == {70}


def test_where_the_first_interview_of_all_gets_another_date_all_are_counted(
    tmp_path: Path, publish: Publish, receipt: Make
) -> None:
    publish(
        receipt("0.txt", date="1990", provenance=Provenance(id="0")),
        receipt("1.txt", date="1999", provenance=Provenance(id="1")),
    )
    publish(receipt("0.txt", date="2001", provenance=Provenance(id="0")))
    assert faults(tmp_path / "archive.db") == []
    with for_checking(tmp_path / "archive.db") as c:
        assert c.exec_driver_sql("SELECT first FROM tallies WHERE kind = 'all'").scalar() == "1999"


def test_what_another_version_of_the_program_counted_is_counted_anew(
    marked: Path, publish: Publish, receipt: Make
) -> None:
    change(marked, "UPDATE generation SET program = '0.0.1'")
    publish(receipt("new.txt", date="2021"))
    assert counted_of_1999(marked) == {1}
    assert faults(marked) == []


def test_many_interviews_are_counted_with_all_others(
    marked: Path, publish: Publish, receipt: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recounting, "MOST", 1)
    publish(receipt("new.txt", date="2021"), receipt("newer.txt", date="2021"))
    assert faults(marked) == []
