"""Citations as in the Publication Manual of the American Psychological Association, 7th edition (10.12 to 10.16)."""

from __future__ import annotations

from collections.abc import Sequence

from app.citing import dates
from app.citing.names import Name
from app.citing.runs import Citation, Piece, closed, emphasised, joined, listed
from app.citing.works import Person, Work


def reference(work: Work) -> Citation:
    """Return an entry of a list of references; without an author it begins with the title (9.12)."""
    date = f"({dates.year_first(work.date) if work.date else 'n.d.'}). "
    title: list[Piece] = [emphasised(work.title), f" ({_details(work)}) [Transcript]. "]
    head: list[Piece] = [f"{closed(_authors(work.authors))} ", date, *title] if work.authors else [*title, date]
    return Citation("apa", "APA", joined(*head, f"{'; '.join([*work.outlets, 'Verbatim'])}. {work.url}"))


def _details(work: Work) -> str:
    """Return what stands in brackets behind the title: who asked, which version, which part."""
    asked = ""
    if work.interviewers:
        names = listed([_spoken(person.name) for person in work.interviewers], "&")
        asked = f"{names}, {'Interviewer' if len(work.interviewers) == 1 else 'Interviewers'}; "
    return f"{asked}Version {work.version}{f', {work.part}' if work.part else ''}"


def _authors(people: Sequence[Person]) -> str:
    names = [_inverted(person.name) for person in people]
    if len(names) > 20:
        # 9.8: the first nineteen, an ellipsis, the last.
        return f"{', '.join(names[:19])}, . . . {names[-1]}"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])}, & {names[-1]}"


def _inverted(name: Name) -> str:
    return ", ".join(filter(None, (name.family, name.initials, name.addition)))


def _spoken(name: Name) -> str:
    return " ".join(filter(None, (name.initials, name.family, name.addition)))
