"""Reads the registers of what people and outlets are called, and brings the names of an interview to them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from app.records import Finding, Interview, Provenance, Speaker
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


@dataclass(frozen=True, slots=True)
class OutletEntry:
    """An outlet as the register states it."""

    name: str
    slug: str | None
    aliases: tuple[str, ...]


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
        for alias in () if _is_qualified(one) else one.aliases:
            owner = owners.setdefault(folded(alias), shown)
            if owner != shown:
                raise table.refusal("aliases", f"{alias!r} stands for {owner!r} already: say where it is who")
        found.append(one)
    return tuple(found)


def _is_qualified(entry: PersonEntry | OutletEntry) -> bool:
    return isinstance(entry, PersonEntry) and bool(entry.outlets or entry.ids)


def folded(name: str) -> str:
    """Return a name as it is compared: compatible forms, case, dots and spaces aside."""
    plain = unicodedata.normalize("NFKC", name).casefold().replace(".", " ").replace("ё", "е")
    return " ".join(plain.split())


def settled(interview: Interview, known: Registers, provenance: Provenance) -> Interview:
    """Return the interview with its people and outlets under the names that the registers give them.

    Where a document's person could be two of the register, the name stays and a finding says so.
    """
    outlets = tuple(dict.fromkeys(_outlet(name, known.outlets) for name in interview.outlets))
    names: dict[str, str] = {}
    findings: list[Finding] = []
    for speaker in interview.speakers:
        able = [entry for entry in known.people if _is_of_use(entry, outlets, provenance) and _is(entry, speaker)]
        best = [entry for entry in able if _is_qualified(entry)] or able
        if len(best) > 1:
            whom = " or ".join(entry.name for entry in best)
            line = next((turn.line for turn in interview.turns if turn.speaker == speaker.name), 1)
            findings.append(
                Finding("person-ambiguous", line, f"{speaker.name} could be {whom}: the register does not tell")
            )
        names[speaker.name] = best[0].name if len(best) == 1 else speaker.name
    return replace(
        interview,
        outlets=outlets,
        speakers=_merged(interview.speakers, names),
        turns=tuple(replace(t, speaker=names.get(t.speaker, t.speaker)) if t.speaker else t for t in interview.turns),
        findings=tuple(sorted([*interview.findings, *findings], key=lambda finding: finding.line)),
    )


def _outlet(name: str, entries: Sequence[OutletEntry]) -> str:
    wanted = folded(name)
    return next((e.name for e in entries if wanted in {folded(one) for one in (e.name, *e.aliases)}), name)


def _is_of_use(entry: PersonEntry, outlets: Sequence[str], provenance: Provenance) -> bool:
    if not _is_qualified(entry):
        return True
    here = {folded(outlet) for outlet in outlets}
    return provenance.id in entry.ids or any(folded(outlet) in here for outlet in entry.outlets)


def _is(entry: PersonEntry, speaker: Speaker) -> bool:
    called = {folded(name) for name in (entry.name, *entry.aliases)}
    return any(folded(name) in called for name in (speaker.name, *speaker.labels))


def _merged(speakers: Sequence[Speaker], names: dict[str, str]) -> tuple[Speaker, ...]:
    """Return the people under their new names, those who turn out to be one joined."""
    merged: dict[str, Speaker] = {}
    for speaker in speakers:
        name = names[speaker.name]
        before = merged.get(name)
        if before is None:
            merged[name] = replace(speaker, name=name)
        else:
            labels = tuple(dict.fromkeys([*before.labels, *speaker.labels]))
            merged[name] = replace(before, office=before.office or speaker.office, labels=labels)
    return tuple(merged.values())
