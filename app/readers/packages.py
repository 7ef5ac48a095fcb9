"""Unpacks the XML parts of an Office package (a ZIP file) within limits; what is in them is not looked at."""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib

from app.errors import SourceRefused

_MEMBERS = 2000
_UNPACKED = 200 * 2**20
"""Bytes that all members together may say they have unpacked."""
_PART = 40 * 2**20
"""Bytes that one part of XML may have unpacked."""
_PROLOG = re.compile(rb"<\0?!\0?(D\0?O\0?C\0?T\0?Y\0?P\0?E|E\0?N\0?T\0?I\0?T\0?Y)", re.IGNORECASE)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def unpack(data: bytes, needed: str) -> dict[str, bytes]:
    """Return the members of a package by name, of those that are no XML the name alone.

    Raises SourceRefused (with no name) for what is no such package, lacks the part that is `needed`, or is made to do
    harm: too large, locked, with links, with names that lead out of it, or with entities of its own.
    """
    if data.startswith(_OLD_OFFICE):
        raise SourceRefused("", 1, "an old Office file, or one locked with a password", "binary")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
            _check(members, needed)
            return {member.filename: _part(package, member) for member in members if not member.is_dir()}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise SourceRefused("", 1, "not a document: the package is damaged, or is none", "damaged") from error


def _check(members: list[zipfile.ZipInfo], needed: str) -> None:
    names = [member.filename for member in members]
    if len(names) > _MEMBERS:
        raise SourceRefused("", 1, f"the package has {len(names)} members; up to {_MEMBERS} are read", "too-large")
    if sum(member.file_size for member in members) > _UNPACKED:
        reason = f"the package unpacks to more than {_UNPACKED // 2**20} MB"
        raise SourceRefused("", 1, reason, "too-large")
    for member in members:
        name = member.filename.replace("\\", "/")
        if name.startswith("/") or ":" in name or ".." in name.split("/"):
            raise SourceRefused("", 1, f"a member of the package leads out of it: {member.filename!r}", "unsafe-name")
        if stat.S_ISLNK(member.external_attr >> 16):
            raise SourceRefused("", 1, f"a member of the package is a link: {member.filename!r}", "unsafe-name")
        if member.flag_bits & 1:
            raise SourceRefused("", 1, "the package is locked with a password", "locked")
    if len(set(names)) < len(names):
        raise SourceRefused("", 1, "two members of the package have one name", "damaged")
    if needed not in names:
        raise SourceRefused("", 1, f"not a Word document: it has no {needed}", "binary")


def _part(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    if not member.filename.lower().endswith((".xml", ".rels")):
        return b""
    if member.file_size > _PART:
        reason = f"{member.filename} unpacks to more than {_PART // 2**20} MB"
        raise SourceRefused("", 1, reason, "too-large")
    data = package.read(member)
    if _PROLOG.search(data):
        raise SourceRefused("", 1, f"{member.filename} declares entities of its own", "entities")
    return data
