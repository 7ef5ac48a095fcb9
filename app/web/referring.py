"""The citations of what a search finds, the newest first: which they are; how each is written is in exports."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from app.archive import reading
from app.archive.holdings import HeldAnswer
from app.archive.opening import Lease
from app.errors import NotHeld
from app.exports import transcripts
from app.exports.transcripts import Transcript
from app.search.exhaustive import find_all
from app.web.sought import Sought

MOST = 1000
"""Hits that are cited: more than these nobody cites, and a reference manager takes no more at once."""


def cited(lease: Lease, sought: Sought, site: str) -> Iterator[Transcript]:
    """Yield what each of the first MOST hits is cited as, once: of an answered question, its first answer.

    The newest come first, or the oldest where the search asks so. What has no page of its own is not cited.
    """
    met: set[str] = set()
    for found in islice(find_all(lease.connection, sought.request()), MOST):
        id = _page_of(lease, found.hit.id)
        if id is not None and id not in met:
            met.add(id)
            yield _transcript(reading.answer(lease.connection, id), site)


def _page_of(lease: Lease, id: str) -> str | None:
    try:
        return reading.place(lease.connection, id).page
    except NotHeld:
        return None


def _transcript(held: HeldAnswer, site: str) -> Transcript:
    is_question = held.turn.role == "question"
    questions = (*held.questions, held.turn) if is_question else held.questions
    return transcripts.of_part(held.head, questions, None if is_question else held.turn, held.notes, site)
