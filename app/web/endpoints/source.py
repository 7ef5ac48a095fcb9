"""The saved copy of an interview's source: the exact bytes, so sent that nothing in them can act."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from urllib.parse import quote

from starlette.responses import Response

from app import permalinks
from app.archive import reading
from app.archive.holdings import HeldSource
from app.archive.opening import Lease
from app.errors import NotHeld
from app.web.asking import VersionNumber
from app.web.errors import NoPage, Problem
from app.web.moving import lead_on

ADDRESS = "/interviews/{slug}/source"

_INERT = "sandbox; default-src 'none'"


@dataclass(frozen=True, slots=True)
class SavedCopy:
    """What is known of a source, without its bytes."""

    url: str
    interview: str
    """Slug."""
    source: HeldSource


def page(lease: Lease, slug: str, v: VersionNumber = None) -> SavedCopy:
    """Return what is known of the source of an interview."""
    held, _ = _held(lease, slug, v)
    return SavedCopy(f"{permalinks.interview_path(slug)}/source", slug, held)


def send(lease: Lease, slug: str, v: VersionNumber = None) -> Response:
    """Return the bytes of the source of an interview."""
    held, data = _held(lease, slug, v)
    if data is None:
        detail = "This saved copy was withdrawn. Its name, size and SHA-256 are still known."
        raise NoPage(Problem(410, "Withdrawn", detail, interview=permalinks.interview_path(slug)))
    digest = base64.b64encode(hashlib.sha256(data).digest()).decode()
    is_text = held.media_type.startswith("text/")
    headers = {
        # Not to be encoded on the way: the digest is that of the bytes as they are sent.
        "Cache-Control": "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400, no-transform",
        "Content-Security-Policy": _INERT,
        "Content-Disposition": _disposition(held.name, "inline" if is_text else "attachment"),
        "Repr-Digest": f"sha-256=:{digest}:",
    }
    response = Response(data, headers=headers)
    # Text of any kind is shown as plain text: a saved page must be read, never run.
    response.headers["Content-Type"] = _plain(held.encoding) if is_text else "application/octet-stream"
    return response


def _held(lease: Lease, slug: str, version: int | None) -> tuple[HeldSource, bytes | None]:
    try:
        return reading.source(lease.connection, slug, version)
    except NotHeld:
        lead_on(lease, "interview", slug, "/source")
        raise


def _plain(encoding: str) -> str:
    charset = encoding if encoding.isascii() and encoding.replace("-", "").replace("_", "").isalnum() else "utf-8"
    return f"text/plain; charset={charset}"


def _disposition(name: str, kind: str) -> str:
    """Return the header for a file's name (RFC 6266): in ASCII, and in full."""
    plain = "".join(character if character.isascii() and character.isprintable() else "_" for character in name)
    plain = plain.replace("\\", "_").replace('"', "_")
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='', errors='replace')}"
