"""Citations as in The Chicago Manual of Style, 18th edition, notes and bibliography: interviews that can be read."""

from __future__ import annotations

from collections.abc import Sequence

from app.citing import dates
from app.citing.runs import Citation, Piece, closed, joined, listed, named_together, quoted
from app.citing.works import Person, Work


def note(work: Work) -> Citation:
    """Return a note, in which all is joined by commas."""
    pieces: list[Piece] = []
    authors = [person.name.plain for person in work.authors]
    if authors:
        # More than two authors: the first and "et al."
        pieces.append(f"{listed(authors) if len(authors) < 3 else f'{authors[0]} et al.'}, ")
    pieces.append(f"{quoted(work.title, ',')} ")
    if work.interviewers:
        pieces.append(f"interview by {_interviewers(work)}, ")
    pieces += _outlets(work)
    details = [_date(work), "transcript", work.part, "Verbatim", f"version {work.version}", work.url]
    pieces.append(f"{', '.join(filter(None, details))}.")
    return Citation("chicago-note", "Chicago, note", joined(*pieces))


def entry(work: Work) -> Citation:
    """Return an entry of a bibliography, under the family name of the first author."""
    pieces: list[Piece] = []
    if work.authors:
        pieces.append(f"{closed(_authors(work.authors))} ")
    pieces.append(f"{quoted(work.title, '.')} ")
    if work.interviewers:
        pieces.append(f"{closed(f'Interview by {_interviewers(work)}')} ")
    pieces += _outlets(work)
    part = f", {work.part}" if work.part else ""
    pieces.append(f"{closed(_date(work))} Transcript{part}. Verbatim, version {work.version}. {work.url}.")
    return Citation("chicago", "Chicago, bibliography", joined(*pieces))


def _authors(people: Sequence[Person]) -> str:
    names = [people[0].name.inverted, *(person.name.plain for person in people[1:])]
    if len(names) > 6:
        return f"{', '.join(names[:3])}, et al."
    # The comma stands also between two, since the first of them is turned round.
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])}, and {names[-1]}"


def _interviewers(work: Work) -> str:
    names = [person.name.plain for person in work.interviewers]
    return listed(names) if len(names) < 4 else f"{names[0]} et al."


def _outlets(work: Work) -> list[Piece]:
    return [*named_together(work.outlets), ", "] if work.outlets else []


def _date(work: Work) -> str:
    return dates.month_first(work.date) if work.date else "n.d."
