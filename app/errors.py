"""The errors of Verbatim, each carrying its data; they are shown at two edges, web/errors.py and cli/."""

from __future__ import annotations

from pathlib import Path


class ArchiveError(Exception):
    """Anything that a user of Verbatim can be told about in one sentence."""


class SourceRefused(ArchiveError):
    """A file that cannot be taken as a transcript."""

    def __init__(self, name: str, line: int, reason: str, code: str = "refused") -> None:
        super().__init__(f"{name}:{line}: {reason}")
        self.name, self.line, self.reason, self.code = name, line, reason, code


class ArchiveMissing(ArchiveError):
    """There is no archive file where one was asked for."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path}: there is no archive here. Make one with: verbatim import data/transcripts --archive {path}"
        )
        self.path = path


class ArchiveUnreadable(ArchiveError):
    """The file is not an archive, is damaged, or is of a version this program does not know."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path, self.reason = path, reason


class ArchiveBusy(ArchiveError):
    """Another process is publishing to the same archive."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path}: another import is at work in this folder; wait for it to end, then try again")
        self.path = path


class PublishingFailed(ArchiveError):
    """A new generation could not be built or put in place; the old one is whole."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: the new generation was not published: {reason}. The archive is as it was")
        self.path, self.reason = path, reason


class PublishingUnconfirmed(ArchiveError):
    """A new generation is in its place, but the disk does not say that it will stay there."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"{path}: the new generation is published, but the disk did not confirm it: {reason}. "
            "After a loss of power the one before may stand here again"
        )
        self.path, self.reason = path, reason


class NothingBefore(ArchiveError):
    """There is no generation before the published one that could be returned to."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: there is no generation to return to: {reason}. The archive is as it was")
        self.path, self.reason = path, reason


class NotHeld(ArchiveError):
    """The archive holds nothing under this id or slug."""

    def __init__(self, kind: str, key: str) -> None:
        super().__init__(f"no {kind} {key!r} in this archive")
        self.kind, self.key = kind, key


class Lapsed(NotHeld):
    """What this key led to was published in a generation that was rolled back, and is not published since."""

    def __init__(
        self, kind: str, key: str, generation: int, published_at: str, lapsed_at: str, reason: str | None
    ) -> None:
        super().__init__(kind, key)
        said = f"{kind} {key!r} was published in generation {generation}, which was withdrawn on {lapsed_at[:10]}"
        self.args = (said if reason is None else f"{said}: {reason}",)
        self.generation, self.published_at, self.lapsed_at, self.reason = generation, published_at, lapsed_at, reason


class Withheld(ArchiveError):
    """What this id or slug led to is lawfully withheld."""

    def __init__(self, kind: str, key: str, reason: str, since: str, interview: str | None = None) -> None:
        super().__init__(f"{kind} {key!r} was withheld on {since[:10]}: {reason}")
        self.kind, self.key, self.reason, self.since = kind, key, reason, since
        self.interview = interview
        """Slug of the interview that it stood in, where that can be read."""


class QueryTimeout(ArchiveError):
    """A query ran past its deadline and was stopped."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"the query was stopped after {seconds:g} seconds")
        self.seconds = seconds


class BagRefused(ArchiveError):
    """A folder that cannot be taken as a bag, or whose records cannot be an archive."""

    def __init__(self, name: str, line: int, reason: str) -> None:
        super().__init__(f"{name}:{line}: {reason}")
        self.name, self.line, self.reason = name, line, reason


class ExportFailed(ArchiveError):
    """An export could not be written; nothing of it stands at its place."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: nothing was exported: {reason}")
        self.path, self.reason = path, reason
