"""Finds all that goes where words are lawfully withheld, before anything does; erasing takes it away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, or_, select

from app import permalinks
from app.archive import reading
from app.archive.repeating import Words
from app.archive.tables import (
    endings,
    findings,
    interviews,
    margins,
    notes,
    passages,
    sources,
    speakers,
    turns,
    versions,
)
from app.archive.withdrawals import Elsewhere, GoingPart, GoingSource, GoingTurn, Plan
from app.archive.withheld import IS_WITHHELD, Withheld
from app.errors import NotHeld

_TEXTUAL = ("text/", "application/json", "application/x-subrip")
_SHOWN = 12
"""Words of a turn that are shown to whoever has to agree."""
_PROBES, _PROBE, _LEAST = 8, 60, 25
"""Pieces of the words that are looked for in other interviews, and how long they are at most and at least."""

_CURRENT = (versions.c.interview_id == interviews.c.id) & (versions.c.number == interviews.c.version)
_BY_SLUG = (
    select(
        interviews.c.id,
        interviews.c.slug,
        versions.c.title,
        interviews.c.withdrawal.label("reason"),
        interviews.c.withdrawn_at.label("since"),
    )
    .join(versions, _CURRENT)
    .where(interviews.c.slug == bindparam("key"))
)
_BY_ID = (
    select(interviews.c.id, interviews.c.slug, versions.c.title, endings.c.reason, endings.c.ended_at.label("since"))
    .join(versions, _CURRENT)
    .join(turns, turns.c.interview_id == interviews.c.id)
    .outerjoin(endings, (endings.c.turn_id == turns.c.id) & (endings.c.kind == "withheld"))
    .where(turns.c.public_id == bindparam("key"))
)
_ROW = select(interviews.c.id).where(interviews.c.slug == bindparam("slug"))
_event = interviews.alias("event")
_TRANSLATIONS = (
    select(interviews.c.slug)
    .join(_event, _event.c.event == interviews.c.event)
    .where(_event.c.id == bindparam("row"), interviews.c.id != bindparam("row"), interviews.c.withdrawal.is_(None))
    .order_by(interviews.c.slug)
)
_SPOKEN = (
    select(
        turns.c.id,
        turns.c.public_id,
        turns.c.role,
        speakers.c.name.label("speaker"),
        passages.c.version_id,
        passages.c.position,
        passages.c.text,
        passages.c.line,
        passages.c.lines,
        versions.c.number,
        IS_WITHHELD.label("withheld"),
    )
    .join(passages, passages.c.turn_id == turns.c.id)
    .join(versions, versions.c.id == passages.c.version_id)
    .outerjoin(speakers, speakers.c.id == turns.c.speaker_id)
    .where(turns.c.interview_id == bindparam("row"))
    .order_by(versions.c.number, passages.c.position)
)
_VERSIONS = (
    select(versions, sources.c.sha256, sources.c.media_type, sources.c.data)
    .join(sources, sources.c.id == versions.c.source_id)
    .where(versions.c.interview_id == bindparam("row"))
    .order_by(versions.c.number)
)
_NOTES, _MARGINS, _FINDINGS = (
    select(table).where(table.c.version_id == bindparam("row")).order_by(table.c.position)
    for table in (notes, margins, findings)
)
_new = turns.alias("new")
_KIN = (
    select(turns.c.id, turns.c.public_id, _new.c.id.label("new_id"), _new.c.public_id.label("new_public_id"))
    .join(endings, endings.c.turn_id == turns.c.id)
    .join(_new, _new.c.id == endings.c.successor_id)
    .where(turns.c.interview_id == bindparam("row"))
)
_REASONS = (
    select(endings.c.turn_id, endings.c.reason)
    .join(turns, turns.c.id == endings.c.turn_id)
    .where(turns.c.interview_id == bindparam("row"), endings.c.kind != "withheld")
)


def plan(c: Connection, key: str) -> Plan:
    """Return what goes where the turn with this id, or the interview with this slug, is withheld; raises NotHeld.

    With a turn go those of its interview that have the same words under ids of their own, and whatever quotes it there.
    """
    is_whole = not permalinks.is_well_formed(key)
    slug = (reading.redirect(c, "interview", key) or key) if is_whole else key
    held = c.execute(_BY_SLUG if is_whole else _BY_ID, {"key": slug}).first()
    if held is None:
        raise NotHeld("interview" if is_whole else "answer", key)
    if held.reason is not None:
        return Plan(key, held.slug, held.title, is_whole, (), (), (), (), (), (), Withheld(held.reason, held.since))
    spoken = c.execute(_SPOKEN, {"row": held.id}).all()
    named = [row for row in spoken if is_whole or row.public_id == key]
    own, said = {row.id for row in named}, Words(row.text for row in named)
    ids = own | {row.id for row in spoken if row.id not in own and not row.withheld and said.stand_in(row.text)}
    going = [row for row in spoken if row.id in ids]
    words = Words(row.text for row in going)
    held_versions = c.execute(_VERSIONS, {"row": held.id}).all()
    parts = () if is_whole else tuple(_parts(c, held.id, held_versions, going, words))
    return Plan(
        key=held.slug if is_whole else key,
        interview=held.slug,
        title=held.title,
        is_whole=is_whole,
        turns=tuple(_turns(going, own)),
        parts=parts,
        sources=tuple(_sources(held_versions, going, parts, None if is_whole else words)),
        elsewhere=tuple(_elsewhere(c, held.id, (row.text for row in going))),
        kin=() if is_whole else tuple(_kin(c, held.id, ids, {row.id for row in spoken if not row.withheld})),
        translations=tuple(c.execute(_TRANSLATIONS, {"row": held.id}).scalars()),
        done=None,
    )


def row_of(c: Connection, plan: Plan) -> int:
    """Return the row of the interview of a plan."""
    return int(c.execute(_ROW, {"slug": plan.interview}).scalar_one())


def _turns(going: Sequence[Row[*tuple[Any, ...]]], named: set[int]) -> Iterator[GoingTurn]:
    for id in dict.fromkeys(row.id for row in going):
        rows = [row for row in going if row.id == id]
        last = rows[-1]
        words = last.text.split()
        shown = " ".join(words[:_SHOWN]) + (" …" if len(words) > _SHOWN else "")
        numbers = tuple(row.number for row in rows)
        yield GoingTurn(last.public_id, last.role, last.speaker, shown, numbers, repeats=id not in named)


def _parts(
    c: Connection,
    interview: int,
    held: Sequence[Row[*tuple[Any, ...]]],
    going: Sequence[Row[*tuple[Any, ...]]],
    words: Words,
) -> Iterator[GoingPart]:
    """Yield what quotes the words, or stands within them, in any version."""
    for version in held:
        own = [row for row in going if row.version_id == version.id]
        within = {row.position: len(row.lines.split()) for row in own}
        lines = {int(line) for row in own for line in (row.line, *row.lines.split())}
        at: dict[str, int] = {"row": version.id}
        if words.are_quoted_in(version.title):
            yield GoingPart("title", version.number, 0, version.id, 0)
        if version.sidecar is not None and words.are_in_file(version.sidecar, "utf-8"):
            yield GoingPart("sidecar", version.number, 0, version.id, 0)
        for note in c.execute(_NOTES, at):
            if note.paragraph < within.get(note.after, 0) or words.are_quoted_in(note.text):
                yield GoingPart("note", version.number, note.line, version.id, note.position)
        for margin in c.execute(_MARGINS, at):
            if words.are_quoted_in(margin.text):
                yield GoingPart("margin", version.number, margin.line, version.id, margin.position)
        for found in c.execute(_FINDINGS, at):
            if found.line in lines or words.are_quoted_in(found.message):
                yield GoingPart("finding", version.number, found.line, version.id, found.position)
    for ending in c.execute(_REASONS, {"row": interview}):
        if words.are_quoted_in(ending.reason):
            yield GoingPart("reason", 0, ending.turn_id, 0, 0)


def _sources(
    held: Sequence[Row[*tuple[Any, ...]]],
    going: Sequence[Row[*tuple[Any, ...]]],
    parts: Sequence[GoingPart],
    words: Words | None,
) -> Iterator[GoingSource]:
    """Yield the saved copies that have the words, and those that may: of a file that is no text nobody can tell."""
    having = {row.version_id for row in going} | {part.row for part in parts}
    for version in held:
        if version.data is not None and (
            words is None
            or version.id in having
            or not version.media_type.startswith(_TEXTUAL)
            or words.are_in_file(version.data, version.encoding)
        ):
            yield GoingSource(version.name, version.sha256, version.number)


def _kin(c: Connection, interview: int, going: set[int], readable: set[int]) -> Iterator[str]:
    """Yield the ids, of those that stay, whose turns a correction put in the place of these, or these in theirs."""
    links = c.execute(_KIN, {"row": interview}).all()
    found, todo = dict.fromkeys(going, ""), list(going)
    while todo:
        here = todo.pop()
        for link in links:
            for one, other, id in ((link.id, link.new_id, link.new_public_id), (link.new_id, link.id, link.public_id)):
                if one == here and other not in found:
                    found[other] = id
                    todo.append(other)
    yield from (id for row, id in found.items() if row not in going and row in readable)


def _elsewhere(c: Connection, interview: int, texts: Iterable[str]) -> Iterator[Elsewhere]:
    """Yield the turns of other interviews, in any version, that have a piece of these words to the letter."""
    paragraphs = sorted({part for text in texts for part in text.split("\n") if len(part) >= _LEAST}, key=len)
    probes = [part[max(0, (len(part) - _PROBE) // 2) :][:_PROBE] for part in paragraphs[::-1][:_PROBES]]
    if not probes:
        return
    found = (
        select(turns.c.public_id, interviews.c.slug)
        .distinct()
        .join(passages, passages.c.turn_id == turns.c.id)
        .join(interviews, interviews.c.id == turns.c.interview_id)
        .where(interviews.c.id != interview, or_(*(func.instr(passages.c.text, probe) > 0 for probe in probes)))
        .order_by(interviews.c.slug, turns.c.public_id)
    )
    for id, slug in c.execute(found):
        yield Elsewhere(id, slug)
