"""Turns one parsed version into rows of the tables that hang on it; which ids its turns have is decided before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from operator import itemgetter

from sqlalchemy import Connection, Table, bindparam, delete, insert, select
from sqlalchemy.dialects import sqlite

from app.archive.tables import (
    appearances,
    findings,
    interviews,
    listed_outlets,
    listed_speakers,
    margins,
    notes,
    passages,
    version_outlets,
)
from app.permalinks import words_of
from app.records import Interview, Line, Turn

Row = dict[str, str | int | None]

_UNLIST = [
    delete(table).where(table.c.interview_id == bindparam("interview_row"))
    for table in (listed_speakers, listed_outlets)
]
_LIST_SPEAKERS = insert(listed_speakers).from_select(
    ["speaker_id", "sort_key", "interview_id", "answers"],
    select(appearances.c.speaker_id, interviews.c.sort_key, interviews.c.id, appearances.c.answers)
    .join(interviews, interviews.c.id == bindparam("interview_row"))
    .where(appearances.c.version_id == bindparam("version_row")),
)
_LIST_OUTLETS = insert(listed_outlets).from_select(
    ["outlet_id", "sort_key", "interview_id"],
    select(version_outlets.c.outlet_id, interviews.c.sort_key, interviews.c.id)
    .join(interviews, interviews.c.id == bindparam("interview_row"))
    .where(version_outlets.c.version_id == bindparam("version_row")),
)

_UNFIND = delete(findings).where(findings.c.version_id == bindparam("version_row"))


def insert_parts(c: Connection, interview: Interview, version_id: int, turn_rows: Mapping[int, int]) -> None:
    """Insert the passages, notes, margins and findings of a version; `turn_rows` gives the row of each of its turns."""
    exchange = {
        index: number
        for number, pair in enumerate(interview.exchanges, 1)
        for index in (*pair.questions, *pair.answers)
    }
    spoken = [
        _passage(turn) | {"turn_id": turn_rows[index], "exchange": exchange.get(index)}
        for index, turn in enumerate(interview.turns)
    ]
    margin = [*_margins("metadata", interview.metadata), *_margins("furniture", interview.furniture)]
    noted: list[Row] = [
        {"text": note.text, "line": note.line, "after": note.after, "paragraph": note.paragraph}
        for note in interview.notes
    ]
    for table, rows in ((passages, spoken), (margins, margin), (notes, noted), (findings, _found(interview))):
        _insert(c, table, version_id, rows)


def replace_findings(c: Connection, interview: Interview, version_id: int) -> None:
    """Put these findings in the place of those of a version: they are of whoever read it, not of what it says."""
    c.execute(_UNFIND, {"version_row": version_id})
    _insert(c, findings, version_id, _found(interview))


def insert_people(
    c: Connection, interview: Interview, version_id: int, who: Mapping[str, int], outlet_ids: Sequence[int]
) -> None:
    """Insert who appears in a version, those who are presented first, and its outlets."""
    spoken = Counter(turn.speaker for turn in interview.turns if turn.role in ("answer", "statement"))
    office = {speaker.name: speaker.office for speaker in interview.speakers}
    people: list[Row] = [
        {"speaker_id": row, "answers": spoken[name], "office": office.get(name)} for name, row in who.items()
    ]
    _insert(c, appearances, version_id, people)
    _insert(c, version_outlets, version_id, [{"outlet_id": row} for row in outlet_ids])


def list_under(c: Connection, interview_id: int, version_id: int) -> None:
    """Put an interview into the lists of the speakers and outlets of its current version, and of no others."""
    values = {"interview_row": interview_id, "version_row": version_id}
    for statement in (*_UNLIST, _LIST_SPEAKERS, _LIST_OUTLETS):
        c.execute(statement, values)


def _found(interview: Interview) -> list[Row]:
    return [{"code": finding.code, "line": finding.line, "message": finding.message} for finding in interview.findings]


def _passage(turn: Turn) -> Row:
    if len(turn.lines) != len(turn.paragraphs) or any("\n" in paragraph for paragraph in turn.paragraphs):
        raise ValueError(f"line {turn.line}: a paragraph has no line of its own, or is several")
    return {
        "label": turn.label,
        "mark": turn.mark,
        "line": turn.line,
        "lines": " ".join(map(str, turn.lines)),
        "text": words_of(turn.paragraphs),
    }


def _margins(kind: str, lines: Sequence[Line]) -> list[Row]:
    return [{"kind": kind, "text": line.text, "line": line.line, "purpose": line.purpose} for line in lines]


def _insert(c: Connection, table: Table, version_id: int, rows: Sequence[Row]) -> None:
    insert_many(c, table, [{"version_id": version_id, "position": place, **row} for place, row in enumerate(rows)])


def insert_many(c: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows of texts and numbers that all name the same columns, at least two, without a look at each value."""
    if rows:
        statement, in_order = _inserting(table, tuple(rows[0]))
        c.exec_driver_sql(statement, [in_order(row) for row in rows])


@cache
def _inserting(table: Table, columns: tuple[str, ...]) -> tuple[str, Callable[[Row], tuple[str | int | None, ...]]]:
    """Return the statement that inserts a row, and what makes its values of one."""
    compiled = insert(table).compile(dialect=sqlite.dialect(), column_keys=list(columns))
    return str(compiled), itemgetter(*(compiled.positiontup or ()))
