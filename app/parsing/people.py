"""Brings the labels of one document together to people, with the office each is given; who asks is not decided here."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from app.parsing import titles as heads
from app.parsing.candidates import Label
from app.parsing.names import plain, split_office, words_of_label
from app.parsing.spelling import as_written
from app.parsing.vocabulary import OFFICE_WORDS, PRESS_WORDS
from app.records import Speaker

_JOINT = frozenset({"and", "et", "y", "и", "und", "e", "і", "&"})


@dataclass(slots=True, eq=False)
class _Person:
    name: str
    offices: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    named: bool = True


def answerer(titles: Sequence[str], document: str) -> Speaker | None:
    """Return the person who answers where no label names anybody who does: the one whom the titles give an office."""
    name, office = heads.interviewee(titles)
    if not name:
        return None
    return Speaker(as_written(name, document), as_written(office, document) or None, ())


@dataclass(frozen=True, slots=True)
class People:
    speakers: tuple[Speaker, ...]
    names: dict[str, str]
    """For each label as printed that is no generic word, the name of its person."""


def gather(labels: Sequence[Label], titles: Sequence[str], document: str) -> People:
    """Return the people behind the labels that are names or offices.

    Two labels are one person's where one name is the end of the other or initials agree with the first name; an
    office alone is the one person who is given that office, by a label it shortens or by `titles`. Where nobody is,
    the speaker is the office, not named. `document` is the text whose spelling of names leads.
    """
    order = [label.stands_for or label.text for label in labels]
    texts = list(dict.fromkeys(label.stands_for or label.text for label in labels if label.generic is None))
    beside = {frozenset(pair) for pair in pairwise(order)}
    parts = _parts(texts) | _by_initials(texts, titles)
    people: list[_Person] = []
    ends: defaultdict[str, list[_Person]] = defaultdict(list)
    firsts: defaultdict[str, list[_Person]] = defaultdict(list)
    """By first name, of those whose labels say nothing but first name and surname."""
    belongs: dict[str, _Person] = {}
    for text in sorted(texts, key=lambda text: -len(parts[text][0].split())):
        name, office = parts[text]
        if name:
            name = _spelt_out(name, office, titles)
            words = name.casefold().split()
            found = [
                one
                for one in dict.fromkeys([*ends[words[-1]], *firsts[words[-1]]])
                if _is_same(one.name, name) and not _talk(text, one.labels, order)
            ]
            person = found[0] if len(found) == 1 else _Person(name)
            if person not in found:
                for end in {words[-1], "".join(words)}:
                    ends[end].append(person)
                if len(words) == 2 and not office:
                    firsts[words[0]].append(person)
            _add(people, belongs, person, text, office)
    for person in people:
        learnt, office = heads.learn(titles, person.name)
        same = [one for one in people if one is not person and one.name.casefold() == learnt.casefold()]
        if any(_talk(person.labels[0], one.labels, order) for one in same):
            # Another of this surname is whom the title names.
            continue
        person.name = learnt
        if office and not person.offices:
            person.offices.append(office)
    alone = Counter(text for text in order if text in parts and not parts[text][0])
    for text in alone:
        guest = text != alone.most_common(1)[0][0]
        office = parts[text][1] or text
        _add(people, belongs, _by_office(people, text, office, titles, beside, guest), text, parts[text][1])
    return _shown(people, texts, belongs, [label for label in labels if label.stands_for], document)


def _talk(text: str, others: Sequence[str], order: Sequence[str]) -> bool:
    """Say whether a label stands beside others so often that they are two people who talk to each other."""
    beside = sum(
        pair[0] != pair[1] and text in pair and (pair[0] in others or pair[1] in others) for pair in pairwise(order)
    )
    return beside > 2 and beside * 2 > order.count(text)


def _shown(
    people: list[_Person], texts: Sequence[str], belongs: dict[str, _Person], damaged: Sequence[Label], document: str
) -> People:
    """Return the people as they are shown, each with a name of its own."""
    for person in people:
        printed = [text for text in texts if text in person.labels]
        person.name = _printed_in_small(person.name, printed)
        is_surname = any(len(words_of_label(text)) > len(person.name.split()) for text in printed)
        person.name = as_written(person.name, document, is_surname=is_surname)
        person.labels = [
            *printed,
            *dict.fromkeys(d.text for d in damaged if d.stands_for in printed and d.text not in printed),
        ]
    speakers = tuple(Speaker(p.name, _office_of(p, document), tuple(p.labels), p.named) for p in people)
    names = {label: person.name for person in people for label in person.labels}
    return People(_merged(speakers), names)


def _merged(speakers: Sequence[Speaker]) -> tuple[Speaker, ...]:
    """Return the speakers, those of one name as one."""
    by_name: dict[str, Speaker] = {}
    for one in speakers:
        first = by_name.get(one.name)
        by_name[one.name] = (
            one
            if first is None
            else Speaker(one.name, first.office or one.office, (*first.labels, *one.labels), first.named or one.named)
        )
    return tuple(by_name.values())


def _printed_in_small(name: str, printed: Sequence[str]) -> str:
    """Return the label that is this very name, as printed, best not all in capitals."""
    same = [text for text in printed if _bare(text) == _bare(name)]
    small = (text for text in same if sum(map(str.islower, text)) > sum(map(str.isupper, text)))
    return next(small, same[0] if same else name)


def _bare(text: str) -> str:
    return "".join(text.split()).casefold()


def _spelt_out(name: str, office: str, titles: Sequence[str]) -> str:
    """Return the name that initials stand for, where the titles have one; any other name unchanged."""
    if office or not name.isupper() or not name.isalpha() or not 1 < len(name) < 4:
        return name
    return heads.by_initials(titles, name) or name


def _by_initials(texts: Sequence[str], titles: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Return "PM" as initials, where a title names somebody with them after "with", and others have initials too."""
    others = any(text.isupper() and text.isalpha() and 1 < len(text) < 4 for text in texts if text != "PM")
    after = [title.casefold().rpartition(" with ")[0] for title in titles]
    asking = [title[len(before) :] for title, before in zip(titles, after, strict=True) if before]
    return {"PM": ("PM", "")} if others and "PM" in texts and heads.by_initials(asking, "PM") else {}


def _parts(texts: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Return each label's name and office; where another label is the end of one, that end is the name."""
    parts = {text: split_office(text) for text in texts}
    names = {tuple(plain(text).split()) for text, (name, office) in parts.items() if name and not office}
    for text, (name, office) in parts.items():
        words = words_of_label(text)
        keys = tuple(word.casefold() for word in words)
        if office and name:
            for start in range(1, len(keys) - 1):
                if keys[start:] in names and any(word in OFFICE_WORDS | PRESS_WORDS for word in keys[:start]):
                    parts[text] = (" ".join(words[start:]), " ".join(words[:start]))
                    break
    return parts


def _add(people: list[_Person], belongs: dict[str, _Person], person: _Person, text: str, office: str) -> None:
    if person not in people:
        people.append(person)
    person.labels.append(text)
    belongs[text] = person
    if office and office not in person.offices:
        person.offices.append(office)


def _is_same(full: str, name: str) -> bool:
    """Say whether `name`, which has no more words, can be the person called `full`."""
    one, other = full.casefold().split(), name.casefold().split()
    if _JOINT & set(one) and not _JOINT & set(other):
        # A label of two people is neither of them.
        return False
    if len(other) == 1 and other[0] == one[0] and len(one) == 2:
        return True
    if one[-1] != other[-1]:
        # A space lost between pieces of bold type makes no other person.
        return len(other) == 1 and other[0] == "".join(one)
    return len(other) == 1 or one == other or (one[0][0] == other[0][0] and _has_initial(one[0], other[0]))


def _has_initial(one: str, other: str) -> bool:
    return one == other or "." in one or "." in other or len(one) == 1 or len(other) == 1


def _by_office(
    people: list[_Person], text: str, office: str, titles: Sequence[str], beside: set[frozenset[str]], guest: bool
) -> _Person:
    """Return the person an office alone stands for; a `guest` may be whom a title names after "with".

    A label that shortens another never stands right beside it: where they do, two people hold such an office.
    """
    wanted = heads.full_office(office)
    holders = [
        person
        for person in people
        if any(wanted in heads.full_office(held) for held in person.offices)
        and not any(frozenset((text, label)) in beside for label in person.labels)
    ]
    if len(holders) == 1:
        return holders[0]
    name = "" if holders else heads.holder(titles, office, guest)
    if name:
        same = [person for person in people if person.name.split()[-1].casefold() == name.split()[-1].casefold()]
        if not same:
            return _Person(name)
        if len(same) == 1 and not any(frozenset((text, label)) in beside for label in same[0].labels):
            same[0].name = max(same[0].name, name, key=lambda one: len(one.split()))
            return same[0]
    same = [person for person in people if not person.named and heads.full_office(person.name) == wanted]
    return same[0] if same else _Person(office, named=False)


def _office_of(person: _Person, document: str) -> str | None:
    """Return the fullest office a person is given; None where there is none, or the office is all that is known."""
    if not person.named or not person.offices:
        return None
    return re.sub(
        r"^(?:the|le|la|el)\s|^l['’]", "", as_written(max(person.offices, key=len), document), flags=re.IGNORECASE
    )
