"""The generation before is kept beside the published one, whole, whatever happens between; the next kills are exact."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from app.archive import previous
from app.archive.opening import Library, for_checking
from app.archive.publishing import building
from app.errors import ArchiveMissing, NothingBefore, PublishingFailed, PublishingUnconfirmed

Publish = Callable[..., Any]
Make = Callable[..., Any]


def number(path: Path) -> int:
    found = previous.generation_of(path)
    assert found is not None
    return found[0]


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_generation_before_is_kept_byte_for_byte_and_no_other(
    tmp_path: Path, publish: Publish, receipt: Make
) -> None:
    path = tmp_path / "archive.db"
    publish(receipt("a.txt"))
    assert names_in(tmp_path) == ["archive.db"]
    for name in ("b.txt", "c.txt"):
        before = path.read_bytes()
        publish(receipt(name))
        assert previous.path_of(path).read_bytes() == before
    assert (number(previous.path_of(path)), number(path)) == (2, 3)
    assert names_in(tmp_path) == ["archive.db", "archive.db.previous"]


def test_keeping_it_does_not_change_what_readers_know_the_published_file_by(
    tmp_path: Path, publish: Publish, receipt: Make
) -> None:
    publish(receipt())
    path = tmp_path / "archive.db"
    library = Library(path)
    before = library.identity()
    previous.hold(path)
    assert library.identity() == before
    previous.settle(path)
    assert names_in(tmp_path) == ["archive.db"]


def test_a_forgetting_publication_leaves_no_generation_before_it(
    tmp_path: Path, publish: Publish, receipt: Make
) -> None:
    publish(receipt("a.txt"))
    publish(receipt("b.txt"))
    with building(tmp_path / "archive.db", forgetting=True):
        pass
    assert names_in(tmp_path) == ["archive.db"]


def test_dropping_it_leaves_nothing_of_it(tmp_path: Path, publish: Publish, receipt: Make) -> None:
    path = tmp_path / "archive.db"
    publish(receipt("a.txt"))
    publish(receipt("b.txt"))
    previous.hold(path)
    previous.drop(path)
    assert names_in(tmp_path) == ["archive.db"]
    previous.drop(path)


def test_there_is_nothing_to_return_to_but_the_generation_directly_before(
    tmp_path: Path, publish: Publish, receipt: Make
) -> None:
    path = tmp_path / "archive.db"
    with pytest.raises(ArchiveMissing), building(path, returning=True):
        pass
    publish(receipt("a.txt"))
    with pytest.raises(NothingBefore, match="first one"), building(path, returning=True):
        pass
    older = path.read_bytes()
    publish(receipt("b.txt"))
    publish(receipt("c.txt"))
    for data, told in ((older, "generation 1, and here is generation 3"), (older[:5000], "not a whole archive")):
        before = path.read_bytes()
        previous.path_of(path).write_bytes(data)
        with pytest.raises(NothingBefore, match=told), building(path, returning=True):
            pass
        assert path.read_bytes() == before


# A process that ends between two steps on the disk.

# It starts once; a child of its own publishes for every number of steps it is told, and it answers how that ended.
CHILD = """
import os, sys, traceback
from pathlib import Path
from app.archive.publishing import building

linkless = sys.argv[2] == "linkless"

def publish(steps):
    counted = -1

    def watch(event, arguments):
        nonlocal counted
        if counted < 0 or event not in {"os.link", "os.rename", "os.remove"}:
            return
        counted += 1
        if counted == steps:
            os._exit(9)
        if linkless and event == "os.link":
            raise PermissionError(1, "no links here")

    sys.addaudithook(watch)
    with building(Path(sys.argv[1])) as c:
        c.exec_driver_sql("UPDATE versions SET title = title || '!'")
        counted = 0
    os._exit(0)

for line in sys.stdin:
    child = os.fork()
    if child == 0:
        try:
            publish(int(line))
        except BaseException:
            traceback.print_exc()
        os._exit(1)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@contextmanager
def killed(path: Path, links: str) -> Iterator[Callable[[int], int]]:
    """Yield what publishes in a process that ends at one step, and returns its exit status."""
    words = [sys.executable, "-c", CHILD, str(path), links]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        asked, told = process.stdin, process.stdout

        def publish(steps: int) -> int:
            print(steps, file=asked, flush=True)
            return int(told.readline())

        yield publish
        asked.close()


@pytest.mark.parametrize("links", ["links", "linkless"])
def test_a_kill_between_any_two_steps_leaves_a_whole_archive_and_the_generation_before_it(
    tmp_path: Path, publish: Publish, receipt: Make, links: str
) -> None:
    path = tmp_path / "archive.db"
    publish(receipt("a.txt"))
    publish(receipt("b.txt"))
    seen = set()
    with killed(path, links) as publish_until:
        for steps in range(1, 100):
            before = number(path)
            status = publish_until(steps)
            seen.add(number(path) - before)
            with for_checking(path) as c:
                assert c.exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]
            with building(path):
                pass
            assert number(previous.path_of(path)) == number(path) - 1
            assert names_in(tmp_path) == ["archive.db", "archive.db.previous"]
            if status == 0:
                break
    assert status == 0, "the publication never came to its end"
    assert seen == {0, 1}
    assert steps > 4


def test_what_a_killed_process_left_is_settled_even_where_nothing_is_published(
    tmp_path: Path, publish: Publish, receipt: Make
) -> None:
    path = tmp_path / "archive.db"
    publish(receipt("a.txt"))
    (tmp_path / "archive.db.leaving").write_bytes(path.read_bytes())
    (tmp_path / "archive.db.leaving-copy").write_bytes(b"half a copy")
    with pytest.raises(ZeroDivisionError), building(path):
        raise ZeroDivisionError
    assert names_in(tmp_path) == ["archive.db"]


# What is said where the disk fails.


def test_a_disk_that_does_not_confirm_the_folder_is_told_and_never_that_nothing_was_published(
    tmp_path: Path, publish: Publish, receipt: Make
) -> None:
    path = tmp_path / "archive.db"
    publish(receipt())

    def spoil() -> None:
        """Put something that cannot be brought to the disk under the number of the open folder."""
        (folder,) = (
            int(number.name) for number in Path("/proc/self/fd").iterdir() if number.resolve() == tmp_path.resolve()
        )
        unreadable = os.open(path, os.O_PATH)
        os.dup2(unreadable, folder)
        os.close(unreadable)

    with pytest.raises(PublishingUnconfirmed, match="is published") as told, building(path):
        spoil()
    assert "as it was" not in str(told.value)
    assert number(path) == 2
    assert not isinstance(told.value, PublishingFailed)
