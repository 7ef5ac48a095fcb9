"""What no reader can promise, the child keeps: a deadline, a limit of memory, and that a crash ends one file alone."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from app.errors import SourceRefused
from app.readers import LARGE, isolation, read
from app.records import Source
from tests.printing import pdf

MADE = "tests.readers.misbehaving"


def test_a_file_that_takes_too_long_is_refused_at_the_deadline_and_the_next_is_read() -> None:
    began = time.monotonic()
    with pytest.raises(SourceRefused) as refused:
        isolation.read_alone(MADE, b"loop", seconds=0.5)
    assert refused.value.code == "too-slow"
    assert time.monotonic() - began < 5
    assert isolation.read_alone(MADE, b"well").witness == "well"


@pytest.mark.parametrize(
    ("data", "code"), [(b"memory", "too-large"), (b"crash", "crash"), (b"recursion", "nesting"), (b"refuse", "made")]
)
def test_what_would_end_the_importer_ends_in_a_refusal(data: bytes, code: str) -> None:
    with pytest.raises(SourceRefused) as refused:
        isolation.read_alone(MADE, data)
    assert refused.value.code == code
    assert isolation.read_alone(MADE, b"well").witness == "well"


def test_a_fault_of_the_reader_looks_like_one() -> None:
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        isolation.read_alone(MADE, b"fault")


def test_one_child_reads_file_after_file() -> None:
    children = {isolation.read_alone(MADE, b"pid").witness for _ in range(3)}
    assert len(children) == 1
    assert children != {str(os.getpid())}


def test_small_text_is_read_here_and_large_text_apart() -> None:
    isolation._end()
    read(Source("a.txt", b"Question: why?", "text/plain"))
    assert not isolation._children
    read(Source("a.txt", b"Question: why?\n" * (LARGE // 10), "text/plain"))
    assert isolation._children


def test_a_format_whose_small_files_can_do_harm_is_always_read_apart() -> None:
    isolation._end()
    with pytest.raises(SourceRefused, match=r"^a\.pdf:1: "):
        read(Source("a.pdf", pdf([[]]), "application/pdf"))
    assert isolation._children


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="only Linux tells of a process's children here")
def test_a_child_ends_with_whoever_started_it() -> None:
    child = int(isolation.read_alone(MADE, b"pid").witness)
    isolation._end()
    for _ in range(100):
        if not Path(f"/proc/{child}").exists():
            return
        time.sleep(0.05)
    pytest.fail("the child is still there")
