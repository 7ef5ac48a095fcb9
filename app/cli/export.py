"""The commands `verbatim export …`, one for each form that a whole archive is written in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.options import ArchiveOption, JsonOption, settings_for

forms = typer.Typer(help="Write all that the archive holds in a form for others.", no_args_is_help=True)


@forms.callback()
def export() -> None:
    """Take what goes before a form; without this, typer would take its one form for the command itself."""


@forms.command()
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
