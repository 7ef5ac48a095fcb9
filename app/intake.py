"""Finds the files to import, in order, each with its sidecar, and reads them; what is in them is decided elsewhere."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from app import readers
from app.errors import SourceRefused
from app.records import Provenance, Source
from app.sidecars import read_sidecar

_BAG = "bagit.txt"
"""The file that makes a folder a bag (RFC 8493, section 2.1.1)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file that was named, or found in a folder that was named."""

    path: Path
    verdict: Literal["take", "refused", "skipped"] = "take"
    reason: str | None = None
    """Why it is not taken."""
    sidecar: Path | None = None

    @property
    def name(self) -> str:
        """The path as messages show it; what of it is no Unicode is replaced."""
        return _shown(self.path)


def gather(paths: Sequence[Path]) -> tuple[Entry, ...]:
    """Return the files at `paths`, folders with all that is below them, each file once.

    They come in the order they are imported in, which does not depend on the order or place they are named in: by when
    they were retrieved, so that the later of two files of one interview is the later version, those that do not say it
    first; then by the id that the sidecar states, or the file's name; then by path.
    """
    entries: dict[str, Entry] = {}
    for path in paths:
        for entry in _walk(path) if path.is_dir() else [_named(path)]:
            entries.setdefault(_place(entry), entry)
    return tuple(sorted(entries.values(), key=_order))


def load(entry: Entry) -> tuple[Source, bytes | None]:
    """Return the source at an entry that is taken, and its sidecar's exact bytes; raises SourceRefused."""
    sidecar = None if entry.sidecar is None else _read(entry.sidecar)
    provenance = _provenance(entry, sidecar)
    name = _shown(Path(entry.path.name))
    return Source(name, _read(entry.path), readers.media_type(name), provenance), sidecar


def _place(entry: Entry) -> str:
    """Return what two names of one file have in common; a link that is not followed is a thing of its own."""
    if entry.verdict == "take":
        return os.path.realpath(entry.path)
    return os.path.join(os.path.realpath(entry.path.parent), entry.path.name)  # noqa: PTH118 - realpath gives no Path


def _named(path: Path) -> Entry:
    """Return a file that was named itself: whoever names a link means what it leads to."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return Entry(path, "refused", error.strerror)
    return _entry(path, path.parent, _siblings(path.parent)) if stat.S_ISREG(mode) else _no_file(path)


def _walk(folder: Path) -> Iterator[Entry]:
    """Yield every file below a folder. Links are not followed: what they lead to is taken where it is."""
    troubles: list[OSError] = []
    for place, folders, files in os.walk(folder, onerror=troubles.append):
        here = Path(place)
        links = [name for name in folders if (here / name).is_symlink()]
        hidden = [name for name in folders if name.startswith(".")]
        bags = [name for name in folders if (here / name / _BAG).is_file()]
        folders[:] = sorted(set(folders) - {*links, *hidden, *bags})
        for name in sorted({*links, *hidden, *bags, *files}):
            path = here / name
            if path.is_symlink():
                yield _link(path, folder)
            elif name.startswith("."):
                yield Entry(path, "skipped", "hidden")
            elif name in bags:
                yield Entry(path, "skipped", "a bag; name it alone to restore the archive that is in it")
            elif not path.is_file():
                yield _no_file(path)
            elif not _is_sidecar_of_any(name, files):
                yield _entry(path, folder, files)
    for trouble in troubles:
        yield Entry(Path(trouble.filename), "refused", trouble.strerror)


def _no_file(path: Path) -> Entry:
    return Entry(path, "skipped", "not a file")


def _link(path: Path, folder: Path) -> Entry:
    if not path.exists():
        return Entry(path, "skipped", "a link that leads nowhere")
    if _leads_outside(path, folder):
        return Entry(path, "refused", "a link that leads out of the folder")
    return Entry(path, "skipped", "a link; what it leads to is taken where it is")


def _leads_outside(path: Path, folder: Path) -> bool:
    return path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def _entry(path: Path, folder: Path, siblings: Sequence[str]) -> Entry:
    """Return a file as it is taken, with its sidecar: NAME.EXT.toml, or NAME.toml where that can be of no other."""
    if path.suffix.lower() not in readers.suffixes():
        sidecar = path.suffix == ".toml"
        return Entry(path, "skipped", "a sidecar of no transcript here" if sidecar else "no reader for this suffix")
    own, short = f"{path.name}.toml", f"{path.stem}.toml"
    found = [name for name in (own, short) if name in siblings]
    if not found:
        return Entry(path)
    if len(found) > 1:
        return Entry(path, "refused", f"has two sidecars, {own} and {short}")
    sharing = _transcripts_of(short, siblings)
    if found == [short] and len(sharing) > 1:
        return Entry(path, "refused", f"{short} could be of {' or of '.join(sharing)}: name it {own}")
    sidecar_path = path.with_name(found[0])
    if _leads_outside(sidecar_path, folder):
        return Entry(path, "refused", f"{found[0]} is a link that leads out of the folder")
    return Entry(path, sidecar=sidecar_path)


def _is_sidecar_of_any(name: str, siblings: Sequence[str]) -> bool:
    return name.endswith(".toml") and bool(_transcripts_of(name, siblings))


def _transcripts_of(sidecar: str, siblings: Sequence[str]) -> list[str]:
    """Return the transcripts in the same folder that a sidecar of this name can be of."""
    stem = sidecar.removesuffix(".toml")
    known = [name for name in siblings if Path(name).suffix.lower() in readers.suffixes()]
    return sorted(name for name in known if stem in (name, Path(name).stem))


def _siblings(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208 - names are wanted, not paths
    except OSError:
        return []


def _order(entry: Entry) -> tuple[str, str, str]:
    known = Provenance()
    if entry.sidecar is not None:
        with suppress(SourceRefused):  # it is refused again, and reported, when its turn comes
            known = _provenance(entry, _read(entry.sidecar))
    return _moment(known.retrieved), known.id or _shown(Path(entry.path.name)), os.path.realpath(entry.path)


def _moment(retrieved: str | None) -> str:
    """Return a moment as it can be compared with others: in UTC, which is meant where no zone is stated."""
    if retrieved is None:
        return ""
    moment = datetime.fromisoformat(retrieved)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).isoformat()


def _provenance(entry: Entry, sidecar: bytes | None) -> Provenance:
    return Provenance() if entry.sidecar is None or sidecar is None else read_sidecar(entry.sidecar.name, sidecar)


def _read(path: Path) -> bytes:
    name = _shown(Path(path.name))
    try:
        if path.stat().st_size > readers.LIMIT:
            raise SourceRefused(name, 1, f"the file is larger than {readers.LIMIT // 2**20} MB", "too-large")
        return path.read_bytes()
    except OSError as error:
        raise SourceRefused(name, 1, f"cannot be read: {error.strerror}", "unreadable") from error


def _shown(path: Path) -> str:
    return os.fsencode(path).decode("utf-8", "replace")
