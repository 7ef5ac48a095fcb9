"""Ends ids that a correction leaves without their words, and says whether that was asked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select

from app.archive import dates
from app.archive.matching import Spoken
from app.archive.succession import successors
from app.archive.tables import endings, turns

_HELD = select(turns.c.id).where(turns.c.public_id == bindparam("public_id"))


def is_known(c: Connection, id: str) -> bool:
    """Say whether an id ever was a turn's."""
    return c.execute(_HELD, {"public_id": id}).first() is not None


def is_covered(
    lost: Sequence[Row[*tuple[Any, ...]]], standing: Sequence[Row[*tuple[Any, ...]]], retire: Collection[str]
) -> bool:
    """Say whether `retire` names every id that is lost. An answer's retirement covers the questions it answers.

    The rows carry public_id, role and exchange; `standing` are all turns of the version, `lost` those that would end.
    """
    answered = {row.exchange for row in standing if row.role == "answer" and row.public_id in retire}
    return all(
        row.public_id in retire or (row.role == "question" and row.exchange is not None and row.exchange in answered)
        for row in lost
    )


def end(
    c: Connection,
    standing: Sequence[Row[*tuple[Any, ...]]],
    old: Sequence[Spoken],
    new: Sequence[Spoken],
    found: Sequence[int | None],
    written: Mapping[int, int],
    reason: str,
) -> None:
    """End every turn of `standing` that `found` leaves out, with its last words, the reason and what took its place.

    `old` and `new` are the turns that were matched, `written` gives the row of each new turn.
    """
    now = dates.now()
    ended = [
        {
            "turn_id": standing[index].turn_id,
            "passage_id": standing[index].passage_id,
            "kind": "retired" if successor is None else "superseded",
            "reason": reason,
            "successor_id": None if successor is None else written[successor],
            "ended_at": now,
        }
        for index, successor in successors(old, new, found).items()
    ]
    if ended:
        c.execute(insert(endings), ended)
