"""The command `verbatim verify`; what it shows is in terminal.py."""

from __future__ import annotations

import typer

from app.cli.options import ArchiveOption, JsonOption, settings_for


def verify(archive: ArchiveOption = None, json: JsonOption = False) -> None:
    """Check that the archive is whole and true to its sources.

    Every source is hashed again, the file and its index are checked, and every word of every source is looked for
    in its record. Where all is well the digest is told: two archives that hold the same have the same.

    \b
    Example:
      verbatim verify --archive held.db
    """
    from app.terminal import as_json, show_faults
    from app.verifying import digest
    from app.verifying import verify as check

    path = settings_for(archive).archive
    faults = check(path)
    if json:
        as_json({"archive": str(path), "digest": None if faults else digest(path), "faults": faults})
    else:
        show_faults(path, faults)
        if not faults:
            print(f"digest: {digest(path)}")
    if faults:
        raise typer.Exit(1)
