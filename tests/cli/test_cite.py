"""`verbatim cite` writes what the site shows, for a text or for a reference manager, and says what cannot be cited."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import rispy
from bibtexparser.entrypoint import parse_string

from app.archive import reading
from app.archive.opening import Library
from app.archive.publishing import building
from app.cli import main
from app.permalinks import check_character

Run = Callable[..., tuple[int, str, str]]
SLUG = "2015-12-11-lavrov-rossiya-segodnya"
TITLE = "Foreign Minister Sergey Lavrov’s interview with Rossiya Segodnya, December 11, 2015"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command on an archive, for a site of a known address."""
    monkeypatch.setenv("VERBATIM_URL", "https://v.example/")

    def run(path: Path, *arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main(["cite", *arguments, "--archive", str(path)])
        captured = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return left.value.code, captured.out, captured.err

    return run


@pytest.fixture
def exchange(archive: Path) -> Iterator[tuple[str, str]]:
    """The ids of the second question of the provided interview and of its answer."""
    library = Library(archive, 600)
    with library.lease() as lease:
        found = reading.interview(lease.connection, SLUG).exchanges[1]
    yield found.questions[0], found.answers[0]
    library.close()


def test_an_interview_is_cited_as_for_a_bibliography_and_nothing_else_is_printed(run: Run, archive: Path) -> None:
    assert run(archive, SLUG) == (
        0,
        f"Lavrov, Sergey. “{TITLE}.” Rossiya Segodnya, December 11, 2015. Transcript. Verbatim, version 1. "
        f"https://v.example/interviews/{SLUG}?v=1.\n",
        "",
    )


@pytest.mark.parametrize(
    ("style", "begins"),
    [
        ("chicago", "Lavrov, Sergey. “"),
        ("chicago-note", "Sergey Lavrov, “"),
        ("apa", "Lavrov, S. (2015, December 11). "),
        ("mla", "Lavrov, Sergey. “"),
        ("gost", "Lavrov S. "),
    ],
)
def test_an_answer_is_cited_in_each_style(
    style: str, begins: str, run: Run, archive: Path, exchange: tuple[str, str]
) -> None:
    status, out, err = run(archive, exchange[1], "--style", style)
    assert (status, err, out.count("\n")) == (0, "", 1)
    assert out.startswith(begins)
    assert re.search("answer 2", out, re.IGNORECASE)
    assert f"https://v.example/a/{exchange[1]}?v=1" in out


def test_gost_has_the_day_of_today(run: Run, archive: Path) -> None:
    before = date.today()
    out = run(archive, SLUG, "--style", "gost")[1]
    assert any(out.endswith(f"(дата обращения: {day:%d.%m.%Y}).\n") for day in (before, date.today()))


def test_an_answered_question_is_cited_by_its_answer(run: Run, archive: Path, exchange: tuple[str, str]) -> None:
    assert run(archive, exchange[0]) == run(archive, exchange[1])


def test_each_file_is_one_that_others_read(run: Run, archive: Path) -> None:
    (entry,) = parse_string(run(archive, SLUG, "--format", "bib")[1]).entries
    assert entry["url"] == f"https://v.example/interviews/{SLUG}?v=1"
    (record,) = rispy.loads(run(archive, SLUG, "--format", "ris")[1])
    assert record["title"] == TITLE
    (item,) = json.loads(run(archive, SLUG, "--format", "csl.json")[1])
    assert item["type"] == "interview"


def test_json_gives_all_styles_and_nothing_else(run: Run, archive: Path, exchange: tuple[str, str]) -> None:
    status, out, err = run(archive, exchange[1], "--json")
    told = json.loads(out)
    assert (status, err) == (0, "")
    assert (told["key"], told["url"]) == (exchange[1], f"https://v.example/a/{exchange[1]}?v=1")
    assert list(told["citations"]) == ["chicago-note", "chicago", "apa", "mla", "gost"]
    assert told["citations"]["apa"] == run(archive, exchange[1], "--style", "apa")[1].rstrip("\n")


def test_what_is_not_held_is_said_with_status_1(run: Run, archive: Path) -> None:
    unknown = "000000000000" + check_character("000000000000")
    for key in ("no-such-interview", unknown, "x"):
        status, out, err = run(archive, key)
        assert (status, out) == (1, "")
        assert key in err
    status, out, err = run(archive, SLUG, "--version", "9")
    assert (status, out) == (1, "")
    assert "version 9" in err


def test_a_mistyped_id_is_told_with_the_one_that_may_be_meant(
    run: Run, archive: Path, exchange: tuple[str, str]
) -> None:
    status, _, err = run(archive, exchange[1].upper())
    assert status == 1
    assert f"{exchange[1]} may be meant" in err


@pytest.mark.parametrize("wrong", [["--style", "harvard"], ["--format", "docx"], ["--version", "0"]])
def test_wrong_usage_has_status_2(wrong: list[str], run: Run, archive: Path) -> None:
    assert run(archive, SLUG, *wrong)[0] == 2


def test_an_id_that_ended_is_cited_by_the_version_that_had_it(run: Run, told: Path) -> None:
    library = Library(told, 600)
    with library.lease() as lease:
        (ended,) = lease.connection.exec_driver_sql(
            "SELECT public_id FROM turns JOIN endings ON endings.turn_id = turns.id WHERE role = 'answer'"
        ).scalars()
    library.close()
    status, out, err = run(told, ended)
    assert (status, out) == (1, "")
    assert "has ended: Not said; cite its last words with --version 1" in err
    assert f"/a/{ended}?v=1" in run(told, ended, "--version", "1")[1]


def test_of_a_version_that_was_withdrawn_it_is_said_when_and_why(run: Run, archive: Path, tmp_path: Path) -> None:
    with building(Path(shutil.copy(archive, tmp_path))) as c:
        lapse = ("version", f"{SLUG}?v=2", "", 2, "2026-01-01", "The wrong folder", "2026-01-02")
        c.exec_driver_sql("INSERT INTO lapses VALUES (?, ?, ?, ?, ?, ?, ?)", lapse)
    status, out, err = run(tmp_path / archive.name, SLUG, "--version", "2")
    assert (status, out) == (1, "")
    assert "generation 2, which was withdrawn on 2026-01-02: The wrong folder" in " ".join(err.split())


def test_an_old_slug_leads_to_the_new_one(run: Run, told: Path) -> None:
    status, out, _ = run(told, "talk")
    assert status == 0
    assert "https://v.example/interviews/2020" in out


def test_there_is_nothing_to_cite_without_an_archive(run: Run, tmp_path: Path) -> None:
    assert run(tmp_path / "none.db", SLUG)[0] == 1
