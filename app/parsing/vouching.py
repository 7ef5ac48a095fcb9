"""Accepts labels that prove nothing by themselves, on the word of the title or of other labels, with a finding."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from app.parsing.candidates import OUTLET_AFTER, Candidate, Label
from app.parsing.names import in_capitals, is_capital, person_in, split_office, words_of_label
from app.parsing.titles import full_office
from app.parsing.vocabulary import EVENT_WORDS, HONORIFICS, INSTITUTION_WORDS, NAME_PARTICLES, OFFICE_WORDS, PARTICLES
from app.records import Block, Finding

_SURNAME = re.compile(r"([A-Z][a-z'’]{2,20})\.\s+(?=[A-Z(])")
_NO_NAMES = (HONORIFICS - {"the"}) | NAME_PARTICLES
_ENDED = re.compile(r"[.?!…:—-][)\]}\"'”’»]*$|[)\]]$")


def vouched(
    candidates: Sequence[Candidate], accepted: dict[int, Candidate], above: str, bold_rules: bool
) -> dict[int, Candidate]:
    """Return the further labels that accepted labels, or what stands `above` the first turn, speak for.

    What is vouched for may vouch for others in turn.
    """
    found = _vouched_by(candidates, accepted, above, bold_rules)
    return found | _vouched_by(candidates, accepted | found, above, bold_rules) if found else found


def _vouched_by(
    candidates: Sequence[Candidate], accepted: dict[int, Candidate], above: str, bold_rules: bool
) -> dict[int, Candidate]:
    known = {one.key for one in accepted.values()}
    joined = {"".join(key.split()) for key in known}
    surnames = {person[-1] for one in accepted.values() if one.is_name and (person := person_in(one.label.text))}
    is_capitals = len({one.key for one in accepted.values() if one.is_name and in_capitals(one.label.text)}) > 1
    offices = {full_office(key) for key in known}
    held = {full_office(split_office(one.label.text)[1]) for one in accepted.values() if one.is_name} - {""}
    first = min(accepted, default=0)
    is_alone = any(one.style == "alone" for one in accepted.values())
    found: dict[int, Candidate] = {}
    for one in candidates:
        if one.index in accepted or not one.is_name or one.style in ("bare", "dash", "spaced", "bracket"):
            continue
        if one.style == "alone" and not (is_alone and _has_title(one.key)):
            continue
        is_told = one.key in known or (is_capitals and _has_title(one.key))
        is_named = one.label.mark == ";" and _is_vouched_for(one, surnames, above)
        if one.style == "stop" and not is_told and not is_named:
            continue
        if is_capitals and one.index and in_capitals(one.label.text) and _has_title(one.key):
            found[one.index] = one
        elif bold_rules and not one.bold:
            if one.key in known and len(one.key.split()) > 1:
                found[one.index] = one
        elif one.style == "alone" or one.key in joined or _is_vouched_for(one, surnames, above):
            found[one.index] = one
        elif one.style == "colon":
            office = full_office(one.key)
            found |= {one.index: one} if office in offices or (office in held and one.index > first) else {}
    return found


def _has_title(key: str) -> bool:
    words = {word.strip(".,") for word in key.split()}
    return bool(words & (OFFICE_WORDS | HONORIFICS - PARTICLES)) and not words & EVENT_WORDS


def _is_vouched_for(one: Candidate, surnames: set[str], above: str) -> bool:
    person = person_in(one.label.text)
    if not person:
        return one.style == "colon" and len(one.key.split()) > 2 and in_capitals(one.label.text) and _has_title(one.key)
    if person[-1] in surnames or (OUTLET_AFTER.search(one.label.text) and len(person) > 1):
        return True
    if len(person) > 1 and any(word.strip(".,") in OFFICE_WORDS for word in one.key.split()):
        return True
    return _is_named(person, above)


def _is_named(person: Sequence[str], above: str) -> bool:
    """Say whether `above` names this person: a first name or initials, then the surname, inflected or not."""
    if person[-1] not in above.casefold():
        return False
    surname = re.escape(person[-1])
    found = re.search(rf"(?:([\w’'-]+)\s+|((?:\w\.\s?)+))({surname}\w{{0,3}})\b", above, re.IGNORECASE)
    if found is None or not is_capital(found[3]):
        return False
    if found[2]:
        return True
    before = found[1]
    if before.casefold() in PARTICLES:
        # "The Union" names nobody.
        return False
    return is_capital(before) and (len(person) == 1 or person[0][0] == before[0].casefold() or len(person[0]) < 3)


def asking_once(
    candidates: Sequence[Candidate], accepted: dict[int, Candidate], blocks: Sequence[Block]
) -> list[Candidate]:
    """Return those labelled once, by what looks like a person's name, who ask something among proven turns.

    A name of one word asks where the same person speaks before and after it: they would else be labelled twice.
    """
    if len({one.key for one in accepted.values()}) < 2:
        return []
    starts = sorted(accepted)
    asking: list[Candidate] = []
    for one in candidates:
        if one.index in accepted or not one.is_name or one.style != "colon" or not starts[0] < one.index:
            continue
        words = words_of_label(one.label.text)
        names = [word for word in words if len(word.strip(".")) > 1 and word.casefold().strip(".") not in _NO_NAMES]
        if len(names) > 4 or not all(map(is_capital, names)) or in_capitals(one.label.text):
            continue
        end = one.index + 1
        while end < len(blocks) and end not in accepted and end - one.index < 6:
            end += 1
        if end not in accepted or not any("?" in block.text for block in blocks[one.index : end]):
            continue
        before = accepted[starts[bisect_left(starts, one.index) - 1]]
        if len(words) > 1 or (before.key == accepted[end].key and before.label.generic is None):
            asking.append(one)
    return asking


def alone_once(
    candidates: Sequence[Candidate], accepted: dict[int, Candidate], blocks: Sequence[Block]
) -> dict[int, Candidate]:
    """Return the known labels that stand on a line of their own without their mark, where labels have own lines.

    One is taken only where the labels before and after it are another's, so that it takes its turn.
    """
    marked = [one for one in accepted.values() if one.style == "colon"]
    apart = sum(not blocks[one.index].text[one.label.end :].strip() for one in marked)
    if apart < 3 or apart * 2 < len(marked):
        return {}
    known = {one.key for one in marked}
    able = {
        one.index: one
        for one in candidates
        if one.index not in accepted and one.key in known and _is_whole(one, blocks[one.index])
    }
    order = sorted(accepted.keys() | able.keys())
    keys = [(accepted.get(index) or able[index]).key for index in order]
    return {
        index: able[index]
        for at, index in enumerate(order)
        if index in able and 0 < at < len(order) - 1 and keys[at] not in (keys[at - 1], keys[at + 1])
    }


def _is_whole(one: Candidate, block: Block) -> bool:
    return one.style in ("alone", "stop", "bare") and not block.text[one.label.end :].strip()


def shouting_once(
    candidates: Sequence[Candidate], accepted: dict[int, Candidate], blocks: Sequence[Block]
) -> list[Candidate]:
    """Return those in capitals that stand once or so, where all other labels are in capitals and end as they do."""
    names = [one for one in accepted.values() if one.style in ("colon", "stop") and len(one.key) > 1]
    if len({one.key for one in names}) < 2 or any(not in_capitals(_sound(one)) for one in names):
        return []
    stops = sum(one.style == "stop" and one.label.mark == "." for one in names)
    style = "stop" if stops * 2 > len(names) else "colon"
    first, last = min(accepted), max(accepted)
    asked = min((index for index, one in accepted.items() if one.label.generic == "question"), default=first)
    found: list[Candidate] = []
    for one in candidates:
        words = one.label.text.split()
        if one.index in accepted or not one.is_name or one.style != style or not first < one.index < last:
            continue
        if style == "stop" and (len(words) < 2 or not _ENDED.search(blocks[one.index - 1].text)):
            continue
        if not in_capitals(one.label.text) or len(words) > 3 or len(words[-1]) < 3 or any(map(str.isdigit, one.key)):
            continue
        if one.index < asked and len(words) < 3 and {*one.key.split()} & INSTITUTION_WORDS and not _has_title(one.key):
            # What a statement goes on to, as "HEALTH:", before anybody has asked.
            continue
        before = blocks[one.index - 1].text
        follows = blocks[one.index].text[one.label.end :].strip() or one.index + 1 not in accepted
        if follows and (not blocks[one.index].continues or _ENDED.search(before)):
            found.append(one)
    return found


def _sound(one: Candidate) -> str:
    """Return a label as it would stand without damage."""
    return one.label.stands_for or one.label.text


def answering_once(candidates: Sequence[Candidate], accepted: dict[int, Candidate]) -> list[Candidate]:
    """Return, where there are questions and nobody answers, the names or offices that stand once and could."""
    if not accepted or any(one.label.generic != "question" for one in accepted.values()):
        return []
    first = min(accepted)
    return [
        one
        for one in candidates
        if one.is_name and one.index > first and one.index not in accepted and one.style in ("colon", "stamp")
    ]


def answering_with_stops(blocks: Sequence[Block], accepted: dict[int, Candidate], above: str) -> dict[int, Candidate]:
    """Return, where there are but questions that a full stop ends, a surname from `above` that ends so too.

    It is a label where it begins a block in each of three questions or more, or in all of two.
    """
    if len(accepted) < 2 or any(one.label.generic != "question" or one.style != "stop" for one in accepted.values()):
        return {}
    found: dict[str, dict[int, Candidate]] = {}
    for index in range(min(accepted) + 1, len(blocks)):
        start = _SURNAME.match(blocks[index].text) if index not in accepted else None
        if start is not None and re.search(rf"\b{start[1]}\b", above, re.IGNORECASE):
            label = Label(start[1], ".", start.end(), None)
            one = Candidate(index, label, False, start[1].casefold(), True, "stop")
            found.setdefault(one.key, {})[index] = one
    best = max(found.values(), key=len, default={})
    return best if len(best) >= min(3, len(accepted)) else {}


def accepted_once(one: Candidate, blocks: Sequence[Block], whom: str, why: str) -> Finding:
    """Return the finding for a label that was taken though it stands once."""
    message = f"“{one.label.text}” is a label once only: taken for a {whom}, since {why}"
    return Finding("label-once-taken", blocks[one.index].line, message)
