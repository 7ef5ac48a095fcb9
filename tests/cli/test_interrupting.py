"""Ctrl-C ends a command that publishes: the archive is whole, and a sentence says whether it is another."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import typer

from app.cli.options import interruptible
from app.verifying import verify
from tests.conftest import COLLECTION, TRANSCRIPTS


@pytest.mark.parametrize("is_first", [True, False], ids=["first", "second"])
def test_an_import_that_is_interrupted_leaves_what_was_there(is_first: bool, archive: Path, tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    if not is_first:
        path.write_bytes(archive.read_bytes())
    before = path.read_bytes() if path.exists() else None
    command = [sys.executable, "-m", "app", "import", str(COLLECTION), str(TRANSCRIPTS), "--archive", str(path)]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # Whoever runs these tests behind a shell's back has given them signals that are passed over.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        while process.poll() is None and not (tmp_path / "archive.db.building").exists():
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGINT)  # a terminal sends it to all that run in it
        out, err = process.communicate()
    assert "Traceback" not in err
    assert process.returncode == 130, "what is imported here takes long enough to be interrupted"
    assert err == f"{path}: interrupted before anything was published. The archive is as it was\n"
    assert out == ""
    assert (path.read_bytes() if path.exists() else None) == before
    left = {each.name for each in tmp_path.iterdir()}
    assert not {name for name in left if "building" in name}
    if not is_first:
        assert verify(path) == ()


def test_after_publishing_the_sentence_is_another(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "archive.db"

    def publish() -> None:
        with interruptible(path):
            path.write_bytes(b"a new generation")
            raise KeyboardInterrupt

    with pytest.raises(typer.Exit) as left:
        publish()
    assert left.value.exit_code == 130
    assert "after the new generation was published" in capsys.readouterr().err
