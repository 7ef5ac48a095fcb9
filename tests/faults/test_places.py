"""What is no archive, whole, stands in its place: each command says so in one sentence, and leaves it as it is."""

from __future__ import annotations

import socket
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup

from app.cli import commands, main
from tests.faults.commands import COMMANDS, WRITING
from tests.faults.running import seen


def _foreign(path: Path, whole: bytes) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE bookmarks (url)")


def _cut(keep: Callable[[int], int]) -> Callable[[Path, bytes], None]:
    return lambda path, whole: _write(path, whole[: keep(len(whole))])


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)


BROKEN: dict[str, tuple[Callable[[Path, bytes], None], str]] = {
    "empty": (lambda path, whole: _write(path, b""), "restore it from a copy"),
    "cut within the header": (_cut(lambda size: 50), "Restore it from a copy"),
    "cut after the header": (_cut(lambda size: 100), "Restore it from a copy"),
    "cut within the first page": (_cut(lambda size: 5000), "Restore it from a copy"),
    "cut in the middle": (_cut(lambda size: size // 2), "Restore it from a copy"),
    "cut by a page": (_cut(lambda size: size - 16384), "Restore it from a copy"),
    "cut by a byte": (_cut(lambda size: size - 1), "Restore it from a copy"),
    "another SQLite file": (_foreign, "--archive"),
    "a photograph": (lambda path, whole: _write(path, b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(9000)), "--archive"),
    "a text": (lambda path, whole: _write(path, b"Dear archive,\n" * 100), "--archive"),
    "a folder": (lambda path, whole: path.mkdir(), "--archive"),
}


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int | str | None, str, str]]:
    """Run a command here."""

    def run(*words: str | Path) -> tuple[int | str | None, str, str]:
        with pytest.raises(SystemExit) as left:
            main([str(word) for word in words])
        return left.value.code, *capsys.readouterr()

    return run


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Leave a server no port to serve on, so that one which ought not to start ends at once."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = str(taken.getsockname()[1])
        monkeypatch.setitem(COMMANDS, "serve", lambda archive, new: ("serve", "--port", port, "--archive", archive))
        yield


@pytest.mark.usefixtures("nowhere")
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("broken", BROKEN)
def test_what_is_no_archive_is_told_and_left_alone(
    broken: str, command: str, place: Path, transcripts: Path, run: Callable[..., tuple[int, str, str]]
) -> None:
    make, advice = BROKEN[broken]
    whole = place.read_bytes()
    place.unlink()
    make(place, whole)
    before = seen(place.parent)
    status, out, err = run(*COMMANDS[command](place, transcripts))
    assert (status, out) == (1, "")
    assert err.startswith(f"{place}: ")
    assert advice in err
    assert err.count("\n") == 1
    assert seen(place.parent) == before
    assert not (transcripts.parent / "bag").exists()


@pytest.mark.usefixtures("nowhere")
@pytest.mark.parametrize("command", COMMANDS)
def test_where_there_is_none_an_import_makes_one_and_all_else_says_how(
    command: str, tmp_path: Path, transcripts: Path, run: Callable[..., tuple[int, str, str]]
) -> None:
    archive = tmp_path / "none" / "archive.db"
    status, out, err = run(*COMMANDS[command](archive, transcripts))
    if command.startswith("import"):
        assert (status, err) == (0, "")
        assert archive.exists() == (command == "import")
    else:
        assert (status, out) == (1, "")
        assert err.startswith(f"{archive}: there is no archive here. Make one with: verbatim import ")
        assert err.count("\n") == 1
        assert not archive.parent.exists()


@pytest.mark.usefixtures("nowhere")
@pytest.mark.parametrize("command", COMMANDS)
def test_the_folder_itself_is_no_archive(
    command: str, transcripts: Path, run: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(transcripts)
    status, out, err = run(*COMMANDS[command](Path(), transcripts))
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert err.startswith(".: is a folder, not an archive. ")


@pytest.mark.parametrize("command", WRITING)
def test_an_archive_in_a_place_that_is_no_folder_is_told(
    command: str, tmp_path: Path, transcripts: Path, run: Callable[..., tuple[int, str, str]]
) -> None:
    (tmp_path / "file").write_text("")
    archive = tmp_path / "file" / "archive.db"
    status, out, err = run(*COMMANDS[command](archive, transcripts))
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert err.startswith(f"{archive}: ")


def test_every_command_that_takes_an_archive_is_tried_here() -> None:
    def named(group: TyperGroup) -> Iterator[str]:
        for name, command in group.commands.items():
            if isinstance(command, TyperGroup):
                yield from (f"{name} {inner}" for inner in named(command))
            elif any("--archive" in parameter.opts for parameter in command.params):
                yield name

    assert set(named(typer.main.get_group(commands))) == {words.removesuffix(" --dry-run") for words in COMMANDS}
