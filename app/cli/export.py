"""The commands `verbatim export …`, one for each form that a whole archive is written in."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from app.cli.options import ArchiveOption, JsonOption, settings_for
from app.errors import ExportFailed

if TYPE_CHECKING:
    from types import ModuleType

forms = typer.Typer(help="Write all that is held: a BagIt bag, lines of JSON, CSV.", no_args_is_help=True)

FileArgument = Annotated[
    Path,
    typer.Argument(
        metavar="FILE", help="A new file, a folder to put it in, or - for standard output.", show_default=False
    ),
]
ReplaceOption = Annotated[bool, typer.Option("--replace", help="Take the place of a file that is there.")]


@forms.callback()
def export() -> None:
    """Take what goes before a form."""


@forms.command(short_help="A BagIt bag: sources, versions, addresses.")
def bag(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the bag goes: a new or an empty folder.")],
    archive: ArchiveOption = None,
    json: JsonOption = False,
) -> None:
    """Write a BagIt bag (RFC 8493): all sources of all versions, and the record of what is said in them.

    It can be read without any program, and `verbatim import FOLDER` makes of it an archive with the same permanent
    addresses, versions and words. Two bags of one generation are the same, byte for byte.

    \b
    Example:
      verbatim export bag backup-2026
    """
    from app.bags import export as write
    from app.terminal import as_json, show_bagged

    bagged = write(settings_for(archive).archive, folder)
    if json:
        as_json(bagged)
    else:
        show_bagged(bagged)


@forms.command(short_help="Every interview as a line of JSON.")
def jsonl(
    file: FileArgument, replace: ReplaceOption = False, archive: ArchiveOption = None, json: JsonOption = False
) -> None:
    """Write every interview as a line of JSON, as its page has it at its address with .json.

    What is written is of one generation. The file is put in its place when it is whole.

    \b
    Examples:
      verbatim export jsonl interviews.jsonl
      verbatim export jsonl - | head -n 1
    """
    from app.web.streams import interviews_jsonl

    _export(interviews_jsonl, file, archive, replace=replace, json=json)


@forms.command(short_help="Every answer as a row of CSV.")
def csv(
    file: FileArgument, replace: ReplaceOption = False, archive: ArchiveOption = None, json: JsonOption = False
) -> None:
    """Write every answer and statement as a row of CSV, with its question, speaker, date, address and source.

    Addresses begin with VERBATIM_URL. What is written is of one generation. The file is put in its place when it is
    whole.

    \b
    Examples:
      verbatim export csv answers.csv
      verbatim export csv exports/ --replace
    """
    from app.web.streams import answers_csv

    _export(answers_csv, file, archive, replace=replace, json=json)


def _export(form: ModuleType, file: Path, archive: Path | None, *, replace: bool, json: bool) -> None:
    """Write what the site streams under the same name; `form` is a module of app/web/streams."""
    from app.archive.opening import Library
    from app.terminal import as_json, tell

    settings = settings_for(archive)
    library = Library(settings.archive, float("inf"))  # all of it takes as long as it takes
    try:
        with library.lease() as lease:
            pieces = form.stream(lease, settings.url)
            if str(file) == "-":
                if json:
                    raise typer.BadParameter("standard output is either the export or --json", param_hint="--json")
                sys.stdout.flush()
                _pour(pieces, sys.stdout.buffer)
                return
            place = _place(file, form.FILENAME, replace=replace)
            size, digest = _put(pieces, place)
            generation = lease.generation.number
    finally:
        library.close()
    if json:
        as_json({"file": str(place), "bytes": size, "sha256": digest, "generation": generation})
    else:
        tell(f"{place}: {size:,} bytes, of generation {generation}.\nSHA-256: {digest}")


def _place(file: Path, name: str, *, replace: bool) -> Path:
    """Return where an export goes. One that would take the place of another file unasked is wrong usage."""
    place = file / name if file.is_dir() else file
    if place.exists() and not (replace and place.is_file()):
        raise typer.BadParameter(f"{place} is there already; --replace lets it go", param_hint="FILE")
    if not place.parent.is_dir():
        raise typer.BadParameter(f"there is no folder {place.parent}", param_hint="FILE")
    return place


def _put(pieces: Iterator[bytes], place: Path) -> tuple[int, str]:
    """Write a file aside and put it in its place when it is whole; return its size in bytes and its SHA-256."""
    aside = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        with aside.open("xb") as out:
            written = _pour(pieces, out)
        aside.replace(place)
    except OSError as error:
        raise ExportFailed(place, error.strerror or str(error)) from error
    finally:
        aside.unlink(missing_ok=True)
    return written


def _pour(pieces: Iterator[bytes], out: BinaryIO) -> tuple[int, str]:
    size, digest = 0, hashlib.sha256()
    for piece in pieces:
        out.write(piece)
        digest.update(piece)
        size += len(piece)
    out.flush()
    return size, digest.hexdigest()
