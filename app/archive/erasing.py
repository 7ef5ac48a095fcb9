"""Takes away the words that are lawfully withheld and leaves their tombstones; what goes is found by withholding.

The index must have given up its rows before, since it does so only for the words; publishing must forget, since the
pages of a file keep what was deleted.
"""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, delete, insert, select, union, union_all, update

from app.archive import dates, rows
from app.archive.tables import (
    appearances,
    endings,
    findings,
    interviews,
    margins,
    notes,
    outlets,
    passages,
    redirects,
    sources,
    speaker_labels,
    speakers,
    turns,
    version_outlets,
    versions,
)
from app.archive.withdrawals import GoingPart, Plan
from app.archive.withholding import row_of
from app.counting import count_words

UNTITLED = "[Title withheld]"
"""What stands for a title that quotes what is withheld."""
UNREASONED = "[Reason withheld]"

_TURN = select(turns.c.id).where(turns.c.public_id == bindparam("id"))
# No parameter is called as a column: what an update is given by the name of one, it writes there.
# Not in one statement: on a conflict, what notes the touched records would be told to raise as well.
_END_AGAIN = (
    update(endings)
    .where(endings.c.turn_id == bindparam("turn"), endings.c.kind != "withheld")
    .values(passage_id=None, kind="withheld", reason=bindparam("why"), ended_at=bindparam("now"))
)
_ENDED = select(endings.c.turn_id).where(endings.c.turn_id == bindparam("turn"))
_END = insert(endings).values(passage_id=None, kind="withheld", reason=bindparam("why"), ended_at=bindparam("now"))
_SPOKEN = select(passages).where(passages.c.turn_id == bindparam("turn"))
_EMPTY = update(passages).where(passages.c.turn_id == bindparam("turn")).values(text="", lines="", label="", mark="")
_CLOSE_UP = (
    update(notes)
    .where(notes.c.version_id == bindparam("version"), notes.c.after == bindparam("nth"))
    .values(paragraph=0)
)
_SPEND = (
    update(versions)
    .where(versions.c.id == bindparam("version"))
    .values(word_count=versions.c.word_count - bindparam("many"))
)
_PARTS = {
    name: (
        select(table.c.text if "text" in table.c else table.c.message).where(
            table.c.version_id == bindparam("version"), table.c.position == bindparam("nth")
        ),
        delete(table).where(table.c.version_id == bindparam("version"), table.c.position == bindparam("nth")),
    )
    for name, table in (("note", notes), ("margin", margins), ("finding", findings))
}
_FIELDS = {
    "title": update(versions).where(versions.c.id == bindparam("version")).values(title=UNTITLED),
    "sidecar": update(versions).where(versions.c.id == bindparam("version")).values(sidecar=None),
}
_REASON = update(endings).where(endings.c.turn_id == bindparam("turn")).values(reason=UNREASONED)
_BARE = update(sources).where(sources.c.sha256.in_(bindparam("hashes", expanding=True))).values(data=None)

_ITS_VERSIONS = select(versions.c.id).where(versions.c.interview_id == bindparam("interview"))
_STRIP = [
    delete(table).where(table.c.version_id.in_(_ITS_VERSIONS))
    for table in (passages, notes, margins, findings, appearances, version_outlets)
]
_KEPT = {"id", "interview_id", "number", "source_id", "name", "given_id", "url", "encoding", "program", "imported_at"}
_KEPT |= {"date", "language"}
"""Of a version of a withheld interview: by these another copy of it is known, and not taken."""
_BLANK: dict[str, object] = {
    column.name: None if column.nullable else (0 if column.name.endswith("_count") else "")
    for column in versions.c
    if column.name not in _KEPT
}
_FORGET = update(versions).where(versions.c.interview_id == bindparam("interview")).values(_BLANK)
_WITHDRAW = update(interviews).where(interviews.c.id == bindparam("interview"))
_ITS_TURNS = select(turns.c.id).where(turns.c.interview_id == bindparam("interview"))
_STRIP_TURNS = update(turns).where(turns.c.interview_id == bindparam("interview")).values(speaker_id=None)
_PEOPLE = union(
    select(turns.c.speaker_id).where(turns.c.interview_id == bindparam("interview"), turns.c.speaker_id.is_not(None)),
    select(appearances.c.speaker_id).where(appearances.c.version_id.in_(_ITS_VERSIONS)),
)
_ASKING = select(version_outlets.c.outlet_id).where(version_outlets.c.version_id.in_(_ITS_VERSIONS))
_SPEAKER_SLUG = select(speakers.c.slug).where(speakers.c.id == bindparam("row")).scalar_subquery()
_OUTLET_SLUG = select(outlets.c.slug).where(outlets.c.id == bindparam("row")).scalar_subquery()
_IS_NAMED = union_all(
    select(turns.c.id).where(turns.c.speaker_id == bindparam("row")),
    select(appearances.c.version_id).where(appearances.c.speaker_id == bindparam("row")),
    select(redirects.c.made_at).where(redirects.c.kind == "speaker", redirects.c.new == _SPEAKER_SLUG),
)
_IS_ASKING = union_all(
    select(version_outlets.c.version_id).where(version_outlets.c.outlet_id == bindparam("row")),
    select(redirects.c.made_at).where(redirects.c.kind == "outlet", redirects.c.new == _OUTLET_SLUG),
)
_UNLABEL = delete(speaker_labels).where(speaker_labels.c.speaker_id == bindparam("row"))
_UNNAME = delete(speakers).where(speakers.c.id == bindparam("row"))
_UNASK = delete(outlets).where(outlets.c.id == bindparam("row"))


def erase(c: Connection, plan: Plan, reason: str) -> None:
    """Take away all that a plan names; `reason` stands in its place, with the time."""
    values = {"why": reason, "now": dates.now()}
    ids = [c.execute(_TURN, {"id": turn.id}).scalar_one() for turn in plan.turns]
    for part in plan.parts:
        _erase_part(c, part)
    for id in ids:
        _erase_turn(c, id)
    if plan.is_whole:
        row = row_of(c, plan)
        ids = list(c.execute(_ITS_TURNS, {"interview": row}).scalars())
    for id in ids:
        c.execute(_END_AGAIN, {"turn": id, **values})
        if c.execute(_ENDED, {"turn": id}).first() is None:
            c.execute(_END, {"turn_id": id, **values})
    if plan.is_whole:
        _erase_interview(c, row, plan.interview, values)
    if plan.sources:
        c.execute(_BARE, {"hashes": [source.sha256 for source in plan.sources]})


def _erase_part(c: Connection, part: GoingPart) -> None:
    at = {"version": part.row, "nth": part.position}
    if part.kind == "reason":
        c.execute(_REASON, {"turn": part.line})
    elif part.kind in _FIELDS:
        c.execute(_FIELDS[part.kind], at)
    else:
        read, drop = _PARTS[part.kind]
        if part.kind != "finding":  # its words are the program's, and are not counted
            c.execute(_SPEND, at | {"many": count_words(c.execute(read, at).scalar_one())})
        c.execute(drop, at)


def _erase_turn(c: Connection, id: int) -> None:
    """Empty a turn in every version; it stays in its place, and what follows it follows it still."""
    for row in c.execute(_SPOKEN, {"turn": id}).all():
        at = {"version": row.version_id, "nth": row.position}
        c.execute(_SPEND, at | {"many": count_words(row.label + row.mark) + count_words(row.text)})
        c.execute(_CLOSE_UP, at)
    c.execute(_EMPTY, {"turn": id})


def _erase_interview(c: Connection, row: int, slug: str, values: dict[str, str]) -> None:
    """Leave of an interview its slug, its ids, and by what another copy of it is known."""
    at = {"interview": row}
    people, asking = set(c.execute(_PEOPLE, at).scalars()), set(c.execute(_ASKING, at).scalars())
    for statement in (*_STRIP, _STRIP_TURNS, _FORGET):
        c.execute(statement, at)
    order = dates.order(None, None, slug, is_withheld=True)
    withdrawn = {"withdrawal": values["why"], "withdrawn_at": values["now"], "event": None}
    c.execute(_WITHDRAW.values(**withdrawn, **order), at)
    rows.list_under(c, row, 0)
    for number in people:
        if c.execute(_IS_NAMED, {"row": number}).first() is None:
            c.execute(_UNLABEL, {"row": number})
            c.execute(_UNNAME, {"row": number})
    for number in asking:
        if c.execute(_IS_ASKING, {"row": number}).first() is None:
            c.execute(_UNASK, {"row": number})
