"""Reads a bag after BagIt 1.0 (RFC 8493) and compares its files with its manifests; what they hold is not looked at."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.archive import layout
from app.errors import BagRefused

MOST_BYTES = 2**29
"""Bytes that one file of a bag, or one line of its records, may have."""
_MOST_TAGS = 2**16
_MOST_LINE = 4096
_DEEPEST = 16
_ALGORITHMS = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512")
_ENTRY = re.compile(r"([0-9A-Fa-f]+)[ \t]+\*?(.+)")
_ENCODED = {"%0D": "\r", "%0A": "\n", "%25": "%"}
_MANIFEST = re.compile(r"(tag)?manifest-([a-z0-9]+)\.txt")


@dataclass(frozen=True, slots=True)
class Bag:
    """A bag whose files are all there, are those that were put in, and are no others."""

    folder: Path
    info: dict[str, str]
    """What bag-info.txt says, by its labels in small letters."""
    payload: dict[str, str]
    """The SHA-256 of each file in data/, by its path in the bag."""

    def where(self, path: str) -> str:
        """Return a path in the bag as messages show it."""
        return str(self.folder / path)

    def stated(self, label: str) -> str:
        """Return what bag-info.txt says under a label; raises BagRefused where it says nothing."""
        if label.lower() not in self.info:
            raise BagRefused(self.where(layout.INFO), 1, f"there is no {label}: this is no bag of an archive")
        return self.info[label.lower()]


def is_bag(folder: Path) -> bool:
    """Say whether a path is a folder that claims to be a bag."""
    return folder.is_dir() and (folder / layout.BAGIT).is_file()


def read(folder: Path) -> Bag:
    """Return the bag at `folder`, every file of it read and compared; raises BagRefused with file, line and reason."""
    try:
        sizes = dict(_walk(folder, folder))
        _declared(folder)
        for name in (layout.INFO, layout.MANIFEST, layout.TAGS, layout.README):
            if name not in sizes:
                raise BagRefused(str(folder / name), 1, "the file is missing")
        if "fetch.txt" in sizes:
            raise BagRefused(str(folder / "fetch.txt"), 1, "files have to be fetched first: the bag is not complete")
        _compare(folder, sizes)
        bag = Bag(folder, _info(folder), _entries(folder, layout.MANIFEST, "sha256"))
        _weigh(bag, sizes)
    except OSError as error:
        raise BagRefused(str(error.filename or folder), 1, f"cannot be read: {error.strerror}") from error
    return bag


def _walk(folder: Path, root: Path) -> Iterator[tuple[str, int]]:
    """Yield every file below a folder with its size; there may be nothing but files and folders."""
    with os.scandir(folder) as found:
        for entry in found:
            kind = entry.stat(follow_symlinks=False)
            if len(Path(entry.path).relative_to(root).parts) > _DEEPEST:
                raise BagRefused(entry.path, 1, "lies too deep in the bag")
            if stat.S_ISDIR(kind.st_mode):
                yield from _walk(Path(entry.path), root)
            elif not stat.S_ISREG(kind.st_mode):
                raise BagRefused(entry.path, 1, "is a link or a device: a bag holds files and folders only")
            elif kind.st_size > MOST_BYTES and not entry.name.endswith(".jsonl"):
                raise BagRefused(entry.path, 1, f"is larger than {MOST_BYTES // 2**20} MB")
            else:
                yield Path(entry.path).relative_to(root).as_posix(), kind.st_size


def _declared(folder: Path) -> None:
    lines = [line for _, line in _lines(folder, layout.BAGIT)]
    if lines[:1] != ["BagIt-Version: 1.0"]:
        raise BagRefused(str(folder / layout.BAGIT), 1, "not “BagIt-Version: 1.0”: no other version is known")
    if lines[1:] != ["Tag-File-Character-Encoding: UTF-8"]:
        raise BagRefused(str(folder / layout.BAGIT), 2, "not “Tag-File-Character-Encoding: UTF-8”, and nothing else")


def _lines(folder: Path, name: str) -> Iterator[tuple[int, str]]:
    """Yield the numbered lines of a tag file."""
    with (folder / name).open("rb") as file:
        number = 0
        while raw := file.readline(_MOST_LINE + 1):
            number += 1
            if len(raw) > _MOST_LINE:
                raise BagRefused(str(folder / name), number, "the line is too long")
            try:
                yield number, raw.decode().rstrip("\r\n")
            except UnicodeDecodeError as error:
                raise BagRefused(str(folder / name), number, "is not UTF-8") from error


def _info(folder: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    last = ""
    if (folder / layout.INFO).stat().st_size > _MOST_TAGS:
        raise BagRefused(str(folder / layout.INFO), 1, "is too large")
    for number, line in _lines(folder, layout.INFO):
        label, colon, value = line.partition(":")
        if line[:1] in (" ", "\t") and last:
            found[last] += f" {line.strip()}"
            continue
        last = label.strip().lower()
        if not colon or not last:
            raise BagRefused(str(folder / layout.INFO), number, "is not “Label: value”")
        if last in found and last.startswith(("verbatim-", "payload-")):
            raise BagRefused(str(folder / layout.INFO), number, f"{label} stands here twice")
        found[last] = value.strip()
    return found


def _entries(folder: Path, name: str, algorithm: str) -> dict[str, str]:
    """Return what a manifest lists: for each path its checksum, in small letters."""
    where, length = str(folder / name), hashlib.new(algorithm, usedforsecurity=False).digest_size * 2
    listed: dict[str, str] = {}
    is_payload = name.startswith("manifest")
    for number, line in _lines(folder, name):
        entry = _ENTRY.fullmatch(line)
        if entry is None or len(entry[1]) != length:
            raise BagRefused(where, number, f"is not a checksum by {algorithm} and a path")
        path = re.sub("%0[DdAa]|%25", lambda found: _ENCODED[found[0].upper()], entry[2]).removeprefix("./")
        if path.startswith(("/", "~", "\\")) or {"..", ".", ""} & set(path.split("/")):
            raise BagRefused(where, number, f"{path!r} leads out of the bag")
        if path.startswith("data/") != is_payload:
            raise BagRefused(where, number, f"{path!r} is no file of this manifest")
        if path in listed:
            raise BagRefused(where, number, f"{path!r} stands here twice")
        listed[path] = entry[1].lower()
    return listed


def _compare(folder: Path, sizes: dict[str, int]) -> None:
    """Hash every file that a manifest names; the tag files are compared before anything they say is believed."""
    manifests = [found for name in sorted(sizes, reverse=True) if (found := _MANIFEST.fullmatch(name))]
    for found in manifests:
        if found[2] not in _ALGORITHMS:
            raise BagRefused(str(folder / found[0]), 1, f"checksums by {found[2]} are not known")
        listed = _entries(folder, found[0], found[2])
        if not found[1]:
            for path in sizes:
                if path.startswith("data/") and path not in listed:
                    raise BagRefused(str(folder / path), 1, f"is not in {found[0]}")
        elif missing := {layout.BAGIT, layout.INFO, layout.MANIFEST, layout.README} - listed.keys():
            raise BagRefused(str(folder / found[0]), 1, f"does not list {min(missing)}")
        for number, (path, checksum) in enumerate(listed.items(), 1):
            if path not in sizes:
                raise BagRefused(str(folder / found[0]), number, f"{path} is missing")
            with (folder / path).open("rb") as file:
                if hashlib.file_digest(file, found[2]).hexdigest() != checksum:
                    raise BagRefused(str(folder / path), 1, f"has other bytes than {found[0]} says")


def _weigh(bag: Bag, sizes: dict[str, int]) -> None:
    """Compare the octets and the number of files in data/ with what is said of them."""
    held = [size for path, size in sizes.items() if path.startswith("data/")]
    if bag.stated(layout.OXUM) != f"{sum(held)}.{len(held)}":
        reason = f"{layout.OXUM} is {bag.stated(layout.OXUM)}, and data/ has {sum(held)}.{len(held)}"
        raise BagRefused(bag.where(layout.INFO), 1, reason)
