"""The numbers of a chart as CSV (RFC 4180): a row for each period, two columns for each term."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from starlette.responses import Response

from app.archive.opening import Lease
from app.web.asking import Year
from app.web.caching import FRESH
from app.web.pages import chart
from app.web.pages.chart import AskedBy, AskedScale, AskedTerms, Chart

ADDRESS = "/chart.csv"
MEDIA_TYPE = "text/csv"

page = chart.page


def send(
    lease: Lease,
    terms: AskedTerms = None,
    by: AskedBy = "year",
    scale: AskedScale = "rate",
    after: Year = None,
    before: Year = None,
) -> Response:
    """Return the numbers of the chart that has the same parameters."""
    drawn = chart.page(lease, terms, by, scale, after, before)
    text = io.StringIO()
    csv.writer(text).writerows(_rows(drawn))
    headers = {"Cache-Control": FRESH, "Content-Disposition": 'attachment; filename="chart.csv"'}
    return Response(
        text.getvalue().encode("utf-8", "replace"), media_type=f"{MEDIA_TYPE}; charset=utf-8", headers=headers
    )


def _rows(drawn: Chart) -> Iterator[list[object]]:
    terms = [term.frequency.term for term in drawn.terms]
    yield [drawn.by, *(head for term in terms for head in (term, f"{term} per 10000 words")), "words", "interviews"]
    for at, period in enumerate(drawn.periods):
        found = [term.found[at] for term in drawn.terms]
        numbers = [number for each in found for number in (each.count, "" if each.rate is None else each.rate)]
        yield [period.value, *numbers, period.words, period.interviews]
