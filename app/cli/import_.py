"""The command `verbatim import`; what it shows is in terminal.py."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.options import ArchiveOption, JsonOption, existing, settings_for, wellformed
from app.errors import NotHeld
from app.permalinks import is_well_formed


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

    places, ending = _told_apart(paths, retire or [])
    if any(is_bag(place) for place in places):
        if len(places) > 1 or strict or ending or reason:
            raise typer.BadParameter("a bag is restored whole: name it alone, without --strict, --retire or --reason")
        _restore(places[0], settings_for(archive).archive, dry_run=dry_run, json=json)
        return
    if bool(ending) != bool(reason and reason.strip()):
        raise typer.BadParameter("--retire and --reason go together: an id ends for a reason that readers can see")
    try:
        with progress() as step:
            report = import_paths(
                places,
                settings_for(archive).archive,
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

    restored = restore(bag, archive, dry_run=dry_run)
    if json:
        as_json(restored)
    else:
        show_restored(restored)


def _told_apart(paths: list[Path], retire: list[str]) -> tuple[list[Path], list[str]]:
    """Return paths and ids: in `--retire ID ID` the second id arrives among the paths."""
    if retire:
        strays = [str(path) for path in paths if is_well_formed(str(path)) and not path.exists()]
        paths = [path for path in paths if str(path) not in strays]
        retire = [*retire, *strays]
    if not paths:
        raise typer.BadParameter("name a file or a folder to import")
    return [existing(path) for path in paths], [wellformed(id) for id in retire]
