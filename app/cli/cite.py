"""The command `verbatim cite`; what a citation says is in citing/, what a file of it is in exports/."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from app.cli.options import ArchiveOption, JsonOption, settings_for
from app.errors import ArchiveError, Lapsed, NotHeld
from app.permalinks import is_well_formed, unconfused

if TYPE_CHECKING:
    from app.archive.opening import Lease
    from app.citing.runs import Citation
    from app.exports.transcripts import Transcript

Style = Literal["chicago", "chicago-note", "apa", "mla", "gost"]
Format = Literal["bib", "ris", "csl.json"]


def cite(
    key: Annotated[str, typer.Argument(metavar="ID|SLUG", help="An answer's id, or the slug of an interview.")],
    style: Annotated[Style, typer.Option(help="How it is written; chicago is for a bibliography.")] = "chicago",
    form: Annotated[
        Format | None, typer.Option("--format", show_default=False, help="A file for reference managers instead.")
    ] = None,
    version: Annotated[
        int | None,
        typer.Option(min=1, show_default=False, metavar="N", help="A version as it was; else the newest."),
    ] = None,
    archive: ArchiveOption = None,
    json: JsonOption = False,
) -> None:
    """Cite an answer or an interview, in words for a text or as a file for a reference manager.

    The address is that of one version, whose words stay as they are; it begins with VERBATIM_URL. GOST asks for the
    day of reading, which is today. With --json, all styles are given.

    \b
    Examples:
      verbatim cite 2015-12-11-lavrov-rossiya-segodnya --style apa
      verbatim cite 2015-12-11-lavrov-rossiya-segodnya --format bib
    """
    from app.archive.opening import Library
    from app.citing import STYLES, citations
    from app.exports import forms
    from app.terminal import as_json, tell

    settings = settings_for(archive)
    library = Library(settings.archive, settings.query_seconds)
    with library.lease() as lease:
        transcript = _transcript(lease, key, version, settings.url)
    library.close()
    if json:
        told = {each.style: _read_today(each) for each in citations(transcript.work)}
        as_json({"key": transcript.work.key, "url": transcript.work.url, "citations": told})
    elif form is not None:
        (chosen,) = [each for each in forms() if each.suffix == f".{form}"]
        sys.stdout.write(chosen.write(transcript))
    else:
        tell(_read_today(STYLES[style](transcript.work)))


def _read_today(citation: Citation) -> str:
    return citation.read_on(f"{date.today():%d.%m.%Y}")


def _transcript(lease: Lease, key: str, version: int | None, site: str) -> Transcript:
    """Return what is to be cited. Raises ArchiveError for what is not held, has ended, or has no page of its own."""
    from app.archive import reading
    from app.exports.transcripts import of_interview, of_part

    if is_well_formed(key):
        try:
            held = reading.answer(lease.connection, _page(lease, key, version), version)
        except NotHeld as error:
            raise _unknown(lease, key, error) from None
        is_question = held.turn.role == "question"
        questions = (*held.questions, held.turn) if is_question else held.questions
        return of_part(held.head, questions, None if is_question else held.turn, held.notes, site)
    try:
        whole = reading.interview(
            lease.connection, reading.redirect(lease.connection, "interview", key) or key, version
        )
    except Lapsed:
        raise
    except NotHeld:
        meant = unconfused(key)
        hint = f"; {meant} may be meant" if meant else ""
        what = "interview" if version is None else f"version {version} of an interview"
        raise ArchiveError(f"this archive holds no {what} {key}{hint}") from None
    return of_interview(whole.head, whole.turns, whole.notes, site)


def _page(lease: Lease, id: str, version: int | None) -> str:
    """Return the id on whose page a turn stands: its own, but for a question that is answered that of its answer."""
    from app.archive import reading

    if version is not None:
        return id
    place = reading.place(lease.connection, id)
    if place.page is None:
        raise ArchiveError(f"{id} is a moderator's and has no page of its own; cite {place.interview}")
    return place.page


def _unknown(lease: Lease, id: str, error: NotHeld) -> ArchiveError:
    from app.archive import reading

    ending = reading.ending(lease.connection, id)
    if ending is None:
        return error
    last = "" if ending.version is None else f"; cite its last words with --version {ending.version}"
    return ArchiveError(f"{id} has ended: {ending.reason}{last}")
