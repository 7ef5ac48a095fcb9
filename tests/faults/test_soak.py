"""A site that is read for a moment at four fifths of what it can, and published anew; `make soak` reads it for long."""

from __future__ import annotations

from pathlib import Path

from tests.faults.mixture import SHARES
from tests.faults.soak import SHARE, soak, table


def test_a_mixed_readership_meets_no_error_while_the_archive_is_published(archive: Path, tmp_path: Path) -> None:
    result = soak(archive, tmp_path, seconds=2, measured=0.5, period=0.5)
    assert not result.errors
    assert result.published
    assert result.rate == SHARE * result.capacity
    assert sum(map(len, result.waits.values())) == int(2 * result.rate)
    assert {"page", "search"} <= set(result.waits) <= set(SHARES)
    assert result.memory
    assert any(line.startswith("memory") for line in table(result))
