"""Chooses the day of the event among all the days that a document states; a disagreement is never silent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.parsing import dates
from app.parsing.vocabulary import EVENT_NAMES
from app.records import Field, Finding, Note

_HELD = re.compile(
    r"\b(?:recorded|conducted|held|took place|taped|given|записан[оа]?|состоял\w+|проведен[оа]?|"
    r"enregistré\w*|réalisé\w*|geführt)\b(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_PUBLISHED = re.compile(
    r"\b(?:published|posted|released|issued|updated|aired|broadcast|опубликован\w*)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Stated:
    """What the lines above the first turn state of the day."""

    date: str | None
    time: str | None
    published: dates.Dated | None


@dataclass(slots=True)
class Day:
    date: str | None
    time: str | None
    findings: list[Finding] = field(default_factory=list)


def settle(title: str, stated: Stated, fields: Sequence[Field], notes: Sequence[Note]) -> Day:
    """Return the day: as the title says, else as a line says that it was held, else as a line or a field states it.

    The day of publication is taken where there is no other, with a finding.
    """
    day = Day(stated.date, stated.time)
    of_page = [(one.line, dated) for one in fields if one.name == "date" and (dated := dates.find(one.value))]
    put_out = [(one.line, dated) for one in fields if one.name == "published" and (dated := dates.find(one.value))]
    in_title, held = dates.find(title), _held(notes)
    if day.date is None and of_page:
        day.date, day.time = of_page[0][1].date, day.time or of_page[0][1].time
    for better, whose in ((held, "a line above says that it was held on"), (in_title, "the title says")):
        if better is not None and day.date is not None and not _agree(day.date, better.date):
            day.findings.append(_disagree(better, day.date, whose))
            day.date, day.time = better.date, better.time
        elif better is not None and (day.date is None or len(better.date) > len(day.date)):
            day.date = better.date
    if day.date is None and (beside := _beside(notes)) is not None:
        day.date, day.time = beside.date, day.time or beside.time
    if day.date is None and (stated.published is not None or put_out):
        published = stated.published or put_out[0][1]
        day.date, day.time = published.date, day.time or published.time
        day.findings.append(Finding("date-published", 1, "the date is that of publication: no other is stated"))
    for line, dated in of_page:
        if (
            day.date is not None
            and not _agree(day.date, dated.date)
            and not any(dated.date in f.message for f in day.findings)
        ):
            message = f"the page's own date is {dated.date}, the text's {day.date}: the text's is kept"
            day.findings.append(Finding("dates-disagree", line, message))
    if day.date is None:
        day.findings.append(Finding("no-date", 1, "no date is stated: it stays empty"))
    return day


def _held(notes: Sequence[Note]) -> dates.Dated | None:
    """Return the day on which a short line above the first turn says that the talk was held."""
    for note in notes:
        found = _HELD.search(note.text) if len(note.text) < 300 else None
        if found is not None:
            rest = _PUBLISHED.split(found["rest"])[0]
            dated = dates.find(rest)
            if dated is not None and len(dated.date) == 10:
                return dated
    return None


def _beside(notes: Sequence[Note]) -> dates.Dated | None:
    """Return the day that begins a short line above the first turn, or ends one that tells what was held."""
    for note in notes:
        text = note.text.strip(" .")
        dated = dates.find(text) if len(text) < 160 and not _PUBLISHED.search(text) else None
        if dated is not None and len(dated.date) == 10:
            edges = [dates.find(text[: text.find(",")])]
            if EVENT_NAMES & {*text.casefold().split()}:
                edges += [dates.find(text[text.rfind(",") + 1 :]), dates.find(text[text.rfind(" on ") + 1 :])]
            if any(edge is not None and edge.alone and edge.date == dated.date for edge in edges):
                return dated
    return None


def _agree(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _disagree(better: dates.Dated, other: str, whose: str) -> Finding:
    return Finding("dates-disagree", 1, f"{whose} {better.date}, the page {other}: the first is kept")
