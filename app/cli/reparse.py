"""The command `verbatim reparse`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.options import ArchiveOption, JsonOption, interruptible, retiring, settings_for
from app.errors import NotHeld

if TYPE_CHECKING:
    from app.reparsing import Change, InterviewReport, Outcome, Report

_OUTCOMES: tuple[Outcome, ...] = ("parsed anew", "warnings anew", "unchanged", "refused", "held back", "withheld")


def reparse(
    slugs: Annotated[
        list[str] | None, typer.Argument(metavar="[SLUG]...", help="Interviews; left out, it is all of them.")
    ] = None,
    archive: ArchiveOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done and write nothing.")] = False,
    retire: Annotated[
        list[str] | None, typer.Option(metavar="ID...", help="Let these published ids end; needs --reason.")
    ] = None,
    reason: Annotated[str | None, typer.Option(metavar="TEXT", help="Why they end, for readers to see.")] = None,
    json: JsonOption = False,
) -> None:
    """Parse the sources that are held with today's parser, and keep what it reads otherwise as new versions.

    The source of each current version is read again; what is read as before costs nothing. Turns whose words, speaker
    and role are the same keep their ids. An interview in which a published id would end is held back until --retire
    names the id. One that today's parser refuses stays as it is. Where the warnings alone are others, they are
    replaced, and no version is made of it.

    \b
    Examples:
      verbatim reparse --dry-run
      verbatim reparse 2015-12-11-lavrov-rossiya-segodnya
    """
    from app.reparsing import reparse as carry_out
    from app.terminal import as_json, progress, show_generation, show_numbers, show_settled, tell

    wanted, ending = retiring(slugs or [], retire or [], reason)
    path = settings_for(archive).archive
    try:
        with interruptible(path), progress() as step:
            report = carry_out(path, wanted, dry_run=dry_run, retire=ending, reason=reason, progress=step)
    except NotHeld as error:
        raise typer.BadParameter(f"{error}; nothing was read") from error
    _complain(report)
    if json:
        as_json(report)
    else:
        for one in report.interviews:
            if one.outcome in {"parsed anew", "warnings anew", "held back"}:
                tell(_told(one))
        show_settled(report.settled)
        outcomes = Counter(one.outcome for one in report.interviews)
        show_numbers({outcome: outcomes[outcome] for outcome in _OUTCOMES})
        show_generation(report.generation, dry_run=dry_run)
    if any(one.outcome in {"refused", "held back"} for one in report.interviews):
        raise typer.Exit(1)


def _complain(report: Report) -> None:
    """Say on standard error what was refused or held back, and which ids were to end and did not."""
    from app.terminal import complain

    for one in report.interviews:
        if one.outcome in {"refused", "held back"}:
            complain(one.reason or one.slug)
            for id in one.ended if one.outcome == "held back" else ():
                complain(f"  {id} would end")
    for id in report.unused:
        complain(f"--retire {id}: it did not end")


def _told(one: InterviewReport) -> str:
    """Return in one line what has changed in an interview, and how many ids stay, are new and end."""
    changes = ", ".join(_change(change) for change in one.changes)
    if one.outcome == "warnings anew":
        return f"warnings anew: {one.slug}"
    ids = f"{one.kept} ids kept, {one.new} new, {len(one.ended)} ended"
    version = f", version {one.version}" if one.outcome == "parsed anew" else ""
    return f"{one.outcome}: {one.slug}{version}: {changes}; {ids}"


def _change(change: Change) -> str:
    if change.turns is not None:
        return f"{change.what} ({change.turns})"
    if change.old is None and change.new is None:
        return change.what
    old, new = (each if each is not None else "not known" for each in (change.old, change.new))
    return f"{change.what} ({old} -> {new})"
