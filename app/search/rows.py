"""What the index holds for each turn of one version: its columns, made anew from the stored text whenever asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select

from app.archive.tables import passages, turns, version_outlets, versions
from app.archive.withheld import IS_WITHHELD
from app.search.folding import words
from app.search.stems import stemmed

SEPARATOR = "·"
"""Parts the pieces of a filter token; no word holds it."""
TURN_BREAK = "¶"
"""Stands between two question turns in one column, so that no phrase runs from one into the other."""

IN_ANSWER, IN_QUESTION, IN_BOTH = "in·answer", "in·question", "in·both"
UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Row:
    """One turn as the index has it; the columns are tokens joined by spaces."""

    passage: int
    turn: int
    side: str
    """answer, question or moderator."""
    speaker: int | None
    language: str
    answer: str
    answer_stem: str
    question: str
    question_stem: str
    filters: str


@dataclass(frozen=True, slots=True)
class _Spoken:
    passage: int
    turn: int
    role: str
    speaker: int | None
    exchange: int | None
    words: str
    stems: str


_VERSION = select(versions.c.language, versions.c.date).where(versions.c.id == bindparam("version"))
_OUTLETS = (
    select(version_outlets.c.outlet_id)
    .where(version_outlets.c.version_id == bindparam("version"))
    .order_by(version_outlets.c.outlet_id)
)
_TURNS = (
    select(
        passages.c.id,
        passages.c.turn_id,
        turns.c.role,
        turns.c.speaker_id,
        passages.c.exchange,
        passages.c.text,
        IS_WITHHELD.label("is_withheld"),
    )
    .join(turns, turns.c.id == passages.c.turn_id)
    .where(passages.c.version_id == bindparam("version"))
    .order_by(passages.c.position)
)


def rows(c: Connection, version: int) -> list[Row]:
    """Return the rows of a version (by the key of the table `versions`), in the order of its turns.

    What is withheld has none. A question whose answers all are is found as one without an answer, and not called so.
    """
    language, date = c.execute(_VERSION, {"version": version}).one()
    outlets = [outlet for (outlet,) in c.execute(_OUTLETS, {"version": version})]
    spoken, withheld = [], set()
    for passage, turn, role, speaker, exchange, text, is_withheld in c.execute(_TURNS, {"version": version}):
        if is_withheld:
            withheld |= {exchange} if role == "answer" else set()
            continue
        folded = words(text)
        stems = " ".join(stemmed(folded, language))
        spoken.append(_Spoken(passage, turn, role, speaker, exchange, " ".join(folded), stems))
    asked: dict[int, list[_Spoken]] = {}
    answered = set()
    for one in spoken:
        if one.exchange is not None and one.role == "question":
            asked.setdefault(one.exchange, []).append(one)
        elif one.exchange is not None and one.role == "answer":
            answered.add(one.exchange)
    common = [outlet_token(outlet) for outlet in outlets] + language_tokens(language) + [UNDATED] * (date is None)
    found = []
    for one in spoken:
        is_open = one.exchange not in answered and one.exchange not in withheld
        questions = asked.get(one.exchange or 0, [])
        found.append(_row(one, questions, one.exchange in answered, is_open, common, language))
    return found


def _row(
    one: _Spoken, questions: list[_Spoken], is_answered: bool, is_open: bool, common: list[str], language: str
) -> Row:
    own = {one.speaker}
    if one.role in ("answer", "statement"):
        side, kinds = "answer", [IN_ANSWER, IN_BOTH, *speaker_tokens("answer", own)]
        columns = (one.words, one.stems, _joined(q.words for q in questions), _joined(q.stems for q in questions))
        heard = own | {question.speaker for question in questions}
    else:
        side = one.role
        kinds = [IN_QUESTION, *speaker_tokens("question", own)] if side == "question" else []
        kinds += [] if side == "question" and is_answered else [IN_BOTH]
        columns = ("", "", one.words, one.stems)
        heard = own
    kinds += [f"role{SEPARATOR}{one.role}", *speaker_tokens("both", heard)]
    kinds += ["unanswered"] if side == "question" and is_open else []
    filters = " ".join([*kinds, *common])
    return Row(one.passage, one.turn, side, one.speaker, language, *columns, filters)


def _joined(texts: Iterable[str]) -> str:
    return f" {TURN_BREAK} ".join(filter(None, texts))


def speaker_tokens(side: str, speakers: set[int | None]) -> list[str]:
    """Return the filter tokens of who speaks on a side (answer, question, both), by key of the table `speakers`."""
    return [SEPARATOR.join(("speaker", side, str(speaker))) for speaker in sorted(filter(None, speakers))]


def outlet_token(outlet: int) -> str:
    """Return the filter token of an outlet, by its key in the table `outlets`."""
    return f"outlet{SEPARATOR}{outlet}"


def language_tokens(tag: str) -> list[str]:
    """Return the filter tokens of a language tag: of itself and of each wider tag, the widest first."""
    parts = words(tag)
    return [SEPARATOR.join(("language", *parts[: length + 1])) for length in range(len(parts))]
