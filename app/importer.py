"""Imports transcript files into a new generation: the one place where reading, parsing, storing and indexing meet."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from app import parsing, readers, registers
from app.archive import header, identity, reading
from app.archive.opening import Library
from app.archive.publishing import Connected, NothingToPublish, building, rehearsing
from app.archive.writing import Receipt, Stored, store
from app.errors import ArchiveMissing, SourceRefused
from app.intake import Entry, gather, load
from app.records import Finding, Interview, Source
from app.search.index import ANALYSIS, index_interview, rebuild

Outcome = Literal["new", "corrected", "unchanged", "refused", "held back", "skipped"]
Progress = Callable[[int, int, str], None]
"""Called after each file with how many are done, how many there are, and the file's name."""


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


@dataclass(frozen=True, slots=True)
class Wishes:
    """How an import is to go about what is doubtful."""

    strict: bool
    retire: frozenset[str]
    reason: str
    known: registers.Registers


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
    may end, for `reason`. Registers of people and outlets that stand beside the archive are kept to. Raises
    ArchiveBusy, ArchiveUnreadable and PublishingFailed, SourceRefused for a mistake in a register, and ValueError where
    ids are to be retired for no reason.
    """
    if retire and not (reason or "").strip():
        raise ValueError("ids are retired for a reason that readers can see; none is given")
    wishes = Wishes(strict, frozenset(retire), reason or "", _registers(archive.parent))
    reports: list[FileReport] = []
    generation: int | None = None
    entries = gather(paths)
    with ExitStack() as stack:
        target = _Target(archive, dry_run, stack)
        for done, entry in enumerate(entries, 1):
            reports.append(_import(entry, target, wishes))
            if progress is not None:
                progress(done, len(entries), entry.name)
        if target.build is not None:
            if not target.changed:
                raise NothingToPublish
            generation = None if dry_run else reading.generation(target.build).number + 1
    return Report(tuple(sorted(reports, key=lambda report: report.name)), generation)


class _Target:
    """The archive as an import meets it: read as it is published until the first file that needs it written."""

    def __init__(self, archive: Path, dry_run: bool, stack: ExitStack) -> None:
        self.archive, self.dry_run, self.stack = archive, dry_run, stack
        self.build: Connected | None = None
        self.changed = False
        self._published: Connected | None = None
        try:
            is_current = header.schema_of(archive) == header.CURRENT
        except ArchiveMissing:
            return
        if is_current:
            library = Library(archive, query_seconds=float("inf"))
            stack.callback(library.close)
            lease = stack.enter_context(library.lease())
            self._published = lease.connection
            is_current = lease.generation.analysis == ANALYSIS
        if not is_current:
            rebuild(self.to_write())
            self.changed = True

    def to_read(self) -> Connected | None:
        """Return a connection to what is held, None where nothing is."""
        return self.build or self._published

    def to_write(self) -> Connected:
        """Return the connection to the generation that is being built."""
        if self.build is None:
            self.build = self.stack.enter_context((rehearsing if self.dry_run else building)(self.archive))
        return self.build


def _import(entry: Entry, target: _Target, wishes: Wishes) -> FileReport:
    if entry.verdict != "take":
        reason = f"{entry.name}:1: {entry.reason}" if entry.verdict == "refused" else entry.reason
        return FileReport(entry.name, entry.verdict, reason=reason)
    try:
        source, sidecar = load(entry)
        held = _held(target.to_read(), source, sidecar)
        if held is not None:
            slug, name, _ = held
            same = None if name == source.name else f"the same bytes are held as {name}"
            return FileReport(entry.name, "unchanged", slug, reason=same)
        interview, encoding = _read(source)
        interview = registers.settled(interview, wishes.known, source.provenance)
        if wishes.strict and interview.findings:
            return _strictly_refused(entry, interview)
        return _report(
            entry,
            interview,
            _store(target, Receipt(source, interview, encoding, sidecar, wishes.known.slugs()), wishes),
        )
    except SourceRefused as refused:
        return _refusal(entry, refused)


def _registers(folder: Path) -> registers.Registers:
    people, outlets = folder / registers.PEOPLE, folder / registers.OUTLETS
    return registers.Registers(
        registers.read_people(str(people), people.read_bytes()) if people.is_file() else (),
        registers.read_outlets(str(outlets), outlets.read_bytes()) if outlets.is_file() else (),
    )


def _held(c: Connected | None, source: Source, sidecar: bytes | None) -> tuple[str, str, int] | None:
    return None if c is None else identity.same(c, source.sha256, sidecar)


def _read(source: Source) -> tuple[Interview, str]:
    """Return what is in a source and its encoding. A fault of a reader or parser refuses the file and is warned of."""
    try:
        document = readers.read(source)
        return parsing.parse(document, source), document.encoding
    except SourceRefused:
        raise
    except Exception as error:
        warnings.warn(f"{source.name}: {type(error).__name__}: {error}", RuntimeWarning, stacklevel=2)
        fault = f"internal fault ({type(error).__name__}: {error}); please report it with the file"
        raise SourceRefused(source.name, 1, fault, "fault") from error


def _store(target: _Target, receipt: Receipt, wishes: Wishes) -> Stored:
    c = target.to_write()
    with c.begin_nested():
        stored = store(c, receipt, retire=wishes.retire, reason=wishes.reason)
        if stored.outcome != "held back":
            index_interview(c, stored.interview_id)
            target.changed = True
    return stored


def _report(entry: Entry, interview: Interview, stored: Stored) -> FileReport:
    reason = None
    if stored.outcome == "held back":
        many = f"{len(stored.ended)} published ids" if len(stored.ended) > 1 else "a published id"
        reason = f"{entry.name}: held back: it would end {many}; name them after --retire, with a --reason"
    return FileReport(entry.name, stored.outcome, stored.slug, interview.findings, reason, stored.ended)


def _strictly_refused(entry: Entry, interview: Interview) -> FileReport:
    first = interview.findings[0]
    more = f", and {len(interview.findings) - 1} more" if len(interview.findings) > 1 else ""
    reason = f"{entry.name}:{first.line}: warnings refuse it (strict): {first.message} [{first.code}]{more}"
    return FileReport(entry.name, "refused", findings=interview.findings, reason=reason, code="strict")


def _refusal(entry: Entry, refused: SourceRefused) -> FileReport:
    where = entry.name
    if entry.sidecar is not None and refused.name == entry.sidecar.name:
        where = entry.name.removesuffix(entry.path.name) + refused.name
    return FileReport(entry.name, "refused", reason=f"{where}:{refused.line}: {refused.reason}", code=refused.code)
