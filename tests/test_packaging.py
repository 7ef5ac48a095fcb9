"""Holds what leaves the checkout: the wheel, the source distribution and the lock files."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import tarfile
import time
import tomllib
import venv
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

import pytest

ROOT = Path(__file__).resolve().parent.parent
TRANSCRIPTS = ROOT / "data" / "transcripts"
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;]+)")


def _environment() -> dict[str, str]:
    """Return this process's environment without what would lead a child back to the checkout."""
    return {key: value for key, value in os.environ.items() if not key.startswith(("VERBATIM_", "PYTHON"))}


def _run(*command: str | Path, folder: Path) -> str:
    ran = subprocess.run(command, cwd=folder, env=_environment(), capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def _build(kind: str, checkout: Path, into: Path) -> Path:
    _run(sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", into, folder=checkout)
    (built,) = into.iterdir()
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel built from this checkout."""
    return _build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin/ of a fresh environment that holds the wheel; of this environment it sees the libraries alone.

    A folder named in a .pth file is searched, but the .pth files in it are not read: so the editable installation of
    the checkout, which is one, does not reach the fresh environment.
    """
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    binaries = folder / "bin"
    _run(
        *(sys.executable, "-m", "pip", "--python", binaries / "python", "--quiet", "--disable-pip-version-check"),
        *("install", "--no-deps", "--no-index", wheel),
        folder=folder,
    )
    (packages,) = folder.glob("lib/python*/site-packages")
    libraries = [path for path in sys.path if Path(path).name == "site-packages"]
    (packages / "libraries.pth").write_text("\n".join(libraries) + "\n", encoding="utf-8")
    return binaries


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _serving(*command: str | Path, folder: Path, port: int) -> Iterator[str]:
    """Run a server and give its address once it answers; it is ended at exit."""
    address = f"http://127.0.0.1:{port}"
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(
            [*command, "--port", str(port)], cwd=folder, env=_environment(), stdout=log, stderr=log
        )
    try:
        until = time.monotonic() + 30
        while server.poll() is None and time.monotonic() < until:
            try:
                _fetch(f"{address}/healthz")
                break
            except URLError:
                time.sleep(0.05)
        else:
            pytest.fail((folder / "server.log").read_text())
        yield address
    finally:
        server.terminate()
        server.wait(10)


def _fetch(url: str) -> str:
    with build_opener(ProxyHandler({})).open(url, timeout=10) as answer:
        body: bytes = answer.read()
        return body.decode()


def test_an_installed_wheel_imports_and_serves_from_any_folder(installed: Path, tmp_path: Path) -> None:
    python = installed / "python"
    where = _run(python, "-c", "import app; print(app.__file__)", folder=tmp_path).strip()
    assert Path(where).is_relative_to(installed.parent)
    places = _run(
        python,
        "-c",
        "from app import resources as r; print(r.templates(), r.migrations(), r.static())",
        folder=tmp_path,
    )
    assert all(Path(place).is_relative_to(installed.parent) for place in places.split())

    archive = tmp_path / "held here" / "archive.db"
    archive.parent.mkdir()
    _run(python, "-m", "app", "import", TRANSCRIPTS, "--archive", archive, folder=tmp_path)
    serve = (installed / "verbatim", "serve", "--archive", archive)
    with _serving(*serve, folder=tmp_path, port=_free_port()) as address:
        assert "Rossiya Segodnya" in _fetch(f"{address}/")
        sheets = re.findall(r'<link[^>]*rel="?stylesheet"?[^>]*>', _fetch(f"{address}/"))
        for path in re.findall(r'href="?([^" >]+)', " ".join(sheets)):
            assert _fetch(f"{address}{path}")
        assert sheets


def test_the_wheel_holds_the_whole_program_and_nothing_else(wheel: Path) -> None:
    held = {name for name in _contents(wheel) if ".dist-info/" not in name}
    assert held == {
        *_files(ROOT / "app", "app"),
        *_files(ROOT / "templates", "app/templates"),
        *_files(ROOT / "migrations", "app/migrations"),
    }


def _files(folder: Path, becomes: str) -> set[str]:
    files = [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    return {f"{becomes}/{path.relative_to(folder).as_posix()}" for path in files}


def test_the_wheel_carries_its_licence_and_its_command(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        assert [name for name in names if name.endswith(".dist-info/licenses/LICENSE")]
        (entries,) = [name for name in names if name.endswith("entry_points.txt")]
        assert "verbatim = app.cli:main" in archive.read(entries).decode()


def test_the_source_distribution_builds_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    unpacked = tmp_path / "unpacked"
    with tarfile.open(_build("sdist", ROOT, tmp_path / "sdist")) as packed:
        for member in packed:
            path = unpacked.joinpath(*Path(member.name).parts[1:])
            path.parent.mkdir(parents=True, exist_ok=True)
            if file := packed.extractfile(member):
                path.write_bytes(file.read())
    again = _build("wheel", unpacked, tmp_path / "wheel")
    assert _contents(again) == _contents(wheel)


def _contents(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _pins(lock: str) -> dict[str, str]:
    text = (ROOT / lock).read_text(encoding="utf-8")
    return {found["name"].lower(): found["version"] for line in text.splitlines() if (found := PIN.match(line))}


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_file_pins_everything_by_hash_and_names_no_registry(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    for requirement in re.split(r"\n(?=\S)", text.strip()):
        assert PIN.match(requirement), requirement
        assert "--hash=sha256:" in requirement
    assert "://" not in text
    assert not re.search(r"^\s*-(?!-hash)", text, re.MULTILINE)


def test_both_locks_agree_and_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    runtime, tools = _pins("requirements.lock"), _pins("requirements-dev.lock")
    assert runtime.items() <= tools.items()
    assert _names([*project["project"]["dependencies"], *groups["build"]]) <= runtime.keys()
    assert _names([line for line in groups["dev"] if isinstance(line, str)]) <= tools.keys()


def _names(requirements: list[str]) -> set[str]:
    return {re.split(r"[^A-Za-z0-9._-]", requirement)[0].lower() for requirement in requirements}
