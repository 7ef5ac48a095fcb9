"""`verbatim export` writes whole files of one generation, says what it wrote, and takes no file's place unasked."""

from __future__ import annotations

import csv
import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.cli import main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(filled_archive: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command on the filled archive, for a site of a known address."""
    monkeypatch.setenv("VERBATIM_URL", "https://v.example")

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main(["export", *map(str, arguments), "--archive", str(filled_archive)])
        captured = capsysbinary.readouterr()
        assert isinstance(left.value.code, int)
        return left.value.code, captured.out.decode(), captured.err.decode()

    return run


def test_each_interview_is_a_line_that_is_its_record_on_the_site(
    run: Run, filled_client: TestClient, tmp_path: Path
) -> None:
    status, _, err = run("jsonl", tmp_path / "all.jsonl")
    assert (status, err) == (0, "")
    records = [json.loads(line) for line in (tmp_path / "all.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(records) == filled_client.get("/interviews.json").json()["total"]
    for record in records:
        assert record == filled_client.get(f"/interviews/{record['slug']}.json").json()


def test_each_answer_is_a_row_with_its_question_and_its_address(
    run: Run, filled_client: TestClient, tmp_path: Path
) -> None:
    assert run("csv", tmp_path)[0] == 0
    with (tmp_path / "answers.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    (first, *_) = [row for row in rows if row["role"] == "answer"]
    assert first["url"] == f"https://v.example/a/{first['id']}"
    held = filled_client.get(f"/a/{first['id']}.json").json()
    assert first["text"] == "\n".join(held["answer"]["paragraphs"])
    assert first["question"] == "\n".join("\n".join(turn["paragraphs"]) for turn in held["questions"])


def test_what_was_written_is_told_with_its_hash(run: Run, tmp_path: Path) -> None:
    status, out, err = run("csv", tmp_path / "a.csv", "--json")
    told, data = json.loads(out), (tmp_path / "a.csv").read_bytes()
    assert (status, err) == (0, "")
    assert (told["bytes"], told["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    assert told["sha256"] in run("csv", tmp_path / "b.csv")[1]


def test_standard_output_is_the_export_alone(run: Run, tmp_path: Path) -> None:
    run("jsonl", tmp_path / "all.jsonl")
    assert run("jsonl", "-") == (0, (tmp_path / "all.jsonl").read_text(encoding="utf-8"), "")
    assert run("jsonl", "-", "--json")[0] == 2


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_no_file_is_replaced_unasked_and_nothing_is_left_beside_one(form: str, run: Run, tmp_path: Path) -> None:
    mine = tmp_path / "mine.db"
    mine.write_text("an archive, perhaps")
    status, out, err = run(form, mine)
    assert (status, out) == (2, "")
    assert "--replace" in err
    assert mine.read_text() == "an archive, perhaps"
    assert run(form, mine, "--replace")[0] == 0
    assert mine.stat().st_size > 1000
    assert run(form, tmp_path / "nowhere" / "a")[0] == 2
    assert list(tmp_path.iterdir()) == [mine]


def test_a_reader_that_goes_away_is_no_error(filled_archive: Path) -> None:
    command = [sys.executable, "-m", "app", "export", "jsonl", "-", "--archive", str(filled_archive)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_a_full_disk_is_told_in_a_sentence(filled_archive: Path) -> None:
    command = [sys.executable, "-m", "app", "export", "jsonl", "-", "--archive", str(filled_archive)]
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert ran.returncode == 1
    assert ran.stderr.startswith("standard output could not be written")
