"""The quotation check finds what was said, damaged in any of ten ways, and does not find what nobody said."""

from __future__ import annotations

from math import inf
from pathlib import Path
from random import Random

import pytest

from app.archive.opening import Library
from app.search import quoting
from tests.benchmarks.quotations import DAMAGES, never, recombined, true


def test_true_quotations_are_found_and_others_are_not(filled_archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quoting, "SECONDS", inf)
    library = Library(filled_archive, query_seconds=float("inf"))
    with library.lease() as lease:
        said = true(lease.connection, 3 * len(DAMAGES), Random(2))
        unsaid = never(lease.connection, recombined(lease.connection, 20, Random(2)))
    library.close()
    assert (said.right, said.false_exact) == (3 * len(DAMAGES), 0), said.failures
    assert (unsaid.near, unsaid.false_exact) == (0, 0), unsaid.failures
