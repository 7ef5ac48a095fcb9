"""Today's parser over the sources that are held: what it reads otherwise is a new version, and no id ends unasked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection

from app import intake, storing
from app.archive import reading, restoring
from app.archive.opening import for_checking
from app.archive.publishing import building
from app.archive.writing import Receipt
from app.archive.writing import store as write
from app.errors import ArchiveMissing, NotHeld, SourceRefused
from app.importer import import_paths
from app.records import Exchange, Finding, Interview, Turn
from app.registers import Registers
from app.reparsing import Change, InterviewReport, Report, reparse
from app.search.index import index_interview
from app.verifying import verify

TALK = """Interview with Minister Anna Petrova, 4 May 2020

Question: What did the two sides agree on when they met in the capital last week?

Anna Petrova: We agreed on three things, and the first of them is that trade goes on as it did before.

Question: And what of the border, which so many of our readers live beside and worry about?

Anna Petrova: The border stays where it is, as both sides have always said and will go on saying.

Question: Will there be another meeting of the two delegations before the end of the year?

Anna Petrova: There will be one in the autumn, and I shall be there together with the whole delegation.
"""
REASON = "Given to another by mistake"
Reading = Callable[[Interview], Interview]


def held_as(archive: Path, file: Path, older: Reading = lambda interview: interview, data: bytes | None = None) -> str:
    """Put a file into the archive as an older parser would have read it; return the slug of the interview.

    With `data`, it is as if those bytes had been read so.
    """
    (entry,) = intake.gather([file])
    source, sidecar = intake.load(entry)
    interview, encoding = storing.read(source, Registers())
    if data is not None:
        source = replace(source, data=data)
    with building(archive) as c:
        stored = write(c, Receipt(source, older(interview), encoding, sidecar))
        index_interview(c, stored.interview_id)
    return stored.slug


@contextmanager
def opened(archive: Path) -> Iterator[Connection]:
    with for_checking(archive) as c:
        yield c


def ids(archive: Path, slug: str, version: int | None = None) -> list[str]:
    with opened(archive) as c:
        return [turn.id for turn in reading.interview(c, slug, version).turns]


def one(report: Report) -> InterviewReport:
    (only,) = report.interviews
    return only


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "archive" / "archive.db"


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    file = tmp_path / "talk.txt"
    file.write_text(TALK)
    return file


def with_turns(change: Callable[[int, Turn], Turn]) -> Reading:
    def older(interview: Interview) -> Interview:
        return replace(interview, turns=tuple(change(place, turn) for place, turn in enumerate(interview.turns)))

    return older


def test_what_todays_parser_reads_as_it_did_is_left_as_it_is(archive: Path, filled_archive: Path, told: Path) -> None:
    for path in (archive, filled_archive):
        before = path.read_bytes(), path.stat().st_mtime_ns
        report = reparse(path)
        assert {each.outcome for each in report.interviews} == {"unchanged"}, report
        assert report.generation is None
        assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    with opened(filled_archive) as c:
        assert len(reparse(filled_archive).interviews) == len(restoring.rows(c)) > 10
    # Those of the archive with a history have been given warnings that nobody gave them.
    assert {each.outcome for each in reparse(told, dry_run=True).interviews} == {"warnings anew"}


def test_a_better_reading_is_a_new_version_of_the_same_source_that_keeps_every_id(db: Path, talk: Path) -> None:
    slug = held_as(db, talk, lambda interview: replace(interview, title="Interview", date="2020", outlets=("A Paper",)))
    before = ids(db, slug)
    report = reparse(db)
    assert one(report).outcome == "parsed anew"
    assert set(one(report).changes) == {
        Change("title", old="Interview", new="Interview with Minister Anna Petrova, 4 May 2020"),
        Change("date", old="2020", new="2020-05-04"),
        Change("outlets"),
    }
    assert (one(report).kept, one(report).new, one(report).ended) == (6, 0, ())
    assert ids(db, slug) == ids(db, slug, 1) == before
    with opened(db) as c:
        now, then = reading.interview(c, slug).head, reading.interview(c, slug, 1).head
    assert (now.version, now.date, then.date, now.source.sha256) == (2, "2020-05-04", "2020", then.source.sha256)
    assert verify(db) == ()


def test_the_file_that_was_read_anew_is_still_the_same_file_and_a_second_reading_changes_nothing(
    db: Path, talk: Path
) -> None:
    held_as(db, talk, lambda interview: replace(interview, title="Interview"))
    assert reparse(db).generation == 2
    assert one(reparse(db)).outcome == "unchanged"
    assert import_paths([talk], db).files[0].outcome == "unchanged"
    with opened(db) as c:
        assert reading.generation(c).number == 2


def test_turns_keep_their_ids_where_speaker_and_role_are_as_before_and_others_end_only_when_asked(
    db: Path, talk: Path
) -> None:
    def older(place: int, turn: Turn) -> Turn:
        return replace(turn, speaker="John Brown") if place == 3 else turn

    slug = held_as(db, talk, with_turns(older))
    before, data = ids(db, slug), db.read_bytes()
    held = reparse(db)
    assert (one(held).outcome, one(held).ended, one(held).version) == ("held back", (before[3],), 1)
    assert Change("speakers", turns=1) in one(held).changes
    assert "--retire" in (one(held).reason or "")
    assert held.generation is None
    assert db.read_bytes() == data

    done = one(reparse(db, retire=[before[3]], reason=REASON))
    assert (done.outcome, done.kept, done.new, done.ended) == ("parsed anew", 5, 1, (before[3],))
    after = ids(db, slug)
    assert [new == old for new, old in zip(after, before, strict=True)] == [True, True, True, False, True, True]
    with opened(db) as c:
        end = reading.ending(c, before[3])
    assert end is not None
    assert (end.successor, end.reason) == (after[3], REASON)
    assert verify(db) == ()


def test_a_turn_in_another_role_is_another_turn_and_the_rest_stands(db: Path, talk: Path) -> None:
    def older(interview: Interview) -> Interview:
        """Take the last question and its answer for what an official says unasked."""
        last = [replace(turn, role="statement") for turn in interview.turns[4:]]
        return replace(interview, turns=(*interview.turns[:4], *last), exchanges=interview.exchanges[:2])

    slug = held_as(db, talk, older)
    before = ids(db, slug)
    held = one(reparse(db))
    assert (held.outcome, held.ended) == ("held back", tuple(before[4:]))
    assert Change("roles", turns=2) in held.changes
    assert one(reparse(db, retire=before[4:], reason=REASON)).kept == 4
    assert ids(db, slug)[:4] == before[:4]
    assert verify(db) == ()


def test_turns_that_were_cut_in_another_way_are_counted(db: Path, talk: Path) -> None:
    def older(interview: Interview) -> Interview:
        """Take the second exchange for more paragraphs of the answer before it."""
        first, *joined = interview.turns[1:4]
        paragraphs = tuple(text for turn in (first, *joined) for text in turn.paragraphs)
        lines = tuple(line for turn in (first, *joined) for line in turn.lines)
        turns = (interview.turns[0], replace(first, paragraphs=paragraphs, lines=lines), *interview.turns[4:])
        return replace(interview, turns=turns, exchanges=(Exchange((0,), (1,)), Exchange((2,), (3,))))

    slug = held_as(db, talk, older)
    before = ids(db, slug)
    held = one(reparse(db))
    assert (held.outcome, held.ended) == ("held back", (before[1],))
    assert {Change("texts", turns=1), Change("turns", turns=2), Change("exchanges")} <= set(held.changes)
    assert (held.kept, held.new) == (3, 3)


def test_other_warnings_alone_are_no_new_version(db: Path, talk: Path) -> None:
    slug = held_as(db, talk, lambda interview: replace(interview, findings=(Finding("doubt", 3, "once doubted"),)))
    report = reparse(db)
    assert (one(report).outcome, one(report).changes, one(report).version) == (
        "warnings anew",
        (Change("warnings"),),
        1,
    )
    assert report.generation == 2
    with opened(db) as c:
        assert reading.interview(c, slug).head.versions == 1
        assert [each.interview.findings for each in restoring.restored(c)] == [()]
    assert verify(db) == ()


def test_another_language_is_read_in_the_same_interview(db: Path, talk: Path) -> None:
    slug = held_as(db, talk, lambda interview: replace(interview, language="und"))
    assert Change("language", old="und", new="en") in one(reparse(db)).changes
    with opened(db) as c:
        assert (reading.interview(c, slug).head.language, reading.interview(c, slug, 1).head.language) == ("en", "und")
    assert verify(db) == ()


def test_what_a_sidecar_states_is_read_again(db: Path, talk: Path) -> None:
    talk.with_name("talk.txt.toml").write_text('url = "https://ministry.example/1"\noutlet = "The Daily News"\n')
    slug = held_as(db, talk, lambda interview: replace(interview, outlets=()))
    with building(db) as c:
        c.exec_driver_sql("UPDATE versions SET url = NULL")
    assert set(one(reparse(db)).changes) == {Change("outlets"), Change("provenance")}
    with opened(db) as c:
        head = reading.interview(c, slug).head
    assert (head.source.url, [outlet.name for outlet in head.outlets]) == (
        "https://ministry.example/1",
        ["The Daily News"],
    )


def test_only_the_current_version_is_read_and_older_ones_stay_as_they_are(db: Path, talk: Path) -> None:
    slug = held_as(db, talk, lambda interview: replace(interview, title="The first"))
    talk.write_text(TALK.replace("(A pause.)", "").replace("the whole delegation", "a whole delegation"))
    held_as(db, talk, lambda interview: replace(interview, title="The second"))
    assert one(reparse(db)).version == 3
    with opened(db) as c:
        assert [reading.interview(c, slug, n).head.title[:10] for n in (1, 2, 3)] == [
            "The first",
            "The second",
            "Interview ",
        ]


def test_what_is_withheld_is_passed_over_and_what_is_refused_today_stays(db: Path, tmp_path: Path, talk: Path) -> None:
    withheld = held_as(db, talk, lambda interview: replace(interview, title="Interview"))
    other = tmp_path / "other.txt"
    other.write_text(TALK.replace("4 May 2020", "5 June 2021"))
    refused = held_as(db, other, data=b"Nobody speaks here.")
    with building(db) as c:
        c.exec_driver_sql("UPDATE sources SET data = NULL WHERE id = 1")
    before = ids(db, refused)
    report = reparse(db)
    assert {each.slug: each.outcome for each in report.interviews} == {withheld: "withheld", refused: "refused"}
    told = next(each for each in report.interviews if each.slug == refused)
    assert told.reason is not None
    assert told.reason.startswith(f"{refused}: other.txt:1: ")
    assert told.code == "no-turns"
    assert report.generation is None
    assert ids(db, refused) == before


def test_a_dry_run_reports_all_the_same_and_writes_nothing(db: Path, talk: Path) -> None:
    held_as(db, talk, lambda interview: replace(interview, title="Interview"))
    data = db.read_bytes()
    report = reparse(db, dry_run=True)
    assert (one(report).outcome, one(report).version, report.generation) == ("parsed anew", 2, None)
    assert db.read_bytes() == data


def test_it_can_be_asked_of_some_interviews_alone_also_under_a_slug_that_leads_on(
    db: Path, tmp_path: Path, talk: Path
) -> None:
    first = held_as(db, talk, lambda interview: replace(interview, title="Interview"))
    other = tmp_path / "other.txt"
    other.write_text(TALK.replace("4 May 2020", "5 June 2021"))
    second = held_as(db, other, lambda interview: replace(interview, title="Interview"))
    with building(db) as c:
        c.exec_driver_sql(f"INSERT INTO redirects VALUES ('interview', 'old', '{second}', 'renamed', '2026-01-01')")
    assert one(reparse(db, ["old"])).slug == second
    assert one(reparse(db, [first, first])).outcome == "parsed anew"
    assert {each.outcome for each in reparse(db).interviews} == {"unchanged"}
    with pytest.raises(NotHeld):
        reparse(db, ["nowhere"])


def test_the_registers_beside_the_archive_are_kept_to_without_ending_an_id(db: Path, talk: Path) -> None:
    slug = held_as(db, talk, lambda interview: replace(interview, title="Interview"))
    before = ids(db, slug)
    db.with_name("people.toml").write_text('[[person]]\nname = "A. Petrova"\naliases = ["Anna Petrova"]\n')
    report = reparse(db)
    assert (one(report).outcome, one(report).ended) == ("parsed anew", ())
    assert [(settled.how, settled.new.name) for settled in report.settled] == [("renamed", "A. Petrova")]
    assert ids(db, slug) == before
    db.with_name("people.toml").write_text("[[person]]\n")
    with pytest.raises(SourceRefused):
        reparse(db)


def test_ids_that_were_never_published_and_reasons_that_are_none_stop_it_before_anything_is_read(
    db: Path, talk: Path
) -> None:
    with pytest.raises(ArchiveMissing):
        reparse(db)
    slug = held_as(db, talk)
    with pytest.raises(NotHeld):
        reparse(db, retire=["0000000000000"], reason=REASON)
    with pytest.raises(ValueError, match="reason"):
        reparse(db, retire=ids(db, slug)[:1], reason=" ")
    assert reparse(db, retire=ids(db, slug)[:1], reason=REASON).unused == tuple(ids(db, slug)[:1])
