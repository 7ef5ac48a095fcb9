"""Finds the labels that say who speaks, on evidence of markup, words, title and recurrence; roles are decided later."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from app.parsing.candidates import OUTLET_AFTER, Candidate, Label, candidate, generic_role
from app.parsing.names import is_capital, person_in, words_of_label
from app.parsing.vocabulary import EVENT_WORDS, HONORIFICS, OFFICE_WORDS, PARTICLES
from app.records import Block, Finding


def find(blocks: Sequence[Block], marked_up: bool, titles: Sequence[str]) -> tuple[dict[int, Label], list[Finding]]:
    """Return the labels among `blocks` by index, and a finding for each line start that only looks like one.

    `titles` are what the format states as the title outside the body; names in them and in what stands above the
    first turn are evidence. Where the format itself names the speakers, nothing else is a label.
    """
    if stated := {index: block.speaker for index, block in enumerate(blocks) if block.speaker}:
        return {index: Label(name, "", 0, generic_role(name)) for index, name in stated.items()}, []
    pairs = zip([None, *blocks], blocks, strict=False)
    candidates = [one for index, (before, block) in enumerate(pairs) if (one := candidate(index, block, before))]
    bold_rules = (
        marked_up and sum(one.bold and (one.is_name or one.label.generic is not None) for one in candidates) > 1
    )
    accepted = _proven(candidates, bold_rules)
    above = " ".join([*titles, *(block.text for block in blocks[: min(accepted, default=len(blocks))][:40])])
    known = {one.key for one in accepted.values()}
    surnames = {person[-1] for one in accepted.values() if one.is_name and (person := person_in(one.label.text))}
    is_capitals = len({one.key for one in accepted.values() if one.is_name and one.label.text.isupper()}) > 1
    for one in candidates:
        if one.index not in accepted and _is_vouched_for(one, known, surnames, above, bold_rules, is_capitals):
            accepted[one.index] = one
    answering = _answering_once(candidates, accepted)
    accepted.update((one.index, one) for one in answering)
    asking = _asking_once(candidates, accepted, blocks) if not bold_rules else []
    accepted.update((one.index, one) for one in asking)
    findings = [_accepted_once(one, blocks, "questioner", "the words are a question") for one in asking]
    findings += [_accepted_once(one, blocks, "speaker", "nobody else answers") for one in answering]
    findings += _doubts((one for one in candidates if one.index not in accepted), accepted, blocks)
    findings += [_not_bold(one, blocks) for one in accepted.values() if bold_rules and not one.bold]
    return {index: accepted[index].label for index in sorted(accepted)}, findings


def _proven(candidates: Sequence[Candidate], bold_rules: bool) -> dict[int, Candidate]:
    """Return what is a label by its markup, its generic word or its recurrence."""
    able = [one for one in candidates if one.bold or not bold_rules]
    counts = Counter(one.key for one in able)
    letters = sum(len(one.key) == 1 and one.label.generic is not None for one in able)
    proven = {
        one.index: one
        for one in able
        if (one.label.generic is not None and one.label.mark and (len(one.key) > 1 or letters > 1))
        or (one.is_name and bold_rules and len(one.key.split()) > 1)
        or (one.is_name and _recurs(one, counts[one.key]))
    }
    proven |= _bare_letters(able, proven)
    known = {one.key for one in proven.values()}
    if len(known) < 2:
        # Nothing but single words recurs: they are all there is to go by.
        proven |= {one.index: one for one in able if one.is_name and counts[one.key] > 1}
    return proven


def _bare_letters(able: Sequence[Candidate], proven: dict[int, Candidate]) -> dict[int, Candidate]:
    """Return the letters Q that stand without a mark, and the letters A that do right after a question.

    Q is a label where it recurs. A is an article too: it is a label only where about as many A follow a question as
    there are Q, or where A has a mark elsewhere.
    """
    bare = [one for one in able if not one.label.mark]
    questions = {one.index: one for one in bare if one.label.generic == "question"}
    if len(questions) < 2 and not any(one.key == "q" for one in proven.values()):
        return {}
    asked = False
    answers: dict[int, Candidate] = {}
    for one in sorted([*proven.values(), *bare], key=lambda one: one.index):
        if not one.label.mark and one.label.generic == "answer":
            if asked:
                answers[one.index] = one
                asked = False
        else:
            asked = one.label.generic == "question"
    marked = any(one.key == "a" for one in proven.values())
    return questions | (answers if marked or len(answers) * 2 > len(questions) else {})


def _recurs(one: Candidate, count: int) -> bool:
    """Say whether a label stands often enough; a full stop ends sentences too, so it takes more of those."""
    return count > (2 if one.label.mark in (".", ";") else 1) and (_is_distinct(one) or count > 2)


def _is_distinct(one: Candidate) -> bool:
    """Say whether a label is more than one ordinary word, which could open a sentence twice by chance."""
    words = one.key.split()
    return len(words) > 1 or words[0] in OFFICE_WORDS or one.label.text.isupper() or "." in words[0]


def _has_title(key: str) -> bool:
    words = {word.strip(".,") for word in key.split()}
    return bool(words & (OFFICE_WORDS | HONORIFICS - PARTICLES)) and not words & EVENT_WORDS


def _is_vouched_for(
    one: Candidate, known: set[str], surnames: set[str], above: str, bold_rules: bool, is_capitals: bool
) -> bool:
    """Say whether a label that proves nothing by itself is known from other labels or from what stands above."""
    if not one.is_name:
        return False
    if is_capitals and one.index and one.label.text.isupper() and _has_title(one.key):
        return True
    if bold_rules and not one.bold:
        return one.key in known and len(one.key.split()) > 1
    person = person_in(one.label.text)
    if not person:
        return False
    if one.key in {"".join(key.split()) for key in known}:
        return True
    if person[-1] in surnames or (OUTLET_AFTER.search(one.label.text) and len(person) > 1):
        return True
    if len(person) > 1 and any(word.strip(".,") in OFFICE_WORDS for word in one.key.split()):
        return True
    return _is_named(person, above)


def _is_named(person: Sequence[str], above: str) -> bool:
    """Say whether `above` names this person: a first name or initials, then the surname, inflected or not."""
    surname = re.escape(person[-1])
    found = re.search(rf"(?:([\w’'-]+)\s+|((?:\w\.\s?)+))({surname}\w{{0,3}})\b", above, re.IGNORECASE)
    if found is None or not is_capital(found[3]):
        return False
    if found[2]:
        return True
    before = found[1]
    return is_capital(before) and (len(person) == 1 or person[0][0] == before[0].casefold() or len(person[0]) < 3)


def _asking_once(
    candidates: Sequence[Candidate], accepted: dict[int, Candidate], blocks: Sequence[Block]
) -> list[Candidate]:
    """Return those labelled once, by what looks like a person's name, who ask something among proven turns."""
    if len({one.key for one in accepted.values()}) < 2:
        return []
    starts = sorted(accepted)
    asking: list[Candidate] = []
    for one in candidates:
        if one.index in accepted or not one.is_name or not starts[0] < one.index:
            continue
        words = words_of_label(one.label.text)
        if 2 <= len(words) <= 4 and all(is_capital(word) for word in words) and not one.label.text.isupper():
            end = one.index + 1
            while end < len(blocks) and end not in accepted and end - one.index < 6:
                end += 1
            if end in accepted and any("?" in block.text for block in blocks[one.index : end]):
                asking.append(one)
    return asking


def _answering_once(candidates: Sequence[Candidate], accepted: dict[int, Candidate]) -> list[Candidate]:
    """Return, where there are questions and nobody answers, the names or offices that stand once and could."""
    if not accepted or any(one.label.generic != "question" for one in accepted.values()):
        return []
    first = min(accepted)
    return [one for one in candidates if one.is_name and one.index > first and one.index not in accepted]


def _accepted_once(one: Candidate, blocks: Sequence[Block], whom: str, why: str) -> Finding:
    message = f"“{one.label.text}” is a label once only: taken for a {whom}, since {why}"
    return Finding("label-once-taken", blocks[one.index].line, message)


def _doubts(rest: Iterable[Candidate], accepted: dict[int, Candidate], blocks: Sequence[Block]) -> list[Finding]:
    first = min(accepted, default=len(blocks))
    return [
        Finding(
            "label-once", blocks[one.index].line, f"“{one.label.text}{one.label.mark}” is taken for text, not a label"
        )
        for one in rest
        if one.label.mark and one.index > first and len(one.key.split()) < 7 and is_capital(one.label.text)
    ]


def _not_bold(one: Candidate, blocks: Sequence[Block]) -> Finding:
    return Finding("label-not-bold", blocks[one.index].line, f"the label “{one.label.text}” is not bold, as others are")
