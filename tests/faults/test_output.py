"""What cannot be printed is told in one sentence, and never stands in a file that was opened in place of the output."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.faults.commands import PROGRAM, environment, ran

FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="a device that is always full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("command", [("verify",), ("search", "harbour"), ("search", "harbour", "--json")])
def test_output_to_a_full_disk_is_told_in_one_sentence(
    command: tuple[str, ...], unbuffered: str, filled_archive: Path
) -> None:
    variables = environment(VERBATIM_ARCHIVE=str(filled_archive), PYTHONUNBUFFERED=unbuffered)
    with FULL.open("w") as full:
        left = subprocess.run([*PROGRAM, *command], env=variables, stdout=full, stderr=subprocess.PIPE, text=True)
    assert (left.returncode, left.stderr) == (1, "standard output could not be written: No space left on device\n")


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_with_output_closed_a_command_works(closed: str, place: Path) -> None:
    before = place.read_bytes()
    line = f'exec "$@" {closed}'
    left = subprocess.run(["sh", "-c", line, "sh", *PROGRAM, "verify", "--archive", place], env=environment())
    assert left.returncode == 0
    assert place.read_bytes() == before


def test_a_command_that_is_stopped_says_nothing_of_its_inside(filled_archive: Path) -> None:
    left = ran("search", "--page", "none", "harbour", "--archive", filled_archive)
    assert left.returncode == 2
    assert "Traceback" not in left.stderr
