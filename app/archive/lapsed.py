"""Reads what was published in a generation that was rolled back, and has not been since; what does so is in lapsing."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Literal, get_args

from sqlalchemy import ColumnElement, Connection, Integer, Text, and_, bindparam, cast, func, select

from app.archive.tables import lapses, notes, passages, sources, turns, versions
from app.errors import Lapsed, NotHeld

Kind = Literal["turn", "version", "interview", "speaker", "outlet"]
_V = "?v="
_NAME_OF_VERSION = re.compile(r"[a-z0-9-]+\?v=[1-9][0-9]{0,8}")


@dataclass(frozen=True, slots=True)
class Lapse:
    """When an id or a slug was published, and when it was withdrawn with all that was published with it."""

    generation: int
    published_at: str
    """ISO 8601, UTC."""
    lapsed_at: str
    """ISO 8601, UTC."""
    reason: str | None

    def error(self, kind: Kind, gone: str) -> Lapsed:
        """Return what is raised where the id, slug or version is asked for."""
        return Lapsed(kind, gone, self.generation, self.published_at, self.lapsed_at, self.reason)


_OF = select(lapses.c.generation, lapses.c.published_at, lapses.c.lapsed_at, lapses.c.reason).where(
    lapses.c.kind == bindparam("kind"), lapses.c.gone == bindparam("gone")
)
_MARK = select(lapses.c.known_by).where(lapses.c.kind == bindparam("kind"), lapses.c.gone == bindparam("gone"))


def are_of(slug: ColumnElement[str]) -> ColumnElement[bool]:
    """Return the condition that lapses are of versions of the interview at a slug, a range of the table's key."""
    # What stands between "?v=" and "?v>" begins with the first.
    return and_(lapses.c.kind == "version", lapses.c.gone > slug + _V, lapses.c.gone < slug + "?v>")


def number_of(slug: ColumnElement[str]) -> ColumnElement[int]:
    """Return the number of the version that a lapse is of, one of the interview at a slug."""
    return cast(func.substr(lapses.c.gone, func.length(slug) + len(_V) + 1), Integer)


_SLUG_ASKED: ColumnElement[str] = bindparam("slug", type_=Text)
_VERSIONS = select(number_of(_SLUG_ASKED), lapses.c.known_by).where(are_of(_SLUG_ASKED))
_STATED = (
    select(
        *(versions.c[name] for name in ("title", "date", "time", "place", "language", "also_in")),
        sources.c.sha256,
        func.hex(versions.c.sidecar),
    )
    .join(sources, sources.c.id == versions.c.source_id)
    .where(versions.c.id == bindparam("version_id"))
)
_SAID = (
    select(turns.c.public_id, passages.c.exchange, passages.c.label, passages.c.text)
    .join(turns, turns.c.id == passages.c.turn_id)
    .where(passages.c.version_id == bindparam("version_id"))
    .order_by(passages.c.position)
)
_NOTED = (
    select(notes.c.after, notes.c.paragraph, notes.c.text)
    .where(notes.c.version_id == bindparam("version_id"))
    .order_by(notes.c.position)
)
_SLUG = select(lapses.c.gone).where(lapses.c.kind == bindparam("kind"), lapses.c.known_by == bindparam("mark"))


def of(c: Connection, kind: Kind, gone: str) -> Lapse | None:
    """Return how an id or a slug lapsed; None where it did not, or was published again."""
    row = c.execute(_OF, {"kind": kind, "gone": gone}).first()
    return None if row is None else Lapse(*row)


def check(kind: str, gone: str) -> None:
    """Raise ValueError for what is no kind of thing that lapses, and for a version that has no number."""
    if kind not in get_args(Kind):
        raise ValueError(f"a lapse of a {kind!r}: there are those of {', '.join(get_args(Kind))}")
    if kind == "version" and not _NAME_OF_VERSION.fullmatch(gone):
        raise ValueError(f"{gone!r} names no version: the slug of its interview, ?v= and its number do")


def is_others(c: Connection, kind: str, gone: str, mark: str) -> bool:
    """Say whether an id or a slug has lapsed that was of another thing than the one that is known by `mark`."""
    was = c.execute(_MARK, {"kind": kind, "gone": gone}).scalar()
    return was is not None and was != mark


def slug_of(c: Connection, kind: Kind, mark: str) -> str | None:
    """Return the slug that has lapsed of the thing that is known by `mark`; None where there is none."""
    found = c.execute(_SLUG, {"kind": kind, "mark": mark}).scalar()
    return None if found is None else str(found)


def mark_of_turn(before: str | None) -> str:
    """Return what a turn is known by, beside what its id is made of: the words before it, None at the beginning.

    "Yes." to another question is another answer, though it may be given the same id.
    """
    return hashlib.sha256(b"" if before is None else b"\n" + before.encode()).hexdigest()


def name_of_version(slug: str, number: int) -> str:
    """Return what a version is called among what has lapsed."""
    return f"{slug}{_V}{number}"


def versions_of(c: Connection, slug: str) -> dict[int, str]:
    """Return by their numbers what the versions of an interview are known by that have lapsed."""
    return dict(map(tuple, c.execute(_VERSIONS, {"slug": slug})))


def missing_version(c: Connection, slug: str, number: int) -> NotHeld:
    """Return what is to be raised where an interview that is held has no version of this number."""
    name = name_of_version(slug, number)
    lapse = of(c, "version", name)
    if lapse is None:
        return NotHeld("version", name)
    return lapse.error("version", name)


def mark_of_version(c: Connection, version_id: int) -> str:
    """Return what a version is known by: a digest of all that is read under its number, whoever speaks, and its source.

    It does not change with what a speaker is called, nor with when or by which program it was imported.
    """
    digest = hashlib.sha256()
    for statement in (_STATED, _SAID, _NOTED):
        for row in c.execute(statement, {"version_id": version_id}):
            digest.update(json.dumps(list(row)).encode() + b"\n")
    return digest.hexdigest()
