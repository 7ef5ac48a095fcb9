"""Full disks, folders that cannot be written to, missing rights: a clear error, and the old generation whole."""

from __future__ import annotations

import os
import resource
import sys
from functools import partial
from pathlib import Path

import pytest

from tests.faults.commands import COMMANDS, READING
from tests.faults.confining import can_mount, mounted, without_privilege
from tests.faults.running import Left, each, seen

KILOBYTE = 1024


@pytest.fixture(autouse=True)
def _unprivileged() -> None:
    if os.geteuid() == 0 and sys.platform != "linux":
        pytest.skip("the rights of files, which do not hold for root here")


def refused(left: Left, about: Path, why: str) -> None:
    """See that a command said in one sentence what was wrong and where."""
    assert (left.status, left.out) == (1, ""), left
    assert left.err.startswith(f"{about}: "), left
    assert why in left.err
    assert left.err.count("\n") == 1, left


def test_an_archive_that_may_not_be_read_is_told_by_every_command(place: Path, transcripts: Path) -> None:
    before = seen(place.parent)
    place.chmod(0)
    commands = [words(place, transcripts) for words in COMMANDS.values()]
    for left in each(commands, transcripts, confined=without_privilege):
        refused(left, place, "cannot be read: Permission denied")
    place.chmod(0o644)
    assert seen(place.parent) == before


def test_a_folder_that_may_not_be_read_is_told_by_every_command(place: Path, transcripts: Path) -> None:
    before = seen(place.parent)
    place.parent.chmod(0)
    commands = [words(place, transcripts) for words in COMMANDS.values()]
    for left in each(commands, transcripts, confined=without_privilege):
        assert left.status == 1
        assert left.err.startswith(str(place.parent))
        assert "Permission denied" in left.err
        assert left.err.count("\n") == 1, left
    place.parent.chmod(0o755)
    assert seen(place.parent) == before


def test_into_a_folder_that_may_not_be_written_to_nothing_is_published_and_all_else_works(
    place: Path, transcripts: Path
) -> None:
    before = seen(place.parent)
    place.parent.chmod(0o555)
    imported = COMMANDS["import"](place, transcripts)
    exported = ("export", "bag", place.parent / "bag", "--archive", place)
    reading = [words(place, transcripts) for words in READING.values()]
    first, second, *others = each([imported, exported, *reading], place.parent, confined=without_privilege)
    refused(first, place, "Permission denied. The archive is as it was")
    refused(second, place.parent / "bag", "nothing was exported: Permission denied")
    assert [(left.status, left.err) for left in others] == [(0, "")] * len(others)
    assert seen(place.parent) == before


def test_a_folder_that_may_not_be_made_is_told(place: Path, transcripts: Path) -> None:
    place.parent.chmod(0o555)
    archive = place.parent / "deeper" / "archive.db"
    (left,) = each([COMMANDS["import"](archive, transcripts)], place.parent, confined=without_privilege)
    refused(left, archive, "Permission denied")


def test_a_register_that_may_not_be_read_stops_the_import(place: Path, transcripts: Path) -> None:
    register = place.with_name("people.toml")
    register.write_text("")
    register.chmod(0)
    (left,) = each([COMMANDS["import"](place, transcripts)], place.parent, confined=without_privilege)
    refused(left, Path(f"{register}:1"), "cannot be read: Permission denied")


def _no_file_above(size: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))


@pytest.mark.parametrize("share", [0.3, 0.99, 1.0])
def test_where_no_file_may_grow_so_large_nothing_is_published(place: Path, transcripts: Path, share: float) -> None:
    before = seen(place.parent)
    # A few words find room in pages that are not full; these do not.
    last = transcripts / "9.txt"
    last.write_text(last.read_text().replace(" posts", " ".join(map(str, range(20_000)))))
    confined = partial(_no_file_above, int(place.stat().st_size * share))
    (left,) = each([COMMANDS["import"](place, transcripts)], place.parent, confined=confined)
    refused(left, place, "The archive is as it was")
    assert left.files == before


def test_a_bag_of_which_a_file_may_not_grow_so_large_is_not_left_half(place: Path, transcripts: Path) -> None:
    (left,) = each(
        [COMMANDS["export bag"](place, transcripts)], transcripts.parent, confined=partial(_no_file_above, KILOBYTE)
    )
    refused(left, transcripts.parent / "bag", "nothing was exported: File too large")
    assert sorted(left.files) == [transcripts.name, place.parent.name]


@pytest.fixture
def mounting(tmp_path: Path) -> None:
    """Skip a test where nothing can be mounted for a process of our own."""
    if not can_mount(tmp_path):
        pytest.skip("disks of the tests' own, which this system does not let be mounted")


@pytest.mark.usefixtures("mounting")
@pytest.mark.parametrize("more", [8, 1200, 1700, 2200, 9000])
def test_on_a_full_disk_nothing_is_published_and_the_old_generation_stays(
    place: Path, transcripts: Path, more: int
) -> None:
    before = seen(place.parent)
    within = mounted(place.parent, f"size={place.stat().st_size + more * KILOBYTE}")
    commands = [COMMANDS[name](place, transcripts) for name in ("import", "verify", "search")]
    imported, verified, searched = each(commands, place.parent, within=within)
    assert imported.status == 0 or more < 9000, "the disk was not the reason"
    if imported.status or more == 8:
        refused(imported, place, "The archive is as it was")
        assert "No space left on device" in imported.err or "disk is full" in imported.err
        assert imported.files == before
    assert (verified.status, searched.status) == (0, 0)


@pytest.mark.usefixtures("mounting")
def test_on_a_full_disk_no_bag_is_left_half(place: Path, transcripts: Path) -> None:
    within = mounted(place.parent, f"size={place.stat().st_size + 100 * KILOBYTE}")
    bag = place.parent / "bag"
    (left,) = each([("export", "bag", bag, "--archive", place)], place.parent, within=within)
    refused(left, bag, "nothing was exported: No space left on device")
    assert sorted(left.files) == ["archive.db"]


@pytest.mark.usefixtures("mounting")
def test_on_a_medium_that_cannot_be_written_to_an_archive_is_read_and_nothing_is_published(
    place: Path, transcripts: Path
) -> None:
    before = seen(place.parent)
    reading = [words(place, transcripts) for words in READING.values()]
    imported, *others = each(
        [COMMANDS["import"](place, transcripts), *reading], place.parent, within=mounted(place.parent, "ro")
    )
    refused(imported, place, "Read-only file system. The archive is as it was")
    assert [(left.status, left.err) for left in others] == [(0, "")] * len(others)
    assert seen(place.parent) == before
