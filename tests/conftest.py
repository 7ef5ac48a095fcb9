"""What many tests stand on: the provided transcript, an archive imported from it, and the site over that archive."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from app.settings import Settings

TRANSCRIPTS = Path(__file__).resolve().parent.parent / "data" / "transcripts"

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


@pytest.fixture(scope="session")
def filled_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the invented collection, which fills every list; nobody writes to it."""
    from app.importer import import_paths

    path = tmp_path_factory.mktemp("filled") / "archive.db"
    report = import_paths([COLLECTION], path)
    assert {file.outcome for file in report.files} == {"new"}, report
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
