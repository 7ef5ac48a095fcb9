"""Counts what was found by year, speaker, outlet and language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, select

from app.archive.prepared import Prepared, among, listed
from app.archive.tables import outlets, speakers
from app.search import lookup
from app.search.dates import DAY, FIRST_DATED, UNDATED
from app.search.folding import words
from app.search.query import Side
from app.search.restatement import language_name

MOST_VALUES = 40
"""Speakers and outlets listed, those with the most hits."""
_YEAR = 10_000 * DAY


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value that what was found can be narrowed to, and how much of it would be left."""

    value: str
    """What the parameter takes: a slug, a tag, a year, or "undated" for year:undated."""
    name: str
    count: int


class _Group(NamedTuple):
    kind: str
    value: int | str
    n: int


@dataclass(frozen=True, slots=True)
class Counted:
    """What was found, counted."""

    interviews: int
    facets: dict[str, tuple[FacetValue, ...]]


NOTHING = Counted(0, {"year": (), "speaker": (), "outlet": (), "language": ()})

_NAMES = {
    kind: Prepared(select(table.c.id, table.c.slug, table.c.name).where(among(table.c.id, "ids")))
    for kind, table in (("speaker", speakers), ("outlet", outlets))
}
_GROUPS = """
    WITH part AS MATERIALIZED (
        SELECT interview_id, speaker_id, language, min(id) / :year AS year, count(*) AS n
        FROM search_rows WHERE id IN (SELECT value FROM json_each(:ids)) GROUP BY interview_id, speaker_id
    )
    , event AS MATERIALIZED (
        SELECT interview_id, language, year, sum(n) AS n FROM part GROUP BY interview_id
    )
    SELECT 'interview' AS kind, NULL AS value, count(*) AS n FROM event
    UNION ALL SELECT 'year', year, sum(n) FROM event GROUP BY 2
    UNION ALL SELECT 'language', language, sum(n) FROM event GROUP BY 2
    UNION ALL SELECT 'outlet', outlet_id, sum(n) FROM event CROSS JOIN listed_outlets USING (interview_id) GROUP BY 2
    UNION ALL SELECT 'speaker', speaker_id, sum(n) FROM part WHERE speaker_id IS NOT NULL GROUP BY 2"""
_SPEAKERS_AND_ASKERS = """
    SELECT 'speaker', speaker_id, count(*) FROM (
        SELECT id, speaker_id FROM search_rows
            WHERE id IN (SELECT value FROM json_each(:ids)) AND speaker_id IS NOT NULL
        UNION SELECT answer.id, asker.speaker_id FROM search_rows AS answer
            CROSS JOIN search_rows AS asker ON asker.interview_id = answer.interview_id
            CROSS JOIN passages AS own ON own.id = answer.passage_id
            CROSS JOIN passages AS asked ON asked.id = asker.passage_id AND asked.exchange = own.exchange
            WHERE answer.id IN (SELECT value FROM json_each(:ids)) AND answer.side = 'answer'
            AND asker.side = 'question' AND asker.speaker_id IS NOT NULL
    ) GROUP BY 2"""
"""Where both sides are searched, a hit is of who answers and of who asks."""


def window(side: Side) -> int:
    """Return how many of the newest hits are counted: all, but where there are more than this."""
    return lookup.WINDOW // 5 if side == "both" else lookup.WINDOW


def count(c: Connection, newest: Sequence[int], side: Side) -> Counted:
    """Count the rows of a window by what they are, for `both` the newest of them by who speaks."""
    groups = _run(c, _GROUPS, newest)
    if side == "both":
        groups = [group for group in groups if group.kind != "speaker"]
        groups += _run(c, _SPEAKERS_AND_ASKERS, newest[: window(side)])
    found: dict[str, list[_Group]] = {}
    for group in groups:
        found.setdefault(group.kind, []).append(group)
    return Counted(
        interviews=found["interview"][0].n,
        facets={
            "year": _years(found.get("year", [])),
            "speaker": _named(c, "speaker", found.get("speaker", [])),
            "outlet": _named(c, "outlet", found.get("outlet", [])),
            "language": _languages(found.get("language", [])),
        },
    )


def _run(c: Connection, statement: str, rows: Sequence[int]) -> list[_Group]:
    return [_Group(*row) for row in c.exec_driver_sql(statement, {"ids": listed(rows), "year": _YEAR}).all()]


def _years(groups: list[_Group]) -> tuple[FacetValue, ...]:
    """Return the years, newest first, the undated last."""
    first = FIRST_DATED // _YEAR
    counts = Counter({int(group.value): 0 for group in groups if int(group.value) >= first})
    for group in groups:
        counts[int(group.value) if int(group.value) >= first else 0] += group.n
    return tuple(
        FacetValue(f"{year:04}", f"{year:04}", counts[year]) if year else FacetValue(UNDATED, "Undated", counts[year])
        for year in sorted(counts, reverse=True)
    )


def _named(c: Connection, kind: str, groups: list[_Group]) -> tuple[FacetValue, ...]:
    most = sorted(groups, key=lambda group: (-group.n, group.value))[:MOST_VALUES]
    ids = listed(int(group.value) for group in most)
    names = {id: (slug, name) for id, slug, name in _NAMES[kind].all(c, ids=ids)}
    values = [FacetValue(*names[int(group.value)], group.n) for group in most]
    return tuple(sorted(values, key=lambda value: (-value.count, value.name)))


def _languages(groups: list[_Group]) -> tuple[FacetValue, ...]:
    """Return the language tags that texts have; one also counts the narrower tags that it would find."""
    counts = {str(group.value): group.n for group in groups}
    parts = {tag: words(tag) for tag in counts}
    values = [
        FacetValue(
            tag,
            language_name(tag),
            sum(n for other, n in counts.items() if parts[other][: len(parts[tag])] == parts[tag]),
        )
        for tag in counts
    ]
    return tuple(sorted(values, key=lambda value: (-value.count, value.value)))
