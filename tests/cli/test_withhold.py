"""`verbatim withhold` shows what goes, asks in a terminal and nowhere else, and says what is left to do."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.cli import main
from app.importer import import_paths
from app.permalinks import check_character
from tests.conftest import BORDER, TALK
from tests.test_withholding import ids

Run = Callable[..., tuple[int, str, str]]
REASON = "Order of the court"
UNKNOWN = "000000000000" + check_character("000000000000")


@pytest.fixture
def held(tmp_path: Path) -> tuple[Path, str, str]:
    """Returns an archive of one interview, its slug, and the id of its last answer."""
    (tmp_path / "talk.txt").write_text(TALK.format(BORDER))
    (done,) = import_paths([tmp_path / "talk.txt"], tmp_path / "archive.db").files
    slug = str(done.slug)
    return tmp_path / "archive.db", slug, ids(tmp_path / "archive.db", slug)[-1]


@pytest.fixture
def run(held: tuple[Path, str, str], capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command here, where nobody can be asked."""

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main(["withhold", *arguments, "--archive", str(held[0])])
        captured = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return left.value.code, captured.out, captured.err

    return run


def in_terminal(answer: str, *arguments: str) -> tuple[int, str]:
    """Run the command in a terminal whose user types `answer`; return its status and all that it shows."""
    ours, its = pty.openpty()
    with subprocess.Popen([sys.executable, "-m", "app", *arguments], stdin=its, stdout=its, stderr=its) as process:
        os.close(its)
        os.write(ours, answer.encode())
        shown = b""
        try:
            while piece := os.read(ours, 65536):
                shown += piece
        except OSError:
            pass  # Linux says so where others give no more bytes: the terminal has no other end any more.
        os.close(ours)
        return process.wait(60), " ".join(shown.decode().split())


def test_it_says_what_goes_and_what_is_left_to_do(held: tuple[Path, str, str], run: Run) -> None:
    path, slug, id = held
    status, out, err = run(id, "--reason", REASON)
    assert status == 0
    for told in (
        slug,
        f"the words of {id}, answer, Anna Petrova, version 1: {BORDER[:20]}",
        "the saved copy of version 1",
    ):
        assert told in out
    assert "generation 2" in out
    assert "back-ups" in err
    assert BORDER.encode() not in path.read_bytes()


def test_to_say_it_again_changes_nothing_and_is_no_failure(held: tuple[Path, str, str], run: Run) -> None:
    _, slug, _ = held
    assert run(slug, "--reason", REASON)[0] == 0
    status, out, err = run(slug, "--reason", "Another")
    assert (status, err) == (0, "")
    assert REASON in out


def test_a_dry_run_says_what_would_go(held: tuple[Path, str, str], run: Run) -> None:
    path, slug, id = held
    before = path.read_bytes()
    status, out, err = run(slug, "--reason", REASON, "--dry-run")
    assert (status, err) == (0, "")
    assert id in out
    assert "dry run" in out
    assert path.read_bytes() == before


def test_json_is_all_that_standard_output_has(held: tuple[Path, str, str], run: Run) -> None:
    _, slug, id = held
    status, out, err = run(id, "--reason", REASON, "--json")
    told = json.loads(out)
    assert (status, told["generation"], told["reason"]) == (0, 2, REASON)
    assert [turn["id"] for turn in told["plan"]["turns"]] == [id]
    assert told["plan"]["interview"] == slug
    assert "row" not in out
    assert "back-ups" in err


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["{id}"], 2),
        (["{id}", "--reason", "  "], 2),
        (["{mistyped}", "--reason", REASON], 2),
        ([UNKNOWN, "--reason", REASON], 1),
        (["2001-01-01-nobody", "--reason", REASON], 1),
    ],
)
def test_a_mistyped_id_is_told_from_one_that_is_not_held(
    held: tuple[Path, str, str], run: Run, arguments: list[str], status: int
) -> None:
    path, _, id = held
    before = path.read_bytes()
    mistyped = id[:-1] + ("0" if id[-1] != "0" else "1")
    found, out, err = run(*(each.format(id=id, mistyped=mistyped) for each in arguments))
    assert (found, out) == (status, "")
    assert err
    assert path.read_bytes() == before


def test_an_archive_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as left:
        main(["withhold", UNKNOWN, "--reason", REASON, "--archive", str(tmp_path / "none.db")])
    assert left.value.code == 1
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize(("answer", "status"), [("n\n", 1), ("\n", 1), ("y\n", 0)])
def test_a_terminal_is_asked_first(held: tuple[Path, str, str], answer: str, status: int) -> None:
    path, slug, _ = held
    found, shown = in_terminal(answer, "withhold", slug, "--reason", REASON, "--archive", str(path))
    assert found == status
    assert "It cannot be undone" in shown
    assert (BORDER.encode() in path.read_bytes()) == (status == 1)


def test_who_says_yes_is_not_asked(held: tuple[Path, str, str]) -> None:
    path, slug, _ = held
    found, shown = in_terminal("", "withhold", slug, "--reason", REASON, "--yes", "--archive", str(path))
    assert found == 0
    assert "It cannot be undone" not in shown
