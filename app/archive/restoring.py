"""Makes the source and the parsed interview of a held version anew from its rows, as they were when they went in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from app.archive import reading, tables
from app.archive.tables import appearances, findings, interviews, margins, notes, passages, sources, speakers, turns
from app.records import Exchange, Finding, Interview, Line, Note, Provenance, Source, Speaker, Turn


@dataclass(frozen=True, slots=True)
class Restored:
    """One held version as it went in."""

    slug: str
    number: int
    source: Source | None
    """None where its bytes are lawfully withheld. Of its provenance, what the archive tells in columns of its own."""
    sidecar: bytes | None
    """The exact bytes of the sidecar, which tell the whole provenance."""
    interview: Interview
    encoding: str
    """The one that was found."""
    row: int
    """Of the version."""


_VERSIONS = (
    select(tables.versions, interviews.c.slug)
    .join(interviews, interviews.c.id == tables.versions.c.interview_id)
    .order_by(interviews.c.id, tables.versions.c.number)
)
_CURRENT = _VERSIONS.where(interviews.c.id == bindparam("row"), tables.versions.c.number == interviews.c.version)
_ROWS = select(interviews.c.id).order_by(interviews.c.id)
_AT = select(interviews.c.id).where(interviews.c.slug.in_((bindparam("slug"), bindparam("onward"))))
_SOURCE = select(sources.c.data, sources.c.media_type).where(sources.c.id == bindparam("source_id"))
_TURNS = (
    select(passages, turns.c.role, speakers.c.name.label("speaker"))
    .join(turns, turns.c.id == passages.c.turn_id)
    .outerjoin(speakers, speakers.c.id == turns.c.speaker_id)
    .where(passages.c.version_id == bindparam("version_id"))
    .order_by(passages.c.position)
)
_SPEAKERS = (
    select(speakers.c.name, appearances.c.office)
    .join(speakers, speakers.c.id == appearances.c.speaker_id)
    .where(appearances.c.version_id == bindparam("version_id"))
    .order_by(appearances.c.position)
)
_OUTLETS = (
    select(tables.outlets.c.name)
    .join(tables.version_outlets, tables.version_outlets.c.outlet_id == tables.outlets.c.id)
    .where(tables.version_outlets.c.version_id == bindparam("version_id"))
    .order_by(tables.version_outlets.c.position)
)
_NOTES, _MARGINS, _FINDINGS = (
    select(table).where(table.c.version_id == bindparam("version_id")).order_by(table.c.position)
    for table in (notes, margins, findings)
)


def restored(c: Connection) -> Iterator[Restored]:
    """Yield every version of every interview."""
    for row in c.execute(_VERSIONS).all():
        yield _restored(c, row)


def rows(c: Connection) -> list[int]:
    """Return the rows of all interviews, in the order in which they came."""
    return list(c.execute(_ROWS).scalars())


def row_at(c: Connection, slug: str) -> int | None:
    """Return the row of the interview at this slug, or at the one it leads on to; None where there is none."""
    at = {"slug": slug, "onward": reading.redirect(c, "interview", slug) or slug}
    found = c.execute(_AT, at).scalar()
    return None if found is None else int(found)


def current(c: Connection, interview_id: int) -> Restored:
    """Return the current version of the interview in this row."""
    return _restored(c, c.execute(_CURRENT, {"row": interview_id}).one())


def as_held(interview: Interview) -> Interview:
    """Return a parsed interview as it is restored when it has been stored: what is not stored is left out of it."""
    office = {speaker.name: speaker.office for speaker in interview.speakers}
    named = [*office, *(turn.speaker for turn in interview.turns if turn.speaker)]
    return replace(
        interview,
        outlets=tuple(dict.fromkeys(interview.outlets)),
        speakers=tuple(
            Speaker(name, office.get(name), _labels(name, interview.turns)) for name in dict.fromkeys(named)
        ),
    )


def _restored(c: Connection, row: Row[*tuple[Any, ...]]) -> Restored:
    return Restored(row.slug, row.number, _source(c, row), row.sidecar, _interview(c, row), row.encoding, row.id)


def _labels(name: str, spoken: Iterable[Turn | Row[*tuple[Any, ...]]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(turn.label for turn in spoken if turn.speaker == name))


def _source(c: Connection, row: Row[*tuple[Any, ...]]) -> Source | None:
    held = c.execute(_SOURCE, {"source_id": row.source_id}).one()
    known = Provenance(
        id=row.given_id,
        url=row.url,
        publisher=row.publisher,
        retrieved=row.retrieved,
        licence=row.licence,
        translation=row.translation,
        translation_of=row.translation_of,
    )
    return None if held.data is None else Source(row.name, held.data, held.media_type, known)


def _interview(c: Connection, row: Row[*tuple[Any, ...]]) -> Interview:
    at = {"version_id": row.id}
    spoken = c.execute(_TURNS, at).all()
    margin = c.execute(_MARGINS, at).all()
    return Interview(
        title=row.title,
        date=row.date,
        time=row.time,
        place=row.place,
        language=row.language,
        also_in=tuple(row.also_in.split()),
        outlets=tuple(c.execute(_OUTLETS, at).scalars()),
        speakers=tuple(Speaker(name, office, _labels(name, spoken)) for name, office in c.execute(_SPEAKERS, at)),
        turns=tuple(_turn(turn) for turn in spoken),
        notes=tuple(Note(note.text, note.line, note.after, note.paragraph) for note in c.execute(_NOTES, at)),
        exchanges=_exchanges(spoken),
        metadata=tuple(Line(line.text, line.line, line.purpose) for line in margin if line.kind == "metadata"),
        furniture=tuple(Line(line.text, line.line, line.purpose) for line in margin if line.kind == "furniture"),
        findings=tuple(Finding(found.code, found.line, found.message) for found in c.execute(_FINDINGS, at)),
        words=row.word_count,
    )


def _turn(row: Row[*tuple[Any, ...]]) -> Turn:
    lines = tuple(int(line) for line in row.lines.split())
    paragraphs = tuple(row.text.split("\n")) if lines else ()
    return Turn(row.role, row.speaker, row.label, row.mark, paragraphs, lines, row.line)


def _exchanges(spoken: Sequence[Row[*tuple[Any, ...]]]) -> tuple[Exchange, ...]:
    numbers = sorted({turn.exchange for turn in spoken if turn.exchange is not None})
    sides = {
        role: {
            number: [turn.position for turn in spoken if (turn.exchange, turn.role) == (number, role)]
            for number in numbers
        }
        for role in ("question", "answer")
    }
    return tuple(Exchange(tuple(sides["question"][number]), tuple(sides["answer"][number])) for number in numbers)
