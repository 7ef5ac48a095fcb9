"""Gives the versions of an interview their numbers: none ever comes to mean another version than it was given to."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, delete, update

from app.archive import lapsed
from app.archive.tables import lapses, versions

_RENUMBER = update(versions).where(versions.c.id == bindparam("row")).values(number=bindparam("to"))
_FORGET = delete(lapses).where(lapses.c.kind == "version", lapses.c.gone == bindparam("was"))


def following(c: Connection, slug: str, last: int) -> int:
    """Return the number after `last`, 0 of none, and after all that were published since and withdrawn."""
    return max(last, *lapsed.versions_of(c, slug), 0) + 1


def settle(c: Connection, slug: str, version_id: int, number: int, last: int) -> int:
    """Return the number that a version has, now that it is written as `number`, the one that follows `last`.

    One that was published and withdrawn has its own again, where it is the same to the last word.
    """
    withdrawn = {mark: was for was, mark in lapsed.versions_of(c, slug).items() if was > last}
    was = withdrawn.get(lapsed.mark_of_version(c, version_id)) if withdrawn else None
    if was is None:
        return number
    c.execute(_RENUMBER, {"row": version_id, "to": was})
    c.execute(_FORGET, {"was": lapsed.name_of_version(slug, was)})
    return was
