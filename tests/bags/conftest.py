"""An archive with a history, made of invented documents, and the bag of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app import bags
from app.archive.publishing import building
from app.importer import import_paths
from app.verifying import verify

TALK = """Interview with Minister Anna Petrova by the Daily News, 4 May 2020

Question: What did the two sides agree on?

Anna Petrova: We agreed on three things. The first is trade.

(A pause.)

Question: And what of the border?

Anna Petrova: {}
"""
BRIEFING = """Interview with Governor John Brown, 2019

Question: Will the bridge be built this year?

John Brown: It will be built “as soon as we can”, at 100 % of the cost.

Mary Host: And the tunnel?

John Brown: The tunnel has to wait.
"""
SIDECAR = """id = "talk"
url = "https://ministry.example/1"
publisher = "The Ministry"
retrieved = 2020-05-05
licence = "free"
outlet = "The Daily News"
translation = "official"
translation_of = "original"
"""
PEOPLE = '[[person]]\nname = "John Brown"\nslug = "john-brown-governor"\naliases = ["Governor Brown"]\n'
BORDER = "The border stays where it is, as both sides have always said."


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with a register: a correction that ended ids, redirects, notes, findings, a date known in part."""
    folder = tmp_path_factory.mktemp("told")
    path, talk = folder / "archive.db", folder / "talk.txt"
    talk.write_text(TALK.format(BORDER))
    (folder / "talk.txt.toml").write_text(SIDECAR)
    (folder / "people.toml").write_text(PEOPLE)
    (folder / "briefing 100%.TXT").write_text(BRIEFING)
    assert {file.outcome for file in import_paths([folder], path).files} == {"new", "skipped"}
    talk.write_text(TALK.format("No comment."))
    (held,) = import_paths([talk], path).files
    assert import_paths([talk], path, retire=held.ended, reason="Not said").files[0].outcome == "corrected"
    with building(path) as c:
        (slug,) = c.exec_driver_sql("SELECT slug FROM interviews WHERE slug LIKE '2020%'").scalars()
        for kind, old, new in (("speaker", "petrova", "anna-petrova"), ("interview", "talk", slug)):
            c.exec_driver_sql(f"INSERT INTO redirects VALUES ('{kind}', '{old}', '{new}', 'merged', '2026-01-01')")
        c.exec_driver_sql("INSERT INTO findings SELECT id, 9, 'label-once', 3, 'once' FROM versions")
    assert verify(path) == ()
    return path


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
