"""Finds the held interview that a new one is likely another version of, so as to warn of it; it decides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, select

from app.archive import dates, identity
from app.archive.matching import DISTINCT
from app.archive.tables import interviews, passages, speakers, turns, versions
from app.permalinks import interview_path, words_of
from app.records import Finding, Interview, Source

CODE = "likely-twin"
MOST = 20
"""Interviews of the same name, and of the same date, that are looked at."""
LIKENESS = 0.5
"""Least share of the words, of whichever has fewer, that stand in turns with the very same words in both."""

Said = dict[tuple[str, str], int]
"""Turns that are told by their words, each a role and words, and how many words they are."""


@dataclass(frozen=True, slots=True)
class _Likeness:
    share: float
    has_speaker: bool
    """Whether somebody answers in both."""


_CURRENT = and_(versions.c.interview_id == interviews.c.id, versions.c.number == interviews.c.version)
_HEADS = select(interviews.c.id, interviews.c.slug, interviews.c.language, versions.c.name, versions.c.date)
_IN_LANGUAGE = _HEADS.where(interviews.c.language == bindparam("language")).order_by(interviews.c.id.desc()).limit(MOST)
_named = versions.alias("named")
_BY_NAME = (
    _IN_LANGUAGE.join(versions, _CURRENT)
    .join(_named, _named.c.interview_id == interviews.c.id)
    .where(_named.c.name == bindparam("name"))
    .distinct()
)
_BY_DATE = _IN_LANGUAGE.join(versions, _CURRENT).where(interviews.c.sort_date == bindparam("day"))
_SAID = (
    select(turns.c.role, passages.c.text, speakers.c.name.label("speaker"))
    .join(turns, turns.c.id == passages.c.turn_id)
    .join(versions, versions.c.id == passages.c.version_id)
    .join(interviews, _CURRENT)
    .outerjoin(speakers, speakers.c.id == turns.c.speaker_id)
    .where(interviews.c.id == bindparam("interview"))
)
_ANSWERING = ("answer", "statement")


def warn(c: Connection, source: Source, interview: Interview) -> tuple[Finding, ...]:
    """Return a warning that names the interview which a file may be a version of, where it is taken as a new one.

    That is one of the same file name in the same language, unless both have dates, which differ, and no turn is the
    same; or one of the same date in the same language, where somebody answers in both and at least LIKENESS of the
    words is the same. The warning is of this import, not of the source: another order of files would give another.
    """
    if identity.find(c, source, interview) is not None:
        return ()
    twin = _by_name(c, source, interview) or _by_date(c, interview)
    if twin is None:
        return ()
    message = (
        f"a new interview, and likely another version of {interview_path(twin.slug)} ({twin.name}): "
        f'if it is, state id = "{twin.slug}" in its sidecar'
    )
    return (Finding(CODE, 1, message),)


def _by_name(c: Connection, source: Source, interview: Interview) -> Row[*tuple[Any, ...]] | None:
    found = c.execute(_BY_NAME, {"name": source.name, "language": interview.language}).all()
    likeness = [_likeness(c, one.id, interview) for one in found]
    likely = [
        (like.share, one)
        for one, like in zip(found, likeness, strict=True)
        if like.share or interview.date is None or one.date is None
    ]
    return _likeliest(likely)


def _by_date(c: Connection, interview: Interview) -> Row[*tuple[Any, ...]] | None:
    found = c.execute(_BY_DATE, {"day": dates.day(interview.date), "language": interview.language}).all()
    likeness = [_likeness(c, one.id, interview) for one in found]
    likely = [
        (like.share, one)
        for one, like in zip(found, likeness, strict=True)
        if like.has_speaker and like.share >= LIKENESS
    ]
    return _likeliest(likely)


def _likeliest(found: Sequence[tuple[float, Row[*tuple[Any, ...]]]]) -> Row[*tuple[Any, ...]] | None:
    """Return the likeliest, of those that are equally likely the one that was held first."""
    return min(found, key=lambda one: (-one[0], one[1].id))[1] if found else None


def _likeness(c: Connection, held: int, interview: Interview) -> _Likeness:
    stored = c.execute(_SAID, {"interview": held}).all()
    one = _counted([(turn.role, words_of(turn.paragraphs)) for turn in interview.turns])
    other = _counted([(row.role, row.text) for row in stored])
    shared = sum(one[turn] for turn in one.keys() & other.keys())
    least = min(sum(one.values()), sum(other.values()))
    answering = {turn.speaker for turn in interview.turns if turn.role in _ANSWERING}
    has_speaker = not answering.isdisjoint(row.speaker for row in stored if row.role in _ANSWERING)
    return _Likeness(shared / least if least else 0.0, has_speaker)


def _counted(said: Sequence[tuple[str, str]]) -> Said:
    lengths = {turn: len(turn[1].split()) for turn in said}
    return {turn: length for turn, length in lengths.items() if length >= DISTINCT}
