"""The commands of Verbatim, a file each and listed here; each loads what it needs when it is called."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from app import __version__
from app.cli import cite, export, import_, inspect, reparse, rollback, search, serve, verify, withhold
from app.cli.options import complain
from app.errors import ArchiveError

commands = typer.Typer(
    name="verbatim",
    help="A read-only web archive of official interview transcripts.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_OF_OUTPUT = {errno.EPIPE, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}
"""What writing to standard output fails with. What other files fail with is an ArchiveError, or names them."""

# In the order in which --help lists them.
commands.command("import", short_help="Read transcripts into the archive.")(import_.import_)
commands.command(short_help="Parse what is held with today's parser.")(reparse.reparse)
commands.command()(inspect.inspect)
commands.command()(serve.serve)
commands.command()(search.search)
commands.command(short_help="Cite an answer or an interview.")(cite.cite)
commands.command(short_help="Check that the archive is whole.")(verify.verify)
commands.command()(rollback.rollback)
commands.command(short_help="Withdraw words lawfully and for good.")(withhold.withhold)
commands.add_typer(export.forms, name="export")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave: status 0; 1 where something was refused or failed a check; 2 for wrong usage."""
    for name in ("stdout", "stderr"):
        # Where somebody has closed one, the next file to be opened, the archive, would take its place.
        stream = getattr(sys, name) or os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
        setattr(sys, name, stream)
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = _run(arguments)
        sys.stdout.flush()
    except OSError as error:
        if error.errno not in _OF_OUTPUT or error.filename is not None:
            raise
        if not isinstance(error, BrokenPipeError):  # which only says that nobody reads on, as `… | head` does not
            complain(f"standard output could not be written: {error.strerror}")
        # Python would complain once more at its own last flush.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    sys.exit(status)


def _run(arguments: Sequence[str] | None) -> int:
    try:
        commands(arguments, prog_name="verbatim")
    except ArchiveError as error:
        complain(str(error))
        return 1
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    return 0


@commands.callback(invoke_without_command=True)
def about(
    version: Annotated[bool, typer.Option("--version", help="Show the version and leave.")] = False,
) -> None:
    """Take what goes before a command."""
    if version:
        print(f"verbatim {__version__}")
        raise typer.Exit
