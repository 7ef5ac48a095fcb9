"""The saved copy of an interview line by line, each with what it was taken for: every line accounted for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from app import permalinks
from app.archive import accounting, reading
from app.archive.accounting import SourceLine
from app.archive.holdings import HeldSource
from app.archive.opening import Lease
from app.web.asking import VersionNumber
from app.web.endpoints.source import saved_copy

ADDRESS = "/interviews/{slug}/lines"


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of one source; the line numbers of turns, notes and warnings are those of these lines."""

    url: str
    slug: str
    title: str
    language: str
    version: int
    versions: int
    """How many there are."""
    current: int
    """Number of the current one."""
    source: HeldSource
    unit: str
    """What a line is."""
    counts: dict[str, int]
    """How many lines were taken for words, label, note, metadata or furniture, by the first thing on each; how many are
    blank, and how many hold nothing but marks of the format (markup)."""
    lines: tuple[SourceLine, ...]

    @property
    def is_of_file(self) -> bool:
        """Whether a line is a line of the file; otherwise lines on which nothing begins are not listed."""
        return bool(self.lines) and self.lines[0].text is not None

    @property
    def is_raw(self) -> bool:
        """Whether the file is more marks than text."""
        return self.source.media_type in accounting.MARKED_UP


def page(lease: Lease, slug: str, v: VersionNumber = None) -> Lines:
    """Return the source of an interview line by line, and what each was taken for."""
    source, data = saved_copy(lease, slug, v, "/lines")
    held = reading.interview(lease.connection, slug, v)
    lines = accounting.lines_of(held, data)
    head = held.head
    return Lines(
        url=f"{permalinks.interview_path(head.slug)}/lines",
        slug=head.slug,
        title=head.title,
        language=head.language,
        version=head.version,
        versions=head.versions,
        current=head.current,
        source=source,
        unit=accounting.NO_FILE_LINES.get(source.media_type, "a line of the file"),
        counts=dict(Counter(map(_taken_for, lines))),
        lines=lines,
    )


def _taken_for(line: SourceLine) -> str:
    if line.parts:
        return line.parts[0].kind
    return "markup" if line.text and line.text.strip() else "blank"
