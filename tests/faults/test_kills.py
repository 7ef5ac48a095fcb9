"""An import that is killed leaves a whole archive, and the next one completes; `make kills` looks at many more."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.faults.kills import Kill, Moment, Undisturbed, killed, scenarios

SEED = 4


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the imports run."""
    return tmp_path_factory.mktemp("kills")


@pytest.fixture(scope="module")
def known(place: Path) -> tuple[Path, tuple[Undisturbed, Undisturbed]]:
    """Transcripts, and how their import goes over an archive and over none."""
    return scenarios(place, most=3)


def moments(known: Undisturbed) -> list[Moment]:
    """Return one as soon as there is a build, one while it is written and one while it is put in its place."""
    seed = random.Random(SEED)
    return [
        Moment("build", 0),
        Moment("build", seed.uniform(0, known.published - known.built)),
        Moment("commit", seed.uniform(0, 0.01)),
    ]


def test_a_kill_leaves_the_old_generation_or_the_new_one_and_the_next_import_completes(
    place: Path, known: tuple[Path, tuple[Undisturbed, Undisturbed]]
) -> None:
    sources, (over, _) = known
    tried = [(moment, killed(sources, place / "run", over, moment)) for moment in moments(over)]
    made: list[Kill] = [kill for _, kill in tried if kill is not None]
    assert [(kill, kill.faults) for kill in made if kill.faults] == []
    assert any(kill.phase != "reading" for kill in made), f"nothing was there to lose: {tried}"


def test_a_killed_first_import_leaves_no_archive_and_the_next_one_completes(
    place: Path, known: tuple[Path, tuple[Undisturbed, Undisturbed]]
) -> None:
    sources, (_, fresh) = known
    kill = killed(sources, place / "run", fresh, Moment("build", 0))
    assert kill is None or kill.faults == ()
