"""What commands share: their common options, the settings as a command meets them, and checks of what was typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.permalinks import is_well_formed, unconfused

if TYPE_CHECKING:
    from app.settings import Settings

ArchiveOption = Annotated[
    Path | None,
    typer.Option(
        "--archive",
        metavar="FILE",
        show_default=False,
        readable=False,  # the archive says itself what is wrong with it, as it does where the environment names it
        help="The archive file; left out, it is VERBATIM_ARCHIVE or data/archive.db.",
    ),
]
INTERRUPTED = 130
"""128 and the number of SIGINT, as shells have it: neither a success nor a refusal, so that a script ends too."""
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, and nothing else, on standard output.")]


def complain(sentence: str) -> None:
    """Print one sentence on standard error."""
    from app.terminal import complain as say

    say(sentence)


def settings_for(archive: Path | None) -> Settings:
    """Read the settings, the archive from the command line before the one from the environment."""
    from pydantic import ValidationError

    from app.settings import Settings as Read

    try:
        return Read(archive=archive) if archive else Read()
    except ValidationError as error:
        for fault in error.errors():
            name = "_".join(map(str, fault["loc"])).upper()
            complain(f"VERBATIM_{name}={fault['input']}: {fault['msg'].removeprefix('Value error, ')}")
        raise typer.Exit(2) from None


@contextmanager
def interruptible(archive: Path) -> Iterator[None]:
    """Have Ctrl-C end a command that publishes with a sentence on the archive, and the status that shells expect."""
    before = _file(archive)
    try:
        yield
    except KeyboardInterrupt:
        if _file(archive) == before:
            complain(f"{archive}: interrupted before anything was published. The archive is as it was")
        else:
            complain(f"{archive}: interrupted after the new generation was published, which is whole")
        raise typer.Exit(INTERRUPTED) from None


def _file(path: Path) -> tuple[int, ...] | None:
    """Return what tells a published file from another; None where there is none."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns


def existing(path: Path) -> Path:
    """Return a path that exists; anything else is wrong usage."""
    if not path.exists():
        raise typer.BadParameter(f"{path} does not exist")
    return path


def retiring(arguments: Sequence[str], retire: Sequence[str], reason: str | None) -> tuple[list[str], list[str]]:
    """Return arguments and ids to retire: in `--retire ID ID` the second id arrives among the arguments.

    Ids without a reason, and a reason without ids, are wrong usage.
    """
    strays = [one for one in arguments if is_well_formed(one) and not Path(one).exists()] if retire else []
    if bool(retire) != bool(reason and reason.strip()):
        raise typer.BadParameter("--retire and --reason go together: an id ends for a reason that readers can see")
    return [one for one in arguments if one not in strays], [wellformed(id) for id in (*retire, *strays)]


def wellformed(id: str) -> str:
    """Return an id that may be one; a mistyped one is wrong usage, and what may be meant is said."""
    if not is_well_formed(id):
        meant = unconfused(id)
        raise typer.BadParameter(f"{id} is not an id; " + (f"{meant} may be meant" if meant else "it is mistyped"))
    return id
