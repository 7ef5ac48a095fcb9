"""Reads what is said of one version of an interview above its text: title, date, people, outlets, source."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, select

from app.archive import identity, lapsed
from app.archive.holdings import Appearance, HeldSource, InterviewHead, Named, Original
from app.archive.prepared import Prepared
from app.archive.tables import appearances, interviews, outlets, sources, speakers, version_outlets, versions
from app.errors import NotHeld, Withheld

_COUNT = (
    select(func.count())
    .select_from(versions)
    .where(versions.c.interview_id == interviews.c.id)
    .correlate(interviews)
    .scalar_subquery()
)
_VERSION = (
    select(
        *(column for column in versions.c if column.name != "sidecar"),
        interviews.c.slug,
        interviews.c.version.label("current"),
        interviews.c.withdrawal,
        interviews.c.withdrawn_at,
        _COUNT.label("versions"),
        sources.c.sha256,
        sources.c.size,
        sources.c.media_type,
        sources.c.data.is_(None).label("withheld"),
    )
    .join(interviews, interviews.c.id == versions.c.interview_id)
    .join(sources, sources.c.id == versions.c.source_id)
    .where(interviews.c.slug == bindparam("slug"))
)
_ORIGINAL = Prepared(
    select(interviews.c.slug, versions.c.title, interviews.c.language)
    .join(versions, and_(versions.c.interview_id == interviews.c.id, versions.c.number == interviews.c.version))
    .where(interviews.c.id == bindparam("row"), interviews.c.withdrawal.is_(None))
)
_CURRENT = Prepared(_VERSION.where(versions.c.number == interviews.c.version))
_NUMBERED = Prepared(_VERSION.where(versions.c.number == bindparam("number")))
_OUTLETS = Prepared(
    select(outlets.c.slug, outlets.c.name)
    .join(version_outlets, version_outlets.c.outlet_id == outlets.c.id)
    .where(version_outlets.c.version_id == bindparam("version_id"))
    .order_by(version_outlets.c.position)
)
_APPEARANCES = Prepared(
    select(speakers.c.slug, speakers.c.name, appearances.c.office, appearances.c.answers)
    .join(speakers, speakers.c.id == appearances.c.speaker_id)
    .where(appearances.c.version_id == bindparam("version_id"))
    .order_by(appearances.c.position)
)


def version_row(c: Connection, slug: str, version: int | None) -> Any:
    """Return the row of a version, the current one by default, with its interview and source.

    Raises NotHeld, and Withheld for an interview that is withheld as a whole, whatever version of it is asked for.
    """
    if version is None:
        row = _CURRENT.first(c, slug=slug)
    else:
        row = _NUMBERED.first(c, slug=slug, number=version) if 0 < version < 2**63 else None
    if row is None and version is not None:
        version_row(c, slug, None)
    if row is None:
        raise NotHeld("interview", slug) if version is None else lapsed.missing_version(c, slug, version)
    if row.withdrawal is not None:
        raise Withheld("interview", slug, row.withdrawal, row.withdrawn_at)
    return row


def head_of(c: Connection, row: Any) -> InterviewHead:
    """Return what stands above the text of the version in `row`."""
    people = [Appearance(*found) for found in _APPEARANCES.all(c, version_id=row.id)]
    return InterviewHead(
        slug=row.slug,
        title=row.title,
        date=row.date,
        time=row.time,
        place=row.place,
        language=row.language,
        also_in=tuple(row.also_in.split()),
        outlets=tuple(Named(*found) for found in _OUTLETS.all(c, version_id=row.id)),
        speakers=tuple(person for person in people if person.answers),
        interviewers=tuple(person for person in people if not person.answers),
        exchange_count=row.exchange_count,
        word_count=row.word_count,
        version=row.number,
        versions=row.versions,
        current=row.current,
        source=source_with_original(c, row),
    )


def source_with_original(c: Connection, row: Any) -> HeldSource:
    """Return the source of the version in `row`, without its bytes, and what it translates, where that is held."""
    source = source_of(row)
    original = None if source.translation_of is None else identity.called(c, source.translation_of)
    found = None if original is None else _ORIGINAL.first(c, row=original.id)
    return source if found is None else replace(source, original=Original(*found))


def source_of(row: Any) -> HeldSource:
    """Return the source of the version in `row`, without its bytes."""
    return HeldSource(
        name=row.name,
        sha256=row.sha256,
        size=row.size,
        media_type=row.media_type,
        url=row.url,
        publisher=row.publisher,
        retrieved=row.retrieved,
        licence=row.licence,
        translation=row.translation,
        encoding=row.encoding,
        program=row.program,
        imported_at=row.imported_at,
        withheld=bool(row.withheld),
        translation_of=row.translation_of,
    )
