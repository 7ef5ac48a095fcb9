"""Moves what is said of one speaker or outlet to another row, by interview; who is who is decided elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, and_, bindparam, delete, insert, select, update

from app import permalinks
from app.archive import dates, people, rows
from app.archive.holdings import Named
from app.archive.tables import (
    appearances,
    interviews,
    outlets,
    passages,
    redirects,
    speaker_labels,
    speakers,
    turns,
    version_outlets,
    versions,
)

Kind = Literal["speaker", "outlet"]


@dataclass(frozen=True, slots=True)
class Held:
    """A row of a speaker or an outlet."""

    id: int
    named: Named
    labels: tuple[str, ...] = ()
    """Under which a speaker was printed, in any interview."""


@dataclass(frozen=True, slots=True)
class Context:
    """What tells in one interview who somebody is."""

    labels: tuple[str, ...]
    """Under which the speaker is printed there, in the last version that has them."""
    outlets: tuple[str, ...]
    """Of the current version."""
    given: frozenset[str]
    """The ids that the sidecars of all versions state."""


_TABLES = {"speaker": speakers, "outlet": outlets}
_NAMING = {"speaker": appearances, "outlet": version_outlets}
_COLUMN = {kind: table.c[f"{kind}_id"] for kind, table in _NAMING.items()}

_ROWS = {kind: select(table.c.id, table.c.slug, table.c.name).order_by(table.c.id) for kind, table in _TABLES.items()}
_LABELS = select(speaker_labels.c.speaker_id, speaker_labels.c.label).order_by(speaker_labels.c.label)
_INTERVIEWS = {
    kind: select(versions.c.interview_id)
    .join(table, table.c.version_id == versions.c.id)
    .where(_COLUMN[kind] == bindparam("row"))
    .distinct()
    .order_by(versions.c.interview_id)
    for kind, table in _NAMING.items()
}
_SPEAKERS_OF = (
    select(speakers.c.id, speakers.c.slug, speakers.c.name)
    .join(appearances, appearances.c.speaker_id == speakers.c.id)
    .join(versions, versions.c.id == appearances.c.version_id)
    .where(versions.c.interview_id == bindparam("interview"))
    .distinct()
    .order_by(speakers.c.id)
)
_PRINTED = (
    select(versions.c.number, passages.c.label)
    .join(passages, passages.c.version_id == versions.c.id)
    .join(turns, turns.c.id == passages.c.turn_id)
    .where(versions.c.interview_id == bindparam("interview"), turns.c.speaker_id == bindparam("row"))
    .where(passages.c.label != "")
    .order_by(versions.c.number.desc(), passages.c.position)
)
_ANYWHERE = (
    select(passages.c.label)
    .join(turns, turns.c.id == passages.c.turn_id)
    .join(versions, versions.c.id == passages.c.version_id)
    .join(appearances, and_(appearances.c.version_id == versions.c.id, appearances.c.speaker_id == turns.c.speaker_id))
    .where(appearances.c.speaker_id == bindparam("row"))
    .distinct()
)
_CURRENT = and_(versions.c.interview_id == interviews.c.id, versions.c.number == interviews.c.version)
_OUTLETS = (
    select(outlets.c.name)
    .join(version_outlets, version_outlets.c.outlet_id == outlets.c.id)
    .join(versions, versions.c.id == version_outlets.c.version_id)
    .join(interviews, _CURRENT)
    .where(interviews.c.id == bindparam("interview"))
    .order_by(version_outlets.c.position)
)
_GIVEN = select(versions.c.given_id).where(
    versions.c.interview_id == bindparam("interview"), versions.c.given_id.is_not(None)
)
_CURRENT_VERSION = select(versions.c.id).join(interviews, _CURRENT).where(interviews.c.id == bindparam("interview"))
_STANDING = {
    kind: select(table)
    .join(versions, versions.c.id == table.c.version_id)
    .where(versions.c.interview_id == bindparam("interview"), _COLUMN[kind].in_(bindparam("rows", expanding=True)))
    .order_by(table.c.version_id, table.c.position)
    for kind, table in _NAMING.items()
}
_DROP_NAMING = {
    kind: delete(table).where(table.c.version_id == bindparam("version"), _COLUMN[kind] == bindparam("row"))
    for kind, table in _NAMING.items()
}
_MOVE_TURNS = (
    update(turns)
    .where(turns.c.interview_id == bindparam("interview"), turns.c.speaker_id == bindparam("old"))
    .values(speaker_id=bindparam("new"))
)
_LABELS_OF = select(speaker_labels.c.label).where(speaker_labels.c.speaker_id == bindparam("row"))
_DROP_ALL_LABELS = delete(speaker_labels).where(speaker_labels.c.speaker_id == bindparam("row"))
_NAMED = {
    kind: select(table.c.slug, table.c.name).where(table.c.id == bindparam("row")) for kind, table in _TABLES.items()
}
_DROP = {kind: delete(table).where(table.c.id == bindparam("row")) for kind, table in _TABLES.items()}
_RENAME = {
    kind: update(table).where(table.c.id == bindparam("row")).values(name=bindparam("as"), slug=bindparam("at"))
    for kind, table in _TABLES.items()
}
_DROP_LABELS = delete(speaker_labels).where(
    speaker_labels.c.speaker_id == bindparam("row"), speaker_labels.c.label.in_(bindparam("labels", expanding=True))
)
_LEADS = select(redirects.c.new).where(redirects.c.kind == bindparam("of"), redirects.c.old == bindparam("slug"))
_LEAD_ON = (
    update(redirects)
    .where(redirects.c.kind == bindparam("of"), redirects.c.new == bindparam("was"))
    .values(new=bindparam("now"))
)
_DROP_LEAD = delete(redirects).where(redirects.c.kind == bindparam("of"), redirects.c.old == bindparam("slug"))


def held(c: Connection, kind: Kind) -> Iterator[Held]:
    """Yield every row of speakers or outlets, the oldest first."""
    labels: defaultdict[int, list[str]] = defaultdict(list)
    if kind == "speaker":
        for row, label in c.execute(_LABELS):
            labels[row].append(label)
    for id, slug, name in c.execute(_ROWS[kind]).all():
        yield Held(id, Named(slug, name), tuple(labels[id]))


def speakers_of(c: Connection, interview: int) -> list[Held]:
    """Return the rows of those who appear in any version of an interview."""
    return [Held(id, Named(slug, name)) for id, slug, name in c.execute(_SPEAKERS_OF, {"interview": interview})]


def interviews_of(c: Connection, kind: Kind, row: int) -> list[int]:
    """Return the rows of the interviews any version of which names a speaker or an outlet."""
    return list(c.execute(_INTERVIEWS[kind], {"row": row}).scalars())


def context(c: Connection, interview: int, speaker: int) -> Context:
    """Return what tells in an interview who the speaker in this row is."""
    printed = c.execute(_PRINTED, {"interview": interview, "row": speaker}).all()
    last = tuple(dict.fromkeys(label for number, label in printed if number == printed[0].number))
    at = {"interview": interview}
    return Context(last, tuple(c.execute(_OUTLETS, at).scalars()), frozenset(c.execute(_GIVEN, at).scalars()))


def move(c: Connection, kind: Kind, interview: int, old: int, new: int) -> None:
    """Let all versions of an interview name the row `new` where they named `old`; ids and words are left as they are.

    The index must not hold the interview: its rows are given up only for the tokens they were made of.
    """
    if kind == "speaker":
        labels = {label for _, label in c.execute(_PRINTED, {"interview": interview, "row": old})}
        c.execute(_MOVE_TURNS, {"interview": interview, "old": old, "new": new})
        people.add_labels(c, new, sorted(labels))
    standing: defaultdict[int, list[dict[str, object]]] = defaultdict(list)
    for found in c.execute(_STANDING[kind], {"interview": interview, "rows": [old, new]}).mappings():
        standing[found["version_id"]].append(dict(found))
    for version, found_rows in standing.items():
        if len(found_rows) > 1 or found_rows[0][f"{kind}_id"] == old:
            for row in (old, new):
                c.execute(_DROP_NAMING[kind], {"version": version, "row": row})
            c.execute(insert(_NAMING[kind]), _joined(kind, found_rows) | {f"{kind}_id": new})
    rows.list_under(c, interview, c.execute(_CURRENT_VERSION, {"interview": interview}).scalar_one())


def _joined(kind: Kind, found: Sequence[dict[str, object]]) -> dict[str, object]:
    """Return one row for those of the same person in one version: the place of the first, the answers of both."""
    one = dict(found[0])
    if kind == "speaker":
        one["answers"] = sum(int(str(row["answers"])) for row in found)
        one["office"] = next((row["office"] for row in found if row["office"]), None)
    return one


def trim_labels(c: Connection, row: int) -> None:
    """Forget those of a speaker's labels under which they are not printed anywhere any more."""
    here = {"row": row}
    gone = set(c.execute(_LABELS_OF, here).scalars()) - set(c.execute(_ANYWHERE, here).scalars())
    if gone:
        c.execute(_DROP_LABELS, {"row": row, "labels": sorted(gone)})


def drop(c: Connection, kind: Kind, gone: Held, into: int) -> None:
    """Take away a row that nothing names any more; a speaker's labels go to the row `into`."""
    if kind == "speaker":
        people.add_labels(c, into, gone.labels)
        c.execute(_DROP_ALL_LABELS, {"row": gone.id})
    c.execute(_DROP[kind], {"row": gone.id})


def named(c: Connection, kind: Kind, row: int) -> Named:
    """Return the slug and the name of a row."""
    return Named(*c.execute(_NAMED[kind], {"row": row}).one())


def plain_slug(kind: Kind, name: str) -> str:
    """Return the slug that a name makes."""
    return permalinks.slugify(name) or kind


def free_slug(c: Connection, kind: Kind, name: str) -> str:
    """Return the slug that a name makes, made distinct where it is or was another's."""
    return people.free_slug(c, _TABLES[kind], name, plain_slug(kind, name))


def is_open(c: Connection, kind: Kind, slug: str, own: Collection[str], name: str) -> bool:
    """Say whether a slug can become that of what has this name and the slugs `own`: nothing else is or was there."""
    if slug in own:
        return True
    leads = c.execute(_LEADS, {"of": kind, "slug": slug}).scalar()
    return people.is_free(c, _TABLES[kind], slug, name) if leads is None else leads in own


def rename(c: Connection, kind: Kind, row: int, now: Named) -> None:
    """Give a row a name, and a slug that is open to it: it no longer leads anywhere."""
    c.execute(_DROP_LEAD, {"of": kind, "slug": now.slug})
    c.execute(_RENAME[kind], {"row": row, "as": now.name, "at": now.slug})


def lead(c: Connection, kind: Kind, old: Named, now: Named) -> None:
    """Let the slug of what is named otherwise now, and whatever led there, lead to the new one."""
    if old.slug == now.slug:
        return
    what = {"speaker": "person", "outlet": "outlet"}[kind]
    reason = f"{old.name} and {now.name} are one {what}" if old.name != now.name else f"{now.name} has another address"
    c.execute(_LEAD_ON, {"of": kind, "was": old.slug, "now": now.slug})
    values = {"kind": kind, "old": old.slug, "new": now.slug, "reason": reason, "made_at": dates.now()}
    c.execute(insert(redirects), values)
