"""Files go in whole, in any order, once; a bad one hurts no other and nothing that is held."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app import parsing
from app.archive import listing, reading
from app.archive.holdings import InterviewFilter
from app.archive.opening import Library
from app.errors import ArchiveBusy, ArchiveUnreadable, NotHeld
from app.importer import FileReport, Report, import_paths
from app.intake import gather
from app.readers import LIMIT
from app.verifying import verify

TALK = """4 May 2020

Interview with Minister Anna Petrova, May 4, 2020

Question: What did the two sides agree on?

Anna Petrova: We agreed on three things. The first of them is trade.

Question: And what of the border?

Anna Petrova: The border stays where it is, as both sides have always said.
"""
Write = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


@pytest.fixture
def write(folder: Path) -> Write:
    """Returns a function that writes a file below the folder that is imported."""

    def write(name: str, text: str | bytes = TALK) -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return write


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


def outcomes(report: Report) -> dict[str, str]:
    return {Path(file.name).name: file.outcome for file in report.files}


def only(report: Report) -> FileReport:
    (file,) = report.files
    return file


def ids(db: Path) -> dict[str, list[str]]:
    """Return the ids of the turns of every interview, by its slug."""
    library = Library(db)
    with library.lease() as lease:
        _, listed = listing.interviews(lease.connection, InterviewFilter(), limit=1000)
        found = {one.slug: [turn.id for turn in reading.interview(lease.connection, one.slug).turns] for one in listed}
    library.close()
    return found


def indexed(db: Path) -> list[tuple[int, str]]:
    """Return the rows of the index with the ids of their turns."""
    with closing(sqlite3.connect(db)) as c:
        found = c.execute(
            "SELECT search_rows.id, public_id FROM search_rows JOIN turns ON turns.id = turn_id ORDER BY 1"
        )
        return [(int(row), str(id)) for row, id in found]


def state(db: Path) -> tuple[bytes, int, int]:
    return db.read_bytes(), db.stat().st_mtime_ns, db.stat().st_ino


# The provided transcript.


def test_the_provided_transcript_goes_in_and_verifies(archive: Path) -> None:
    library = Library(archive)
    with library.lease() as lease:
        held = reading.interview(lease.connection, "2015-12-11-lavrov-rossiya-segodnya")
        assert (held.head.date, held.head.time, held.head.language) == ("2015-12-11", "18:47", "en")
        assert [len(pair.answers) for pair in held.exchanges] == [1] * 6
        assert lease.generation.number == 1
    library.close()


def test_the_same_files_imported_twice_change_not_a_byte(transcript: Path, db: Path) -> None:
    first = import_paths([transcript], db)
    before = state(db)
    second = import_paths([transcript], db)
    assert (only(first).outcome, first.generation) == ("new", 1)
    assert (only(second).outcome, second.generation) == ("unchanged", None)
    assert only(second).slug == only(first).slug
    assert state(db) == before


def test_two_fresh_archives_have_the_same_ids(archive: Path, transcript: Path, db: Path) -> None:
    import_paths([transcript], db)
    assert ids(db) == ids(archive)


def test_the_order_of_files_does_not_matter(write: Write, tmp_path: Path) -> None:
    files = [write(f"{n}/{name}.txt", TALK.replace("trade", f"trade {n}")) for n, name in enumerate("bca")]
    for name, order in (("x", files), ("y", files[::-1])):
        for file in order:
            import_paths([file], tmp_path / f"{name}.db")
    import_paths(files[::-1], tmp_path / "z.db")
    import_paths([files[1], files[0], files[2]], tmp_path / "w.db")
    x, y, z, w = (ids(tmp_path / f"{name}.db") for name in "xyzw")
    assert sorted(x.values()) == sorted(y.values()) == sorted(z.values())
    assert z == w, "within one import the slugs are the same too"


# Corrections.


def test_a_corrected_file_is_a_new_version_with_the_same_ids(write: Write, db: Path) -> None:
    file = write("talk.txt")
    import_paths([file], db)
    before = ids(db)
    write("talk.txt", TALK.replace("always", "often"))
    report = import_paths([file], db)
    assert (only(report).outcome, only(report).ended, report.generation) == ("corrected", (), 2)
    assert ids(db) == before
    assert verify(db) == ()


def test_two_versions_in_one_import_are_indexed_as_in_two(write: Write, db: Path, tmp_path: Path) -> None:
    texts = {"a/talk.txt": TALK, "b/other.txt": TALK.replace("trade", "tolls"), "c/talk.txt": TALK.replace("al", "el")}
    files = [write(name, text) for name, text in texts.items()]
    for day, name in enumerate(texts, 1):
        write(f"{name}.toml", f'retrieved = "2020-05-0{day}"\n')
    assert [file.outcome for file in import_paths(files, db).files] == ["new", "new", "corrected"]
    for file in files:
        import_paths([file], tmp_path / "one-by-one.db")
    assert verify(db) == ()
    assert indexed(db) == indexed(tmp_path / "one-by-one.db")


def test_a_version_that_is_held_already_makes_no_other(write: Write, db: Path) -> None:
    import_paths([write("talk.txt")], db)
    import_paths([write("talk.txt", TALK.replace("always", "often"))], db)
    before = state(db)
    assert only(import_paths([write("talk.txt")], db)).outcome == "unchanged"
    assert state(db) == before


def test_a_file_that_would_end_ids_is_held_back_and_lists_them(write: Write, db: Path) -> None:
    file = write("talk.txt")
    import_paths([file], db)
    (before,) = ids(db).values()
    held = state(db)
    write("talk.txt", TALK[: TALK.index("Question: And")])
    report = import_paths([file], db)
    assert (only(report).outcome, report.generation) == ("held back", None)
    assert only(report).ended == tuple(before[2:])
    assert "--retire" in (only(report).reason or "")
    assert state(db) == held
    done = import_paths([file], db, retire=[before[3]], reason="Never said")
    assert (only(done).outcome, only(done).ended) == ("corrected", tuple(before[2:]))
    assert list(ids(db).values()) == [before[:2]]
    assert verify(db) == ()


def test_ids_are_not_retired_for_no_reason(write: Write, db: Path) -> None:
    for reason in (None, "", "  "):
        with pytest.raises(ValueError, match="reason"):
            import_paths([write("talk.txt")], db, retire=["0000000000000"], reason=reason)


def test_an_id_that_was_never_published_is_not_retired_and_nothing_is_read(write: Write, db: Path) -> None:
    file = write("talk.txt")
    with pytest.raises(NotHeld, match="0000000000000"):
        import_paths([file], db, retire=["0000000000000"], reason="Never said")
    assert not db.exists()
    import_paths([file], db)
    before = state(db)
    write("talk.txt", TALK.replace("always", "often"))
    with pytest.raises(NotHeld, match="nonsense"):
        import_paths([file], db, retire=[*next(iter(ids(db).values())), "nonsense"], reason="Never said")
    assert state(db) == before


def test_ids_that_were_to_be_retired_and_did_not_end_are_told(write: Write, db: Path) -> None:
    file = write("talk.txt")
    import_paths([file], db)
    (before,) = ids(db).values()
    write("talk.txt", TALK[: TALK.index("Question: And")])
    held = import_paths([file], db, retire=[before[1], before[2]], reason="Never said")
    assert (only(held).outcome, held.unused_retirements) == ("held back", (before[1], before[2]))
    done = import_paths([file], db, retire=[before[3], before[1], before[3]], reason="Never said")
    assert (only(done).outcome, done.unused_retirements) == ("corrected", (before[1],))


# Files that are no transcripts.

BAD = {
    "list.txt": "A shopping list\n\nmilk\nbread\n",
    "empty.txt": "",
    "binary.txt": bytes(range(256)) * 20,
    "unanswered.txt": "Question: Why?\n\nQuestion: And when?\n",
}


def test_bad_files_are_refused_with_line_and_reason_and_stop_no_other(write: Write, folder: Path, db: Path) -> None:
    for name, data in BAD.items():
        write(name, data)
    write("zz/talk.txt")
    report = import_paths([folder], db)
    assert outcomes(report) == {**dict.fromkeys(BAD, "refused"), "talk.txt": "new"}
    for file in report.files:
        if file.outcome == "refused":
            assert file.reason is not None
            assert file.code not in (None, "fault")
            path, line, reason = file.reason.split(":", 2)
            assert path == file.name == str(folder / Path(path).name)
            assert int(line) >= 1
            assert reason.strip()


def test_refused_files_touch_nothing_that_is_held(write: Write, folder: Path, db: Path) -> None:
    import_paths([write("talk.txt")], db)
    before = state(db)
    for name, data in BAD.items():
        write(name, data)
    write("talk.txt", "Nothing here.\n")
    assert set(outcomes(import_paths([folder], db)).values()) == {"refused"}
    assert state(db) == before


def test_nothing_taken_makes_no_archive(write: Write, folder: Path, db: Path) -> None:
    write("list.txt", BAD["list.txt"])
    assert import_paths([folder], db).generation is None
    assert not db.exists()


def test_a_file_that_is_too_large_is_refused_unread(write: Write, db: Path) -> None:
    file = write("talk.txt")
    os.truncate(file, LIMIT + 1)
    assert "larger than" in (only(import_paths([file], db)).reason or "")


def test_a_path_that_is_not_there_is_refused(tmp_path: Path, db: Path) -> None:
    file = only(import_paths([tmp_path / "none.txt"], db))
    assert (file.outcome, file.reason) == ("refused", f"{tmp_path / 'none.txt'}:1: No such file or directory")


def test_strict_refuses_what_gives_warnings(write: Write, db: Path) -> None:
    talk = TALK.replace("4 May 2020\n\n", "").replace(", May 4, 2020", "")
    file = write("talk.txt", talk)
    report = only(import_paths([file], db, strict=True, dry_run=True))
    loose = only(import_paths([file], db))
    assert loose.findings, "the undated transcript gives no warning: choose another"
    assert (report.outcome, report.code, report.findings) == ("refused", "strict", loose.findings)


def test_a_fault_of_the_program_refuses_its_file_and_is_not_silent(
    write: Write, folder: Path, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("a.txt")
    write("b.txt", TALK.replace("border", "boundary"))
    parse = parsing.parse

    def break_on_a(document: object, source: object) -> object:
        if getattr(source, "name", "") == "a.txt":
            raise IndexError("no such label")
        return parse(document, source)  # type: ignore[arg-type]

    monkeypatch.setattr(parsing, "parse", break_on_a)
    with pytest.warns(RuntimeWarning, match=r"a\.txt: IndexError: no such label"):
        report = import_paths([folder], db)
    assert outcomes(report) == {"a.txt": "refused", "b.txt": "new"}
    assert {file.code for file in report.files} == {"fault", None}
    with pytest.raises(RuntimeWarning):
        import_paths([folder], db)


# Dry runs, progress, and what is in the way.


def test_a_dry_run_reports_all_the_same_and_writes_nothing(write: Write, folder: Path, db: Path) -> None:
    write("a.txt")
    write("list.txt", BAD["list.txt"])
    report = import_paths([folder], db, dry_run=True)
    assert (outcomes(report), report.generation) == ({"a.txt": "new", "list.txt": "refused"}, None)
    assert not db.exists()
    import_paths([folder], db)
    before = state(db)
    write("a.txt", TALK.replace("always", "often"))
    assert outcomes(import_paths([folder], db, dry_run=True))["a.txt"] == "corrected"
    assert state(db) == before


def test_progress_is_told_file_by_file(write: Write, folder: Path, db: Path) -> None:
    for name in ("b.txt", "a.txt", "list.txt"):
        write(name, BAD.get(name, TALK))
    steps: list[tuple[int, int, str]] = []
    import_paths([folder], db, progress=lambda *step: steps.append(step))
    assert [(done, total) for done, total, _ in steps] == [(1, 3), (2, 3), (3, 3)]
    assert {Path(name).name for _, _, name in steps} == {"a.txt", "b.txt", "list.txt"}


def test_an_import_beside_another_is_told(write: Write, db: Path) -> None:
    from app.archive.publishing import building

    with building(db), pytest.raises(ArchiveBusy):
        import_paths([write("talk.txt")], db)


def test_an_import_of_held_files_does_not_wait_for_another(write: Write, db: Path) -> None:
    from app.archive.publishing import building

    file = write("talk.txt")
    import_paths([file], db)
    with building(db):
        assert only(import_paths([file], db)).outcome == "unchanged"


def test_a_file_that_is_no_archive_is_not_imported_into(write: Write, db: Path) -> None:
    db.write_text("Dear diary")
    with pytest.raises(ArchiveUnreadable):
        import_paths([write("talk.txt")], db)
    assert db.read_text() == "Dear diary"


def test_an_index_of_another_analysis_is_made_anew_by_any_import(write: Write, db: Path) -> None:
    file = write("talk.txt")
    import_paths([file], db)
    raw = sqlite3.connect(db, isolation_level=None)
    raw.execute("UPDATE generation SET analysis = 'of old'")
    raw.close()
    assert verify(db) != ()
    report = import_paths([file], db)
    assert (only(report).outcome, report.generation) == ("unchanged", 2)
    assert verify(db) == ()


# Folders, links and sidecars.


def test_folders_are_taken_whole_and_what_cannot_be_read_is_listed(write: Write, folder: Path, db: Path) -> None:
    write("2020/05/talk.txt")
    write("2021/TALK2.TXT", TALK.replace("border", "boundary"))
    write("notes.ods", "x")
    write("lost.toml", "")
    write(".hidden.txt")
    write(".git/talk.txt")
    os.mkfifo(folder / "pipe.txt")
    assert outcomes(import_paths([folder], db)) == {
        "talk.txt": "new",
        "TALK2.TXT": "new",
        "notes.ods": "skipped",
        "lost.toml": "skipped",
        ".hidden.txt": "skipped",
        ".git": "skipped",
        "pipe.txt": "skipped",
    }


def test_a_file_named_twice_is_taken_once(write: Write, folder: Path, db: Path) -> None:
    file = write("talk.txt")
    assert [one.outcome for one in import_paths([folder, file, folder / "." / "talk.txt"], db).files] == ["new"]


def test_the_same_bytes_under_two_names_are_one_interview(write: Write, folder: Path, db: Path) -> None:
    write("a.txt")
    write("b.txt")
    report = import_paths([folder], db)
    assert outcomes(report) == {"a.txt": "new", "b.txt": "unchanged"}
    assert report.files[1].reason == "the same bytes are held as a.txt"


def test_links_that_lead_out_of_the_folder_are_refused_and_others_taken_where_they_lead(
    write: Write, folder: Path, tmp_path: Path, db: Path
) -> None:
    (tmp_path / "secret.txt").write_text(TALK)
    (tmp_path / "elsewhere").mkdir()
    write("talk.txt")
    write("note.txt", TALK.replace("border", "boundary"))
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "outdir").symlink_to(tmp_path / "elsewhere")
    (folder / "in.txt").symlink_to(folder / "talk.txt")
    (folder / "circle").symlink_to(folder)
    (folder / "nowhere.txt").symlink_to(folder / "none")
    (tmp_path / "secret.toml").write_text('id = "x"')
    (folder / "note.txt.toml").symlink_to(tmp_path / "secret.toml")
    assert outcomes(import_paths([folder], db)) == {
        "talk.txt": "new",
        "note.txt": "refused",
        "out.txt": "refused",
        "outdir": "refused",
        "in.txt": "skipped",
        "circle": "skipped",
        "nowhere.txt": "skipped",
        "note.txt.toml": "refused",
    }


def test_a_link_that_is_named_itself_is_followed(write: Write, tmp_path: Path, db: Path) -> None:
    (tmp_path / "link.txt").symlink_to(write("talk.txt"))
    assert only(import_paths([tmp_path / "link.txt"], db)).outcome == "new"


@pytest.mark.parametrize("name", ["talk.txt.toml", "talk.toml"])
def test_a_sidecar_says_what_is_known(write: Write, folder: Path, db: Path, name: str) -> None:
    write("talk.txt")
    write(name, 'url = "https://example.org/1"\noutlet = "BBC"\npublisher = "Ministry"\n')
    assert outcomes(import_paths([folder], db)) == {"talk.txt": "new"}
    library = Library(db)
    with library.lease() as lease:
        head = reading.interview(lease.connection, "2020-05-04-petrova-bbc").head
    library.close()
    assert (head.source.url, head.source.publisher) == ("https://example.org/1", "Ministry")


def test_a_sidecar_is_found_where_the_file_itself_is_named(write: Write, db: Path) -> None:
    write("talk.txt.toml", 'outlet = "BBC"')
    assert only(import_paths([write("talk.txt")], db)).slug == "2020-05-04-petrova-bbc"


def test_a_changed_sidecar_is_a_new_version_with_the_same_ids(write: Write, folder: Path, db: Path) -> None:
    write("talk.txt")
    import_paths([folder], db)
    before = ids(db)
    write("talk.txt.toml", 'publisher = "Ministry"')
    assert outcomes(import_paths([folder], db)) == {"talk.txt": "corrected"}
    assert ids(db) == before
    assert outcomes(import_paths([folder], db)) == {"talk.txt": "unchanged"}


def test_two_sidecars_of_one_file_are_refused(write: Write, folder: Path, db: Path) -> None:
    write("talk.txt")
    write("talk.txt.toml")
    write("talk.toml")
    report = only(import_paths([folder], db))
    assert (report.outcome, "two sidecars" in (report.reason or "")) == ("refused", True)


def test_a_sidecar_that_could_be_of_two_files_is_refused(write: Write, folder: Path, db: Path) -> None:
    write("talk.txt")
    write("talk.html", f"<pre>{TALK}</pre>")
    write("talk.toml")
    assert outcomes(import_paths([folder], db)) == {"talk.txt": "refused", "talk.html": "refused"}


def test_a_sidecar_that_cannot_be_read_refuses_its_file_with_its_own_line(write: Write, folder: Path, db: Path) -> None:
    write("talk.txt")
    write("talk.txt.toml", '# known\noutlett = "BBC"\n')
    report = only(import_paths([folder], db))
    assert (report.outcome, report.code) == ("refused", "sidecar")
    assert (report.reason or "").startswith(f"{folder / 'talk.txt.toml'}:2: ")


def test_files_come_in_the_order_of_what_they_are_not_of_where_they_lie(write: Write, folder: Path) -> None:
    write("a/z.txt")
    write("b/a.txt")
    write("c/m.txt")
    write("c/m.txt.toml", 'id = "0"')
    write("d/z.txt")
    write("d/z.txt.toml", "retrieved = 2015-01-01")
    assert [entry.path.relative_to(folder).as_posix() for entry in gather([folder])] == [
        "c/m.txt",
        "b/a.txt",
        "a/z.txt",
        "d/z.txt",
    ]


def test_a_name_that_is_no_unicode_is_taken_and_shown(folder: Path, db: Path) -> None:
    Path(os.fsdecode(os.fsencode(folder) + b"/talk\xff.txt")).write_text(TALK)
    report = only(import_paths([folder], db))
    assert (report.outcome, Path(report.name).name) == ("new", "talk\ufffd.txt")
    assert verify(db) == ()
