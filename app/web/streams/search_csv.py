"""All that a search finds as CSV (RFC 4180), newest first whatever is most relevant: whole, or each match in a line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from app.archive.opening import Lease
from app.search.concordance import Line, all_lines
from app.search.exhaustive import Whole, find_all
from app.web.lining import AskedLines
from app.web.sought import Asked

ADDRESS = "/search.csv"
MEDIA_TYPE = "text/csv; charset=utf-8"
FILENAME = "search.csv"

_HEAD = ("id", "date", "speaker", "outlet", "role", "question", "text", "language", "interview", "title", "url")


_LINE_HEAD = ("left", "hit", "right", "id", "date", "speaker", "outlet", "language", "interview", "title", "url")


def stream(lease: Lease, site: str, sought: Asked, lined: AskedLines) -> Iterator[bytes]:
    """Yield a head and a row for each hit, or each match; `site` is the absolute address that their own begin with."""
    if lined.view == "kwic":
        yield _line(_LINE_HEAD)
        for line in all_lines(lease.connection, sought.request(), lined.wish):
            yield _line(_match(line, site))
        return
    yield _line(_HEAD)
    for found in find_all(lease.connection, sought.request()):
        yield _line(_row(found, site))


def _row(found: Whole, site: str) -> tuple[str, ...]:
    hit = found.hit
    return (
        hit.id,
        hit.interview.date or "",
        hit.speaker.name if hit.speaker is not None else "",
        "; ".join(outlet.name for outlet in hit.outlets),
        hit.role,
        hit.question if hit.role != "question" else "",
        found.text,
        hit.language,
        hit.interview.slug,
        hit.interview.title,
        site + hit.url,
    )


def _match(line: Line, site: str) -> tuple[str, ...]:
    return (
        line.left,
        line.hit,
        line.right,
        line.id,
        line.date or "",
        line.speaker.name if line.speaker is not None else "",
        "; ".join(outlet.name for outlet in line.outlets),
        line.language,
        line.interview.slug,
        line.interview.title,
        site + line.url,
    )


def _line(values: tuple[str, ...]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerow(values)
    return text.getvalue().encode("utf-8", "replace")
