"""A search is measured as it is served, every kind of it, and beside a plain query over the same rows."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.benchmarks import corpus
from tests.benchmarks.searching import Site, measure, table


def test_every_kind_of_search_is_answered_and_told(tmp_path: Path) -> None:
    small, large = tmp_path / "small.db", tmp_path / "large.db"
    corpus.build(small, 6)
    corpus.build(large, 30)
    sites = [Site(small, 2, compared=False), Site(large, 2, compared=True)]
    asyncio.run(measure(sites))
    told = table(sites[1], sites[0], None)
    assert told.startswith("30 interviews, ")
    for kind, held in sites[1].measured.items():
        assert len(held.ours) == len(sites[1].requests[kind]), kind
        assert len(held.plain) == sum(one.plain is not None for one in sites[1].requests[kind]), kind
        assert f"| {kind} |" in told or not held.ours, kind
    assert sum(bool(held.ours) for held in sites[1].measured.values()) > 25
    assert "grown more than" in told


def test_the_same_requests_are_made_each_time_and_none_twice(tmp_path: Path) -> None:
    corpus.build(tmp_path / "corpus.db", 10)
    one, other = (Site(tmp_path / "corpus.db", 5, compared=False).requests for _ in range(2))
    assert one == other
    paths = [each.path for requests in one.values() for each in requests]
    assert len(paths) == len(set(paths))
