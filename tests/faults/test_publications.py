"""A site that is read while generations are published loses no request; `make publications` publishes many more."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.publications import under_load

PUBLICATIONS = 10


@pytest.mark.parametrize("workers", [1, 2])
def test_every_response_under_publications_is_whole_and_of_one_generation(tmp_path: Path, workers: int) -> None:
    # Of a busy machine no query is asked to be quick here.
    load = under_load(tmp_path / "load", PUBLICATIONS, workers, 1, VERBATIM_QUERY_SECONDS="60")
    assert load.faults == []
    assert set(load.readership.statuses) <= {200, 304}
    assert {1, PUBLICATIONS + 1} <= load.readership.generations
