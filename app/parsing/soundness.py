"""Looks at a parsed interview as a whole for what a person should check; it changes nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.records import Finding, Turn

_CLOSED = re.compile(r"[.?!…。！？:;—–-][)\]}\"'”’»」』）]*\s*$|[)\]）>]\s*$")
_INVITES = re.compile(
    r"^\W*(?:(?:yes|sí|oui|ja|да),?\s+)?(?:go ahead|adelante|please|allez-y|bitte|пожалуйста|прошу)\W*$", re.IGNORECASE
)
_READ_OUT = frozenset({"question", "вопрос", "frage", "pregunta", "q"})
_EASTERN = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]{3,}")
_ANY_OTHER = re.compile(r"[\u0400-\u04ff\u3040-\u30ff\u4e00-\u9fff]")
_CYRILLIC = re.compile(r"[а-яё]{3,}", re.IGNORECASE)


def doubts(turns: Sequence[Turn], tail: int, is_plain: bool) -> list[Finding]:
    """Return a finding for each thing about the whole that is unusual; `tail` lines were cut at the end.

    `is_plain` says that nothing but words and marks sets labels off.
    """
    found: list[Finding] = []
    last = turns[-1]
    words = last.paragraphs[-1]
    if not _CLOSED.search(words[-20:]) or _INVITES.match(words):
        found.append(
            Finding("may-be-truncated", last.lines[-1], "the last words end in the middle: text may be missing")
        )
    asked = sum(turn.role == "question" for turn in turns)
    answered = sum(turn.role == "answer" for turn in turns)
    if min(asked, answered) and max(asked, answered) > 3 * min(asked, answered) and max(asked, answered) > 3:
        message = f"{asked} turns ask and {answered} answer: labels may be missing"
        found.append(Finding("uneven", turns[0].line, message))
    if is_plain:
        found += _read_out(turns)
    if tail > 5:
        found.append(Finding("tail-cut", last.line, f"{tail} lines after the last turn are taken for page furniture"))
    if _is_mixed(turns):
        found.append(Finding("languages-mixed", turns[0].line, "paragraphs of two scripts alternate: two languages"))
    return found


def _read_out(turns: Sequence[Turn]) -> list[Finding]:
    """Return a finding for a question under a bare word where nearly all who ask are named: it may be read out.

    Somebody who answers letters says "Question: …" too, and plain text does not tell the two apart.
    """
    asking = [turn for turn in turns if turn.role == "question"]
    bare = [turn for turn in asking if turn.speaker is None and turn.label.casefold() in _READ_OUT]
    if not bare or len(bare) * 4 > len(asking) or len(asking) - len(bare) < 3:
        return []
    message = "“{}” stands where those who ask are named: who answers may have read it out"
    return [Finding("label-ambiguous", turn.line, message.format(turn.label)) for turn in bare]


def _is_mixed(turns: Sequence[Turn]) -> bool:
    whole = "".join(paragraph for turn in turns for paragraph in turn.paragraphs)
    if whole.isascii() or not _ANY_OTHER.search(whole):
        return False
    paragraphs = [paragraph for turn in turns for paragraph in turn.paragraphs if len(paragraph) > 12]
    shares = [
        sum(len(script.findall(text)) * weight > len(text) * 0.1 for text in paragraphs)
        for script, weight in ((_EASTERN, 1), (_LATIN, 4), (_CYRILLIC, 4))
    ]
    return sorted(shares)[-2] * 4 > len(paragraphs) and len(paragraphs) > 3
