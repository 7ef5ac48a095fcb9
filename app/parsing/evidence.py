"""Proves labels by markup, generic word and recurrence with alternation; what else vouches for one is in vouching."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from app.parsing.candidates import Candidate, Style
from app.parsing.vocabulary import OFFICE_WORDS

_CJK = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_MARKED: frozenset[Style] = frozenset({"colon", "stamp", "bracket"})


def bold_decides(candidates: Sequence[Candidate]) -> bool:
    """Say whether the document sets its labels in bold, so that what is not bold is text."""
    counts = Counter(one.key for one in candidates if one.bold)
    return sum(_is_able(one) and one.bold and (one.style in _MARKED or counts[one.key] > 1) for one in candidates) > 1


def proven(candidates: Sequence[Candidate], bold_rules: bool) -> dict[int, Candidate]:
    """Return what is a label by its markup, its generic word or its recurrence, by the index of its block."""
    asks = bold_rules and all(one.label.generic == "question" for one in candidates if one.bold and _is_able(one))
    able = [
        one
        for one in candidates
        if (one.bold or not bold_rules or (asks and one.label.generic == "answer")) and _is_able(one)
    ]
    counts = Counter(one.key for one in able)
    letters = sum(len(one.key) == 1 and one.label.generic is not None for one in able)
    found = {one.index: one for one in able if one.style == "colon" and _is_proven_by_colon(one, counts, letters)}
    stopped = {one.index: one for one in able if one.style == "colon" and one.label.mark[:1] == "."}
    found |= stopped if sum(counts[one.key] > 1 for one in stopped.values()) * 2 > len(stopped) else {}
    stamped = [one for one in able if one.style == "stamp"]
    is_stamped = sum(counts[one.key] > 1 for one in stamped) > 1
    found |= {one.index: one for one in stamped if one.label.generic or counts[one.key] > 1 or is_stamped}
    chance = _words_by_chance(able)
    found |= {
        one.index: one
        for one in able
        if one.style == "stop" and one.index not in chance and _is_proven_by_stop(one, counts, letters)
    }
    found |= {
        one.index: one
        for one in able
        if one.style == "colon"
        and one.bold
        and bold_rules
        and one.is_name
        and (len(one.key.split()) > 1 or "." in one.key or counts[one.key] > 1)
    }
    found |= _in_brackets(able, counts)
    found |= _with_dash(able, found)
    found |= _bare_letters(able, found)
    found |= _alone(able, found)
    found |= _bare_words(able, found)
    found |= _named_with_dash(able, found)
    if len({one.key for one in found.values()}) < 2:
        # Nothing but single words recurs: they are all there is to go by.
        found |= {o.index: o for o in able if o.is_name and counts[o.key] > 1 and o.style in ("colon", "stop")}
    return found


def alternates(sequence: Iterable[Candidate], key: str) -> float:
    """Return the share of the labels of one key, from 0 to 1, that stand right after a label of another."""
    total = apart = 0
    before: str | None = None
    for one in sequence:
        if one.key == key:
            total += 1
            apart += before != key
        before = one.key
    return apart / total if total else 0.0


def is_distinct(one: Candidate) -> bool:
    """Say whether a label is more than one ordinary word, which could open a sentence twice by chance."""
    words = one.key.split()
    if len(words) > 1 or words[0] in OFFICE_WORDS or one.label.text.isupper() or "." in words[0]:
        return True
    return len(one.key) < 13 and bool(_CJK.search(one.key))


def _is_able(one: Candidate) -> bool:
    return one.is_name or one.label.generic is not None


def _is_proven_by_colon(one: Candidate, counts: Counter[str], letters: int) -> bool:
    if one.label.generic is not None:
        return len(one.key) > 1 or letters > 1 or not one.key.isascii()
    return counts[one.key] > 1 and (is_distinct(one) or counts[one.key] > 2)


def _is_proven_by_stop(one: Candidate, counts: Counter[str], letters: int) -> bool:
    """Say whether a label recurs often enough though a full stop ends it, which ends sentences too."""
    if one.label.generic is not None:
        return len(one.key) > 1 or letters > 1
    return counts[one.key] > 2


def _in_brackets(able: Sequence[Candidate], counts: Counter[str]) -> dict[int, Candidate]:
    """Return the labels in brackets, where several stand and some word among them asks or recurs."""
    inside = [one for one in able if one.style == "bracket"]
    if len(inside) < 2 or not any(one.label.generic == "question" or counts[one.key] > 1 for one in inside):
        return {}
    speaking = {one.key for one in inside if counts[one.key] > 1 or one.label.generic}
    return {one.index: one for one in inside if one.key in speaking or (one.bold and one.is_name)}


def _with_dash(able: Sequence[Candidate], found: dict[int, Candidate]) -> dict[int, Candidate]:
    dashed = [one for one in able if one.style == "dash"]
    known = {one.key for one in found.values()}
    counts = Counter(one.key for one in dashed if one.label.generic is not None)
    return {
        one.index: one
        for one in dashed
        if counts[one.key] > 1 or (counts[one.key] and len(counts) > 1) or (one.key in known)
    }


def _named_with_dash(able: Sequence[Candidate], found: dict[int, Candidate]) -> dict[int, Candidate]:
    """Return the names and words that a dash ends, where nothing else is a label and two or more take turns."""
    dashed = [one for one in able if one.style in ("dash", "spaced") and len(one.key) > 1]
    if any(one.style not in ("dash", "spaced") for one in found.values()):
        return {}
    counts = Counter(one.key for one in dashed)
    often = [one for one in dashed if counts[one.key] > 1]
    speaking = {one.key for one in often if alternates(often, one.key) >= 0.7}
    return {one.index: one for one in often if one.key in speaking} if len(speaking) > 1 else {}


def _bare_letters(able: Sequence[Candidate], found: dict[int, Candidate]) -> dict[int, Candidate]:
    """Return the letters Q that stand without a mark, and the letters A that do right after a question.

    Q is a label where it recurs. A is an article too: it is a label only where about as many A follow a question as
    there are Q, or where A has a mark elsewhere.
    """
    bare = [one for one in able if one.style in ("bare", "alone") and len(one.key) == 1]
    questions = {one.index: one for one in bare if one.label.generic == "question"}
    if len(questions) < 2 and not any(one.key == "q" for one in found.values()):
        return {}
    asked = False
    answers: dict[int, Candidate] = {}
    for one in sorted([*found.values(), *bare], key=lambda one: one.index):
        if one.style in ("bare", "alone") and one.key == "a":
            if asked:
                answers[one.index] = one
                asked = False
        else:
            asked = one.label.generic == "question"
    marked = any(one.key == "a" for one in found.values())
    return questions | (answers if marked or len(answers) * 2 > len(questions) else {})


def _alone(able: Sequence[Candidate], found: dict[int, Candidate]) -> dict[int, Candidate]:
    """Return the labels that have a line to themselves, where two of them take turns or one does with others."""
    alone = [
        one for one in able if one.style == "alone" and one.index > 0 and len(one.key) > 1 and one.index not in found
    ]
    counts = Counter(one.key for one in alone)
    known = {one.key for one in found.values()}
    marked = Counter(one.key for one in found.values())
    recurring = {key for key, count in counts.items() if count > 1 and count * 3 >= marked[key]}
    asking = {one.key for one in alone if one.label.generic == "question"}
    if len(recurring | known) < 2 or not (recurring & asking or len(recurring) > 1 or recurring & known):
        return {}
    whole = sorted([*found.values(), *(one for one in alone if one.key in recurring)], key=lambda one: one.index)
    speaking = {key for key in recurring if alternates(whole, key) >= 0.5}
    return {one.index: one for one in alone if one.key in speaking or one.key in asking}


def _bare_words(able: Sequence[Candidate], found: dict[int, Candidate]) -> dict[int, Candidate]:
    """Return the words for askers and officials that only space or a dash follows, where they recur and take turns."""
    bare = [
        o for o in able if o.style in ("bare", "alone", "dash") and len(o.key) > 1 and o.index not in found and o.index
    ]
    counts = Counter(one.key for one in bare)
    known = {one.key for one in found.values()}
    able_keys = {key for key, count in counts.items() if count > 2 or (key in known and count > 1)}
    if not able_keys or len(able_keys | known) < 2:
        return {}
    whole = sorted([*found.values(), *(one for one in bare if one.key in able_keys)], key=lambda one: one.index)
    speaking = {key for key in able_keys if alternates(whole, key) >= 0.7}
    return {one.index: one for one in bare if one.key in speaking}


def _words_by_chance(able: Sequence[Candidate]) -> set[int]:
    """Return where a word that asks or answers, not in capitals, ends in a full stop as sentences of one word do.

    They are labels where both sides have such words, each more than once.
    """
    worded = [one for one in able if one.style == "stop" and one.label.generic and not one.label.text.isupper()]
    sides = Counter(one.label.generic for one in worded)
    return set() if min(sides["question"], sides["answer"]) > 1 else {one.index for one in worded}
