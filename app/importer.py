"""Imports transcript files into a new generation and tells what became of each; how one is stored is elsewhere."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from app import storing
from app.ahead import Ahead
from app.archive import identity, twins
from app.archive.publishing import Connected
from app.archive.writing import Receipt, Stored
from app.errors import SourceRefused
from app.intake import Entry, gather, load
from app.records import Finding, Source
from app.settling import Settled
from app.storing import Target, Wishes

Outcome = Literal["new", "corrected", "unchanged", "refused", "held back", "skipped"]
Progress = Callable[[int, int, str], None]
"""Called after each file with how many are done, how many there are, and the file's name."""


Loaded = tuple[Source, bytes | None] | SourceRefused
"""A source and its sidecar, or why they are refused."""
_WAITING, _WAITING_BYTES = 64, 2**23
"""Files, and bytes of files, that are loaded before they are stored."""


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file."""

    name: str
    """Its path as it was named or found."""
    outcome: Outcome
    slug: str | None = None
    findings: tuple[Finding, ...] = ()
    reason: str | None = None
    """Of what is refused, `file:line: reason`; of what is held back or skipped, why."""
    ended: tuple[str, ...] = ()
    """Ids that ended; of what is held back, those that would."""
    code: str | None = None
    """Of what is refused, the kind of reason, e.g. "no-answers"; "fault" where the program failed, not the file."""


@dataclass(frozen=True, slots=True)
class Report:
    """What became of all files, by name, and the generation that was published; None where none was."""

    files: tuple[FileReport, ...]
    generation: int | None
    settled: tuple[Settled, ...] = ()
    """People and outlets that were held under other names than the registers give them now."""
    unused_retirements: tuple[str, ...] = ()
    """Ids that were to be retired and did not end."""


def import_paths(
    paths: Sequence[Path],
    archive: Path,
    *,
    strict: bool = False,
    dry_run: bool = False,
    retire: Sequence[str] = (),
    reason: str | None = None,
    progress: Progress | None = None,
) -> Report:
    """Import files and folders into the archive, as one new generation; none where nothing changes.

    A file that is refused or held back leaves what is held as it is and never stops the others. `strict` refuses a
    file that gives warnings; `dry_run` reports all the same and publishes nothing; `retire` names published ids that
    may end, for `reason`. Registers of people and outlets that stand beside the archive are kept to, and what is held
    is brought to them. Raises ArchiveBusy, ArchiveUnreadable and PublishingFailed, SourceRefused for a mistake in a
    register, ValueError where ids are to be retired for no reason, and NotHeld for one that was never published.
    """
    wishes = storing.wishes_for(archive, retire, reason)
    reports: list[FileReport] = []
    with storing.working(archive, wishes, dry_run=dry_run) as target:
        entries = gather(paths)
        with Ahead() as ahead:
            for done, (entry, loaded) in enumerate(_coming(entries, target, ahead), 1):
                reports.append(_import(entry, loaded, target, wishes, strict, ahead))
                if progress is not None:
                    progress(done, len(entries), entry.name)
    unused = storing.unused(retire, (report.ended for report in reports if report.outcome == "corrected"))
    in_order = tuple(sorted(reports, key=lambda report: report.name))
    return Report(in_order, target.generation, tuple(target.settled), unused)


def _coming(entries: Sequence[Entry], target: Target, ahead: Ahead) -> Iterator[tuple[Entry, Loaded | None]]:
    """Yield each entry with what is in its file, which has been loaded and is expected by `ahead` some files before."""
    waiting: deque[tuple[Entry, Loaded | None]] = deque()
    for entry in entries:
        waiting.append((entry, _loaded(entry)))
        last = waiting[-1][1]
        if isinstance(last, tuple) and _held(target.to_read(), *last) is None:
            ahead.expect(last[0])
        while len(waiting) > _WAITING or sum(_size(loaded) for _, loaded in waiting) > _WAITING_BYTES:
            yield waiting.popleft()
    while waiting:
        yield waiting.popleft()


def _loaded(entry: Entry) -> Loaded | None:
    if entry.verdict != "take":
        return None
    try:
        return load(entry)
    except SourceRefused as refused:
        return refused


def _size(loaded: Loaded | None) -> int:
    return loaded[0].size if isinstance(loaded, tuple) else 0


def _import(
    entry: Entry, loaded: Loaded | None, target: Target, wishes: Wishes, strict: bool, ahead: Ahead
) -> FileReport:
    if loaded is None:
        return _not_taken(entry)
    if isinstance(loaded, SourceRefused):
        return _refusal(entry, loaded)
    source, sidecar = loaded
    try:
        held = _held(target.to_read(), source, sidecar)
        if held is not None:
            slug, name, _ = held
            same = None if name == source.name else f"the same bytes are held as {name}"
            return FileReport(entry.name, "unchanged", slug, reason=same)
        c = target.to_read()
        interview, encoding = storing.read(source, wishes.known, c, reading=ahead.read)
        findings = interview.findings if c is None else (*interview.findings, *twins.warn(c, source, interview))
        if strict and findings:
            return _strictly_refused(entry, findings)
        receipt = Receipt(source, interview, encoding, sidecar, wishes.known.slugs())
        return _report(entry, findings, storing.store(target, receipt, wishes))
    except SourceRefused as refused:
        return _refusal(entry, refused)


def _not_taken(entry: Entry) -> FileReport:
    if entry.verdict == "refused":
        return FileReport(entry.name, "refused", reason=f"{entry.name}:1: {entry.reason}")
    return FileReport(entry.name, "skipped", reason=entry.reason)


def _held(c: Connected | None, source: Source, sidecar: bytes | None) -> tuple[str, str, int] | None:
    return None if c is None else identity.same(c, source.sha256, sidecar)


def _report(entry: Entry, findings: tuple[Finding, ...], stored: Stored) -> FileReport:
    reason = None
    if stored.outcome == "held back":
        reason = storing.holding_back(entry.name, stored)
    return FileReport(entry.name, stored.outcome, stored.slug, findings, reason, stored.ended)


def _strictly_refused(entry: Entry, findings: tuple[Finding, ...]) -> FileReport:
    first = findings[0]
    more = f", and {len(findings) - 1} more" if len(findings) > 1 else ""
    reason = f"{entry.name}:{first.line}: warnings refuse it (strict): {first.message} [{first.code}]{more}"
    return FileReport(entry.name, "refused", findings=findings, reason=reason, code="strict")


def _refusal(entry: Entry, refused: SourceRefused) -> FileReport:
    where = entry.name
    if entry.sidecar is not None and refused.name == entry.sidecar.name:
        where = entry.name.removesuffix(entry.path.name) + refused.name
    return FileReport(entry.name, "refused", reason=f"{where}:{refused.line}: {refused.reason}", code=refused.code)
