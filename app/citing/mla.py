"""Citations as in the MLA Handbook, 9th edition: the interview in its outlet, and that in this archive."""

from __future__ import annotations

from collections.abc import Sequence

from app.citing import dates
from app.citing.runs import Citation, Piece, closed, emphasised, joined, listed, named_together, quoted
from app.citing.works import Person, Work


def entry(work: Work) -> Citation:
    """Return an entry of a list of works cited; what is not known is left out, also the date (5.68)."""
    pieces: list[Piece] = []
    if work.authors:
        pieces.append(f"{closed(_authors(work.authors))} ")
    pieces.append(f"{quoted(work.title, '.')} ")
    if work.interviewers:
        names = [person.name.plain for person in work.interviewers]
        asked_by = listed(names) if len(names) < 3 else f"{names[0]} et al."
        pieces.append(f"{closed(f'Interview by {asked_by}')} ")
    date = closed(dates.day_first(work.date)) if work.date else ""
    if work.outlets:
        pieces += [*named_together(work.outlets), f", {date} " if date else ". "]
    elif date:
        pieces.append(f"{date} ")
    part = f"{work.part}, " if work.part else ""
    pieces += [emphasised("Verbatim"), f", version {work.version}, {part}{work.url}."]
    return Citation("mla", "MLA", joined(*pieces))


def _authors(people: Sequence[Person]) -> str:
    first = people[0].name.inverted
    if len(people) == 1:
        return first
    return f"{first}, and {people[1].name.plain}" if len(people) == 2 else f"{first}, et al."
