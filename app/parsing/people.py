"""Brings the labels of one document together to people, with the office each is given; who asks is not decided here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.parsing.candidates import Label
from app.parsing.names import is_capital, plain, split_office, words_of_label
from app.parsing.vocabulary import EVENT_WORDS, HONORIFICS, NOMINATIVES, OFFICE_WORDS, PARTICLES, PRESS_WORDS
from app.records import Speaker

_NO_NAMES = OFFICE_WORDS | HONORIFICS | PARTICLES | EVENT_WORDS
_ENDING = re.compile("(?<=[а-яё]{3})(ый|ий|ой|ая|а|я)$")
"""What Russian cases change at the end of a surname."""
_ABBREVIATED = {"pm": "prime minister", "fm": "foreign minister"}


@dataclass(slots=True)
class _Person:
    name: str
    offices: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)

    def surname(self) -> str:
        return self.name.split()[-1].casefold()


def gather(labels: Iterable[Label], titles: Sequence[str]) -> tuple[tuple[Speaker, ...], dict[str, str]]:
    """Return the people behind the labels that are names, and for each such label the name of its person.

    Two labels are one person's where one name is the end of the other or initials agree with the first name; an
    office alone is the one person who is given that office. `titles` may tell the full name and the office.
    """
    texts = list(dict.fromkeys(label.text for label in labels if label.generic is None))
    parts = _parts(texts)
    people: list[_Person] = []
    belongs: dict[str, _Person] = {}
    for text in sorted(texts, key=lambda text: -len(parts[text][0].split())):
        name, office = parts[text]
        if name:
            found = [person for person in people if _is_same(person.name, name)]
            person = found[0] if len(found) == 1 else _Person(name)
            _add(people, belongs, person, text, office)
    for person in people:
        _learn_from(titles, person)
    for text in texts:
        name, office = parts[text]
        if not name:
            holders = [person for person in people if any(_is_office(office, held) for held in person.offices)]
            person = holders[0] if len(holders) == 1 else _by_office_in(titles, office) or _Person(office or text)
            same = [other for other in people if other.name == person.name]
            _add(people, belongs, same[0] if same else person, text, office)
    for person in people:
        person.name = next((t for t in texts if _bare(t) == _bare(person.name)), person.name)
    speakers = tuple(Speaker(p.name, _office_of(p), tuple(t for t in texts if t in p.labels)) for p in people)
    return speakers, {text: belongs[text].name for text in texts}


def _bare(text: str) -> str:
    return "".join(text.split())


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
    if one[-1] != other[-1]:
        # A space lost between pieces of bold type makes no other person.
        return len(other) == 1 and other[0] == "".join(one)
    return len(other) == 1 or one == other or (one[0][0] == other[0][0] and _has_initial(one[0], other[0]))


def _has_initial(one: str, other: str) -> bool:
    return one == other or "." in one or "." in other


def _is_office(alone: str, held: str) -> bool:
    wanted = _ABBREVIATED.get(alone.casefold(), alone.casefold())
    return wanted in held.casefold()


def _learn_from(titles: Sequence[str], person: _Person) -> None:
    """Take the office, and the first name where the labels have none, from a title that names the person."""
    surname = re.escape(_ENDING.sub("", person.name.split()[-1]))
    for title in titles:
        found = re.search(rf"\b({surname})(?P<case>\w{{0,3}})(?:['’]s?)?(?!\w)", title, re.IGNORECASE)
        if found is None or not is_capital(found[1]):
            continue
        before = title[: found.start()].split()
        before = [part for word in before for part in re.split(r"(?<=\.)(?=\w)", word) if part]
        first = _first_names(before)
        whole = " ".join([*first, found[1]])
        if first and len(person.name.split()) == 1 and not found["case"]:
            person.name = whole
        office = _office_before(before[: len(before) - len(first)]) or _office_after(title[found.end() :])
        if office and not person.offices:
            person.offices.append(office)
        if first or office:
            return


def _first_names(before: list[str]) -> list[str]:
    """Return the first names that end `before`: at most three capitalised words or initials, none of an office."""
    first: list[str] = []
    for word in reversed(before):
        bare = word.casefold().strip(".,")
        is_initial = word.endswith(".") and len(bare) == 1
        if len(first) == 3 or not is_capital(word) or word[-1] in ",:;–—" or (bare in _NO_NAMES and not is_initial):
            break
        if first and first[0].endswith(".") and not is_initial:
            break
        first.insert(0, word)
    if len(first) > 1 and before[: -len(first)] and before[: -len(first)][-1].casefold().strip(".,") in PARTICLES:
        # "Foreign Minister of Russia Sergey": the country is no first name.
        first = first[-1:]
    return first


def _office_after(after: str) -> str:
    """Return the office that follows a name and a comma; empty where the next words are none."""
    found = re.match(r",\s+(?:the\s+)?([A-ZА-ЯЁ][^,;:()–—]{3,80}?)\s*(?:[,;:()–—]|$)", after)
    words = found[1].split() if found else []
    return " ".join(words) if words and any(word.casefold() in OFFICE_WORDS for word in words[:3]) else ""


def _office_before(before: list[str]) -> str:
    """Return the office that ends `before`, from its first capital to the end; empty where no word is an office."""
    start = len(before)
    for index in range(len(before) - 1, -1, -1):
        word = before[index]
        if word.casefold().strip(".,") in EVENT_WORDS or word.casefold() in ("with", "by", "to", "с"):
            break
        if word[-1] in ",:;.–—" or (index + 1 == len(before) and word.casefold() in PARTICLES):
            break
        if is_capital(word) or word.casefold() in OFFICE_WORDS:
            start = index
    words = before[start:]
    while words and (words[0].casefold() in HONORIFICS | PARTICLES):
        words = words[1:]
    if not any(word.casefold() in OFFICE_WORDS for word in words):
        return ""
    return " ".join([NOMINATIVES.get(words[0].casefold(), words[0]), *words[1:]])


def _by_office_in(titles: Sequence[str], office: str) -> _Person | None:
    """Return the person whom a title names right after this office."""
    wanted = re.escape(_ABBREVIATED.get(office.casefold(), office))
    for title in titles:
        found = re.search(rf"\b{wanted},?\s+((?:[^\W\d_][\w'’.-]*\s*){{2,8}})", title, re.IGNORECASE)
        words = re.split(r"['’]s\b", found[1])[0].split() if found else []
        name = _first_name_of(words)
        if len(name) > 1 and len(name[-1].strip(".")) > 1:
            return _Person(" ".join(name))
    return None


def _first_name_of(words: list[str]) -> list[str]:
    """Return the name that begins `words`, after honorifics: capitalised words up to the first that is no name."""
    name: list[str] = []
    for word in words:
        bare = word.casefold().strip(".,")
        if bare in HONORIFICS and not name:
            continue
        if not is_capital(word) or bare in _NO_NAMES or len(name) == 4:
            break
        name.append(word)
    return name


def _office_of(person: _Person) -> str | None:
    offices = [office for office in person.offices if office != person.name]
    return max(offices, key=len) if offices else None
