"""Pairs questions with their answers; roles are decided before."""

from __future__ import annotations

from collections.abc import Sequence

from app.records import Exchange, Finding, Role, Turn

_LONG = 200
"""Characters that questions seldom have on average."""


def pair(roles: Sequence[Role]) -> tuple[Exchange, ...]:
    """Return the exchanges: the questions that stand together and every answer up to the next question.

    A moderator closes nothing; a statement belongs to no exchange.
    """
    exchanges: list[Exchange] = []
    questions: list[int] = []
    answers: list[int] = []
    for index, role in enumerate(roles):
        if role == "question":
            if answers:
                exchanges.append(Exchange(tuple(questions), tuple(answers)))
                questions, answers = [], []
            questions.append(index)
        elif role == "answer":
            answers.append(index)
    if questions:
        exchanges.append(Exchange(tuple(questions), tuple(answers)))
    return tuple(exchanges)


def is_one_sided(turns: Sequence[Turn]) -> bool:
    """Say whether nearly all turns ask, as where answers carry no label and are lost among the questions.

    They are lost too where half the questions or more have no answer, and yet the questions are the longer part.
    """
    asked = [len(" ".join(turn.paragraphs)) for turn in turns if turn.role == "question"]
    answered = [len(" ".join(turn.paragraphs)) for turn in turns if turn.role == "answer"]
    if len(asked) < 8:
        return False
    is_long = sum(asked) > max(sum(answered), _LONG * len(asked))
    return len(answered) * 6 < len(asked) or (len(answered) * 2 <= len(asked) and is_long)


def doubts(turns: Sequence[Turn], exchanges: Sequence[Exchange]) -> list[Finding]:
    """Return a finding for each question without answer and for generic questions that are answered together."""
    findings: list[Finding] = []
    for exchange in exchanges:
        first = turns[exchange.questions[0]]
        if not exchange.answers:
            findings.append(Finding("unanswered", first.line, "this question has no answer"))
        if len(exchange.questions) > 1 and all(turns[index].speaker is None for index in exchange.questions):
            message = f"{len(exchange.questions)} questions in a row are answered together"
            findings.append(Finding("questions-together", first.line, message))
    return findings
