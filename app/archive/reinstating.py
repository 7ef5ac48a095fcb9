"""Writes the record of one interview, as the history tells it, back into rows; which records there are is elsewhere."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import get_args

from sqlalchemy import Connection, Table, bindparam, insert, select

from app import permalinks
from app.archive import dates, history, layout, rows
from app.archive.bagit import Bag
from app.archive.history import Record
from app.archive.tables import (
    appearances,
    endings,
    findings,
    interviews,
    margins,
    notes,
    passages,
    sources,
    turns,
    version_outlets,
    versions,
)
from app.records import Role

_ROLES, _ENDS = frozenset(get_args(Role)), frozenset({"superseded", "retired", "withheld"})
_MEDIA_TYPE = re.compile(r"[a-z0-9.+-]+/[a-z0-9.+-]+")
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
_SOURCE = select(sources.c.id, sources.c.size, sources.c.media_type, sources.c.data.is_(None).label("withheld")).where(
    sources.c.sha256 == bindparam("sha256")
)
_TURN = select(turns.c.id).where(turns.c.public_id == bindparam("id"))
_PASSAGE = (
    select(passages.c.id, passages.c.turn_id)
    .join(versions, versions.c.id == passages.c.version_id)
    .join(interviews, interviews.c.id == versions.c.interview_id)
    .where(
        interviews.c.slug == bindparam("slug"),
        versions.c.number == bindparam("number"),
        passages.c.position == bindparam("place"),
    )
)


class Known:
    """The bag, which of its files were taken, and the row of each speaker and outlet by its slug."""

    def __init__(self, bag: Bag) -> None:
        self.bag = bag
        self.used: set[str] = set()
        self.speakers: dict[str, int] = {}
        self.outlets: dict[str, int] = {}

    def take(self, path: str, sha256: str) -> bytes:
        """Return the bytes of a file of the bag; raises ValueError where it is not there or not of this SHA-256."""
        if path not in self.bag.payload:
            raise ValueError(f"{path} is missing")
        data = (self.bag.folder / path).read_bytes()
        if hashlib.sha256(data).hexdigest() != sha256:
            raise ValueError(f"{path} has other bytes than the record says")
        self.used.add(path)
        return data


def write(c: Connection, known: Known, record: Record) -> None:
    """Write an interview with all its versions; its endings are written when all interviews are.

    Raises ValueError where the record contradicts itself, and IntegrityError where it contradicts another.
    """
    held = record["versions"]
    numbers = [version["number"] for version in held]
    if not numbers or numbers != sorted({*numbers}) or numbers[0] < 1 or numbers[-1] != record["version"]:
        raise ValueError(f"version {record['version']} is current, and these are here: {numbers}")
    last = held[-1]
    _check_withdrawal(record)
    order = dates.order(last["date"], last["time"], record["slug"], is_withheld=record["withdrawal"] is not None)
    values = _plain(interviews, record) | order
    interview_id = c.execute(insert(interviews), values).lastrowid
    said = {turn["public_id"]: _write_turn(c, known, interview_id, turn) for turn in record["turns"]}
    version_id = 0
    for version in held:
        version_id = _write_version(c, known, record["slug"], interview_id, version, said)
    rows.list_under(c, interview_id, version_id)


def end(c: Connection, record: Record) -> None:
    """Write the endings of an interview; raises ValueError for one that names what is not there."""
    ended: list[dict[str, object]] = []
    for ending in record["endings"]:
        if ending["kind"] not in _ENDS:
            raise ValueError(f"{ending['public_id']} ended as {ending['kind']!r}: {', '.join(sorted(_ENDS))} are known")
        check_moment(ending["ended_at"])
        turn_id = _turn(c, ending["public_id"])
        at = {"slug": record["slug"], "number": ending["version"], "place": ending["position"]}
        passage = None if ending["version"] is None and ending["position"] is None else c.execute(_PASSAGE, at).first()
        if (passage is None) != (ending["version"] is None) or (passage is not None and passage.turn_id != turn_id):
            raise ValueError(f"the last words of {ending['public_id']} are not where they are said to be")
        successor = ending["successor"]
        row = _plain(endings, ending) | {"turn_id": turn_id, "passage_id": passage and passage.id}
        ended.append(row | {"successor_id": None if successor is None else _turn(c, successor)})
    if ended:
        c.execute(insert(endings), ended)


def check_moment(text: str) -> None:
    """Raise ValueError for what is no date or date and time in ISO 8601."""
    datetime.fromisoformat(text)


def _check_withdrawal(record: Record) -> None:
    """Raise ValueError where an interview is withheld without a date, or with words."""
    if (record["withdrawal"] is None) != (record["withdrawn_at"] is None):
        raise ValueError("an interview is withheld for a reason and at a time; one of them is missing")
    if record["withdrawal"] is not None:
        check_moment(record["withdrawn_at"])
        if any(version[part] for version in record["versions"] for part in ("passages", "notes", "margins")):
            raise ValueError("the interview is withheld, and its words are here")


def _check_date(text: str | None) -> None:
    """Raise ValueError for what is no date, nor a year or a month."""
    if text is not None and not _DATE.fullmatch(text):
        raise ValueError(f"{text!r} is no date: YYYY, YYYY-MM or YYYY-MM-DD")
    if text is not None:
        date.fromisoformat((text + "-01-01")[:10])


def _plain(table: Table, record: Record) -> dict[str, object]:
    return {name: record[name] for name in history.plain(table)}


def _turn(c: Connection, id: str) -> int:
    found = c.execute(_TURN, {"id": id}).scalar()
    if found is None:
        raise ValueError(f"{id} is named, and is no turn that is here")
    return int(found)


def _write_turn(c: Connection, known: Known, interview_id: int, turn: Record) -> int:
    id, role, speaker = turn["public_id"], turn["role"], turn["speaker"]
    if not permalinks.is_well_formed(id):
        raise ValueError(f"{id!r} is not an id: its check character does not fit")
    if role not in _ROLES:
        raise ValueError(f"{id} is a {role!r}: there are {', '.join(sorted(_ROLES))}")
    values = _plain(turns, turn) | {"interview_id": interview_id}
    values["speaker_id"] = None if speaker is None else _row(known.speakers, speaker, "speaker")
    return c.execute(insert(turns), values).lastrowid


def _row(known: Mapping[str, int], key: str, kind: str) -> int:
    if key not in known:
        raise ValueError(f"{kind} {key!r} is named, and is not here")
    return known[key]


def _write_version(
    c: Connection, known: Known, slug: str, interview_id: int, version: Record, said: Mapping[str, int]
) -> int:
    check_moment(version["imported_at"])
    _check_date(version["date"])
    values = _plain(versions, version) | {
        "interview_id": interview_id,
        "source_id": _source(c, known, slug, version),
        "sidecar": None,
    }
    if version["sidecar"] is not None:
        values["sidecar"] = known.take(layout.sidecar(slug, version["number"]), version["sidecar"])
    version_id = c.execute(insert(versions), values).lastrowid
    for passage in version["passages"]:
        _check_words(passage, is_withheld=version["source"]["withheld"])
    parts: dict[Table, list[dict[str, object]]] = {
        passages: [{"turn_id": _row(said, one["public_id"], "turn")} for one in version["passages"]],
        appearances: [{"speaker_id": _row(known.speakers, one["slug"], "speaker")} for one in version["speakers"]],
        version_outlets: [{"outlet_id": _row(known.outlets, one["slug"], "outlet")} for one in version["outlets"]],
    }
    told: dict[Table, Sequence[Record]] = {
        **{passages: version["passages"], appearances: version["speakers"], version_outlets: version["outlets"]},
        **{notes: version["notes"], margins: version["margins"], findings: version["findings"]},
    }
    for table, records in told.items():
        names = parts.get(table) or [{} for _ in records]
        if records:
            pairs = zip(records, names, strict=True)
            c.execute(insert(table), [_plain(table, one) | more | {"version_id": version_id} for one, more in pairs])
    return version_id


def _source(c: Connection, known: Known, slug: str, version: Record) -> int:
    """Return the row of a version's source, which may be that of another version too."""
    told = version["source"]
    if not _MEDIA_TYPE.fullmatch(told["media_type"]):
        raise ValueError(f"{told['media_type']!r} is no media type")
    data = None
    if not told["withheld"]:
        data = known.take(layout.source(slug, version["number"], version["name"]), told["sha256"])
        if len(data) != told["size"]:
            raise ValueError(f"the source of version {version['number']} has {len(data)} bytes, not {told['size']}")
    held = c.execute(_SOURCE, {"sha256": told["sha256"]}).mappings().first()
    if held is None:
        values = {name: told[name] for name in ("sha256", "size", "media_type")}
        return c.execute(insert(sources), values | {"data": data}).lastrowid
    if any(held[name] != told[name] for name in ("size", "media_type", "withheld")):
        raise ValueError(f"source {told['sha256']} is described in another way elsewhere")
    return int(held["id"])


def _check_words(passage: Record, *, is_withheld: bool) -> None:
    """Raise ValueError where the paragraphs of a turn do not each have a line."""
    lines = passage["lines"].split(" ") if passage["lines"] else []
    if not all(re.fullmatch("[0-9]{1,9}", line) for line in lines):
        raise ValueError(f"{passage['public_id']} has a line that is no number")
    many = len(passage["text"].split("\n")) if lines or passage["text"] else 0
    if many != len(lines) and not is_withheld:
        raise ValueError(f"{passage['public_id']} has {many} paragraphs, and {len(lines)} lines for them")
