"""The command `verbatim inspect`; what it shows is in terminal.py."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.options import JsonOption, existing
from app.errors import SourceRefused

if TYPE_CHECKING:
    from app.inspecting import Inspection


def inspect(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A transcript.", callback=existing, dir_okay=False)],
    json: JsonOption = False,
) -> None:
    """Show what a transcript would be taken for.

    Each line is shown with what the importer sees in it. No archive is needed or touched.

    \b
    Example:
      verbatim inspect data/transcripts/2015-12-11-lavrov-rossiya-segodnya.txt
    """
    from app.terminal import as_json, show_inspection

    inspection = _seen(file)
    if json:
        as_json(inspection)
    else:
        show_inspection(inspection)
    if inspection.refused is not None:
        raise typer.Exit(1)


def _seen(file: Path) -> Inspection:
    """Return what the importer sees in a file and its sidecar; what keeps it from looking is a refusal too."""
    from app.inspecting import Inspection as Seen
    from app.inspecting import inspect as look
    from app.intake import gather, load

    (entry,) = gather([file])
    try:
        if entry.verdict == "refused":
            raise SourceRefused(entry.name, 1, entry.reason or "")
        source, _ = load(entry)
    except SourceRefused as refused:
        return Seen(file.name, "", 0, refused=str(refused), refused_code=refused.code)
    return look(source)
