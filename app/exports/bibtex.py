"""BibTeX, as BibTeX, biblatex, JabRef and Zotero read it: @misc, the one kind that all of them know.

BibTeX has no kind for interviews. biblatex reads `date` and `version`, BibTeX itself `year`, `month` and `note`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.citing import dates
from app.citing.works import Person
from app.exports.transcripts import Transcript

SUFFIX = ".bib"
MEDIA_TYPE = "application/x-bibtex"
NAME = "BibTeX"
IS_CITATION = True

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SPECIAL = {
    **{character: f"\\{character}" for character in "#$%&_"},
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    # BibTeX counts braces also behind a backslash.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
}


def write(transcript: Transcript) -> str:
    """Return one entry. Letters of any script stand as they are, in UTF-8."""
    work = transcript.work
    year, month, *_ = (*dates.parts(work.date), None, None)
    asked = " and ".join(person.name.plain for person in work.interviewers)
    details = [f"Interview by {asked}" if asked else "", ", ".join(work.outlets), work.part.capitalize()]
    fields = [
        ("author", _people(work.authors)),
        # In braces of its own, so that no style makes its letters small.
        ("title", f"{{{escaped(work.title)}}}"),
        ("date", work.date or ""),
        ("year", str(year or "")),
        ("month", _MONTHS[month - 1] if month else ""),
        ("howpublished", f"Transcript, Verbatim, version {work.version}"),
        ("note", escaped(". ".join(filter(None, details)))),
        ("version", str(work.version)),
        ("langid", _LANGUAGES.get(work.language.split("-")[0], "")),
        ("url", work.url),
    ]
    # The names of months are BibTeX's own words and take no braces.
    lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'},\n" for name, value in fields if value]
    return f"@misc{{{key(transcript)},\n{''.join(lines)}}}\n"


def key(transcript: Transcript) -> str:
    """Return the key by which a text cites it: of letters, digits and hyphens, another for each version."""
    return f"verbatim-{transcript.work.key}-v{transcript.work.version}"


def escaped(text: str) -> str:
    """Return `text` so that TeX prints its very words."""
    return "".join(_SPECIAL.get(character, character) for character in re.sub(r"[\s\x00-\x1f\x7f]+", " ", text))


def _people(people: Sequence[Person]) -> str:
    return " and ".join(
        escaped(person.name.inverted)
        if person.name.given and not person.name.family_first
        else f"{{{escaped(person.name.plain)}}}"
        for person in people
    )


_LANGUAGES = {
    "de": "german", "en": "english", "es": "spanish", "fr": "french", "it": "italian", "pl": "polish",
    "pt": "portuguese", "ru": "russian", "tr": "turkish", "uk": "ukrainian",
}  # fmt: skip
"""The names that babel and biblatex have for languages."""
