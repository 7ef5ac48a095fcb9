"""Two processes want to publish to one archive at once: one does, the other says so and changes nothing."""

from __future__ import annotations

import signal
import time
from pathlib import Path

from app.verifying import verify
from tests.faults.commands import COMMANDS, WRITING, generation, importing, started
from tests.faults.running import each, seen

LONG = """Interview with Governor John Brown by the Harbour Post, 2 June 2021

Question: What of the pier, which has been closed for repairs since the spring?

John Brown: It will be opened again when all of its lamps have been mended.
"""


def test_a_second_import_is_refused_while_one_is_at_work_and_works_after_it(
    place: Path, transcripts: Path, tmp_path: Path
) -> None:
    published, other = generation(place), tmp_path / "other"
    other.mkdir()
    (other / "brown.txt").write_text(LONG, encoding="utf-8")
    first = started(*importing([other], place))
    try:
        while not place.with_name("archive.db.building").exists():
            assert first.poll() is None, first.communicate()
            time.sleep(0.0005)
        first.send_signal(signal.SIGSTOP)
        # Stopped in the middle of its work, however slow this machine is; or it has ended, and nothing was tried.
        assert first.poll() is None
        before = place.read_bytes()
        writing = [words(place, transcripts) for name, words in WRITING.items() if name == "import"]
        (second,) = each(writing, place.parent)
        assert (second.status, second.out) == (1, "")
        assert second.err.startswith(f"{place}: another import is at work")
        assert "try again" in second.err
        assert second.err.count("\n") == 1
        assert place.read_bytes() == before
        assert set(seen(place.parent)) >= {"archive.db", "archive.db.building"}
    finally:
        first.send_signal(signal.SIGCONT)
        out, err = first.communicate()
    assert (first.returncode, err) == (0, ""), out
    (again,) = each([COMMANDS["import"](place, transcripts)], place.parent)
    assert again.status == 0
    assert generation(place) == published + 2
    assert verify(place) == ()


def test_many_imports_at_once_lose_nothing_of_what_they_say_is_published(place: Path, tmp_path: Path) -> None:
    before, processes = generation(place), []
    for number in range(4):
        (tmp_path / f"{number}.txt").write_text(LONG.replace("2 June", f"{number + 1} June"), encoding="utf-8")
        processes.append(started(*importing([tmp_path / f"{number}.txt"], place)))
    ended = [(process, *process.communicate()) for process in processes]
    assert {process.returncode for process, _, _ in ended} <= {0, 1}
    published = sum(process.returncode == 0 for process, _, _ in ended)
    assert published >= 1
    assert all("another import is at work" in err for process, _, err in ended if process.returncode == 1)
    assert generation(place) == before + published
    assert verify(place) == ()
