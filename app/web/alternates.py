"""The other forms of a page: each at its address and suffix, and what the page says of them; exports/ writes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app.archive.holdings import Generation
from app.exports import Form, forms
from app.exports.transcripts import Transcript

Exported = Callable[[Any, str], Transcript]
"""What a page module states as `exported`: it makes a transcript of the page's record and the address of the site."""


@dataclass(frozen=True, slots=True)
class Alternate:
    """Another form of a page, as the page links to it."""

    path: str
    """Path and query."""
    form: Form


def alternates(path: str, version: int | None) -> tuple[Alternate, ...]:
    """Return all forms of the page at `path`, of its version of that number where one is given."""
    query = "" if version is None else f"?v={version}"
    return tuple(Alternate(f"{path}{form.suffix}{query}", form) for form in forms())


def asked_version(record: object, request: Request) -> int | None:
    """Return the version of a record where the request named one; None where it is the one that is newest today."""
    version = getattr(record, "version", None)
    return version if "v" in request.query_params else None


class Handed:
    """Presents a record in one form."""

    def __init__(self, form: Form, exported: Exported, site: str, cache_control: str) -> None:
        self._form, self._exported, self._site, self._cache_control = form, exported, site, cache_control

    def __call__(self, record: object, request: Request, generation: Generation) -> Response:
        transcript = self._exported(record, self._site)
        version = asked_version(record, request)
        work = transcript.work
        name = f"{work.key}{'' if version is None else f'-v{version}'}{self._form.suffix}"
        relation = "describes" if self._form.is_citation else "canonical"
        headers = {
            "Cache-Control": self._cache_control,
            "Content-Language": transcript.head.language,
            "Content-Disposition": f'inline; filename="{name}"',
            "Link": f'<{work.address if version is None else work.url}>; rel="{relation}"',
            # As JSON, it may be read from other origins.
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Expose-Headers": "ETag, X-Archive-Generation",
            "Cross-Origin-Resource-Policy": "cross-origin",
        }
        text = self._form.write(transcript).encode("utf-8", "replace")
        return Response(text, headers=headers, media_type=f"{self._form.media_type}; charset=utf-8")
