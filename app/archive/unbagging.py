"""Writes the records of a bag into an empty generation that is being built; an interview's own rows are reinstated."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from app.archive import digest, header, history, lapsed, layout, reinstating, shapes, tallying
from app.archive.bagit import MOST_BYTES, Bag
from app.archive.history import Record
from app.archive.tables import digests, interviews, lapses, outlets, redirects, speaker_labels, speakers
from app.errors import BagRefused

_DIGESTS = select(digests.c.key, digests.c.sha256)
_SLUGS = {"interview": select(interviews.c.slug), "speaker": select(speakers.c.slug), "outlet": select(outlets.c.slug)}
_LEADS = select(redirects.c.kind, redirects.c.old, redirects.c.new)


def check_origin(bag: Bag) -> None:
    """Raise BagRefused, saying what to do, where the bag's records are of another schema than this program's."""
    schema = bag.stated(layout.SCHEMA)
    if schema != str(header.CURRENT):
        maker = bag.info.get("bag-software-agent", "the program that made it")
        reason = (
            f"its records are of schema {schema}, this program reads {header.CURRENT}: restore it with {maker}; "
            "any import by a newer one then brings the archive up to date"
        )
        raise BagRefused(bag.where(layout.INFO), 1, reason)


def count(c: Connection, scope: str = "interview") -> int:
    """Return how many records of a scope are held."""
    return len(history.keys(c, scope))


def holds_any(c: Connection) -> bool:
    """Say whether anything at all is held."""
    return any(count(c, scope) for scope in history.SCOPES)


def fill(c: Connection, bag: Bag) -> None:
    """Write all records and files of a bag into an archive that holds nothing.

    Raises BagRefused with file, line and reason for a record that is not whole or contradicts another, a file that is
    missing, and a file that no record names.
    """
    known = reinstating.Known(bag)
    for scope in history.SCOPES:
        for number, record in _records(bag, scope):
            with _told(bag, scope, number):
                _write(c, known, record)
    for number, record in _records(bag, "interview"):
        with _told(bag, "interview", number):
            reinstating.end(c, record)
    with _told(bag, "redirect", 1):
        _check_leads(c)
    named = known.used | {layout.records(scope) for scope in history.SCOPES}
    for path in sorted(bag.payload.keys() - named):
        if not path.startswith(layout.register("")):
            raise BagRefused(bag.where(path), 1, "no record names this file")


def settle(c: Connection, bag: Bag) -> None:
    """Count and seal what was filled in, as publishing does, and compare its digest with the one the bag states.

    Raises BagRefused where they differ, with the first line that is not told again as it stands.
    """
    tallying.count(c)
    digest.settle(c, digest.everything(c))
    digest.seal(c)
    lines: list[bytes] = []
    for scope in history.SCOPES:
        held = {row.key: row.sha256 for row in c.execute(_DIGESTS.where(digests.c.scope == scope))}
        for number, record in _records(bag, scope):
            key = history.key_of(record)
            lines.append(hashlib.sha256(history.line(record)).digest())
            if held.get(key) != lines[-1]:
                reason = "no archive would tell the record so: a list of it is not in order, or not whole"
                raise BagRefused(bag.where(layout.records(scope)), number, reason)
    if history.total(lines) != bag.stated(layout.DIGEST):
        reason = f"{layout.DIGEST} is {bag.stated(layout.DIGEST)}, and the records have {history.total(lines)}"
        raise BagRefused(bag.where(layout.INFO), 1, reason)


@contextmanager
def _told(bag: Bag, scope: str, number: int) -> Iterator[None]:
    """Say of what is wrong with a record where it stands."""
    where = bag.where(layout.records(scope))
    try:
        yield
    except ValueError as error:
        raise BagRefused(where, number, str(error)) from error
    except IntegrityError as error:
        raise BagRefused(where, number, f"stands twice, or contradicts another: {error.orig}") from error


def _records(bag: Bag, scope: str) -> Iterator[tuple[int, Record]]:
    """Yield the numbered records of a scope."""
    path, number = layout.records(scope), 0
    if path not in bag.payload:
        raise BagRefused(bag.where(path), 1, "the file is missing")
    with (bag.folder / path).open("rb") as file:
        while raw := file.readline(MOST_BYTES):
            number += 1
            if not raw.endswith(b"\n"):
                raise BagRefused(bag.where(path), number, "the line does not end: the file is cut short, or too long")
            try:
                yield number, shapes.parse(scope, raw[:-1])
            except ValueError as error:
                raise BagRefused(bag.where(path), number, str(error)) from error


def _write(c: Connection, known: reinstating.Known, record: Record) -> None:
    match record["is"]:
        case "speaker":
            row = c.execute(insert(speakers), {"slug": _slug(record), "name": record["name"]}).lastrowid
            known.speakers[record["slug"]] = row
            labels = [{"speaker_id": row, "label": label} for label in record["labels"]]
            if labels:
                c.execute(insert(speaker_labels), labels)
        case "outlet":
            row = c.execute(insert(outlets), {"slug": _slug(record), "name": record["name"]}).lastrowid
            known.outlets[record["slug"]] = row
        case "redirect":
            reinstating.check_moment(record["made_at"])
            c.execute(insert(redirects), {name: record[name] for name in history.plain(redirects)})
        case "lapse":
            for moment in ("published_at", "lapsed_at"):
                reinstating.check_moment(record[moment])
            lapsed.check(record["kind"], record["gone"])
            c.execute(insert(lapses), {name: record[name] for name in history.plain(lapses)})
        case _:
            _slug(record)
            reinstating.write(c, known, record)


def _slug(record: Record) -> str:
    slug = str(record["slug"])
    if not layout.SLUG.fullmatch(slug):
        raise ValueError(f"{slug!r} cannot end an address: small letters, digits and single hyphens do")
    return slug


def _check_leads(c: Connection) -> None:
    """Raise ValueError for a redirect that leads to nothing that is held, or round in a circle."""
    leads = {(kind, old): new for kind, old, new in c.execute(_LEADS)}
    held = {kind: set(c.execute(slugs).scalars()) for kind, slugs in _SLUGS.items()}
    for kind, old in leads:
        if kind not in held:
            raise ValueError(f"a redirect of a {kind!r}: there are those of interviews, speakers and outlets")
        new, steps = leads[kind, old], 0
        while new not in held[kind]:
            if (kind, new) not in leads or steps > len(leads):
                raise ValueError(f"the redirect of {kind} {old!r} leads to {new!r}, which is not held")
            new, steps = leads[kind, new], steps + 1
