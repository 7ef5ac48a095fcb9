"""The saved copy of an interview's source: the exact bytes, so sent that nothing in them can act."""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote

from starlette.responses import Response

from app import permalinks
from app.archive import reading, withheld
from app.archive.holdings import HeldSource
from app.archive.opening import Lease
from app.errors import NotHeld
from app.web.asking import VersionNumber
from app.web.caching import FRESH
from app.web.errors import NoPage
from app.web.errors import withheld as gone
from app.web.moving import lead_on

ADDRESS = "/interviews/{slug}/source"

_INERT = "sandbox; default-src 'none'"
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]*", re.ASCII)
_TOKEN = re.compile(r"[a-z0-9-]+", re.IGNORECASE | re.ASCII)
_CHARSETS = (
    (re.compile(r"^cp(125\d)$"), r"windows-\1"),
    (re.compile(r"^iso8859-"), "iso-8859-"),
    (re.compile(r"^(utf-\d\d)-"), r"\1"),
    (re.compile(r"^(mac-cyrillic|cp10007)$"), "x-mac-cyrillic"),
    (re.compile(r"^cp932$"), "windows-31j"),
)
"""Python's names of encodings, and what the Internet calls them (IANA's registry of character sets)."""


@dataclass(frozen=True, slots=True)
class SavedCopy:
    """What is known of a source, without its bytes."""

    url: str
    interview: str
    """Slug."""
    source: HeldSource


def page(lease: Lease, slug: str, v: VersionNumber = None) -> SavedCopy:
    """Return what is known of the source of an interview."""
    return SavedCopy(f"{permalinks.interview_path(slug)}/source", slug, saved_copy(lease, slug, v)[0])


def send(lease: Lease, slug: str, v: VersionNumber = None) -> Response:
    """Return the bytes of the source of an interview, to be kept and not to be shown."""
    held, data = saved_copy(lease, slug, v)
    digest = base64.b64encode(hashlib.sha256(data).digest()).decode()
    headers = {
        # Not to be encoded on the way: the digest is that of the bytes as they are sent.
        "Cache-Control": f"{FRESH}, no-transform",
        "Content-Security-Policy": _INERT,
        "Content-Disposition": _disposition(held.name),
        "Content-Type": _content_type(held),
        "Repr-Digest": f"sha-256=:{digest}:",
        "Accept-Ranges": "bytes",
    }
    return Response(data, headers=headers)


def saved_copy(lease: Lease, slug: str, version: int | None, rest: str = "/source") -> tuple[HeldSource, bytes]:
    """Return the source of a version with its bytes; where there are none, raises what says why.

    `rest` follows the path of the interview at the address that was asked for.
    """
    try:
        held, data = reading.source(lease.connection, slug, version)
    except NotHeld:
        lead_on(lease, "interview", slug, rest)
        raise
    if data is None:
        found = withheld.of_bytes(lease.connection, held.sha256)
        raise NoPage(
            gone(
                "This saved copy is lawfully withheld, for it has words that are. This archive keeps no copy of it.",
                "" if found is None else found.reason,
                "" if found is None else found.since,
                slug,
            )
        )
    return held, data


def _content_type(held: HeldSource) -> str:
    """Return the media type, with the encoding that was found where it is of text."""
    if not held.media_type.startswith("text/") and _MEDIA_TYPE.fullmatch(held.media_type):
        return held.media_type
    name = held.encoding.replace("_", "-")
    for own, registered in _CHARSETS:
        name = own.sub(registered, name)
    if not _MEDIA_TYPE.fullmatch(held.media_type) or not _TOKEN.fullmatch(name):
        return "application/octet-stream"
    return f"{held.media_type}; charset={name}"


def _disposition(name: str) -> str:
    """Return the header for a file's name (RFC 6266, RFC 8187): in ASCII, and in full.

    What would break a line, or turn the letters around so that a name seems to be another, becomes a low line.
    """
    shown = "".join("_" if unicodedata.category(each) in _UNSEEN or each in "/\\" else each for each in name)
    plain = "".join(each if each.isascii() else "_" for each in shown).replace('"', "_")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(shown, safe='')}"
