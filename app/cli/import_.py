"""The command `verbatim import`; what it shows is in terminal.py."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.options import ArchiveOption, JsonOption, existing, interruptible, retiring, settings_for
from app.errors import NotHeld


def import_(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="Transcripts, folders of them, or a bag.")],
    archive: ArchiveOption = None,
    strict: Annotated[bool, typer.Option("--strict", help="Refuse a file that gives a warning.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done and write nothing.")] = False,
    retire: Annotated[
        list[str] | None, typer.Option(metavar="ID...", help="Let these published ids end; needs --reason.")
    ] = None,
    reason: Annotated[str | None, typer.Option(metavar="TEXT", help="Why they end, for readers to see.")] = None,
    json: JsonOption = False,
) -> None:
    """Read transcripts into a new generation of the archive.

    Files that are held already cost nothing. A file that cannot be taken is refused, with its line and the reason,
    and the others are imported. A file that would end a published id is held back until --retire names the id.
    A bag that `verbatim export bag` wrote is named alone: it is made an archive again, where none is yet.

    \b
    Examples:
      verbatim import data/transcripts
      verbatim import corrected.txt --retire ID --reason "Not said, says the ministry"
    """
    from app.bags import is_bag
    from app.importer import import_paths
    from app.terminal import as_json, progress, show_refusals, show_report

    named, ending = retiring([str(path) for path in paths], retire or [], reason)
    if not named:
        raise typer.BadParameter("name a file or a folder to import")
    places = [existing(Path(name)) for name in named]
    if any(is_bag(place) for place in places):
        if len(places) > 1 or strict or ending:
            raise typer.BadParameter("a bag is restored whole: name it alone, without --strict, --retire or --reason")
        _restore(places[0], settings_for(archive).archive, dry_run=dry_run, json=json)
        return
    path = settings_for(archive).archive
    try:
        with interruptible(path), progress() as step:
            report = import_paths(
                places,
                path,
                strict=strict,
                dry_run=dry_run,
                retire=ending,
                reason=reason,
                progress=step,
            )
    except NotHeld as error:
        raise typer.BadParameter(f"--retire: {error}; nothing was read") from error
    show_refusals(report)
    if json:
        as_json(report)
    else:
        show_report(report, dry_run=dry_run)
    if any(file.outcome in {"refused", "held back"} for file in report.files):
        raise typer.Exit(1)


def _restore(bag: Path, archive: Path, *, dry_run: bool, json: bool) -> None:
    from app.bags import restore
    from app.terminal import as_json, show_restored

    with interruptible(archive):
        restored = restore(bag, archive, dry_run=dry_run)
    if json:
        as_json(restored)
    else:
        show_restored(restored)
