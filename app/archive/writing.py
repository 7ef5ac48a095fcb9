"""Writes interviews into a generation that is being built: new ones, and new versions of those that are held."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy import Connection, bindparam, func, insert, select, update

import app
from app.archive import dates, ending, identity, minting, numbering, people, rows
from app.archive.identity import HeldRow
from app.archive.matching import Spoken, match
from app.archive.tables import interviews, passages, sources, speakers, turns, versions
from app.permalinks import words_of
from app.records import Interview, Source


@dataclass(frozen=True, slots=True)
class Receipt:
    """A source, what was read in it, and what has to be kept beside it."""

    source: Source
    interview: Interview
    encoding: str
    sidecar: bytes | None = None
    """The exact bytes of the sidecar that `source.provenance` was read from."""
    slugs: Mapping[str, str] = field(default_factory=dict)
    """The slugs that are stated for names of speakers and outlets; any other name makes its own."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a receipt."""

    outcome: Literal["new", "corrected", "held back"]
    interview_id: int
    slug: str
    version: int
    """The version now held."""
    ended: tuple[str, ...]
    """Ids that ended; of what is held back, those that would."""


_STANDING = (
    select(
        passages.c.id.label("passage_id"),
        passages.c.exchange,
        passages.c.text,
        turns.c.id.label("turn_id"),
        turns.c.public_id,
        turns.c.role,
        speakers.c.name.label("speaker"),
    )
    .join(versions, versions.c.id == passages.c.version_id)
    .join(turns, turns.c.id == passages.c.turn_id)
    .outerjoin(speakers, speakers.c.id == turns.c.speaker_id)
    .where(versions.c.interview_id == bindparam("interview_id"), versions.c.number == bindparam("version"))
    .order_by(passages.c.position)
)
_SOURCE = select(sources.c.id).where(sources.c.sha256 == bindparam("sha256"))
_LAST_TURN = select(func.max(turns.c.id))
_NUMBER = update(interviews).where(interviews.c.id == bindparam("interview_id")).values(version=bindparam("number"))
_VERSION = (
    update(interviews)
    .where(interviews.c.id == bindparam("interview_id"))
    .values(
        version=bindparam("number"),
        language=bindparam("tongue"),
        sort_date=bindparam("day"),
        sort_key=bindparam("sort"),
    )
)
_WAITING = select(interviews.c.id).where(interviews.c.event.in_(bindparam("names", expanding=True)))
_EVENT = update(interviews).where(interviews.c.id == bindparam("row")).values(event=bindparam("of"))


def store(
    c: Connection, receipt: Receipt, *, retire: Collection[str] = (), reason: str = "", of: int | None = None
) -> Stored:
    """Write a receipt as a new interview, or as the next version of the one it is of: the one in row `of`, where given.

    A correction that would end ids is held back, and nothing is written, unless `retire` names them all; `reason` is
    then given where they end. Raises SourceRefused for an id that contradicts its language, before it writes.
    """
    held = identity.find(c, receipt.source, receipt.interview) if of is None else identity.at_row(c, of)
    return store_new(c, receipt) if held is None else _store_next(c, receipt, held, retire, reason)


def store_new(c: Connection, receipt: Receipt) -> Stored:
    """Write a receipt as a new interview, whatever is held."""
    interview = receipt.interview
    key = identity.key_of(c, receipt.source, interview)
    slug = identity.slug_for(c, interview, key)
    day = dates.day(interview.date)
    number = numbering.following(c, slug, 0)
    values = {"slug": slug, "key": key, "language": interview.language, "version": number, "sort_date": day}
    values["sort_key"] = dates.key(interview.date, interview.time, slug)
    interview_id = c.execute(insert(interviews), values).lastrowid
    minted = minting.mint(c, key, _spoken_in(interview))
    _written, version_id = _write(c, receipt, interview_id, key, number, {}, minted)
    settled = numbering.settle(c, slug, version_id, number, 0)
    if settled != number:
        c.execute(_NUMBER, {"interview_id": interview_id, "number": settled})
    rows.list_under(c, interview_id, version_id)
    _join_event(c, receipt, interview_id)
    return Stored("new", interview_id, slug, settled, ())


def _store_next(c: Connection, receipt: Receipt, held: HeldRow, retire: Collection[str], reason: str) -> Stored:
    standing = list(c.execute(_STANDING, {"interview_id": held.id, "version": held.version}))
    old = [Spoken(row.role, row.speaker, row.text) for row in standing]
    new = _spoken_in(receipt.interview)
    found = match(old, new)
    lost = [row for index, row in enumerate(standing) if index not in set(found)]
    ids = tuple(row.public_id for row in lost)
    if not ending.is_covered(lost, standing, retire):
        return Stored("held back", held.id, held.slug, held.version, ids)
    number = numbering.following(c, held.slug, held.version)
    kept = {index: standing[at].turn_id for index, at in enumerate(found) if at is not None}
    minted = minting.mint(c, held.key, new, kept)
    written, version_id = _write(c, receipt, held.id, held.key, number, kept, minted)
    number = numbering.settle(c, held.slug, version_id, number, held.version)
    c.execute(
        _VERSION,
        {
            "interview_id": held.id,
            "number": number,
            "tongue": receipt.interview.language,
            "day": dates.day(receipt.interview.date),
            "sort": dates.key(receipt.interview.date, receipt.interview.time, held.slug),
        },
    )
    rows.list_under(c, held.id, version_id)
    ending.end(c, standing, old, new, found, written, reason)
    _join_event(c, receipt, held.id)
    return Stored("corrected", held.id, held.slug, number, ids)


def _write(
    c: Connection,
    receipt: Receipt,
    interview_id: int,
    key: str,
    number: int,
    kept: dict[int, int],
    minted: dict[int, str],
) -> tuple[dict[int, int], int]:
    """Write one version with all that belongs to it; return the turn row of each turn, and the row of the version."""
    interview = receipt.interview
    unnamed = {speaker.name for speaker in interview.speakers if not speaker.named} - receipt.slugs.keys()
    names = [speaker.name for speaker in interview.speakers] + [
        turn.speaker for turn in interview.turns if turn.speaker
    ]
    who = {
        name: people.office_holder(c, name, interview_id, key)
        if name in unnamed
        else people.speaker(c, name, receipt.slugs.get(name))
        for name in dict.fromkeys(names)
    }
    for speaker in interview.speakers:
        people.add_labels(c, who[speaker.name], speaker.labels)
    version_id = _insert_version(c, receipt, interview_id, number)
    written = kept | _insert_turns(c, interview, interview_id, who, minted)
    outlet_ids = list(dict.fromkeys(people.outlet(c, name, receipt.slugs.get(name)) for name in interview.outlets))
    rows.insert_parts(c, interview, version_id, written)
    rows.insert_people(c, interview, version_id, who, outlet_ids)
    return written, version_id


def _insert_turns(
    c: Connection, interview: Interview, interview_id: int, who: Mapping[str, int], minted: dict[int, str]
) -> dict[int, int]:
    """Insert those turns that are new, all at once, in the rows after the last; return the row of each."""
    if not minted:
        return {}
    first = (c.execute(_LAST_TURN).scalar() or 0) + 1
    inserted = dict(zip(minted, range(first, first + len(minted)), strict=True))
    values: list[rows.Row] = []
    for index, row in inserted.items():
        turn = interview.turns[index]
        spoken_by = who[turn.speaker] if turn.speaker else None
        values.append({"id": row, "public_id": minted[index], "interview_id": interview_id, "role": turn.role})
        values[-1]["speaker_id"] = spoken_by
    rows.insert_many(c, turns, values)
    return inserted


def _insert_version(c: Connection, receipt: Receipt, interview_id: int, number: int) -> int:
    source, interview, known = receipt.source, receipt.interview, receipt.source.provenance
    source_id = c.execute(_SOURCE, {"sha256": source.sha256}).scalar()
    if source_id is None:
        values = {"sha256": source.sha256, "size": source.size, "media_type": source.media_type, "data": source.data}
        source_id = c.execute(insert(sources), values).lastrowid
    row = {
        "interview_id": interview_id,
        "number": number,
        "source_id": source_id,
        "name": source.name,
        "given_id": known.id,
        "url": known.url,
        "publisher": known.publisher,
        "retrieved": known.retrieved,
        "licence": known.licence,
        "translation": known.translation,
        "translation_of": known.translation_of,
        "sidecar": receipt.sidecar,
        "encoding": receipt.encoding,
        "program": app.__version__,
        "imported_at": dates.now(),
        "title": interview.title,
        "date": interview.date,
        "time": interview.time,
        "place": interview.place,
        "language": interview.language,
        "also_in": " ".join(interview.also_in),
        "exchange_count": len(interview.exchanges),
        "answer_count": sum(turn.role in ("answer", "statement") for turn in interview.turns),
        "word_count": interview.words,
    }
    return c.execute(insert(versions), row).lastrowid


def _spoken_in(interview: Interview) -> list[Spoken]:
    return [Spoken(turn.role, turn.speaker, words_of(turn.paragraphs)) for turn in interview.turns]


def _join_event(c: Connection, receipt: Receipt, interview_id: int) -> None:
    """Join an interview to those it translates and is translated by, whichever of them came first.

    Until the original is held, its translations share what their sidecars call it.
    """
    held = identity.at_row(c, interview_id)
    event, target = held.event, receipt.source.provenance.translation_of
    joined = [held.id]
    original = None if target is None else identity.called(c, target)
    if original is not None and original.id != held.id:
        event = original.event or original.key
        joined.append(original.id)
    elif target is not None:
        event = event or target
    waiting = c.execute(_WAITING, {"names": sorted({held.key, held.slug, *held.given})}).scalars().all()
    if waiting:
        event = event or held.key
        joined.extend(waiting)
    if event is not None:
        c.execute(_EVENT, [{"row": row, "of": event} for row in joined])
