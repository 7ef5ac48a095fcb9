"""What many tests stand on: the provided transcript, an archive and the site over it, and an archive with a history."""

from __future__ import annotations

import os
import shutil
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from app.settings import Settings

# How long an example takes says how busy the machine is.
hypothesis.settings.register_profile("verbatim", deadline=None)
hypothesis.settings.load_profile("verbatim")

TRANSCRIPTS = Path(__file__).resolve().parent.parent / "data" / "transcripts"
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

# Each fixture loads what it needs itself: the tests of one layer then run without the layers above it.


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let golden records be changed, on purpose and by nothing else."""
    parser.addoption("--accept", action="store_true", help="write what is seen now into the golden records")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly which tests were skipped, and why."""
    files: defaultdict[str, list[str]] = defaultdict(list)
    for report in terminalreporter.stats.get("skipped", []):
        files[str(report.longrepr[2]).removeprefix("Skipped: ")].append(report.nodeid.partition("::")[0])
    for reason, names in files.items():
        line = f"NOT RUN, for {reason}: {len(names)} in {', '.join(sorted(set(names)))}"
        terminalreporter.write_line(line, yellow=True, bold=True)


@pytest.fixture(scope="session", autouse=True)
def _own_settings() -> Iterator[None]:
    """Keep the settings of whoever runs the tests out of them."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.upper().startswith("VERBATIM_")]:
            patch.delenv(name)
        yield


@pytest.fixture(scope="session", autouse=True)
def _migrated_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Run the migrations for the first archive that a test makes; every other fresh one begins as a copy of that."""
    if "app.archive.publishing" not in sys.modules:  # as where no test of these has to do with archives
        yield
        return
    from app.archive import header, publishing
    from app.errors import ArchiveMissing

    start, fresh = publishing._start, tmp_path_factory.mktemp("migrated") / "fresh.db"

    def start_from_copy(path: Path, build: Path) -> None:
        try:
            header.schema_of(path)
        except ArchiveMissing:
            if not fresh.exists():
                start(path, fresh)
            shutil.copyfile(fresh, build)
        else:
            start(path, build)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(publishing, "_start", start_from_copy)
        yield


@pytest.fixture(scope="session")
def transcript() -> Path:
    """The provided transcript, as received."""
    return TRANSCRIPTS / "2015-12-11-lavrov-rossiya-segodnya.txt"


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive imported from data/transcripts by the real importer; nobody writes to it."""
    from app.importer import import_paths

    path = tmp_path_factory.mktemp("archive") / "archive.db"
    report = import_paths([TRANSCRIPTS], path)
    assert {file.outcome for file in report.files} == {"new"}, report
    return path


@pytest.fixture(scope="session")
def settings(archive: Path) -> Settings:
    """Settings over that archive; the site's address is one that no Host header here gives."""
    from app.settings import Settings

    return Settings(archive=archive, url="https://verbatim.example")


@pytest.fixture(scope="session")
def client(settings: Settings) -> Iterator[TestClient]:
    """The site over that archive; redirects are shown, not followed."""
    from starlette.testclient import TestClient

    from app.web import create_app

    with TestClient(create_app(settings), follow_redirects=False) as client:
        yield client


COLLECTION = Path(__file__).resolve().parent / "collection" / "transcripts"
CORRECTIONS = COLLECTION.parent / "corrections"


@pytest.fixture(scope="session")
def filled_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the invented collection, which fills every list, with its corrections; nobody writes to it."""
    from app.importer import import_paths

    path = tmp_path_factory.mktemp("filled") / "archive.db"
    report = import_paths([COLLECTION], path)
    assert {file.outcome for file in report.files} == {"new"}, report
    ends = [id for file in import_paths([CORRECTIONS], path).files for id in file.ended]
    report = import_paths([CORRECTIONS], path, retire=ends, reason="The ministry has put its transcript right")
    assert {file.outcome for file in report.files} == {"corrected"}, report
    return path


@pytest.fixture(scope="session")
def filled_client(filled_archive: Path) -> Iterator[TestClient]:
    """The site over the invented collection; redirects are shown, not followed."""
    from starlette.testclient import TestClient

    from app.settings import Settings
    from app.web import create_app

    settings = Settings(archive=filled_archive, url="https://verbatim.example")
    with TestClient(create_app(settings), follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of invented documents with a row in every table; nobody writes to it.

    It has a register, a correction that ended ids, redirects, notes, findings and a date known in part.
    """
    from app.archive.publishing import building
    from app.importer import import_paths
    from app.verifying import verify

    folder = tmp_path_factory.mktemp("told")
    path, talk = folder / "archive.db", folder / "talk.txt"
    talk.write_text(TALK.format(BORDER))
    (folder / "talk.txt.toml").write_text(SIDECAR)
    (folder / "people.toml").write_text(PEOPLE)
    (folder / "briefing 100%.TXT").write_text(BRIEFING)
    assert {file.outcome for file in import_paths([folder], path).files} == {"new", "skipped"}
    talk.write_text(TALK.format("No comment."))
    (held,) = import_paths([talk], path).files
    assert held.outcome == "held back"
    assert import_paths([talk], path, retire=held.ended, reason="Not said").files[0].outcome == "corrected"
    with building(path) as c:
        (slug,) = c.exec_driver_sql("SELECT slug FROM interviews WHERE slug LIKE '2020%'").scalars()
        for kind, old, new in (("speaker", "petrova", "anna-petrova"), ("interview", "talk", slug)):
            c.exec_driver_sql(f"INSERT INTO redirects VALUES ('{kind}', '{old}', '{new}', 'merged', '2026-01-01')")
        c.exec_driver_sql("INSERT INTO lapses VALUES ('outlet', 'old', 'Old', 2, '2026-01-01', 'Wrong', '2026-01-02')")
        c.exec_driver_sql("INSERT INTO findings SELECT id, 9, 'label-once', 3, 'once' FROM versions")
    assert verify(path) == ()
    return path
