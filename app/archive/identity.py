"""Decides which interview a file is of: its key, whether it is held already, and the slug of a new one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, LargeBinary, RowMapping, Select, bindparam, select

from app import permalinks
from app.archive import withheld
from app.archive.lapsed import of, slug_of
from app.archive.tables import interviews, redirects, sources, versions
from app.errors import SourceRefused
from app.records import Interview, Source


@dataclass(frozen=True, slots=True)
class HeldRow:
    """The row of an interview that is held, with the ids that the sidecars of its versions gave it."""

    id: int
    slug: str
    key: str
    language: str
    event: str | None
    version: int
    given: frozenset[str]


_ROW = select(
    interviews.c.id,
    interviews.c.slug,
    interviews.c.key,
    interviews.c.language,
    interviews.c.event,
    interviews.c.version,
).distinct()
_JOINED = _ROW.join(versions, versions.c.interview_id == interviews.c.id).order_by(interviews.c.id)
_BY_KEY = _ROW.where(interviews.c.key == bindparam("given"))
_BY_GIVEN = _JOINED.where(versions.c.given_id == bindparam("given"))
_BY_ROW = _ROW.where(interviews.c.id == bindparam("id"))
_AT_SLUG = _ROW.where(interviews.c.slug == bindparam("given"))
_BY_SLUG = select(interviews.c.language).where(interviews.c.slug == bindparam("slug"))
_ONCE = select(redirects.c.new).where(redirects.c.kind == "interview", redirects.c.old == bindparam("slug"))
_BY_URL = _JOINED.where(versions.c.url == bindparam("url"), interviews.c.language == bindparam("language"))
_BY_NAME = _JOINED.where(
    versions.c.name == bindparam("name"),
    versions.c.date == bindparam("date"),
    interviews.c.language == bindparam("language"),
)
_BY_BYTES = _JOINED.join(sources, sources.c.id == versions.c.source_id).where(
    sources.c.sha256 == bindparam("sha256"), interviews.c.language == bindparam("language")
)
_GIVEN = select(versions.c.given_id).where(versions.c.interview_id == bindparam("id"), versions.c.given_id.is_not(None))
_SAME = (
    select(interviews.c.slug, versions.c.name, versions.c.number)
    .join(versions, versions.c.interview_id == interviews.c.id)
    .join(sources, sources.c.id == versions.c.source_id)
    .where(
        sources.c.sha256 == bindparam("sha256"),
        sources.c.data.is_not(None),
        versions.c.sidecar.is_not_distinct_from(bindparam("sidecar", type_=LargeBinary)),
    )
    .order_by(interviews.c.id, versions.c.number)
)


def key_of(c: Connection, source: Source, interview: Interview) -> str:
    """Return what the ids of a new interview are minted from: its stated id, else file name, date and language.

    A name without a date tells no interview from another, and so the bytes do.
    """
    if source.provenance.id:
        return source.provenance.id
    key = "|".join([source.name, interview.date or "", interview.language])
    is_taken = c.execute(_BY_KEY, {"given": key}).first() is not None
    return f"{key}|{source.sha256}" if interview.date is None or is_taken else key


def same(c: Connection, sha256: str, sidecar: bytes | None) -> tuple[str, str, int] | None:
    """Return slug, file name and version number under which these very bytes with this very sidecar are held.

    None where they are not, and where they were and are withheld.
    """
    row = c.execute(_SAME, {"sha256": sha256, "sidecar": sidecar}).first()
    return None if row is None else (row.slug, row.name, row.number)


def find(c: Connection, source: Source, interview: Interview) -> HeldRow | None:
    """Return the interview that this file is a version of; None where it is a new one.

    Its stated id says so, which may be the slug of what is held, or its address, or its name with date and language, or
    its bytes; a stated id that contradicts says that it is not. Raises SourceRefused where the id is that of an
    interview in another language, where these bytes are lawfully withheld, and where words of that interview are.
    """
    bytes_ = withheld.of_bytes(c, source.sha256)
    if bytes_ is not None:
        raise SourceRefused(source.name, 1, f"this very file was withheld on {bytes_}", "withheld")
    held = _find(c, source, interview)
    words = None if held is None else withheld.of_interview(c, held.id)
    if held is not None and words is not None:
        reason = (
            f"it is of interview {held.slug}, of which words were withheld on {words}. No other version of that is "
            "taken, for it may bring them back; a text that surely does not have them can come in as an interview of "
            "its own, under another name and with an id of its own in its sidecar"
        )
        raise SourceRefused(source.name, 1, reason, "withheld")
    return held


def _find(c: Connection, source: Source, interview: Interview) -> HeldRow | None:
    given = source.provenance.id
    if given is not None:
        held = called(c, given)
        if held is not None and held.language != interview.language:
            reason = (
                f"its id {given!r} is that of an interview in {held.language!r}, and this text is in "
                f"{interview.language!r}; give the translation an id of its own"
            )
            raise SourceRefused(source.name, 1, reason, "id-of-another")
        if held is not None:
            return held
    for statement, values in _routes(source, interview):
        for row in c.execute(statement, values).mappings().all():
            held = _with_given(c, row)
            if given is None or not held.given or given in held.given:
                return held
    return None


def called(c: Connection, name: str) -> HeldRow | None:
    """Return the interview that others may call so: by its key, stated id or slug."""
    return _first(c, (_BY_KEY, _BY_GIVEN, _AT_SLUG), name)


def at_row(c: Connection, id: int) -> HeldRow:
    """Return the interview in this row."""
    return _with_given(c, c.execute(_BY_ROW, {"id": id}).mappings().one())


def slug_for(c: Connection, interview: Interview, key: str) -> str:
    """Return the slug of a new interview: date, who answers and the outlet; made distinct where it is another's.

    One that has lapsed has its own again.
    """
    lapsed = slug_of(c, "interview", key)
    if lapsed is not None:
        return lapsed
    plain = "-".join(_slug_parts(interview))
    taken = _at(c, plain)
    if taken is None:
        return plain
    if taken not in ("", interview.language):
        tongued = f"{plain}-{permalinks.slugify(interview.language)}"
        if _at(c, tongued) is None:
            return tongued
        plain = tongued
    slug, count = permalinks.distinct(plain, key), 1
    while _at(c, slug) is not None:
        slug, count = permalinks.distinct(plain, f"{key}|{count}"), count + 1
    return slug


def _at(c: Connection, slug: str) -> str | None:
    """Return the language of the interview at this slug; empty where it was another's, or leads on; None if free."""
    row = c.execute(_BY_SLUG, {"slug": slug}).first()
    if row is not None:
        return str(row.language)
    if of(c, "interview", slug) is not None:
        return ""
    return None if c.execute(_ONCE, {"slug": slug}).first() is None else ""


def _slug_parts(interview: Interview) -> Iterator[str]:
    """Yield what a slug is made of: the date; surnames of up to two who answer; the outlet, or words of the title."""
    yield interview.date or "undated"
    speaking = {turn.speaker for turn in interview.turns if turn.role in ("answer", "statement")}
    names = [speaker.name for speaker in interview.speakers if speaker.name in speaking]
    who = [surname for name in names[:2] if (surname := permalinks.slugify(name).rsplit("-", 1)[-1])]
    outlet = [permalinks.slugify(name, 40) for name in interview.outlets[:1]]
    yield from who
    yield from outlet
    if not who or not outlet:
        said = {*(interview.date or "").split("-"), *who, *(word for slug in outlet for word in slug.split("-"))}
        words = [word for word in permalinks.slugify(interview.title, 200).split("-") if word not in said]
        title = permalinks.slugify(" ".join(words), 48)
        if title or not (who or outlet):
            yield title or "interview"


def _first(c: Connection, statements: tuple[Select[*tuple[Any, ...]], ...], given: str) -> HeldRow | None:
    for statement in statements:
        row = c.execute(statement, {"given": given}).mappings().first()
        if row is not None:
            return _with_given(c, row)
    return None


def _with_given(c: Connection, row: RowMapping) -> HeldRow:
    given = frozenset(c.execute(_GIVEN, {"id": row["id"]}).scalars())
    return HeldRow(**row, given=given)


def _routes(source: Source, interview: Interview) -> Iterator[tuple[Select[*tuple[Any, ...]], dict[str, str | None]]]:
    if source.provenance.url is not None:
        yield _BY_URL, {"url": source.provenance.url, "language": interview.language}
    if interview.date is not None:
        yield _BY_NAME, {"name": source.name, "date": interview.date, "language": interview.language}
    yield _BY_BYTES, {"sha256": source.sha256, "language": interview.language}
