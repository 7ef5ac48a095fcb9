"""Says which names and kinds of values a record of the history must have; what the values mean is not judged here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Integer, Table

from app.archive import history
from app.archive.history import Record
from app.archive.tables import (
    appearances,
    endings,
    findings,
    interviews,
    lapses,
    margins,
    notes,
    outlets,
    passages,
    redirects,
    speakers,
    turns,
    version_outlets,
    versions,
)

Shape = Mapping[str, object]
"""For each name a type, a pair of a type and None, or the shape of what stands in a list or an object under it."""

_TEXT, _MAYBE, _NUMBER, _MAYBE_NUMBER = (str,), (str, None), (int,), (int, None)


def _of(table: Table, **more: object) -> Shape:
    """Return the shape of a row of a table, without its row numbers, and with more."""
    kinds: dict[str, object] = {}
    for name in history.plain(table):
        column = table.c[name]
        kind = int if isinstance(column.type, Integer) else str
        kinds[name] = (kind, None) if column.nullable else (kind,)
    return kinds | more


_VERSION = _of(
    versions,
    source={"sha256": _TEXT, "size": _NUMBER, "media_type": _TEXT, "withheld": (bool,)},
    speakers=[_of(appearances, slug=_TEXT)],
    outlets=[_of(version_outlets, slug=_TEXT)],
    passages=[_of(passages, public_id=_TEXT)],
    notes=[_of(notes)],
    margins=[_of(margins)],
    findings=[_of(findings)],
)
_ENDING = _of(endings, public_id=_TEXT, successor=_MAYBE, version=_MAYBE_NUMBER, position=_MAYBE_NUMBER)
SHAPES: Mapping[str, Shape] = {
    "speaker": _of(speakers, labels=[_TEXT], **{"is": _TEXT}),
    "outlet": _of(outlets, **{"is": _TEXT}),
    "redirect": _of(redirects, **{"is": _TEXT}),
    "lapse": _of(lapses, **{"is": _TEXT}),
    "interview": _of(
        interviews, turns=[_of(turns, speaker=_MAYBE)], endings=[_ENDING], versions=[_VERSION], **{"is": _TEXT}
    ),
}
"""For each scope the shape of its records."""


def parse(scope: str, line: bytes) -> Record:
    """Return the record that a line holds, of exactly the shape of its scope; raises ValueError with what is wrong."""
    try:
        record = json.loads(line.decode(), parse_constant=_refuse, parse_float=_refuse)
    except UnicodeDecodeError as error:
        raise ValueError("the line is not UTF-8") from error
    except RecursionError as error:
        raise ValueError("the line is nested too deeply") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"the line is not JSON: {error}") from error
    _hold(record, SHAPES[scope], scope)
    if record["is"] != scope:
        raise ValueError(f"this is the record of no {scope}")
    if history.line(record) != line:
        raise ValueError("the record is not in its one form: names sorted, none twice, no needless spaces or escapes")
    found: Record = record
    return found


def _refuse(text: str) -> object:
    raise ValueError(f"{text} is no whole number")


def _hold(value: Any, shape: object, where: str) -> None:
    match shape:
        case tuple():
            if not any(value is None if kind is None else type(value) is kind for kind in shape):
                raise ValueError(f"{where} is not {_named(shape)}")
            if type(value) is int and not -(2**63) <= value < 2**63:
                raise ValueError(f"{where} is too large a number")
        case list():
            if type(value) is not list:
                raise ValueError(f"{where} is not a list")
            for place, one in enumerate(value):
                _hold(one, shape[0], f"{where}[{place}]")
        case dict():
            if type(value) is not dict:
                raise ValueError(f"{where} is not an object")
            for name in value.keys() ^ shape.keys():
                raise ValueError(f"{where}: {name!r} is {'not known' if name in value else 'missing'}")
            for name, inner in shape.items():
                _hold(value[name], inner, f"{where}.{name}")


_KINDS: Mapping[object, str] = {str: "a text", int: "a number", bool: "true or false", None: "null"}


def _named(kinds: tuple[object, ...]) -> str:
    return " or ".join(_KINDS[kind] for kind in kinds)
