"""The command `verbatim withhold`."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.options import ArchiveOption, JsonOption, interruptible, settings_for, wellformed
from app.permalinks import ID_LENGTH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.archive.withdrawals import Plan

_LISTED = 12
"""Turns that are shown before the question; --json lists all."""


def withhold(
    key: Annotated[str, typer.Argument(metavar="ID|SLUG", help="A turn's id, or the slug of an interview.")],
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why, for readers to see in place of the words.")],
    archive: ArchiveOption = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before anything goes.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would go and write nothing.")] = False,
    json: JsonOption = False,
) -> None:
    """Withdraw words that a court or the law has ordered to be withdrawn; it cannot be undone.

    The words go out of every version, with the saved copies that have them, and no byte of them stays in the archive.
    The address stays and gives the reason. What is withheld is not imported again. In a terminal all that goes is shown
    first, and asked about.

    \b
    Example:
      verbatim withhold 2015-12-11-lavrov-rossiya-segodnya --reason "Order of the court, 2 June 2026"
    """
    from app.terminal import as_json, complain, tell
    from app.withholding import withhold as carry_out

    if not reason.strip():
        raise typer.BadParameter("words are withheld for a reason that readers can see", param_hint="--reason")
    if "-" not in key and re.fullmatch(f"\\w{{{ID_LENGTH - 1},{ID_LENGTH + 1}}}", key):
        wellformed(key)
    must_ask = not (yes or dry_run) and sys.stdin.isatty()

    def agreed(plan: Plan) -> bool:
        if not json or must_ask:
            for line in _told(plan):
                tell(line, aside=json)
        if not must_ask:
            return True
        return typer.confirm("It cannot be undone. Withhold all this?", err=True)

    path = settings_for(archive).archive
    with interruptible(path):
        done = carry_out(path, key, reason, dry_run=dry_run, agreed=agreed)
    if json:
        as_json(done)
    elif done.plan.done is not None:
        tell(f"Nothing changed: {done.plan.key} was withheld on {done.plan.done}")
    elif done.generation is None:
        tell("A dry run: nothing was written." if dry_run else "Nothing changed: the archive is as it was.")
    else:
        tell(f"Withheld, and published as generation {done.generation}.")
    if done.generation is not None:
        complain(
            "Copies of the archive that were made before still have the words: back-ups, bags, mirrors, and the files "
            "that were imported. They are for you to deal with."
        )
    if done.plan.done is None and done.generation is None and not dry_run:
        raise typer.Exit(1)


def _told(plan: Plan) -> Iterator[str]:
    """Yield what goes, a line each."""
    yield f"{'The whole interview' if plan.is_whole else 'In the interview'} {plan.interview}, “{plan.title}”:"
    for turn in plan.turns[:_LISTED]:
        who = f", {turn.speaker}" if turn.speaker else ""
        versions = ", ".join(map(str, turn.versions))
        again = " (the same words under an id of their own)" if turn.repeats else ""
        yield f"  the words of {turn.id}, {turn.role}{who}, version {versions}{again}: {turn.words}"
    if len(plan.turns) > _LISTED:
        yield f"  and those of {len(plan.turns) - _LISTED} more turns; --json lists them all"
    for part in plan.parts:
        at = f" on line {part.line}" if part.line and part.kind != "reason" else ""
        where = f" of version {part.version}{at}" if part.version else " for which an id ended"
        yield f"  the {part.kind}{where}, which stands in the words or quotes them"
    for source in plan.sources:
        yield f"  the saved copy of version {source.version}, {source.name}"
    for one in plan.elsewhere[:_LISTED]:
        yield f"Some of the same words stay in {one.id} of {one.interview}: withhold that too where they must go."
    if len(plan.elsewhere) > _LISTED:
        yield f"Some of the same words stay in {len(plan.elsewhere) - _LISTED} more turns; --json lists them all."
    for id in plan.kin:
        yield f"Other words that stood in the same place stay under {id}: withhold that too where they must go."
    for slug in plan.translations:
        yield f"The same in another language stays in {slug}: withhold that too where it must go."
