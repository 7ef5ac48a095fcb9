"""Reads the questions of several interviews at once, each with the id of its answer; the answers are in reading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, case, select

from app.archive.holdings import AskedQuestion
from app.archive.tables import interviews, passages, turns, versions
from app.archive.withheld import IS_WITHHELD

_SPOKEN = (
    select(
        interviews.c.slug,
        passages.c.exchange,
        turns.c.public_id,
        turns.c.role,
        # The answers are long and are not shown.
        case((turns.c.role == "question", passages.c.text)).label("text"),
        IS_WITHHELD.label("is_withheld"),
    )
    .join(versions, and_(versions.c.interview_id == interviews.c.id, versions.c.number == interviews.c.version))
    .join(passages, passages.c.version_id == versions.c.id)
    .join(turns, turns.c.id == passages.c.turn_id)
    .where(interviews.c.slug.in_(bindparam("slugs", expanding=True)), passages.c.exchange.is_not(None))
    .order_by(interviews.c.slug, passages.c.position)
)


def questions(c: Connection, slugs: Sequence[str]) -> dict[str, tuple[AskedQuestion, ...]]:
    """Return the questions of each interview, in order: of each exchange the first paragraph of its first turn.

    Those that are withheld are left out.
    """
    found: dict[tuple[str, int], list[Row[*tuple[Any, ...]]]] = {}
    for row in c.execute(_SPOKEN, {"slugs": slugs}) if slugs else ():
        if not row.is_withheld:
            found.setdefault((row.slug, row.exchange), []).append(row)
    outlines: dict[str, list[AskedQuestion]] = {}
    for (slug, number), said in found.items():
        asked = next((row for row in said if row.role == "question"), None)
        if asked is not None:
            answer = next((row for row in said if row.role == "answer"), asked)
            question = AskedQuestion(number, answer.public_id, asked.text.split("\n")[0])
            outlines.setdefault(slug, []).append(question)
    return {slug: tuple(asked) for slug, asked in outlines.items()}
