"""Reads who holds which office, and who is called what, from titles and by-lines; labels are no business of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.parsing import naming
from app.parsing.names import is_capital
from app.parsing.vocabulary import (
    EVENT_WORDS,
    HONORIFICS,
    INSTITUTION_WORDS,
    NAME_PARTICLES,
    NOMINATIVES,
    OFFICE_WORDS,
    PARTICLES,
)

_ABBREVIATED = {"pm": "prime minister", "fm": "foreign minister", "dpm": "deputy prime minister"}
_ENDING = re.compile("(?<=[а-яёії]{3})(ый|ий|ой|ая|ого|его|ому|ему|ым|им|а|я|у|ю|е|ом|ем)$")
"""What Russian cases change at the end of a surname."""
_WITH_GUEST = re.compile(r"\bwith\b|\band\b(?=.*\bwith\b)|\bс\b|\bavec\b|\bmit\b|\bcon\b", re.IGNORECASE)
_INTERVIEW_WITH = re.compile(
    r"(?:interview\w*|conversation|talk\w*|q&a|entretien|entrevista|interviú|интервью|беседа)\s+(?:\w+\s+)?(?:with|avec|con|mit|с)\b",
    re.IGNORECASE,
)
_JOINT = re.compile(r"\bjoint|совместн|conjointe?|conjunta|gemeinsame", re.IGNORECASE)


def full_office(office: str) -> str:
    """Return an office in lower case, written out and without the article before it."""
    plain = " ".join(office.casefold().split()).removeprefix("the ")
    return _ABBREVIATED.get(plain.replace(".", "").replace(" ", ""), plain)


def learn(titles: Sequence[str], name: str) -> tuple[str, str]:
    """Return the name of the person called `name`, with the first name where a title gives it, and the office.

    The office is empty where no title says it.
    """
    stem = _ENDING.sub("", name if _is_surname(name) else name.split()[-1])
    surname = re.escape(stem)
    office = ""
    for title in titles:
        if stem.casefold() not in title.casefold():
            continue
        found = re.search(rf"(?<!\w)({surname})(?P<case>[а-яёії]{{0,3}})(?:['’]s?)?(?!\w)", title, re.IGNORECASE)
        if found is None or not is_capital(found[1]):
            continue
        before = title[: found.start()].split()
        before = [part for word in before for part in re.split(r"(?<=\.)(?=\w)", word) if part]
        first = _first_names(before)
        if first and len(name.split()) > 1 and not _is_surname(name) and not _is_called(name, first):
            continue
        if first and (len(name.split()) == 1 or _is_surname(name)) and not found["case"]:
            name = " ".join([*first, found[1]])
        office = office or _office_before(before[: len(before) - len(first)]) or _office_after(title[found.end() :])
        if office and len(name.split()) > 1:
            break
    return name, office


def _is_surname(name: str) -> bool:
    """Say whether a name of several words is a surname alone, as "von Bo" and "Ó Murchú" are."""
    first = name.casefold().split()[0]
    return len(name.split()) > 1 and (first in NAME_PARTICLES or first in ("ó", "ní", "nic", "mac", "st", "st."))


def _is_called(name: str, first: Sequence[str]) -> bool:
    """Say whether the first names that a title gives a surname can be those of the person called `name`."""
    own, other = name.casefold().split()[0], first[0].casefold()
    if own == other or own[0] != other[0]:
        return own == other or len(first) > 1
    return True


def holder(titles: Sequence[str], office: str, guest: bool = False) -> str:
    """Return the name of the one person whom the titles give this office; empty where they do not say, or say two.

    "Joint … with Prime Minister A" names the guest, whom the office alone means only where `guest` says so.
    """
    first = full_office(office).split(maxsplit=1)[0]
    wanted = re.sub(r"['’]", "['’]", re.escape(full_office(office)))
    names: list[str] = []
    for title in titles:
        if first not in title.casefold():
            continue
        hosted = not guest and (_JOINT.search(title) or not _INTERVIEW_WITH.search(title))
        text = _WITH_GUEST.split(title)[0] if hosted else title
        for found in re.finditer(rf"(?<!\w){wanted}(?!\w)", text, re.IGNORECASE):
            if re.search(
                r"\b(former|ex|deputy|then|acting|shadow|assistant|vice)[\s-]*$", text[: found.start()], re.IGNORECASE
            ):
                continue
            name = naming.after_office(text[found.end() :]) or naming.before_office(text[: found.start()])
            if name:
                names.append(name)
    return max(names, key=len) if names and len({name.split()[-1].casefold() for name in names}) == 1 else ""


def interviewee(titles: Sequence[str]) -> tuple[str, str]:
    """Return the one person whom the titles name with an office, and the office; empty for none and for several."""
    found: dict[str, tuple[str, str]] = {}
    for title in titles:
        words = title.split()
        for at, word in enumerate(words):
            bare = word.casefold().strip(".,")
            if bare not in OFFICE_WORDS or bare in NOMINATIVES:
                # After an office in another case the name is in that case too, and none to show.
                continue
            before = re.sub(r"(,\s)(?:[^\W\d_][\w-]*\s){1,3}$", r"\1", " ".join(words[:at]) + " ")
            name = naming.after_office(" " + " ".join(words[at + 1 :]), is_only=True) or naming.before_office(before)
            if name and len(name.split()) > 1:
                told, office = learn([title], name)
                found.setdefault(name.split()[-1].casefold(), (told, office or word))
    return next(iter(found.values())) if len(found) == 1 else ("", "")


def by_initials(titles: Sequence[str], initials: str) -> str:
    """Return the one name in the titles that has these initials; empty where none or several have."""
    found: set[str] = set()
    for title in titles:
        words = re.findall(r"[^\W\d_][\w'’-]*", title)
        for at in range(len(words) - len(initials) + 1):
            run = words[at : at + len(initials)]
            if all(
                w[0] == letter and len(w) > 1 and w.casefold() not in naming.NO_NAMES
                for w, letter in zip(run, initials, strict=True)
            ):
                found.add(" ".join(run))
    return found.pop() if len({name.casefold() for name in found}) == 1 else ""


def _first_names(before: list[str]) -> list[str]:
    """Return the first names that end `before`: at most three capitalised words or initials, none of an office."""
    first: list[str] = []
    for word in reversed(before):
        bare = word.casefold().strip(".,")
        is_initial = len(bare) == 1 and word[-1] not in ",:;"
        if (
            len(first) == 3
            or bare in INSTITUTION_WORDS
            or not word[0].isalpha()
            or not is_capital(word)
            or word[-1] in ",:;–—"
            or (bare in naming.NO_NAMES and not is_initial)
        ):
            break
        if first and naming.is_initial(first[0]) and not is_initial:
            break
        first.insert(0, word)
    if len(first) > 1 and before[: -len(first)] and before[: -len(first)][-1].casefold().strip(".,") in PARTICLES:
        # "Foreign Minister of Russia Sergey": the country is no first name.
        first = first[-1:]
    return first


def _office_after(after: str) -> str:
    """Return the office that follows a name and a comma; empty where the next words are none."""
    found = re.match(r"(?:\s+MP)?,\s+(?:the\s+)?([A-ZА-ЯЁ][^,;:()–—]{3,80}?)\s*(?:[,;:()–—]|\s[-–—]\s|$)", after)
    words = found[1].split() if found else []
    return " ".join(words) if words and any(word.casefold() in OFFICE_WORDS for word in words[:3]) else ""


def _office_before(before: list[str]) -> str:
    """Return the office that ends `before`, from its first capital to the end; empty where no word is an office."""
    start = len(before)
    for index in range(len(before) - 1, -1, -1):
        word = before[index]
        bare = word.casefold().strip(".,")
        following = before[index + 1].casefold().strip(".,") if index + 1 < len(before) else ""
        if bare in ("and", "и", "et", "y", "und", "e") and any(w.casefold() in OFFICE_WORDS for w in before[index:]):
            break
        if bare == "press" and following in ("secretary", "attaché", "officer", "adviser", "advisor"):
            start = index
            continue
        if bare in EVENT_WORDS or bare in ("with", "by", "to", "с", "avec", "con", "mit"):
            break
        is_honorific = bare in HONORIFICS
        if word[-1] in ":;–—" or (word[-1] in ".," and not is_honorific and following not in HONORIFICS):
            break
        if index + 1 == len(before) and bare in PARTICLES and not is_honorific:
            break
        if is_capital(word) or bare in OFFICE_WORDS:
            start = index
    words = before[start:]
    while words and words[-1].casefold().strip(".,") in HONORIFICS:
        words.pop()
    while words and words[0].casefold().strip(".,") in HONORIFICS | PARTICLES:
        words = words[1:]
    words = [word.rstrip(",") for word in words]
    if not any(word.casefold() in OFFICE_WORDS for word in words):
        return ""
    return " ".join([NOMINATIVES.get(words[0].casefold(), words[0]), *words[1:]])
