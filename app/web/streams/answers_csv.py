"""Every answer and statement as a row of CSV (RFC 4180), with the question it answers, interview by interview."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from app import permalinks
from app.archive import addresses, reading
from app.archive.holdings import HeldInterview, HeldTurn
from app.archive.opening import Lease
from app.permalinks import words_of

ADDRESS = "/bulk/answers.csv"
MEDIA_TYPE = "text/csv; charset=utf-8"
FILENAME = "answers.csv"

_HEAD = (
    "id",
    "url",
    "date",
    "speaker",
    "office",
    "outlet",
    "role",
    "question",
    "text",
    "language",
    "interview",
    "title",
    "version",
    "line",
    "source_url",
    "source_sha256",
    "licence",
)


def stream(lease: Lease, site: str) -> Iterator[bytes]:
    """Yield a head, and a row for each answer and statement of today; `site` is where their addresses begin."""
    yield _lines([_HEAD])
    for slug in addresses.slugs(lease.connection):
        yield _lines(_rows(reading.interview(lease.connection, slug), site))


def _rows(held: HeldInterview, site: str) -> Iterator[tuple[object, ...]]:
    asked: dict[int, list[str]] = {}
    for turn in held.turns:
        if turn.role == "question" and turn.exchange is not None:
            asked.setdefault(turn.exchange, []).append(words_of(turn.paragraphs))
    for turn in held.turns:
        if turn.role in ("answer", "statement") and turn.withheld is None:
            questions = asked.get(turn.exchange, []) if turn.exchange is not None and turn.role == "answer" else []
            yield _row(held, turn, "\n".join(filter(None, questions)), site)


def _row(held: HeldInterview, turn: HeldTurn, question: str, site: str) -> tuple[object, ...]:
    head = held.head
    return (
        turn.id,
        site + permalinks.answer_path(turn.id),
        head.date,
        None if turn.speaker is None else turn.speaker.name,
        None if turn.speaker is None else head.offices.get(turn.speaker.slug),
        "; ".join(outlet.name for outlet in head.outlets),
        turn.role,
        question,
        words_of(turn.paragraphs),
        head.language,
        head.slug,
        head.title,
        head.version,
        turn.line,
        head.source.url,
        head.source.sha256,
        head.source.licence,
    )


def _lines(rows: Iterator[tuple[object, ...]] | list[tuple[str, ...]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8", "replace")
