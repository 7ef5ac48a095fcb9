"""The command `verbatim serve`; what it shows is in terminal.py."""

from __future__ import annotations

import gc
from contextlib import suppress
from typing import Annotated

import typer

from app.cli.options import ArchiveOption, settings_for


def serve(
    archive: ArchiveOption = None,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="The address to listen on; 0.0.0.0 is every one.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.", min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="Processes that answer requests.", min=1)] = 1,
) -> None:
    """Serve the site.

    A new generation is noticed while the site runs. Links in feeds and citations begin with VERBATIM_URL; where it
    is not set, with the address that is served here.

    \b
    Examples:
      verbatim serve --port 8123
      verbatim serve --archive held.db --workers 4
    """
    gc.disable()  # until all is loaded: there is no garbage among what is only being read in
    from app.archive.opening import Library
    from app.web.serving import serve as run

    settings = settings_for(archive)
    # Whoever starts a site is told at once what its readers would only see as an error: that there is no archive.
    library = Library(settings.archive)
    with library.lease():
        library.close()
    if "url" not in settings.model_fields_set:
        here = "127.0.0.1" if host in {"0.0.0.0", "::"} else f"[{host}]" if ":" in host else host  # noqa: S104
        settings = settings.model_copy(update={"url": f"http://{here}:{port}"})
    with suppress(KeyboardInterrupt):  # Ctrl-C is how a server is told to end; by now it has answered what was asked
        run(settings, host, port, workers)
