"""The command `verbatim rollback`."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.options import ArchiveOption, JsonOption, interruptible, settings_for


def rollback(
    archive: ArchiveOption = None,
    reason: Annotated[str | None, typer.Option(metavar="TEXT", help="Why, for readers to see.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done and write nothing.")] = False,
    json: JsonOption = False,
) -> None:
    """Publish the generation before the current one again.

    It is kept beside the archive, as FILE.previous, and comes back as a new generation under a new number. Addresses
    and versions (?v=2) that were published in the dropped generation alone say that they were withdrawn, and are given
    to nothing else; importing the same again brings them back. The dropped generation is then the one before: a second
    rollback undoes the first. After a withholding there is nothing to return to. Registers beside the archive stay as
    they are.

    \b
    Example:
      verbatim rollback --reason "The wrong folder was imported"
    """
    from app.returning import roll_back
    from app.terminal import as_json, show_generation, tell

    path = settings_for(archive).archive
    with interruptible(path):
        done = roll_back(path, reason, dry_run=dry_run)
    if json:
        as_json(done)
        return
    alone = ", ".join(f"{many} {kind if many == 1 else f'{kind}s'}" for kind, many in done.lapsed.items())
    becomes = "would be" if dry_run else "is"
    tell(f"Generation {done.restored} {becomes} the current one again.")
    if alone:
        tell(f"What generation {done.dropped} alone had {becomes} withdrawn: {alone}.")
    else:
        tell(f"No address was in generation {done.dropped} alone.")
    show_generation(done.generation, dry_run=dry_run)
