"""Writes all that an archive holds into a folder, as a bag after BagIt 1.0; how a bag is read is elsewhere."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, bindparam, func, select

import app
from app.archive import header, history, layout, reading
from app.archive.opening import for_checking
from app.archive.tables import interviews, lapses, outlets, redirects, sources, speakers, versions
from app.errors import ExportFailed

_ROWS = {
    # In the order of their rows: where two are alike, the first is taken, so an archive made anew must keep it.
    "speaker": select(speakers.c.slug).order_by(speakers.c.id),
    "outlet": select(outlets.c.slug).order_by(outlets.c.id),
    "redirect": select(redirects.c.kind + " " + redirects.c.old).order_by(redirects.c.kind, redirects.c.old),
    "lapse": select(lapses.c.kind + " " + lapses.c.gone).order_by(lapses.c.kind, lapses.c.gone),
    "interview": select(interviews.c.slug).order_by(interviews.c.id),
}
_FILES = (
    select(versions.c.number, versions.c.name, versions.c.sidecar, versions.c.source_id, sources.c.sha256)
    .join(interviews, interviews.c.id == versions.c.interview_id)
    .join(sources, sources.c.id == versions.c.source_id)
    .where(interviews.c.slug == bindparam("slug"))
    .order_by(versions.c.number)
)
_DATA = select(sources.c.data).where(sources.c.id == bindparam("source"))
_WITHHELD = select(func.count()).select_from(sources).where(sources.c.data.is_(None))


@dataclass(frozen=True, slots=True)
class Bagged:
    """What went into a bag."""

    folder: str
    digest: str
    """Of all that is held; verify tells the same of the archive."""
    interviews: int
    versions: int
    withheld: int
    """Sources whose bytes are not kept."""
    files: int
    """In data/."""
    size: int
    """Bytes of those."""


def write(archive: Path, folder: Path, beside: Sequence[Path] = ()) -> Bagged:
    """Write the published archive into a new bag at `folder`, with the files `beside` it that there are.

    The bag is written aside and put in its place when all of it is on the disk. Two bags of one generation are the
    same, byte for byte. Raises ExportFailed, ArchiveMissing and ArchiveUnreadable.
    """
    with _told(folder):
        folder = folder.resolve()
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise ExportFailed(folder, "there is something here already; name a folder that is new or empty")
        header.require_current(archive)
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _aside(folder) as build, for_checking(archive) as c:
            bagged = _write(c, build, folder, beside)
            _settle(build)
            build.rename(folder)
            _sync(folder.parent)
    return bagged


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ExportFailed(folder, error.strerror or str(error)) from error


@contextmanager
def _aside(folder: Path) -> Iterator[Path]:
    """Give an empty folder beside `folder` that nobody else writes to; what is left of it at the end is removed."""
    build = folder.with_name(f"{folder.name}.bagging")
    build.mkdir(exist_ok=True)
    lock = os.open(build, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ExportFailed(folder, "another export is writing to it") from error
        if not {path.name for path in build.iterdir()} <= {"data", layout.TAGS, *layout.TAG_FILES}:
            raise ExportFailed(folder, f"{build.name} beside it holds what no export left there; move it away")
        try:
            for path in build.iterdir():
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            yield build
        finally:
            shutil.rmtree(build, ignore_errors=True)
    finally:
        os.close(lock)


class _Payload:
    """The files in data/, with the manifest that grows beside them."""

    def __init__(self, build: Path) -> None:
        self.build = build
        self.files = self.size = 0
        self.manifest = (build / layout.MANIFEST).open("wb")

    def add(self, path: str, parts: Iterator[bytes]) -> str:
        """Write a file of these parts, list it in the manifest and return its SHA-256."""
        place = self.build / path
        place.parent.mkdir(parents=True, exist_ok=True)
        sha256 = hashlib.sha256()
        with place.open("xb") as file:
            for part in parts:
                sha256.update(part)
                self.size += file.write(part)
        self.files += 1
        self.manifest.write(f"{sha256.hexdigest()}  {path}\n".encode())
        return sha256.hexdigest()


def _write(c: Connection, build: Path, folder: Path, beside: Sequence[Path]) -> Bagged:
    generation = reading.generation(c)
    payload = _Payload(build)
    lines: list[bytes] = []
    with payload.manifest:
        for path in beside:
            if path.is_file():
                payload.add(layout.register(path.name), iter([path.read_bytes()]))
        for scope, statement in _ROWS.items():
            keys = c.execute(statement).scalars().all()
            payload.add(layout.records(scope), _lines(c, scope, keys, lines))
        many = 0
        for slug in keys:
            many += _add_files(c, payload, slug, folder)
    digest = history.total(lines)
    if digest != generation.digest:
        raise ExportFailed(folder, "the archive is not as it was published; verbatim verify tells where")
    bagged = Bagged(
        str(folder), digest, len(keys), many, c.execute(_WITHHELD).scalar_one(), payload.files, payload.size
    )
    _write_tags(build, bagged, generation.published_at)
    return bagged


def _lines(c: Connection, scope: str, keys: Sequence[str], digests: list[bytes]) -> Iterator[bytes]:
    """Yield the line of each record, and add its SHA-256 to `digests`."""
    for key in keys:
        record = history.tell(c, scope, key)
        if record is not None:
            line = history.line(record)
            digests.append(hashlib.sha256(line).digest())
            yield line + b"\n"


def _add_files(c: Connection, payload: _Payload, slug: str, folder: Path) -> int:
    """Add the sources and sidecars of an interview and return how many versions it has."""
    found = c.execute(_FILES, {"slug": slug}).all()
    for version in found:
        data = c.execute(_DATA, {"source": version.source_id}).scalar_one()
        if data is not None:
            sha256 = payload.add(layout.source(slug, version.number, version.name), iter([data]))
            if sha256 != version.sha256:
                raise ExportFailed(folder, f"source {version.sha256} has other bytes than those received")
        if version.sidecar is not None:
            payload.add(layout.sidecar(slug, version.number), iter([version.sidecar]))
    return len(found)


def _write_tags(build: Path, bagged: Bagged, published_at: str) -> None:
    info = [
        ("Bag-Software-Agent", f"Verbatim {app.__version__}"),
        ("Bagging-Date", published_at[:10]),
        ("External-Description", f"An archive of interview transcripts: {bagged.interviews} interviews"),
        ("External-Identifier", bagged.digest),
        (layout.OXUM, f"{bagged.size}.{bagged.files}"),
        (layout.DIGEST, bagged.digest),
        (layout.SCHEMA, str(header.CURRENT)),
        ("Verbatim-Withheld-Sources", str(bagged.withheld)),
    ]
    (build / layout.BAGIT).write_bytes(layout.DECLARATION)
    (build / layout.INFO).write_bytes("".join(f"{label}: {value}\n" for label, value in info).encode())
    (build / layout.README).write_bytes(layout.readme(bagged.withheld))
    with (build / layout.TAGS).open("wb") as tags:
        for name in layout.TAG_FILES:
            with (build / name).open("rb") as file:
                sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            tags.write(f"{sha256}  {name}\n".encode())


def _settle(build: Path) -> None:
    """Bring every file and folder of the bag to the disk."""
    for place, _, files in os.walk(build, topdown=False):
        for name in files:
            _sync(Path(place, name))
        _sync(Path(place))


def _sync(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
