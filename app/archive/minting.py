"""Gives new turns their ids; an id that is held is never computed again, and how ids look is in permalinks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Connection, select

from app import permalinks
from app.archive.lapsed import mark_of_turn
from app.archive.matching import Spoken
from app.archive.prepared import among, listed
from app.archive.tables import lapses, turns

_HELD = select(turns.c.public_id).where(among(turns.c.public_id, "ids"))
_LAPSED = select(lapses.c.gone, lapses.c.known_by).where(lapses.c.kind == "turn", among(lapses.c.gone, "ids"))


def mint(c: Connection, key: str, spoken: Sequence[Spoken], kept: Collection[int] = ()) -> dict[int, str]:
    """Return the new id of each turn of `spoken`, by its index; those at the indices `kept` have theirs.

    Identical turns are told apart by counting them. An id that ever was another turn's is passed over, even one with
    the same words: "Yes." to another question is another answer. One that has lapsed is given again to the same words
    after the same words alone.
    """
    plain = _plain(key, spoken, kept)
    known = _Known(c, plain.values())
    seen: Counter[Spoken] = Counter()
    minted: dict[int, str] = {}
    for index, turn in enumerate(spoken):
        while index not in kept:
            id = plain.get((turn, seen[turn])) or _id(key, turn, seen[turn])
            if known.is_free(id, spoken[index - 1].words if index else None):
                minted[index] = id
                break
            seen[turn] += 1
        seen[turn] += 1
    return minted


def _plain(key: str, spoken: Sequence[Spoken], kept: Collection[int]) -> dict[tuple[Spoken, int], str]:
    """Return the ids that the new turns have where none of them is taken, as is so nearly always."""
    seen: Counter[Spoken] = Counter()
    ids = {}
    for index, turn in enumerate(spoken):
        if index not in kept:
            ids[turn, seen[turn]] = _id(key, turn, seen[turn])
        seen[turn] += 1
    return ids


def _id(key: str, turn: Spoken, occurrence: int) -> str:
    return permalinks.mint(key, turn.role, turn.speaker, turn.words, occurrence)


class _Known:
    """Which ids are held and which have lapsed, looked up all at once, and one by one where that was not enough."""

    def __init__(self, c: Connection, ids: Iterable[str]) -> None:
        self._c = c
        self._asked: set[str] = set()
        self._held: set[str] = set()
        self._lapsed: dict[str, str] = {}
        self._look_up(ids)

    def is_free(self, id: str, before: str | None) -> bool:
        """Say whether an id is no turn's, nor was that of another turn than the one after the words `before`."""
        if id not in self._asked:
            self._look_up([id])
        return id not in self._held and (id not in self._lapsed or self._lapsed[id] == mark_of_turn(before))

    def _look_up(self, ids: Iterable[str]) -> None:
        asked = list(ids)
        self._asked.update(asked)
        values = {"ids": listed(asked)}
        self._held.update(self._c.execute(_HELD, values).scalars())
        self._lapsed.update(map(tuple, self._c.execute(_LAPSED, values)))
