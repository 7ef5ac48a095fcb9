"""CSL-JSON, which citation processors and Zotero read: an item of the type interview."""

from __future__ import annotations

import json

from app.citing import dates
from app.citing.names import Name
from app.exports.transcripts import Transcript

SUFFIX = ".csl.json"
MEDIA_TYPE = "application/vnd.citationstyles.csl+json"
NAME = "CSL-JSON"
IS_CITATION = True


def write(transcript: Transcript) -> str:
    """Return a list of one item; what is not known is not in it."""
    work = transcript.work
    issued = dates.parts(work.date)
    item = {
        "id": f"verbatim-{work.key}-v{work.version}",
        "type": "interview",
        "title": work.title,
        "author": [_name(person.name) for person in work.authors],
        "interviewer": [_name(person.name) for person in work.interviewers],
        "container-title": ", ".join(work.outlets),
        "issued": {"date-parts": [issued]} if issued else None,
        "medium": "Transcript",
        "section": work.part,
        "version": str(work.version),
        "archive": "Verbatim",
        "language": work.language,
        "URL": work.url,
    }
    return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=1) + "\n"


def _name(name: Name) -> dict[str, str]:
    if name.family_first or not name.given:
        return {"literal": name.plain}
    parts = {"family": name.family, "given": name.given, "suffix": name.addition}
    return {part: value for part, value in parts.items() if value}
