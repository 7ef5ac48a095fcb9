"""The commands explain themselves: within 80 columns, each with an example, and to shells."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
import typer
from typer.core import TyperGroup

from app.cli import commands


def _all(group: TyperGroup, *before: str) -> Iterator[tuple[str, ...]]:
    """Yield the words of each command and of each group."""
    yield before
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from _all(command, *before, name)
        else:
            yield (*before, name)


NAMES = list(_all(typer.main.get_group(commands)))


def _ran(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app", *arguments],
        env={**os.environ, "COLUMNS": "80", **variables},
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("names", NAMES, ids=" ".join)
def test_help_is_whole_within_80_columns(names: tuple[str, ...]) -> None:
    ran = _ran(*names, "--help")
    assert (ran.returncode, ran.stderr) == (0, "")
    described = ran.stdout.partition("Example")[0]
    assert not [line for line in described.splitlines() if len(line) > 80]
    assert not re.search(r"\w\.\.\.$", ran.stdout.partition("\nCommands:\n")[2], re.MULTILINE), (
        "a sentence is cut short"
    )


@pytest.mark.parametrize("names", [names for names in NAMES if names not in ((), ("export",))], ids=" ".join)
def test_every_command_has_an_example_of_itself(names: tuple[str, ...]) -> None:
    assert re.search(rf"^    ?verbatim {' '.join(names)}\b", _ran(*names, "--help").stdout, re.MULTILINE)


@pytest.mark.parametrize("names", [(), ("export",)], ids=["verbatim", "export"])
def test_without_a_command_help_is_shown(names: tuple[str, ...]) -> None:
    ran = _ran(*names)
    assert "Commands:" in ran.stdout + ran.stderr
    assert ran.returncode == 2


@pytest.mark.parametrize(("typed", "meant"), [("imprt", "import"), ("serch", "search"), ("verfy", "verify")])
def test_a_mistyped_command_is_told_from_the_one_that_is_meant(typed: str, meant: str) -> None:
    ran = _ran(typed)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert f"Did you mean '{meant}'" in ran.stderr


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("verbatim ver", {"verify"}),
        ("verbatim export ", {"bag", "jsonl", "csv"}),
        ("verbatim cite x --style g", {"gost"}),
    ],
)
def test_a_shell_completes_commands_and_choices(typed: str, offered: set[str]) -> None:
    words = typed.split(" ")
    ran = _ran(_VERBATIM_COMPLETE="complete_bash", COMP_WORDS=typed, COMP_CWORD=str(len(words) - 1))
    assert set(ran.stdout.split()) == offered


def test_completion_can_be_had_for_a_shell() -> None:
    ran = _ran("--show-completion", "bash")
    assert "_VERBATIM_COMPLETE=complete_bash" in ran.stdout + _ran("--show-completion").stdout


def test_a_setting_that_makes_no_sense_is_told_in_a_sentence() -> None:
    ran = _ran("search", "refugees", VERBATIM_CONTACT="the editors")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith("VERBATIM_CONTACT=the editors: an address of mail or of a page is needed")
