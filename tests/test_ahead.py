"""What is read ahead is what is read alone, whoever reads it and whatever becomes of the process that does."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import ahead, bounded, intake
from app.ahead import Ahead
from app.errors import SourceRefused
from app.records import Source

COLLECTION = Path(__file__).parent / "collection" / "transcripts"


@pytest.fixture
def sources(monkeypatch: pytest.MonkeyPatch) -> list[Source]:
    """Return what is read ahead from the first source on, one of them refused."""
    monkeypatch.setattr(ahead, "ENOUGH", 0)
    taken = [entry for entry in intake.gather([COLLECTION]) if entry.verdict == "take"]
    prose = Source("prose.txt", b"All of it is prose, and nobody speaks in it.\n", "text/plain")
    return [*(intake.load(entry)[0] for entry in taken[:12]), prose]


def _read(reading: Ahead, sources: list[Source]) -> Iterator[object]:
    for source in sources:
        try:
            yield reading.read(source)
        except SourceRefused as refused:
            yield str(refused), refused.name, refused.code


def _alone(sources: list[Source]) -> list[object]:
    with Ahead(0) as reading:
        return list(_read(reading, sources))


def test_what_is_read_ahead_is_what_is_read_alone(sources: list[Source]) -> None:
    with Ahead(2) as reading:
        for source in sources:
            reading.expect(source)
        found = list(_read(reading, sources))
    assert found == _alone(sources)
    assert found[-1] == ("prose.txt:1: not a transcript: nobody is seen to speak", "prose.txt", "no-turns")


def test_another_process_reads_while_this_one_does_not(sources: list[Source], monkeypatch: pytest.MonkeyPatch) -> None:
    expected = _alone(sources)
    with Ahead(1) as reading:
        for source in sources:
            reading.expect(source)
        reading._threads.submit(int).result(30)  # which is done after all that is expected
        monkeypatch.setattr(bounded, "read", None)
        assert list(_read(reading, sources)) == expected


def test_a_process_that_is_killed_takes_no_file_with_it(sources: list[Source]) -> None:
    with Ahead(1) as reading:
        reading.expect(sources[0])
        reading._threads.submit(int).result(30)
        (child,) = reading._children
        os.kill(child.pid, signal.SIGKILL)
        for source in sources[1:]:
            reading.expect(source)
        assert list(_read(reading, sources)) == _alone(sources)
        assert child not in reading._children


def test_what_a_process_finds_too_large_for_it_is_read_here(
    sources: list[Source], monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_large(_: Ahead, source: Source) -> ahead.Read:
        raise SourceRefused(source.name, 1, "it needs more memory than a process has", "too-large")

    expected = _alone(sources)
    monkeypatch.setattr(Ahead, "_elsewhere", too_large)
    with Ahead(1) as reading:
        for source in sources:
            reading.expect(source)
        reading._threads.submit(int).result(30)
        assert list(_read(reading, sources)) == expected


def test_no_process_is_left_when_the_work_is_stopped(sources: list[Source]) -> None:
    with Ahead(2) as reading:
        for source in sources:
            reading.expect(source)
        reading.read(sources[0])
        children = set(reading._children)
    assert children
    for child in children:
        with pytest.raises(ProcessLookupError):
            os.kill(child.pid, 0)


def test_a_few_small_files_start_no_process(sources: list[Source], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "ENOUGH", 2**18)
    with Ahead(1) as reading:
        for source in sources:
            reading.expect(source)
        assert list(_read(reading, sources)) == _alone(sources)
        assert not reading._children
