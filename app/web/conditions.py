"""Whether a reader says to have a reply already (RFC 9110, 13.1); what is sent then is decided elsewhere."""

from __future__ import annotations

from email.utils import parsedate_to_datetime

from starlette.types import Scope

from app.web.caching import Reply


def is_known(scope: Scope, tag: str) -> bool:
    """Say whether a request says to have what has that tag, compared weakly."""
    tags = b",".join(value for name, value in scope["headers"] if name == b"if-none-match")
    return _names(tags, tag.removeprefix("W/").encode())


def is_held(reply: Reply, scope: Scope) -> bool:
    """Say whether the reader has this very page: by its tag, compared weakly, or where no tag is sent, by its date."""
    if not reply.unchanged:
        return False
    tags: bytes | None = None
    since: bytes | None = None
    for name, value in scope["headers"]:
        if name == b"if-none-match":
            tags = value if tags is None else tags + b"," + value
        elif name == b"if-modified-since":
            since = value
    if tags is not None:
        return tags == reply.tag or _names(tags, reply.tag)
    return since is not None and (since == reply.modified or _is_later(since, reply.modified))


def _names(tags: bytes, tag: bytes) -> bool:
    have = {item.strip().removeprefix(b"W/") for item in tags.split(b",")}
    return tag in have or b"*" in have


def _is_later(since: bytes, modified: bytes) -> bool:
    if not modified:
        return False
    try:
        return parsedate_to_datetime(since.decode("latin-1")) >= parsedate_to_datetime(modified.decode("latin-1"))
    except (ValueError, TypeError):  # no date, or one without a time zone: the header counts for nothing (13.1.3)
        return False
