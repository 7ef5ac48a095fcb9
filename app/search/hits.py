"""Reads what a page of results shows of each row found: who, where, the question, and an excerpt with its matches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from app.archive.holdings import Named
from app.archive.prepared import Prepared, among, listed
from app.archive.tables import interviews, outlets, passages, search_rows, speakers, turns, version_outlets, versions
from app.permalinks import answer_path
from app.records import Role
from app.search.excerpts import Piece, excerpt, mark
from app.search.query import Query, Side


@dataclass(frozen=True, slots=True)
class HitInterview:
    """The interview that a hit stands in."""

    slug: str
    title: str
    date: str | None


@dataclass(frozen=True, slots=True)
class Hit:
    """One turn that was found."""

    id: str
    url: str
    """Path of its permanent page."""
    interview: HitInterview
    role: Role
    """answer or statement, question, or moderator."""
    speaker: Named | None
    outlets: tuple[Named, ...]
    question: str
    """The words of the question it answers, or its own where it is a question; empty where there is none."""
    question_pieces: tuple[Piece, ...]
    """The same, with the matches told apart where questions were searched."""
    excerpt: tuple[Piece, ...]
    """From its own words."""
    language: str
    """BCP 47 tag."""


_TURNS = Prepared(
    select(
        search_rows.c.id,
        search_rows.c.side,
        turns.c.public_id,
        turns.c.role,
        passages.c.text,
        passages.c.version_id,
        versions.c.title,
        versions.c.date,
        versions.c.language,
        interviews.c.slug,
        speakers.c.slug.label("speaker_slug"),
        speakers.c.name.label("speaker_name"),
    )
    .select_from(search_rows)
    .join(turns, turns.c.id == search_rows.c.turn_id)
    .join(passages, passages.c.id == search_rows.c.passage_id)
    .join(versions, versions.c.id == passages.c.version_id)
    .join(interviews, interviews.c.id == search_rows.c.interview_id)
    .outerjoin(speakers, speakers.c.id == turns.c.speaker_id)
    .where(among(search_rows.c.id, "ids"))
)
_own, _asked = passages.alias("own"), passages.alias("asked")
_QUESTIONS = Prepared(
    select(search_rows.c.id, _asked.c.text)
    .select_from(search_rows)
    .join(_own, _own.c.id == search_rows.c.passage_id)
    .join(_asked, (_asked.c.version_id == _own.c.version_id) & (_asked.c.exchange == _own.c.exchange))
    .join(turns, turns.c.id == _asked.c.turn_id)
    .where(among(search_rows.c.id, "ids"), search_rows.c.side == "answer", turns.c.role == "question")
    .order_by(_asked.c.position)
)
_OUTLETS = Prepared(
    select(version_outlets.c.version_id, outlets.c.slug, outlets.c.name)
    .join(outlets, outlets.c.id == version_outlets.c.outlet_id)
    .where(among(version_outlets.c.version_id, "ids"))
    .order_by(version_outlets.c.position)
)
_TEXTS = Prepared(
    select(search_rows.c.id, passages.c.text)
    .join(passages, passages.c.id == search_rows.c.passage_id)
    .where(among(search_rows.c.id, "ids"))
)


def texts(c: Connection, rows: Sequence[int]) -> dict[int, str]:
    """Return all the words of the turns of these rows."""
    return dict(_TEXTS.all(c, ids=listed(rows)))


def questions(c: Connection, rows: Sequence[int]) -> dict[int, str]:
    """Return what was asked in the exchanges of those of these rows that are on the answer side and have a question."""
    asked: dict[int, list[str]] = {}
    for id, text in _QUESTIONS.all(c, ids=listed(rows)):
        asked.setdefault(id, []).append(text)
    return {id: "\n".join(texts) for id, texts in asked.items()}


def read(c: Connection, rows: Sequence[int], query: Query, side: Side, *, in_excerpt: bool = True) -> tuple[Hit, ...]:
    """Return the hits of these rows of the index, in their order; excerpts cost most of it and can be done without."""
    found = {row.id: row for row in _TURNS.all(c, ids=listed(rows))}
    asked = questions(c, rows)
    named: dict[int, list[Named]] = {}
    for version, slug, name in _OUTLETS.all(c, ids=listed({row.version_id for row in found.values()})):
        named.setdefault(version, []).append(Named(slug, name))
    hits = []
    for number in rows:
        row = found[number]
        question = row.text if row.side == "question" else asked.get(number, "")
        beside = (question,) if side == "both" else ()
        is_marked = in_excerpt and side != "answer"
        marked = mark(question, query, row.language, (row.text, *beside)) if is_marked else ()
        hits.append(
            Hit(
                id=row.public_id,
                url=answer_path(row.public_id),
                interview=HitInterview(row.slug, row.title, row.date),
                role=row.role,
                speaker=Named(row.speaker_slug, row.speaker_name) if row.speaker_slug else None,
                outlets=tuple(named.get(row.version_id, ())),
                question=question,
                question_pieces=marked or (Piece(question, False),) * bool(question),
                excerpt=excerpt(row.text, query, row.language, beside) if in_excerpt else (),
                language=row.language,
            )
        )
    return tuple(hits)
