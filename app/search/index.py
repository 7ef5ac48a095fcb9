"""Keeps the full-text index in step with the archive's current versions; what a row holds is in rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

from sqlalchemy import Connection, bindparam, delete, func, insert, select, text, update

from app.archive.tables import generation, interviews, passages, search_rows, versions
from app.search import folding, stems, structure
from app.search.dates import numbers
from app.search.proof import MOST, faults
from app.search.rows import Row, rows

ANALYSIS = f"1 {folding.VERSION} {stems.VERSION}"
"""Names all that decides which tokens a text has in the index; an index of another analysis must be rebuilt."""

_COLUMNS = "rowid, answer, answer_stem, question, question_stem, filters"
_VALUES = ":rowid, :answer, :answer_stem, :question, :question_stem, :filters"
_ADD = text(f"INSERT INTO search_index({_COLUMNS}) VALUES ({_VALUES})")  # noqa: S608
_REMOVE = text(f"INSERT INTO search_index(search_index, {_COLUMNS}) VALUES ('delete', {_VALUES})")  # noqa: S608
_MERGE = text("INSERT INTO search_index(search_index) VALUES ('optimize')")
_EMPTY = text("INSERT INTO search_index(search_index) VALUES ('delete-all')")

_CURRENT = (
    select(versions.c.id, interviews.c.sort_date)
    .join(interviews, (interviews.c.id == versions.c.interview_id) & (interviews.c.version == versions.c.number))
    .where(interviews.c.id == bindparam("interview"))
)
_INDEXED = (
    select(search_rows.c.id, search_rows.c.passage_id, passages.c.version_id)
    .join(passages, passages.c.id == search_rows.c.passage_id)
    .where(search_rows.c.interview_id == bindparam("interview"))
    .order_by(search_rows.c.id)
)
_LAST = select(func.max(search_rows.c.id)).where(
    search_rows.c.id >= bindparam("first"), search_rows.c.id < bindparam("end")
)
_FORGET = delete(search_rows).where(search_rows.c.interview_id == bindparam("interview"))
_REMEMBER = insert(search_rows)
_ANY = select(search_rows.c.id).limit(1)
_ANALYSIS = select(generation.c.analysis)
_EVERY = select(interviews.c.id).order_by(interviews.c.sort_date, interviews.c.key)


def index_interview(c: Connection, interview_id: int) -> None:
    """Replace the index rows of an interview by those of its current version.

    Call it after the version is stored and `interviews.version` and `sort_date` name it. Rebuilds the whole index
    where it was made by another analysis.
    """
    if not _is_of_this_analysis(c):
        rebuild(c)
        return
    remove_interview(c, interview_id)
    _add_interview(c, interview_id)


def remove_interview(c: Connection, interview_id: int) -> None:
    """Take an interview out of the index. Its text must still be stored: the index gives up a row only for its tokens.

    Whoever withholds words calls this before the words go.
    """
    indexed = c.execute(_INDEXED, {"interview": interview_id}).all()
    stored = {row.passage: row for version in {row.version_id for row in indexed} for row in rows(c, version)}
    if indexed:
        c.execute(_REMOVE, [_columns(id, stored[passage]) for id, passage, _ in indexed])
        c.execute(_FORGET, {"interview": interview_id})


@contextmanager
def rewording(c: Connection, interview_id: int) -> Iterator[None]:
    """Let the words of an interview be changed or go within this context; no token of theirs stays in the index.

    The index keeps what was taken out of it until its parts are merged, so they all are.
    """
    is_kept = _is_of_this_analysis(c)
    if is_kept:
        remove_interview(c, interview_id)
    yield
    if is_kept:
        _add_interview(c, interview_id)
        c.execute(_MERGE)
    else:
        rebuild(c)


def rebuild(c: Connection) -> None:
    """Make the index anew from the current version of every interview, and note its analysis in the generation."""
    c.execute(_EMPTY)
    c.execute(delete(search_rows))
    for interview in c.execute(_EVERY).scalars().all():
        _add_interview(c, interview)
    c.execute(update(generation).values(analysis=ANALYSIS))


def _add_interview(c: Connection, interview_id: int) -> None:
    version, sort_date = c.execute(_CURRENT, {"interview": interview_id}).one()
    added = rows(c, version)
    if not added:
        return
    first, end = numbers(sort_date)
    last = c.execute(_LAST, {"first": first, "end": end}).scalar()
    start = first if last is None else last + 1
    if start + len(added) > end:
        raise OverflowError(f"more turns on {sort_date} than the index can number")
    c.execute(_ADD, [_columns(start + place, row) for place, row in enumerate(added)])
    c.execute(
        _REMEMBER,
        [
            {
                "id": start + place,
                "turn_id": row.turn,
                "passage_id": row.passage,
                "interview_id": interview_id,
                "side": row.side,
                "speaker_id": row.speaker,
                "language": row.language,
            }
            for place, row in enumerate(added)
        ],
    )


def _columns(rowid: int, row: Row) -> dict[str, int | str]:
    return {
        "rowid": rowid,
        "answer": row.answer,
        "answer_stem": row.answer_stem,
        "question": row.question,
        "question_stem": row.question_stem,
        "filters": row.filters,
    }


def _is_of_this_analysis(c: Connection) -> bool:
    """Say whether rows can be replaced one by one; a fresh index becomes one of this analysis."""
    held: Sequence[str] = c.execute(_ANALYSIS).scalars().all()
    if ANALYSIS in held or not held:
        return True
    if c.execute(_ANY).first() is None:
        c.execute(update(generation).values(analysis=ANALYSIS))
        return True
    return False


def check(c: Connection) -> tuple[str, ...]:
    """Return what is wrong with the index, one sentence a fault, at most twenty; empty where all is right.

    Every token is made anew from the stored text and compared with the index. `c` must be let make a temporary table.
    """
    held = c.execute(_ANALYSIS).scalars().all()
    if ANALYSIS not in held:
        return (f"the index is of another analysis ({held[0] if held else 'none'}); any import makes it anew",)
    return (*faults(c), *islice(structure.faults(c), MOST))
