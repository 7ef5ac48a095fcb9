"""Parses the sources that are held anew and stores what has changed; how one is read and stored is elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Literal

from app import storing
from app.archive import header, restoring, rows
from app.archive.publishing import Connected
from app.archive.restoring import Restored
from app.archive.writing import Receipt
from app.errors import NotHeld, SourceRefused
from app.records import Finding, Interview, Provenance, Source, Turn
from app.settling import Settled
from app.sidecars import read_sidecar
from app.storing import Target, Wishes

Outcome = Literal["unchanged", "parsed anew", "warnings anew", "held back", "refused", "withheld"]
"""Where the warnings alone are others, they take the place of the old ones, and no version is made of it."""
Progress = Callable[[int, int, str], None]
"""Called after each interview with how many are done, how many there are, and its slug."""

_FACTS = ("title", "date", "time", "place", "language")
_CALLED = {
    "also_in": "other languages",
    "speakers": "people",
    "metadata": "lines of the heading",
    "furniture": "furniture",
    "findings": "warnings",
    "words": "number of words",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that today's parser reads in another way."""

    what: str
    """As "title", "people", "roles", "speakers", "texts" or "turns"; the last begin or end elsewhere."""
    turns: int | None = None
    """How many turns it is of, where it is of turns."""
    old: str | None = None
    """Of a fact, what was read before; None where nothing was."""
    new: str | None = None


@dataclass(frozen=True, slots=True)
class InterviewReport:
    """What became of one interview."""

    slug: str
    name: str
    """Of its source."""
    outcome: Outcome
    version: int
    """The one that is current now."""
    changes: tuple[Change, ...] = ()
    kept: int = 0
    """Ids that stand on; of what is unchanged none are counted."""
    new: int = 0
    ended: tuple[str, ...] = ()
    """Ids that ended; of what is held back, those that would."""
    reason: str | None = None
    """Why it is refused or held back."""
    code: str | None = None
    """Of what is refused, the kind of reason."""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What became of all interviews, and the generation that was published; None where none was."""

    interviews: tuple[InterviewReport, ...]
    generation: int | None
    settled: tuple[Settled, ...] = ()
    """What the registers changed."""
    unused: tuple[str, ...] = ()
    """Ids that were named to be retired and did not end."""


def reparse(
    archive: Path,
    slugs: Sequence[str] = (),
    *,
    dry_run: bool = False,
    retire: Sequence[str] = (),
    reason: str | None = None,
    progress: Progress | None = None,
) -> Report:
    """Parse the current source of every interview, or of these, with today's parser, and publish what has changed.

    What has changed becomes a new version of the same source, and is held back where it would end ids that are not
    retired, as a correction is. What is refused today stays as it is. Raises ArchiveMissing, ArchiveBusy,
    ArchiveUnreadable, PublishingFailed, SourceRefused for a mistake in a register, NotHeld for an unknown slug or id,
    and ValueError where ids are to be retired for no reason.
    """
    wishes = storing.wishes_for(archive, retire, reason)
    header.schema_of(archive)
    reports: list[InterviewReport] = []
    with storing.working(archive, wishes, dry_run=dry_run) as target:
        wanted = _rows(_held(target), slugs)
        for done, row in enumerate(wanted, 1):
            reports.append(_reparse(row, target, wishes))
            if progress is not None:
                progress(done, len(wanted), reports[-1].slug)
    unused = storing.unused(retire, (report.ended for report in reports if report.outcome == "parsed anew"))
    in_order = tuple(sorted(reports, key=lambda report: report.slug))
    return Report(in_order, target.generation, tuple(target.settled), unused)


def _held(target: Target) -> Connected:
    held = target.to_read()
    assert held is not None, "the archive was there before"  # noqa: S101
    return held


def _rows(c: Connected, slugs: Sequence[str]) -> list[int]:
    """Return the rows of the interviews that are wanted, each once; a slug that leads on to another is that one."""
    found: dict[int, None] = {}
    for slug in slugs:
        row = restoring.row_at(c, slug)
        if row is None:
            raise NotHeld("interview", slug)
        found[row] = None
    return list(found) if slugs else restoring.rows(c)


def _reparse(row: int, target: Target, wishes: Wishes) -> InterviewReport:
    c = _held(target)
    held = restoring.current(c, row)
    if held.source is None:
        return InterviewReport(held.slug, "", "withheld", held.number)
    name = held.source.name
    try:
        source = replace(held.source, provenance=_provenance(held, held.source))
        interview, encoding = storing.read(source, wishes.known, c, row)
        changes = tuple(_changes(held, held.source, source, interview, encoding))
        if not changes:
            return InterviewReport(held.slug, name, "unchanged", held.number, findings=interview.findings)
        if [change.what for change in changes] == [_CALLED["findings"]]:
            return _reviewed(target, held, name, changes, interview)
        receipt = Receipt(source, interview, encoding, held.sidecar, wishes.known.slugs())
        stored = storing.store(target, receipt, wishes, row)
    except SourceRefused as refused:
        reason = f"{held.slug}: {refused}"
        return InterviewReport(held.slug, name, "refused", held.number, reason=reason, code=refused.code)
    is_held_back = stored.outcome == "held back"
    kept = len(held.interview.turns) - len(stored.ended)
    return InterviewReport(
        held.slug,
        name,
        "held back" if is_held_back else "parsed anew",
        stored.version,
        changes,
        kept,
        len(interview.turns) - kept,
        stored.ended,
        storing.holding_back(held.slug, stored) if is_held_back else None,
        findings=interview.findings,
    )


def _reviewed(
    target: Target, held: Restored, name: str, changes: tuple[Change, ...], interview: Interview
) -> InterviewReport:
    """Keep other warnings of the same record: they are of whoever read it, so no version is made of them."""
    rows.replace_findings(target.to_write(), interview, held.row)
    target.changed = True
    return InterviewReport(held.slug, name, "warnings anew", held.number, changes, findings=interview.findings)


def _provenance(held: Restored, source: Source) -> Provenance:
    """Return what the sidecar states, read again; without one, what is held."""
    return source.provenance if held.sidecar is None else read_sidecar(f"{source.name}.toml", held.sidecar)


def _changes(held: Restored, old: Source, new: Source, interview: Interview, encoding: str) -> Iterator[Change]:
    """Yield what is not as it is held; nothing where the record is the same."""
    before, now = held.interview, restoring.as_held(interview)
    for field in fields(Interview):
        one, other = getattr(before, field.name), getattr(now, field.name)
        if one == other:
            continue
        if field.name == "turns":
            yield from _turns_changed(before.turns, now.turns)
        elif field.name in _FACTS:
            yield Change(field.name, old=one, new=other)
        else:
            yield Change(_CALLED.get(field.name, field.name))
    if encoding != held.encoding:
        yield Change("encoding", old=held.encoding, new=encoding)
    stored = replace(new.provenance, outlets=(), language=None)
    if stored != replace(old.provenance, outlets=(), language=None):
        yield Change("provenance")


def _turns_changed(before: Sequence[Turn], now: Sequence[Turn]) -> Iterator[Change]:
    """Yield in how many turns what is another. Of one source, the turns that begin at one place are one."""
    old, new = _placed(before), _placed(now)
    both = [(old[place], new[place]) for place in old.keys() & new.keys()]
    counts = {
        "roles": sum(one.role != other.role for one, other in both),
        "speakers": sum(one.speaker != other.speaker for one, other in both),
        "texts": sum(
            replace(one, role="answer", speaker=None) != replace(other, role="answer", speaker=None)
            for one, other in both
        ),
        "turns": len(before) + len(now) - 2 * len(both),
    }
    yield from (Change(what, turns=count) for what, count in counts.items() if count)


def _placed(turns: Sequence[Turn]) -> dict[tuple[int, int], Turn]:
    """Return turns by the line on which they begin and how many turns begin on it before them."""
    seen: Counter[int] = Counter()
    placed = {}
    for turn in turns:
        placed[turn.line, seen[turn.line]] = turn
        seen[turn.line] += 1
    return placed
