"""The command `verbatim search`; what it shows is in terminal.py."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from app.cli.options import ArchiveOption, JsonOption, settings_for


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

    settings = settings_for(archive)
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
