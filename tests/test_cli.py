"""The commands keep their words: what they print where, and the status they leave with."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from app import __version__, storing
from app.archive import reading
from app.archive.publishing import building
from app.archive.writing import Receipt, store
from app.cli import main
from app.records import Source
from app.registers import Registers
from app.search.index import index_interview

NOT_A_TRANSCRIPT = "A shopping list\n\nmilk\nbread\n"


class Ran(NamedTuple):
    """What a command left behind."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command here; what it prints is no terminal's."""
    monkeypatch.setenv("COLUMNS", "100")

    def run(*arguments: str | Path) -> Ran:
        with pytest.raises(SystemExit) as left:
            main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return Ran(left.value.code, captured.out, captured.err)

    return run


def _process(*arguments: str | Path, **variables: str) -> Ran:
    ran = subprocess.run(
        [sys.executable, "-m", "app", *arguments], env={**os.environ, **variables}, capture_output=True, text=True
    )
    return Ran(ran.returncode, ran.stdout, ran.stderr)


def _on_terminal(*arguments: str | Path, **variables: str) -> str:
    """Return what a command prints to a terminal."""
    ours, its = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", **variables}
    with subprocess.Popen(
        [sys.executable, "-m", "app", *arguments], env=environment, stdin=its, stdout=its, stderr=its
    ) as process:
        os.close(its)
        pieces = []
        try:
            while piece := os.read(ours, 65536):
                pieces.append(piece)
        except OSError:
            pass  # Linux says so where others give no more bytes: the terminal has no other end any more.
        finally:
            os.close(ours)
        process.wait(30)
    return b"".join(pieces).decode()


def test_help_comes_at_once_since_it_loads_neither_database_nor_site() -> None:
    program = (
        "import sys\nfrom app.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "print(sorted({'sqlalchemy', 'fastapi', 'uvicorn', 'lxml', 'bs4', 'pydantic'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"


def test_the_version_is_that_of_the_package(run: Run) -> None:
    assert run("--version") == Ran(0, f"verbatim {__version__}\n", "")


@pytest.mark.parametrize("command", ["import", "reparse", "inspect", "serve", "search", "verify", "rollback"])
def test_every_command_explains_itself_with_an_example(command: str, run: Run) -> None:
    ran = run(command, "--help")
    assert ran.status == 0
    assert f"  verbatim {command}" in ran.out


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["publish"],
        ["import"],
        ["import", "nowhere.txt"],
        ["inspect", "nowhere.txt"],
        ["inspect", "."],
        ["import", ".", "--retire", "0000000000000"],
        ["import", ".", "--reason", "no id is named"],
        ["import", ".", "--retire", "mistyped", "--reason", "none"],
        ["import", ".", "--retire", "0000000000004", "--reason", "never published"],
        ["reparse", "--reason", "no id is named"],
        ["reparse", "--retire", "mistyped", "--reason", "none"],
        ["search"],
        ["search", "x", "--in", "everything"],
        ["search", "x", "--page", "0"],
        ["serve", "--port", "99999"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_status_2_and_writes_nothing(
    arguments: list[str], run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(*arguments).status == 2
    assert not list(tmp_path.iterdir())


def test_a_setting_that_makes_no_sense_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERBATIM_CACHE_BYTES", "plenty")
    ran = run("search", "refugees")
    assert ran.status == 2
    assert ran.err.startswith("VERBATIM_CACHE_BYTES=plenty: ")


def test_an_import_tells_what_is_new_and_the_next_that_nothing_is(run: Run, transcript: Path, tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    first = run("import", transcript, "--archive", archive)
    assert first.status == 0
    assert f"new: {transcript} -> /interviews/" in first.out
    assert "generation 1" in first.out
    before = archive.read_bytes()
    again = run("import", transcript, "--archive", archive)
    assert again.status == 0
    assert "Nothing changed" in again.out
    assert archive.read_bytes() == before


def test_a_refused_file_is_told_with_its_line_and_the_others_are_imported(
    run: Run, transcript: Path, tmp_path: Path
) -> None:
    other = tmp_path / "list.txt"
    other.write_text(NOT_A_TRANSCRIPT)
    archive = tmp_path / "archive.db"
    ran = run("import", other, transcript, "--archive", archive, "--json")
    assert ran.status == 1
    assert ran.err.startswith(f"{other}:1: ")
    outcomes = {file["name"]: file["outcome"] for file in json.loads(ran.out)["files"]}
    assert outcomes == {str(other): "refused", str(transcript): "new"}
    assert run("search", "refugees", "--archive", archive).status == 0


def test_a_dry_run_writes_nothing(run: Run, transcript: Path, tmp_path: Path) -> None:
    ran = run("import", transcript, "--archive", tmp_path / "archive.db", "--dry-run")
    assert ran.status == 0
    assert "nothing was written" in ran.out
    assert not list(tmp_path.iterdir())


def test_a_file_that_would_end_ids_is_held_back_until_they_are_retired(
    run: Run, transcript: Path, tmp_path: Path
) -> None:
    archive, corrected = tmp_path / "archive.db", tmp_path / transcript.name
    assert run("import", transcript, "--archive", archive).status == 0
    text = transcript.read_text(encoding="utf-8")
    corrected.write_text(text[: text.rindex("Question:")], encoding="utf-8")

    held = run("import", corrected, "--archive", archive, "--json")
    assert held.status == 1
    (file,) = json.loads(held.out)["files"]
    assert file["outcome"] == "held back"
    assert file["ended"]
    assert all(id in held.err for id in file["ended"])

    retire = ("--retire", *file["ended"], "--reason", "Left out by the publisher")
    done = run("import", corrected, *retire, "--archive", archive, "--json")
    assert (done.status, json.loads(done.out)["files"][0]["outcome"]) == (0, "corrected")


def test_what_is_held_is_read_anew_and_an_id_that_would_end_is_told(run: Run, transcript: Path, tmp_path: Path) -> None:
    path, source = tmp_path / "archive.db", Source(transcript.name, transcript.read_bytes(), "text/plain")
    interview, encoding = storing.read(source, Registers())
    turns = (interview.turns[0], replace(interview.turns[1], speaker="Somebody Else"), *interview.turns[2:])
    with building(path) as c:  # as an older parser might have read it
        held = store(c, Receipt(source, replace(interview, title="A talk", turns=turns), encoding))
        index_interview(c, held.interview_id)
        id = reading.interview(c, held.slug).turns[1].id
    ran = run("reparse", held.slug, "--archive", path)
    assert ran.status == 1
    assert "held back: it would end a published id" in ran.err
    assert f"{id} would end" in ran.err
    assert "title (A talk -> " in ran.out
    assert "speakers (1)" in ran.out
    ran = run("reparse", held.slug, "--retire", id, "--reason", "He did not say it", "--archive", path, "--json")
    assert (ran.status, ran.err) == (0, "")
    (told,) = json.loads(ran.out)["interviews"]
    assert (told["outcome"], told["version"], told["ended"], told["new"]) == ("parsed anew", 2, [id], 1)
    ran = run("reparse", "--archive", path)
    assert ran.status == 0
    assert "Nothing changed" in ran.out
    assert run("reparse", "nowhere", "--archive", path).status == 2
    assert run("verify", "--archive", path).status == 0


def test_a_generation_is_rolled_back_and_what_only_it_had_is_told(run: Run, transcript: Path, tmp_path: Path) -> None:
    path, other = tmp_path / "archive" / "archive.db", tmp_path / "other.txt"
    run("import", transcript, "--archive", path)
    ran = run("rollback", "--archive", path)
    assert ran.status == 1
    assert "no generation to return to" in ran.err
    other.write_text("Talk with Ann Bo, 2019\n\nQuestion: Is it so?\n\nAnn Bo: It is so, and it stays so.\n")
    assert run("import", other, "--archive", path).status == 0
    ran = run("rollback", "--archive", path, "--dry-run")
    assert (ran.status, ran.err) == (0, "")
    assert "What generation 2 alone had would be withdrawn: 1 interview" in ran.out
    assert "nothing was written" in ran.out
    ran = run("rollback", "--archive", path, "--reason", "The wrong file")
    assert "Generation 1 is the current one again." in ran.out
    assert "Published as generation 3." in ran.out
    ran = run("rollback", "--archive", path, "--json")
    assert json.loads(ran.out) == {
        "archive": str(path),
        "restored": 2,
        "dropped": 3,
        "generation": 4,
        "lapsed": {},
    }
    assert run("verify", "--archive", path).status == 0


def test_inspection_shows_every_line_of_a_transcript_beside_what_it_was_taken_for(run: Run, transcript: Path) -> None:
    ran = run("inspect", transcript)
    assert ran.status == 0
    shown = " ".join(ran.out.split())
    for line in transcript.read_text(encoding="utf-8").splitlines():
        assert " ".join(line.split()) in shown
    assert [line.split()[1] for line in ran.out.splitlines() if "Question: " in line] == ["question"] * 6


def test_inspection_as_json_has_the_agreed_keys(run: Run, transcript: Path) -> None:
    ran = run("inspect", transcript, "--json")
    seen = json.loads(ran.out)
    agreed = {"title", "date", "time", "language", "outlets", "speakers", "turns", "notes", "furniture", "warnings"}
    assert agreed | {"refused"} <= seen.keys()
    assert {"role", "speaker", "label", "paragraphs", "line"} <= seen["turns"][0].keys()
    assert (ran.status, ran.err, seen["refused"], len(seen["turns"])) == (0, "", None, 12)


def test_inspecting_what_would_be_refused_is_status_1(run: Run, tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text(NOT_A_TRANSCRIPT)
    ran = run("inspect", tmp_path / "list.txt")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith("list.txt:")


def test_a_search_shows_the_question_the_passage_and_the_link(run: Run, archive: Path) -> None:
    ran = run("search", "refugees", "--archive", archive)
    assert ran.status == 0
    assert "2015-12-11" in ran.out
    assert "refugee camps" in ran.out
    assert "http://127.0.0.1:8000/a/" in ran.out


def test_the_words_of_a_search_may_stand_apart_and_json_stands_alone(run: Run, archive: Path) -> None:
    together = run("search", '"islands of security"', "--archive", archive, "--json")
    assert json.loads(together.out)["total"] == 1
    apart = run("search", "refugee", "camps", "--archive", archive, "--json")
    assert json.loads(apart.out)["total"] == 1


@pytest.mark.parametrize(
    "command", [["search", "refugees"], ["serve"], ["verify"], ["reparse"], ["rollback"]], ids=" ".join
)
def test_without_an_archive_a_command_says_how_to_make_one(command: list[str], run: Run, tmp_path: Path) -> None:
    ran = run(*command, "--archive", tmp_path / "archive.db")
    assert (ran.status, ran.out) == (1, "")
    assert "verbatim import data/transcripts" in ran.err
    assert "Traceback" not in ran.err


def test_a_sound_archive_is_verified_and_a_damaged_one_is_not(run: Run, archive: Path, tmp_path: Path) -> None:
    sound = run("verify", "--archive", archive)
    assert sound.status == 0
    assert re.search(r"^digest: [0-9a-f]{64}$", sound.out, re.MULTILINE)
    copy = tmp_path / "archive.db"
    data = bytearray(archive.read_bytes())
    where = data.index(b"islands of security")
    data[where : where + 7] = b"ISLANDS"
    copy.write_bytes(data)
    ran = run("verify", "--archive", copy, "--json")
    assert ran.status == 1
    assert json.loads(ran.out)["faults"]


def test_a_pipe_that_nobody_reads_is_no_error(transcript: Path) -> None:
    command: list[str | Path] = [sys.executable, "-m", "app", "inspect", transcript]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""


def test_colours_are_for_terminals_and_no_color_is_respected(transcript: Path) -> None:
    assert "\x1b[" not in _process("inspect", transcript).out
    assert "\x1b[36m" in _on_terminal("inspect", transcript, NO_COLOR="")
    assert "\x1b[36m" not in _on_terminal("inspect", transcript, NO_COLOR="1")


def test_a_file_cannot_command_the_terminal_it_is_shown_in(run: Run, transcript: Path, tmp_path: Path) -> None:
    hostile = tmp_path / "hostile.txt"
    hostile.write_text(transcript.read_text(encoding="utf-8").replace("In this", "\x9b31m In this"), encoding="utf-8")
    ran = run("inspect", hostile)
    assert "\x9b" not in ran.out + ran.err


def test_a_bag_is_written_and_made_an_archive_again_and_both_tell_one_digest(
    run: Run, archive: Path, tmp_path: Path
) -> None:
    bag, again = tmp_path / "bag", tmp_path / "again.db"
    written = run("export", "bag", bag, "--archive", archive, "--json")
    assert written.status == 0
    assert json.loads(run("import", bag, "--archive", again, "--dry-run", "--json").out)["generation"] is None
    assert not again.exists()
    restored = run("import", bag, "--archive", again)
    assert restored.status == 0
    digests = [ran.out.split()[-1] for ran in (restored, *(run("verify", "--archive", at) for at in (archive, again)))]
    assert digests == [json.loads(written.out)["digest"]] * 3
    assert run("export", "bag", bag, "--archive", archive).status == 1
    assert run("import", bag, "--archive", again).status == 1


def test_a_bag_is_restored_by_itself_and_never_read_as_transcripts(run: Run, archive: Path, tmp_path: Path) -> None:
    bag = tmp_path / "held" / "bag"
    run("export", "bag", bag, "--archive", archive)
    for more in (["--strict"], [bag.parent], ["--reason", "why"]):
        assert run("import", bag, *more, "--archive", tmp_path / "new.db").status == 2
    ran = run("import", bag.parent, "--archive", tmp_path / "new.db", "--json")
    (file,) = json.loads(ran.out)["files"]
    assert (file["outcome"], file["reason"].split(";")[0]) == ("skipped", "a bag")
    assert not (tmp_path / "new.db").exists()
