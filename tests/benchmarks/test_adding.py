"""Adding to an archive is measured by the real command, and the archive that is measured stays as it is."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks import adding, corpus


def test_an_interview_is_added_to_a_copy_and_its_cost_told(tmp_path: Path) -> None:
    archive, folder = tmp_path / "corpus.db", tmp_path / "rounds"
    folder.mkdir()
    corpus.build(archive, 3)
    before = archive.read_bytes()
    costs = adding.measure(archive, 1, folder)
    told = adding.table(archive, costs)
    assert {what: len(each) for what, each in costs.items()} == {"copied": 1, "added": 1, "held already": 1}
    assert told.startswith("3 interviews, ")
    assert "| added |" in told
    assert archive.read_bytes() == before
    assert list(folder.iterdir()) == []
