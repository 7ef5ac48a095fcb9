"""Every interview as one line of JSON: the very record that its page has as JSON, in the order they came in."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import TypeAdapter

from app.archive import addresses
from app.archive.opening import Lease
from app.web.pages import interview
from app.web.pages.interview import Interview
from app.web.quoted import Quoted
from app.web.sought import Sought

ADDRESS = "/bulk/interviews.jsonl"
MEDIA_TYPE = "application/jsonl; charset=utf-8"
FILENAME = "interviews.jsonl"

_RECORD: TypeAdapter[Interview] = TypeAdapter(Interview)


def stream(lease: Lease, site: str) -> Iterator[bytes]:
    """Yield a line for each interview in its current version; what is lawfully withheld is none."""
    for slug in addresses.slugs(lease.connection):
        yield _RECORD.dump_json(interview.page(lease, slug, Sought(), Quoted())) + b"\n"
