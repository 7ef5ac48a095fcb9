"""Where a list goes on, whatever is published meanwhile: after the last item that was read, and not at a number."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Annotated

from app.web.asking import Query, Text
from app.web.errors import NoPage, Problem

_APART = "\t"
LONGEST_KEY = 18
"""Digits of a key that is a number."""
NO_CURSOR = Problem(
    404,
    "No such cursor",
    "This is no cursor of a list in this order. Please begin without one, and follow `next_json`.",
)

AskedCursor = Annotated[
    Text,
    Query(description="goes on after the last item of another page, as its `next_json` says; in place of `page`"),
]
"""As its address has it; it is read against the order of the list."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """An item of a list that is in the order of dates."""

    order: str
    """newest or oldest."""
    key: str
    """What it was sorted by when it was read."""
    id: str = ""
    """Its own, where another generation may sort it by another key of the same day."""


def written(cursor: Cursor) -> str:
    """Return a cursor as it stands in an address."""
    text = _APART.join((cursor.order, cursor.key, cursor.id))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read(text: str | None, order: str) -> Cursor | None:
    """Return the cursor that an address has, for a list in that order; None where it has none.

    Raises NoPage for one that is none of ours or of another order: to begin from the start would repeat the list.
    """
    if text is None:
        return None
    try:
        parts = base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True).decode().split(_APART)
        cursor = Cursor(*parts)
    except (binascii.Error, ValueError, TypeError):
        cursor = None
    if cursor is None or cursor.order != order or "\0" in cursor.key + cursor.id:
        raise NoPage(NO_CURSOR)
    return cursor
