"""Checks a quotation against the archive: where it stands word for word, or what comes nearest to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy import Connection

from app.archive.holdings import Named
from app.differing import Change, difference
from app.permalinks import answer_path
from app.records import Role
from app.search import aligning, clues, hits
from app.search.aligning import Alignment, Weights
from app.search.clues import Held
from app.search.excerpts import ELLIPSIS
from app.search.folding import places, words
from app.search.hits import HitInterview
from app.search.patience import Attempt, as_far_as_possible, while_time_lasts, within
from app.search.query import Query
from app.search.quotation import Quotation, Reading, read
from app.search.rows import IN_QUESTION, SEPARATOR

__all__ = ["Checked", "Match", "Quotation", "Verdict", "check"]

Verdict = Literal["exact", "near", "none"]

_LEAST = 0.66
"""Score from which on a passage is near a quotation, where the words tell something."""
_LEAST_COMMON = 0.8
"""Score from which on it is, where all words are common ones; of those there must be _FEW at least."""
_LEAST_WHOLE = 0.85
"""Score from which on it is, where its words are few and common, and all stand in their order."""
_LEAST_MET = 0.65
"""Share of the quotation's words that must stand in a passage that is near."""
_LEAST_MET_OF_FEW = 0.76
_FEW, _ENOUGH = 6, 9
"""Words of a quotation: fewer are met by chance if they are common, and if not all of them are met."""
_SURE = 0.85
"""Score from which on no better passage is looked for."""
_TELLING = 2.5
"""Weight of words that tell something."""
MOST = 20
"""Places that are shown."""
SECONDS = 1.5
_COUNTED = 200
"""Places that are counted; more are said to be more."""
_COMPARED = 48
"""Passages that are compared word by word where none is exact."""
_PHRASE = 8
"""Words of a fragment that the index is asked for; all are compared with the text afterwards."""
_RARE = 4
"""Words that the index is asked for first."""
_CONTEXT = 160
"""Characters of the text that are shown on either side."""


@dataclass(frozen=True, slots=True)
class Match:
    """A turn that has the quotation, or comes near it."""

    id: str
    url: str
    """Path of its permanent page."""
    role: Role
    speaker: Named | None
    interview: HitInterview
    outlets: tuple[Named, ...]
    question: str
    """What was asked; empty where it is a question itself, or a statement."""
    language: str
    score: float
    """1 where it is exact."""
    is_exact: bool
    is_stitched: bool
    """Whether it is put together from places that do not stand together."""
    passage: str
    """The words of the record, a gap shown as “[…]”."""
    before: str
    """What stands before them."""
    after: str
    difference: tuple[Change, ...]
    """How the words of the record come of the quotation."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What is to be said of a quotation."""

    quotation: Quotation
    verdict: Verdict | None
    """None where there is no word to look for."""
    total: int
    """How many turns have it, or come near it."""
    total_is_exact: bool
    matches: tuple[Match, ...]
    """The best first, of equals the newest."""
    timed_out: bool


@dataclass(slots=True)
class _Found(Attempt):
    aligned: list[tuple[int, Alignment]] = field(default_factory=list)
    """Rows of the index, with where in their text the quotation stands."""
    total_is_exact: bool = True


def check(c: Connection, pasted: str) -> Checked:
    """Return whether a quotation stands in the archive, and where; no text raises, nor does a deadline of `c`."""
    quotation = read(pasted)
    found = _Found()
    verdict: Verdict | None = None
    matches: tuple[Match, ...] = ()
    if quotation.readings:
        with as_far_as_possible(found), within(c, SECONDS):
            held = clues.count(c, {word for reading in quotation.readings for part in reading for word in part})
            _find_exact(c, quotation, held, found)
            if not found.aligned:
                _find_near(c, quotation, held, found)
        verdict = "none" if not found.aligned else "exact" if found.aligned[0][1].is_exact else "near"
        with as_far_as_possible(found), within(c, SECONDS):
            matches = _matches(c, quotation, found.aligned[:MOST])
    return Checked(quotation, verdict, len(found.aligned), found.total_is_exact, matches, found.timed_out)


def _find_exact(c: Connection, quotation: Quotation, held: Held, found: _Found) -> None:
    for reading in quotation.readings:
        if any(held.of(word) == 0 for fragment in reading for word in fragment):
            continue
        # Rare words are found soonest, wherever they stand; only where many rows have them is their order asked for.
        rare = clues.all_of(held.rarest(reading, _RARE))
        rows = clues.matching(c, f"{{answer question}} : ({rare})", _COUNTED + 1)
        if len(rows) > _COUNTED:
            rows = clues.matching(c, _exact_match(reading), _COUNTED + 1)
        found.total_is_exact = len(rows) <= _COUNTED
        texts = hits.texts(c, rows)
        for row in rows[:_COUNTED]:
            alignment = aligning.exact([reading], words(texts[row]))
            if alignment is not None:
                found.aligned.append((row, alignment))
        if found.aligned:
            return


def _find_near(c: Connection, quotation: Quotation, held: Held, found: _Found) -> None:
    reading, weights = quotation.loosest, held.weights()
    for at_length in (False, True) if held.is_dull(reading) else (False,):
        best = clues.likely(c, reading, held, _COMPARED, at_length=at_length)
        texts = hits.texts(c, best)
        compared = while_time_lasts(found, best, SECONDS)
        aligned = [(row, aligning.near(reading, words(texts[row]), weights)) for row in compared]
        able = [(row, one) for row, one in aligned if _is_near(one, reading, weights)]
        found.aligned = sorted(able, key=lambda pair: (-round(pair[1].score, 3), -pair[0]))
        if found.aligned and found.aligned[0][1].score >= _SURE:
            return


def _is_near(alignment: Alignment, reading: Reading, weights: Weights) -> bool:
    """Say whether likeness means something: the fewer and the more common the words, the more of them must be met."""
    many = sum(map(len, reading))
    is_telling = sum(map(weights.total, reading)) >= _TELLING
    if not is_telling and many < _FEW:
        return alignment.coverage == 1 and alignment.score >= _LEAST_WHOLE
    least_met = _LEAST_MET if many >= _ENOUGH else _LEAST_MET_OF_FEW
    return alignment.coverage >= least_met and alignment.score >= (_LEAST if is_telling else _LEAST_COMMON)


def _exact_match(reading: Reading) -> str:
    """Return what the index is asked for: all fragments in an answer, or in a question or a moderator's words."""
    phrases = [clues.phrase(_longest(fragment)) for fragment in reading]
    answered = " AND ".join(f"(answer : {phrase})" for phrase in phrases)
    asked = " AND ".join(f"(question : {phrase})" for phrase in phrases)
    own = f'"{IN_QUESTION}" OR "role{SEPARATOR}moderator" OR "role{SEPARATOR}question"'
    return f"({answered}) OR ({asked} AND (filters : ({own})))"


def _longest(fragment: Sequence[str]) -> Sequence[str]:
    """Return the words side by side that have the most letters, for they stand in few rows."""
    starts = range(max(1, len(fragment) - _PHRASE + 1))
    best = max(starts, key=lambda start: sum(map(len, fragment[start : start + _PHRASE])))
    return fragment[best : best + _PHRASE]


def _matches(c: Connection, quotation: Quotation, aligned: Sequence[tuple[int, Alignment]]) -> tuple[Match, ...]:
    rows = [row for row, _ in aligned]
    texts = hits.texts(c, rows)
    shown = hits.read(c, rows, Query("", None), "both")
    return tuple(
        _match(quotation, hit, texts[row], alignment) for hit, (row, alignment) in zip(shown, aligned, strict=True)
    )


def _match(quotation: Quotation, hit: hits.Hit, text: str, alignment: Alignment) -> Match:
    placed = places(text, {number for start, end in alignment.runs for number in (start, end - 1)})
    ranges = [(placed[start][0], placed[end - 1][1]) for start, end in alignment.runs]
    passage = f" [{ELLIPSIS}] ".join(text[start:end] for start, end in ranges)
    first, last = min(start for start, _ in ranges), max(end for _, end in ranges)
    return Match(
        id=hit.id,
        url=answer_path(hit.id),
        role=hit.role,
        speaker=hit.speaker,
        interview=hit.interview,
        outlets=hit.outlets,
        question="" if hit.role == "question" else hit.question,
        language=hit.language,
        score=round(alignment.score, 3),
        is_exact=alignment.is_exact,
        is_stitched=alignment.is_stitched,
        passage=passage,
        before=_tail(text[:first]),
        after=_head(text[last:]),
        difference=() if alignment.is_exact else difference(quotation.text, passage),
    )


def _tail(text: str) -> str:
    if len(text) <= _CONTEXT:
        return text
    return ELLIPSIS + text[-_CONTEXT:].partition(" ")[2]


def _head(text: str) -> str:
    if len(text) <= _CONTEXT:
        return text
    return text[:_CONTEXT].rpartition(" ")[0] + ELLIPSIS
