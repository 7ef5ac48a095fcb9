"""The README is true: its commands run, its addresses answer, its settings, keys and folders are the program's."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
import typer
from starlette.testclient import TestClient
from typer.core import TyperGroup

from app import readers
from app.cli import commands
from app.records import Provenance
from app.settings import Settings
from app.sidecars import read_sidecar
from app.web.routing import found_pages

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def _named(group: TyperGroup) -> Iterator[str]:
    """Yield the words of each command, those of a group's after its own."""
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from (f"{name} {inner}" for inner in _named(command))
        else:
            yield name


def _section(title: str) -> str:
    """Return the text of one section, without its title."""
    return re.split(r"^## ", README.split(f"\n## {title}\n")[1], flags=re.MULTILINE)[0]


def _rows(title: str) -> list[list[str]]:
    """Return the cells of the tables in one section, without their headings."""
    lines = [line for line in _section(title).splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for at, row in enumerate(cells) if "---" not in row and "---" not in cells[min(at + 1, len(cells) - 1)]]


def _quoted(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def _blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, flags=re.MULTILINE | re.DOTALL)


def _lines(program: str) -> list[str]:
    """Return the lines of the shell blocks that call `program`."""
    return [line for block in _blocks("sh") for line in block.splitlines() if line.split()[0] == program]


def test_the_two_commands_stand_in_one_form() -> None:
    assert _lines("make") == ["make serve", "make serve PORT=8123", "make test"]
    assert not re.search(r"\bpip\b|\bpython3?\b(?! -m app| \d|\.)", README.replace("Python", ""))


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make here to ask")
@pytest.mark.parametrize("target", sorted(set(re.findall(r"(?:`|^)make ([a-z]+)", README, flags=re.MULTILINE))))
def test_every_target_of_make_that_it_names_exists(target: str) -> None:
    listed = subprocess.run(["make", "-n", target, "PORT=8123"], cwd=ROOT, capture_output=True, text=True)
    assert listed.returncode == 0, listed.stderr
    if target == "serve":
        assert "-m app import data/transcripts" in listed.stdout
        assert "-m app serve --port 8123" in listed.stdout


@pytest.mark.parametrize("line", _lines("verbatim"))
def test_every_command_that_it_shows_runs(line: str, archive: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data" / "transcripts", tmp_path / "data" / "transcripts")
    if " import " not in line:
        shutil.copy(archive, tmp_path / "data" / "archive.db")
    ran = subprocess.run(
        [sys.executable, "-m", "app", *shlex.split(line)[1:]], cwd=tmp_path, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout


def test_the_table_of_commands_holds_all_of_them_with_their_options() -> None:
    rows = {" ".join(filter(str.islower, _quoted(row[0])[0].split()[1:])): row for row in _rows("Commands")}
    assert sorted(rows) == sorted(_named(typer.main.get_group(commands)))
    for name, row in rows.items():
        named = {option for part in _quoted(" ".join(row)) for option in re.findall(r"--[a-z-]+", part)}
        assert named | _shared(name) == _options(name)


def _options(command: str) -> set[str]:
    shown = subprocess.run(
        [sys.executable, "-m", "app", *command.split(), "--help"], capture_output=True, text=True, check=True
    )
    options = shown.stdout.split("\nOptions:\n")[1]
    return set(re.findall(r"^  (?:-\w, )?(--[a-z-]+)", options, flags=re.MULTILINE)) - {"--help"}


def _shared(command: str) -> set[str]:
    """Return the options that the text below the table says the command has."""
    found = set()
    for names, option in re.findall(r"((?:`[a-z ]+`(?:, | and )?)+) take\s+`(--[a-z]+)", _section("Commands")):
        if command in _quoted(names):
            found.add(option)
    return found


@pytest.fixture
def known(client: TestClient) -> dict[str, object]:
    """What stands for the variable parts of an address: the provided interview and its first answer."""
    slug = client.get("/interviews.json").json()["interviews"][0]["slug"]
    id = client.get(f"/interviews/{slug}.json").json()["exchanges"][0]["answers"][0]
    return {"slug": slug, "id": id, "n": 1, "year": "2015", "month": "12", "day": "11", "part": "answers-1"}


def _filled(address: str, known: dict[str, object]) -> str:
    slugs = {"speakers": "sergey-lavrov", "outlets": "rossiya-segodnya"}
    return address.format(**known | {"slug": slugs.get(address.split("/")[1], known["slug"])})


def test_every_address_answers_and_every_page_has_its_address_there(
    client: TestClient, known: dict[str, object]
) -> None:
    named = [address for row in _rows("Addresses") for address in _quoted(row[0])]
    assert {page.address for page in found_pages()} <= set(named)
    queries = {"/oembed": f"?url=https://verbatim.example/a/{known['id']}"}
    for address in named:
        answer = client.get(_filled(address, known) + queries.get(address, ""))
        assert answer.status_code == (302 if address.endswith("/{n}") else 200), address


def test_every_page_has_its_record_for_any_origin_and_an_interview_and_an_answer_their_versions(
    client: TestClient, known: dict[str, object]
) -> None:
    for page in found_pages():
        if page.record is not None:
            answer = client.get(_filled(page.json_address, known))
            assert answer.json()
            assert answer.headers["Access-Control-Allow-Origin"] == "*"
    for address in ("/interviews/{slug}", "/a/{id}"):
        assert client.get(f"{address.format(**known)}?v=1").status_code == 200


@pytest.mark.parametrize("address", ["/interviews", "/search"])
def test_every_parameter_that_it_names_is_one(address: str, client: TestClient) -> None:
    (row,) = [row for row in _rows("Addresses") if _quoted(row[0]) == [address]]
    described = client.get("/openapi.json").json()["paths"][f"{address}.json"]["get"]["parameters"]
    assert set(_quoted(row[1])) == {parameter["name"] for parameter in described if parameter["in"] == "query"}


def test_every_setting_stands_there_with_its_default() -> None:
    rows = {_quoted(row[0])[0]: row[2].strip("`") for row in _rows("Settings")}
    assert set(rows) == {f"VERBATIM_{name.upper()}" for name in Settings.model_fields}
    settings = Settings()
    assert rows["VERBATIM_ARCHIVE"] == str(settings.archive)
    assert int(rows["VERBATIM_CACHE_BYTES"]) == settings.cache_bytes
    assert float(rows["VERBATIM_QUERY_SECONDS"]) == settings.query_seconds
    assert int(rows["VERBATIM_SEARCHES"]) == settings.searches


def test_every_folder_in_the_map_is_there_and_none_of_the_program_is_left_out() -> None:
    named = {folder.rstrip("/") for row in _rows("Where things are") for folder in _quoted(row[0])}
    assert all((ROOT / folder).is_dir() for folder in named)
    packages = {f"app/{path.parent.name}" for path in (ROOT / "app").glob("*/__init__.py")}
    assert packages | {"templates", "migrations", "tests", "data/transcripts"} == named


def test_every_file_and_folder_that_it_names_is_there() -> None:
    for path in re.findall(r"`((?:app|data|templates|migrations|tests)/[\w/.-]*)`", README):
        assert path == str(Settings().archive) or (ROOT / path).exists(), path
    for target in re.findall(r"\]\((?!https?:)([^)]+)\)", README):
        assert (ROOT / target).exists(), target


def test_the_formats_are_those_that_can_be_read() -> None:
    named = {
        suffix for suffix in _quoted(_section("Add a transcript").strip().split("\n\n")[0]) if suffix.startswith(".")
    }
    assert named == readers.suffixes()


def test_the_keys_of_a_sidecar_are_those_that_are_known_and_the_example_is_one() -> None:
    keys = {key for row in _rows("Add a transcript") for key in _quoted(row[0])}
    assert keys == {field.name for field in fields(Provenance)} | {"outlet"}
    (example,) = _blocks("toml")
    assert set(tomllib.loads(example)) <= keys
    assert read_sidecar("name.txt.toml", example.encode()).outlets == ("Rossiya Segodnya",)
