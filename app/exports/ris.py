"""RIS, which has no kind for interviews: PCOMM, as Zotero itself writes the interviews that it exports.

A kind that a program does not know, such as INTV, becomes a journal article in Zotero; PCOMM becomes a letter, with
the same people, title, date and address. The other forms say that it is an interview.
"""

from __future__ import annotations

from app.citing import dates
from app.citing.names import Name
from app.exports.transcripts import Transcript

SUFFIX = ".ris"
MEDIA_TYPE = "application/x-research-info-systems"
NAME = "RIS"
IS_CITATION = True


def write(transcript: Transcript) -> str:
    """Return one record; lines end as the specification wants them."""
    work = transcript.work
    lines = [
        ("TY", "PCOMM"),
        ("ID", f"verbatim-{work.key}-v{work.version}"),
        *(("AU", _name(person.name)) for person in work.authors),
        *(("A2", _name(person.name)) for person in work.interviewers),
        ("TI", work.title),
        *(("T2", outlet) for outlet in work.outlets[:1]),
        *(("PB", outlet) for outlet in work.outlets[:1]),
        ("PY", str(next(iter(dates.parts(work.date)), ""))),
        ("DA", _date(work.date)),
        ("ET", f"Version {work.version}"),
        ("M3", "Interview transcript"),
        ("LA", work.language),
        ("DB", "Verbatim"),
        ("N1", work.part.capitalize()),
        ("N1", f"Outlets: {'; '.join(work.outlets)}" if len(work.outlets) > 1 else ""),
        ("UR", work.url),
    ]
    return "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in lines if value) + "ER  - \r\n"


def _name(name: Name) -> str:
    # A comma parts family and given names, and nothing else.
    return name.plain.replace(",", " ") if name.family_first or not name.given else name.inverted


def _date(date: str | None) -> str:
    """Return YYYY/MM/DD/ with what is known of it, as the specification has it."""
    if date is None:
        return ""
    known = date.split("-")
    return "/".join([*known, *[""] * (4 - len(known))])


def _line(value: str) -> str:
    return " ".join(value.split())
