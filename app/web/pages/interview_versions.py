"""All versions of an interview, where each comes from, and what changed from one to another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app import permalinks
from app.archive import lapsed, versions
from app.archive.comparing import (
    ComparedFact,
    ComparedNote,
    ComparedTurn,
    Tally,
    compare,
    compare_facts,
    compare_notes,
    counted,
    tally,
)
from app.archive.holdings import HeldSource
from app.archive.opening import Lease
from app.archive.pairing import End
from app.archive.versions import Origin, Text, Version
from app.errors import NotHeld
from app.web.asking import Earlier, Later
from app.web.errors import Elsewhere
from app.web.moving import lead_on
from app.web.templating import address

ADDRESS = "/interviews/{slug}/versions"
SUMMARISED = 20
"""How many of the newest versions are compared with the one before for the list."""


@dataclass(frozen=True, slots=True)
class ListedVersion:
    """One version, and in short what changed with it."""

    number: int
    url: str
    imported_at: str
    """ISO 8601, UTC."""
    origin: Origin
    source: HeldSource
    comparison: str | None
    """Path of its comparison with the version before; None of the first one."""
    facts: tuple[str, ...]
    """What is now said otherwise of the interview or its source."""
    notes: int | None
    """How many notes are not as they were; None where that was not looked at, for the versions are many."""
    changes: tuple[Tally, ...] | None
    """What became of the turns; None as above."""


@dataclass(frozen=True, slots=True)
class Block:
    """Turns that a redline shows, or folds since nothing in them changed."""

    is_folded: bool
    turns: tuple[ComparedTurn, ...]

    @property
    def answers(self) -> int:
        """How many of them are answers or statements."""
        return sum(turn.shown.role in ("answer", "statement") for turn in self.turns)


@dataclass(frozen=True, slots=True)
class Comparison:
    """How one version differs from another."""

    earlier: int
    later: int
    facts: tuple[ComparedFact, ...]
    notes: tuple[ComparedNote, ...]
    changes: tuple[Tally, ...]
    turns: tuple[ComparedTurn, ...]
    """All turns of both, in the order of the later version, with what is gone where it stood."""

    @property
    def is_empty(self) -> bool:
        """Whether there is no difference."""
        return not (self.facts or self.notes or self.changes)

    def blocks(self) -> tuple[Block, ...]:
        """Return the turns in runs: what did not change is folded, but for the question to an answer that did."""
        found: list[tuple[bool, list[ComparedTurn]]] = []
        for turn, is_folded in zip(self.turns, _folded(self.turns), strict=True):
            if not found or found[-1][0] != is_folded:
                found.append((is_folded, []))
            found[-1][1].append(turn)
        return tuple(Block(is_folded, tuple(turns)) for is_folded, turns in found)


@dataclass(frozen=True, slots=True)
class InterviewVersions:
    """The versions of an interview, and the comparison of two of them."""

    url: str
    slug: str
    title: str
    date: str | None
    language: str
    version: int
    """The current one."""
    versions: tuple[ListedVersion, ...]
    """The first one first."""
    comparison: Comparison | None
    """None where there is one version."""


def page(lease: Lease, slug: str, earlier: Earlier = None, later: Later = None) -> InterviewVersions:
    """Return the versions of an interview, and how two of them differ: at first the current one and that before."""
    try:
        held = versions.of_interview(lease.connection, slug)
    except NotHeld:
        lead_on(lease, "interview", slug, "/versions")
        raise
    first, last = _asked(lease, slug, earlier, later, tuple(version.number for version in held))
    by_number = {version.number: version for version in held}
    summarised = held[-SUMMARISED - 1 :]
    numbers = {version.number for version in summarised} | {first, last}
    texts = versions.texts(lease.connection, slug, tuple(sorted(numbers))) if len(held) > 1 else {}
    ends = versions.ends(lease.connection, slug) if len(held) > 1 else {}
    here, now = f"{permalinks.interview_path(slug)}/versions", held[-1]
    return InterviewVersions(
        url=here if earlier is None and later is None else address(here, **{"from": first, "to": last}),
        slug=slug,
        title=now.title,
        date=now.date,
        language=now.language,
        version=now.number,
        versions=_listed(slug, held, texts, ends),
        comparison=_compared(by_number[first], by_number[last], texts, ends) if len(held) > 1 else None,
    )


def _asked(lease: Lease, slug: str, earlier: int | None, later: int | None, held: Sequence[int]) -> tuple[int, int]:
    """Return the versions to compare; raises NotHeld, and Elsewhere where the later one was named first."""
    last = held[-1] if later is None else later
    first = max((number for number in held if number < last), default=last) if earlier is None else earlier
    for number in (first, last):
        if number not in held:
            raise lapsed.missing_version(lease.connection, slug, number)
    if first > last:
        path = f"{permalinks.interview_path(slug)}/versions"
        raise Elsewhere(path, query=address("", **{"from": last, "to": first}).removeprefix("?"))
    return first, last


def _listed(
    slug: str, held: Sequence[Version], texts: Mapping[int, Text], ends: Mapping[str, End]
) -> tuple[ListedVersion, ...]:
    path = permalinks.interview_path(slug)
    found = [_one(path, held[0])]
    for before, version in pairwise(held):
        old, new = texts.get(before.number), texts.get(version.number)
        found.append(
            _one(
                path,
                version,
                comparison=address(f"{path}/versions", **{"from": before.number, "to": version.number}),
                facts=tuple(each.fact for each in compare_facts(before, version)),
                notes=None if old is None or new is None else len(compare_notes(old.notes, new.notes)),
                changes=None if old is None or new is None else tally(old.turns, new.turns, ends),
            )
        )
    return tuple(found)


def _one(
    path: str,
    version: Version,
    comparison: str | None = None,
    facts: tuple[str, ...] = (),
    notes: int | None = 0,
    changes: tuple[Tally, ...] | None = (),
) -> ListedVersion:
    return ListedVersion(
        number=version.number,
        url=address(path, v=version.number),
        imported_at=version.source.imported_at,
        origin=version.origin,
        source=version.source,
        comparison=comparison,
        facts=facts,
        notes=notes,
        changes=changes,
    )


def _compared(one: Version, other: Version, texts: Mapping[int, Text], ends: Mapping[str, End]) -> Comparison:
    old, new = texts[one.number], texts[other.number]
    turns = compare(old.turns, new.turns, ends)
    return Comparison(
        earlier=one.number,
        later=other.number,
        facts=compare_facts(one, other),
        notes=compare_notes(old.notes, new.notes),
        changes=counted(turns),
        turns=turns,
    )


def _folded(turns: Sequence[ComparedTurn]) -> list[bool]:
    folded = [turn.change == "same" for turn in turns]
    for at in range(len(turns) - 2, -1, -1):
        one, next = turns[at], turns[at + 1]
        if one.shown.role == "question" and next.shown.role in ("question", "answer") and _stand_together(one, next):
            folded[at] = folded[at] and folded[at + 1]
    return folded


def _stand_together(one: ComparedTurn, next: ComparedTurn) -> bool:
    """Say whether turns are of one exchange in either version: numbers differ where exchanges came or went before."""
    sides = ((one.after, next.after), (one.before, next.before))
    return any(here is not None and there is not None and here.number == there.number for here, there in sides)
