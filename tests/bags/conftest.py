"""The bag of an archive with a history, whole and to be broken."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app import bags


@pytest.fixture(scope="session")
def whole(told: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bag of it; nobody writes to it."""
    folder = tmp_path_factory.mktemp("whole") / "bag"
    bags.export(told, folder)
    return folder


@pytest.fixture
def bag(whole: Path, tmp_path: Path) -> Path:
    """A copy of that bag, to be broken."""
    return Path(shutil.copytree(whole, tmp_path / "bag"))


@pytest.fixture
def refused(tmp_path: Path) -> Callable[[Path], str]:
    """Returns a function that restores a bag, sees that it is refused and leaves nothing, and returns the reason."""
    from app.errors import BagRefused, SourceRefused

    def refused(bag: Path) -> str:
        empty = tmp_path / "empty"
        with pytest.raises((BagRefused, SourceRefused)) as caught:
            bags.restore(bag, empty / "archive.db")
        assert not empty.exists() or list(empty.iterdir()) == []
        return str(caught.value).replace(str(bag), "BAG")

    return refused
