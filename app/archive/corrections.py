"""Reads what was changed in what had been published: corrections, ids that ended, slugs that lead on, returns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    ScalarSelect,
    and_,
    bindparam,
    func,
    literal,
    literal_column,
    select,
    union_all,
)

from app.archive.changes import (
    Change,
    ChangedInterview,
    Correction,
    EndedId,
    Lapsed,
    Redirection,
    Return,
    Withholding,
)
from app.archive.holdings import Named
from app.archive.tables import endings, interviews, lapses, outlets, passages, redirects, speakers, turns, versions

_LAST, _NEXT = versions.alias("last"), versions.alias("next")
_ONE: ColumnElement[int] = literal_column("1")
"""As a parameter it would hide from SQLite that the index of corrections is enough."""
_CORRECTED = select(
    versions.c.imported_at.label("at"),
    literal("corrected").label("kind"),
    versions.c.id.label("row"),
    literal("").label("key"),
).where(versions.c.number > _ONE, versions.c.imported_at > "")
_WITHHELD = (
    select(
        endings.c.ended_at.label("at"),
        literal("withheld").label("kind"),
        turns.c.interview_id.label("row"),
        endings.c.reason.label("key"),
    )
    .join(turns, turns.c.id == endings.c.turn_id)
    .where(endings.c.kind == "withheld")
    .group_by(endings.c.ended_at, turns.c.interview_id, endings.c.reason)
)
"""Any other id ended with a version, and is told with it."""
_REDIRECTED = select(
    redirects.c.made_at.label("at"),
    redirects.c.kind.label("kind"),
    func.count().label("row"),
    redirects.c.new.label("key"),
).group_by(redirects.c.made_at, redirects.c.kind, redirects.c.new)
_RETURNED = select(
    lapses.c.lapsed_at.label("at"),
    literal("returned").label("kind"),
    lapses.c.generation.label("row"),
    literal("").label("key"),
).group_by(lapses.c.lapsed_at, lapses.c.generation)
_ALL = union_all(_CORRECTED, _WITHHELD, _REDIRECTED, _RETURNED).subquery("changes")
_TOTAL = select(func.count()).select_from(_ALL)
_PAGE = (
    select(_ALL)
    .order_by(_ALL.c.at.desc(), _ALL.c.kind, _ALL.c.row.desc(), _ALL.c.key)
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)

_BEFORE, _EARLIER = versions.alias("before"), versions.alias("earlier")


def _last_before(one: FromClause) -> ScalarSelect[int | None]:
    """Return the number of the version before one: numbers of versions that were withdrawn are given to no other."""
    return (
        select(func.max(_EARLIER.c.number))
        .where(_EARLIER.c.interview_id == one.c.interview_id, _EARLIER.c.number < one.c.number)
        .scalar_subquery()
    )


_VERSIONS = (
    select(
        versions.c.id,
        versions.c.number,
        versions.c.imported_at,
        versions.c.name,
        versions.c.program,
        versions.c.title,
        versions.c.date,
        interviews.c.slug,
        interviews.c.language,
        _BEFORE.c.number.label("before"),
        (versions.c.source_id == _BEFORE.c.source_id).label("is_reread"),
    )
    .join(interviews, interviews.c.id == versions.c.interview_id)
    .outerjoin(_BEFORE, and_(_BEFORE.c.interview_id == interviews.c.id, _BEFORE.c.number == _last_before(versions)))
    .where(versions.c.id.in_(bindparam("rows", expanding=True)))
)
_SUCCESSOR = turns.alias("successor")
_IDS = select(
    turns.c.public_id,
    turns.c.role,
    func.coalesce(speakers.c.name, passages.c.label).label("speaker"),
    endings.c.kind,
    endings.c.reason,
    _SUCCESSOR.c.public_id.label("successor"),
)
_ENDED_BY_VERSION = (
    _IDS.add_columns(_NEXT.c.id.label("row"))
    .select_from(_NEXT)
    .join(_LAST, and_(_LAST.c.interview_id == _NEXT.c.interview_id, _LAST.c.number == _last_before(_NEXT)))
    .join(passages, passages.c.version_id == _LAST.c.id)
    .join(endings, and_(endings.c.turn_id == passages.c.turn_id, endings.c.passage_id == passages.c.id))
    .join(turns, turns.c.id == endings.c.turn_id)
    .outerjoin(speakers, speakers.c.id == turns.c.speaker_id)
    .outerjoin(_SUCCESSOR, _SUCCESSOR.c.id == endings.c.successor_id)
    .where(
        _NEXT.c.id.in_(bindparam("rows", expanding=True)),
        endings.c.ended_at >= _NEXT.c.imported_at,
        endings.c.kind != "withheld",
    )
    .order_by(_NEXT.c.id, passages.c.position)
)
_ENDED_TOGETHER = (
    _IDS.select_from(endings)
    .join(turns, turns.c.id == endings.c.turn_id)
    .outerjoin(passages, passages.c.id == endings.c.passage_id)
    .outerjoin(speakers, speakers.c.id == turns.c.speaker_id)
    .outerjoin(_SUCCESSOR, _SUCCESSOR.c.id == endings.c.successor_id)
    .where(
        endings.c.ended_at == bindparam("at"),
        endings.c.kind == "withheld",
        turns.c.interview_id == bindparam("row"),
        endings.c.reason == bindparam("key"),
    )
    .order_by(turns.c.id)
)
_INTERVIEW = (
    select(interviews.c.slug, interviews.c.language, interviews.c.withdrawn_at, versions.c.title, versions.c.date)
    .join(versions, and_(versions.c.interview_id == interviews.c.id, versions.c.number == interviews.c.version))
    .where(interviews.c.id == bindparam("row"))
)
_OLD = (
    select(redirects.c.old, redirects.c.reason)
    .where(
        redirects.c.made_at == bindparam("at"),
        redirects.c.kind == bindparam("kind"),
        redirects.c.new == bindparam("key"),
    )
    .order_by(redirects.c.old)
)
_LAPSED = select(lapses.c.kind, lapses.c.gone, lapses.c.published_at, lapses.c.reason).where(
    lapses.c.lapsed_at == bindparam("at"), lapses.c.generation == bindparam("row")
)
_NAMES = {
    "interview": select(versions.c.title)
    .join(interviews, and_(versions.c.interview_id == interviews.c.id, versions.c.number == interviews.c.version))
    .where(interviews.c.slug == bindparam("slug")),
    "speaker": select(speakers.c.name).where(speakers.c.slug == bindparam("slug")),
    "outlet": select(outlets.c.name).where(outlets.c.slug == bindparam("slug")),
}


def changes(c: Connection, *, offset: int = 0, limit: int = 50) -> tuple[int, tuple[Change, ...]]:
    """Return how many changes there were and those from `offset` on, the newest first.

    A corrected interview is one change, whatever ids it ended; so are ids of one interview that ended at one time for
    one reason, slugs that lead to one other since one time, and all that a generation had which was withdrawn.
    """
    total = c.execute(_TOTAL).scalar_one()
    listed = c.execute(_PAGE, {"offset": offset, "limit": limit}).all()
    corrected = _corrections(c, [each.row for each in listed if each.kind == "corrected"])
    return total, tuple(_change(c, each, corrected) for each in listed)


def _change(c: Connection, listed: Row[*tuple[Any, ...]], corrected: Mapping[int, Correction]) -> Change:
    if listed.kind == "corrected":
        return corrected[listed.row]
    if listed.kind == "returned":
        return _return(c, listed)
    return _withholding(c, listed) if listed.kind == "withheld" else _redirection(c, listed)


def _corrections(c: Connection, rows: Sequence[int]) -> dict[int, Correction]:
    if not rows:
        return {}
    ended: dict[int, list[EndedId]] = {}
    for *values, row in c.execute(_ENDED_BY_VERSION, {"rows": rows}):
        ended.setdefault(row, []).append(EndedId(*values))
    return {
        row.id: Correction(
            kind="corrected",
            at=row.imported_at,
            interview=ChangedInterview(row.slug, row.title, row.date, row.language),
            version=row.number,
            before=row.before,
            name=row.name,
            program=row.program,
            is_reread=bool(row.is_reread),
            ended=tuple(ended.get(row.id, ())),
        )
        for row in c.execute(_VERSIONS, {"rows": rows})
    }


def _withholding(c: Connection, listed: Row[*tuple[Any, ...]]) -> Withholding:
    at = {"at": listed.at, "row": listed.row, "key": listed.key}
    ended = tuple(EndedId(*row) for row in c.execute(_ENDED_TOGETHER, at))
    interview = c.execute(_INTERVIEW, at).one()
    return Withholding(
        kind="withdrawn" if interview.withdrawn_at == listed.at else "withheld",
        at=listed.at,
        interview=ChangedInterview(interview.slug, interview.title, interview.date, interview.language),
        reason=listed.key,
        ended=ended,
    )


def _redirection(c: Connection, listed: Row[*tuple[Any, ...]]) -> Redirection:
    old = c.execute(_OLD, {"at": listed.at, "kind": listed.kind, "key": listed.key}).all()
    name = c.execute(_NAMES[listed.kind], {"slug": listed.key}).scalar()
    return Redirection(
        kind="redirected",
        at=listed.at,
        what=listed.kind,
        old=tuple(row.old for row in old),
        new=Named(listed.key, name or listed.key),
        reason="; ".join(dict.fromkeys(row.reason for row in old)),
    )


def _return(c: Connection, listed: Row[*tuple[Any, ...]]) -> Return:
    lapsed = c.execute(_LAPSED, {"at": listed.at, "row": listed.row}).all()
    return Return(
        kind="returned",
        at=listed.at,
        generation=listed.row,
        published_at=lapsed[0].published_at,
        reason=next((row.reason for row in lapsed if row.reason), None),
        ids=sum(row.kind == "turn" for row in lapsed),
        versions=sum(row.kind == "version" for row in lapsed),
        slugs=tuple(sorted((Lapsed(row.kind, row.gone) for row in lapsed if row.kind in _NAMES), key=_placed)),
    )


def _placed(lapsed: Lapsed) -> tuple[str, str]:
    return lapsed.kind, lapsed.slug
