"""Tells the letters that ask and answer in languages other than English, where two of them take turns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from app.parsing.candidates import Candidate
from app.records import Role

_PAIRS = (("p", "r"), ("d", "r"), ("в", "о"), ("f", "a"), ("з", "в"), ("v", "a"), ("p", "o"), ("s", "c"), ("ε", "α"))
"""Letters that ask and answer: pregunta, domanda, вопрос, Frage, запитання, vraag, pytanie, soru, ερώτηση."""
_ASKING = frozenset("pdвf")
"""Letters that ask where names and offices answer."""


def told(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates, the letters of a pair among them with the roles that they tell.

    A letter tells its role where it recurs, nobody asks by a word, and the other letter of a pair, or else names,
    answer nearly each time.
    """
    if any(one.label.generic == "question" and one.style != "alone" for one in candidates):
        return list(candidates)
    letters = {one.index: key for one in candidates if len(key := one.key.strip(".")) == 1}
    counts = Counter(letters.values())
    for asking, answering in _PAIRS:
        if counts[asking] > 1 and counts[answering] and _take_turns([*letters.values()], asking, answering):
            return _with_roles(candidates, letters, {asking: "question", answering: "answer"})
    for asking in _ASKING & counts.keys():
        able = [one for one in candidates if one.index in letters or (one.is_name and one.style == "colon")]
        sides = [letters.get(one.index, "") for one in able]
        if counts[asking] > 1 and len(counts) == 1 and _take_turns(sides, asking, ""):
            return _with_roles(candidates, letters, {asking: "question"})
    return list(candidates)


def _take_turns(order: Sequence[str], asking: str, answering: str) -> bool:
    """Say whether nearly each question but one at the end is followed by an answer."""
    follows = [order[at + 1] == answering for at, key in enumerate(order[:-1]) if key == asking]
    return bool(follows) and sum(follows) * 5 >= len(follows) * 4


def _with_roles(candidates: Sequence[Candidate], letters: dict[int, str], roles: dict[str, Role]) -> list[Candidate]:
    return [
        replace(one, label=replace(one.label, generic=roles[letters[one.index]]), is_name=False)
        if letters.get(one.index) in roles
        else one
        for one in candidates
    ]
