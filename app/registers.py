"""Reads the registers of what people and outlets are called, and brings the names of an interview to them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeVar

from app.records import Finding, Interview, Speaker
from app.stating import Table, load

PEOPLE, OUTLETS = "people.toml", "outlets.toml"
"""The names of the files."""


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """A person as the register states them."""

    name: str
    """As it is shown; no two people have one."""
    slug: str | None
    """How their address ends; None where the name makes it."""
    aliases: tuple[str, ...]
    """What they are called in documents as well: names and whole labels."""
    outlets: tuple[str, ...] = ()
    """Where there are any, the entry is of use only in interviews with one of these."""
    ids: tuple[str, ...] = ()
    """Where there are any, the entry is of use only in interviews whose sidecars state one of these."""

    @property
    def is_qualified(self) -> bool:
        """Whether the entry is of use in some interviews only."""
        return bool(self.outlets or self.ids)


@dataclass(frozen=True, slots=True)
class OutletEntry:
    """An outlet as the register states it."""

    name: str
    slug: str | None
    aliases: tuple[str, ...]

    @property
    def is_qualified(self) -> bool:
        """Whether the entry is of use in some interviews only; it never is."""
        return False


@dataclass(frozen=True, slots=True)
class Registers:
    """What is stated of people and outlets; nothing where there are no files."""

    people: tuple[PersonEntry, ...] = ()
    outlets: tuple[OutletEntry, ...] = ()

    def slugs(self) -> dict[str, str]:
        """Return the slug of each name that has one stated."""
        stated = [(entry.name, entry.slug) for entry in self.people]
        stated += [(entry.name, entry.slug) for entry in self.outlets]
        return {name: slug for name, slug in stated if slug}

    def outlet(self, name: str) -> str:
        """Return the name that an outlet of this name is shown under."""
        wanted = folded(name)
        return next((entry.name for entry in self.outlets if wanted in called(entry)), name)

    def persons(self, names: Iterable[str], outlets: Iterable[str], ids: Collection[str]) -> tuple[PersonEntry, ...]:
        """Return the entries that a person of these names and labels can be, in one interview.

        `outlets` are the interview's, under the names they are shown under, `ids` those its sidecars state. Entries
        that say that they are of use there go before those that are of use everywhere.
        """
        wanted, here = {folded(name) for name in names}, {folded(outlet) for outlet in outlets}
        able = [
            entry
            for entry in self.people
            if not wanted.isdisjoint(called(entry))
            and (
                not entry.is_qualified
                or not here.isdisjoint(map(folded, entry.outlets))
                or not set(entry.ids).isdisjoint(ids)
            )
        ]
        return tuple([entry for entry in able if entry.is_qualified] or able)


def read_people(name: str, data: bytes) -> tuple[PersonEntry, ...]:
    """Return the [[person]] tables of a register: `name`, and maybe `slug`, `aliases`, `outlets`, `ids`.

    Raises SourceRefused with the line for a mistake, and where one name could mean two people.
    """

    def entry(table: Table, shown: str) -> PersonEntry:
        aliases, only, ids = (table.texts(key) for key in ("aliases", "outlets", "ids"))
        return PersonEntry(shown, table.slug("slug"), aliases, only, ids)

    return _entries(load(name, data, "register"), "person", ("name", "slug", "aliases", "outlets", "ids"), entry)


def read_outlets(name: str, data: bytes) -> tuple[OutletEntry, ...]:
    """Return the [[outlet]] tables of a register: `name`, and maybe `slug` and `aliases`; raises SourceRefused."""

    def entry(table: Table, shown: str) -> OutletEntry:
        return OutletEntry(shown, table.slug("slug"), table.texts("aliases"))

    return _entries(load(name, data, "register"), "outlet", ("name", "slug", "aliases"), entry)


_Entry = TypeVar("_Entry", PersonEntry, OutletEntry)


def _entries(
    stated: Table, kind: str, keys: Sequence[str], entry: Callable[[Table, str], _Entry]
) -> tuple[_Entry, ...]:
    """Return the entries of a register, in which no name and no slug means two things."""
    stated.expect((kind,))
    found: list[_Entry] = []
    owners: dict[str, str] = {}
    for table in stated.tables(kind):
        table.expect(keys)
        shown = table.text_of("name")
        if shown is None:
            raise table.refusal(kind, f"here a {kind} has no name")
        if folded(shown) in {folded(other.name) for other in found}:
            raise table.refusal("name", f"{shown!r} is the name of another {kind}: show them under names of their own")
        one = entry(table, shown)
        if one.slug and one.slug in {other.slug for other in found}:
            raise table.refusal("slug", f"{one.slug!r} is the slug of another {kind}")
        for alias in () if one.is_qualified else one.aliases:
            owner = owners.setdefault(folded(alias), shown)
            if owner != shown:
                raise table.refusal("aliases", f"{alias!r} stands for {owner!r} already: say where it is who")
        found.append(one)
    return tuple(found)


def folded(name: str) -> str:
    """Return a name as it is compared: compatible forms, case, dots and spaces aside."""
    plain = unicodedata.normalize("NFKC", name).casefold().replace(".", " ").replace("ё", "е")
    return " ".join(plain.split())


@cache
def called(entry: PersonEntry | OutletEntry) -> frozenset[str]:
    """Return all that an entry stands for, folded."""
    return frozenset(folded(name) for name in (entry.name, *entry.aliases))


def settled(interview: Interview, known: Registers, ids: Collection[str]) -> Interview:
    """Return the interview with its people and outlets under the names that the registers give them.

    `ids` are those that its sidecars state. Where a document's person could be two of the register, the name stays and
    a finding says so.
    """
    outlets = tuple(dict.fromkeys(map(known.outlet, interview.outlets)))
    names: dict[str, str] = {}
    findings: list[Finding] = []
    for speaker in interview.speakers:
        able = known.persons((speaker.name, *speaker.labels), outlets, ids)
        if len(able) > 1:
            whom = " or ".join(entry.name for entry in able)
            line = next((turn.line for turn in interview.turns if turn.speaker == speaker.name), 1)
            findings.append(
                Finding("person-ambiguous", line, f"{speaker.name} could be {whom}: the register does not tell")
            )
        elif able:
            names[speaker.name] = able[0].name
    return replace(
        interview,
        outlets=outlets,
        speakers=_merged(interview.speakers, names),
        turns=tuple(replace(t, speaker=names.get(t.speaker, t.speaker)) if t.speaker else t for t in interview.turns),
        findings=tuple(sorted([*interview.findings, *findings], key=lambda finding: finding.line)),
    )


def _merged(speakers: Sequence[Speaker], names: dict[str, str]) -> tuple[Speaker, ...]:
    """Return the people under their new names, those who turn out to be one joined; whom a register names is named."""
    merged: dict[str, Speaker] = {}
    for speaker in speakers:
        name = names.get(speaker.name, speaker.name)
        one = replace(speaker, name=name, named=speaker.named or speaker.name in names)
        before = merged.get(name)
        if before is not None:
            labels = tuple(dict.fromkeys([*before.labels, *one.labels]))
            one = replace(before, office=before.office or one.office, labels=labels, named=before.named or one.named)
        merged[name] = one
    return tuple(merged.values())
