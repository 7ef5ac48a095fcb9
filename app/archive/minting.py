"""Gives new turns their ids; an id that is held is never computed again, and how ids look is in permalinks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from sqlalchemy import Connection, bindparam, select

from app import permalinks
from app.archive.lapsed import is_others, mark_of_turn
from app.archive.matching import Spoken
from app.archive.tables import turns

_HELD = select(turns.c.id).where(turns.c.public_id == bindparam("public_id"))


def mint(c: Connection, key: str, spoken: Sequence[Spoken], kept: Collection[int] = ()) -> dict[int, str]:
    """Return the new id of each turn of `spoken`, by its index; those at the indices `kept` have theirs.

    Identical turns are told apart by counting them. An id that ever was another turn's is passed over, even one with
    the same words: "Yes." to another question is another answer. One that has lapsed is given again to the same words
    after the same words alone.
    """
    seen: Counter[Spoken] = Counter()
    minted: dict[int, str] = {}
    for index, turn in enumerate(spoken):
        while index not in kept:
            id = permalinks.mint(key, turn.role, turn.speaker, turn.words, seen[turn])
            mark = mark_of_turn(spoken[index - 1].words if index else None)
            if c.execute(_HELD, {"public_id": id}).first() is None and not is_others(c, "turn", id, mark):
                minted[index] = id
                break
            seen[turn] += 1
        seen[turn] += 1
    return minted
