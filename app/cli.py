"""The commands of Verbatim; what they show is in terminal.py, and each loads what it needs when it is called."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from app import __version__
from app.errors import ArchiveError, ArchiveMissing, SourceRefused
from app.permalinks import is_well_formed, unconfused

if TYPE_CHECKING:
    from app.inspecting import Inspection
    from app.settings import Settings

commands = typer.Typer(
    name="verbatim",
    help="A read-only web archive of official interview transcripts.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

ArchiveOption = Annotated[
    Path | None,
    typer.Option(
        "--archive",
        metavar="FILE",
        show_default=False,
        help="The archive file; left out, it is VERBATIM_ARCHIVE or data/archive.db.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, and nothing else, on standard output.")]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave: status 0; 1 where something was refused or failed a check; 2 for wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # Nobody reads on, as in `verbatim search … | head`. Python would complain once more at its own last flush.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    sys.exit(status)


def _run(arguments: Sequence[str] | None) -> int:
    try:
        commands(arguments, prog_name="verbatim")
    except ArchiveError as error:
        _complain(str(error))
        return 1
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    return 0


def _complain(sentence: str) -> None:
    from app.terminal import complain

    complain(sentence)


def _settings(archive: Path | None) -> Settings:
    """Read the settings, the archive from the command line before the one from the environment."""
    from pydantic import ValidationError

    from app.settings import Settings as Read

    try:
        return Read(archive=archive) if archive else Read()
    except ValidationError as error:
        for fault in error.errors():
            name = "_".join(map(str, fault["loc"])).upper()
            _complain(f"VERBATIM_{name}={fault['input']}: {fault['msg']}")
        raise typer.Exit(2) from None


def _existing(path: Path) -> Path:
    if not path.exists():
        raise typer.BadParameter(f"{path} does not exist")
    return path


@commands.callback(invoke_without_command=True)
def about(
    version: Annotated[bool, typer.Option("--version", help="Show the version and leave.")] = False,
) -> None:
    """Take what goes before a command."""
    if version:
        print(f"verbatim {__version__}")
        raise typer.Exit


@commands.command("import")
def import_(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="Transcripts, and folders of them.")],
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

    \b
    Examples:
      verbatim import data/transcripts
      verbatim import corrected.txt --retire ID --reason "Not said, says the ministry"
    """
    from app.importer import import_paths
    from app.terminal import as_json, progress, show_refusals, show_report

    places, ending = _told_apart(paths, retire or [])
    if bool(ending) != bool(reason and reason.strip()):
        raise typer.BadParameter("--retire and --reason go together: an id ends for a reason that readers can see")
    with progress() as step:
        report = import_paths(
            places,
            _settings(archive).archive,
            strict=strict,
            dry_run=dry_run,
            retire=ending,
            reason=reason,
            progress=step,
        )
    show_refusals(report)
    if json:
        as_json(report)
    else:
        show_report(report, dry_run=dry_run)
    if any(file.outcome in {"refused", "held back"} for file in report.files):
        raise typer.Exit(1)


def _told_apart(paths: list[Path], retire: list[str]) -> tuple[list[Path], list[str]]:
    """Return paths and ids: in `--retire ID ID` the second id arrives among the paths."""
    if retire:
        strays = [str(path) for path in paths if is_well_formed(str(path)) and not path.exists()]
        paths = [path for path in paths if str(path) not in strays]
        retire = [*retire, *strays]
    for id in retire:
        if not is_well_formed(id):
            meant = unconfused(id)
            raise typer.BadParameter(f"{id} is not an id; " + (f"{meant} may be meant" if meant else "it is mistyped"))
    if not paths:
        raise typer.BadParameter("name a file or a folder to import")
    return [_existing(path) for path in paths], retire


@commands.command()
def inspect(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A transcript.", callback=_existing, dir_okay=False)],
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


@commands.command()
def serve(
    archive: ArchiveOption = None,
    host: Annotated[str, typer.Option(help="The address to listen on; 0.0.0.0 is every one.")] = "127.0.0.1",
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
    from app.web.serving import serve as run

    settings = _settings(archive)
    if not settings.archive.exists():
        raise ArchiveMissing(settings.archive)
    if "url" not in settings.model_fields_set:
        here = "127.0.0.1" if host in {"0.0.0.0", "::"} else f"[{host}]" if ":" in host else host  # noqa: S104
        settings = settings.model_copy(update={"url": f"http://{here}:{port}"})
    with suppress(KeyboardInterrupt):  # Ctrl-C is how a server is told to end; by now it has answered what was asked
        run(settings, host, port, workers)


@commands.command()
def search(
    query: Annotated[list[str], typer.Argument(metavar="QUERY", help='Words, "phrases" and operators.')],
    archive: ArchiveOption = None,
    side: Annotated[
        Literal["answer", "question", "both"], typer.Option("--in", help="Whose words are searched.")
    ] = "answer",
    speaker: Annotated[str | None, typer.Option(metavar="SLUG", help="Only this speaker's words.")] = None,
    outlet: Annotated[str | None, typer.Option(metavar="SLUG", help="Only interviews with this outlet.")] = None,
    lang: Annotated[str | None, typer.Option(metavar="TAG", help="Only texts in this language.")] = None,
    after: Annotated[str | None, typer.Option(metavar="DATE", help="On or after this year, month or day.")] = None,
    before: Annotated[str | None, typer.Option(metavar="DATE", help="Before this year, month or day.")] = None,
    sort: Annotated[
        Literal["relevance", "newest", "oldest"], typer.Option(help="Which hits stand first.")
    ] = "relevance",
    page: Annotated[int, typer.Option(help="Which page of the hits.", min=1)] = 1,
    json: JsonOption = False,
) -> None:
    """Search the archive as the site does.

    A word after - is left out of the hits; where it stands first, put -- before the query.

    \b
    Examples:
      verbatim search refugees
      verbatim search '"islands of security" after:2015' --sort newest
      verbatim search --in question refugees -- -camps
    """
    from app.archive.opening import Library
    from app.search.results import SearchRequest, find
    from app.terminal import as_json, show_results

    settings = _settings(archive)
    request = SearchRequest(
        " ".join(query),
        side=side,
        speaker=speaker,
        outlet=outlet,
        language=lang,
        after=after,
        before=before,
        sort=sort,
        page=page,
    )
    library = Library(settings.archive, settings.query_seconds)
    with library.lease() as lease:
        results = find(lease.connection, request)
    library.close()
    if json:
        as_json(results)
    else:
        show_results(results, settings.url)


@commands.command()
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

    path = _settings(archive).archive
    faults = check(path)
    if json:
        as_json({"archive": str(path), "digest": None if faults else digest(path), "faults": faults})
    else:
        show_faults(path, faults)
        if not faults:
            print(f"digest: {digest(path)}")
    if faults:
        raise typer.Exit(1)
