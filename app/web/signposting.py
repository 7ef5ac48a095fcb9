"""What a page says of itself to programs in its Link header (RFC 8288), by the relations that Signposting asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from app import permalinks
from app.exports.transcripts import Transcript
from app.web.alternates import Alternate

LONGEST = 2_500
"""Bytes up to which people and parts are linked to, all of a kind or none: proxies take no header of any length."""
_SAFE = "/:@!$&'()*+,;=~-._%?#"


def links(transcript: Transcript, others: Sequence[Alternate], json: str, version: int | None) -> str:
    """Return the links of the page of a transcript; `version` is the one that was asked for, `json` a path."""
    told = list(_always(transcript, others, json, version))
    for more in (list(_people(transcript)), list(_parts(transcript, version))):
        if len(", ".join([*told, *more])) <= LONGEST:
            told += more
    return ", ".join(told)


def _always(transcript: Transcript, others: Sequence[Alternate], json: str, version: int | None) -> Iterator[str]:
    work, site = transcript.work, transcript.site
    yield _link(work.address if version is None else work.url, "cite-as")
    yield _link(site + json, "alternate", "application/json")
    for other in others:
        relation = "alternate describedby" if other.form.is_citation else "alternate"
        yield _link(site + other.path, relation, other.form.media_type)
    if work.licence is not None and work.licence.startswith(("https://", "http://")) and " " not in work.licence:
        yield _link(work.licence, "license")
    if work.kind != "interview":
        yield _link(work.interview + _query(version), "collection")


def _people(transcript: Transcript) -> Iterator[str]:
    for person in transcript.work.authors:
        yield _link(transcript.site + permalinks.speaker_path(person.slug), "author")


def _parts(transcript: Transcript, version: int | None) -> Iterator[str]:
    """Give a link for each part of an interview that has a page of its own."""
    if transcript.work.kind != "interview":
        return
    readable = [turn for turn in transcript.turns if turn.withheld is None]
    answered = {turn.exchange for turn in readable if turn.role == "answer"}
    for turn in readable:
        if turn.role in ("answer", "statement") or (turn.role == "question" and turn.exchange not in answered):
            yield _link(transcript.site + permalinks.answer_path(turn.id) + _query(version), "item")


def _query(version: int | None) -> str:
    return "" if version is None else f"?v={version}"


def _link(target: str, relation: str, media_type: str | None = None) -> str:
    kind = "" if media_type is None else f'; type="{media_type}"'
    return f'<{quote(target, safe=_SAFE)}>; rel="{relation}"{kind}'
