"""Reads to which outlet an interview was given, from the title and from labels; an interviewer is no outlet."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.parsing.candidates import generic_role
from app.parsing.names import is_capital, is_remark
from app.parsing.places import is_built
from app.parsing.spelling import as_written
from app.parsing.vocabulary import OFFICE_WORDS, PRESS_ENDINGS, STATES_AND_BODIES

_ASKED_BY = re.compile(
    r"\b(?:interview(?:ed)?|conversation|q&a)\s+(?:given\s+)?(?:with|to|for|by)\s+(?:(?-i:the)\s+)?(.+)|"
    r"\b(?:interview|appearance|interviewed)\s+on\s+(.+?)(?=\s+(?:with|by)\b|$)|"
    r"\bинтервью\b.*?\b(?:агентств\w+|телеканал\w+|газет\w+|журнал\w+|радиостанци\w+|изданию|порталу|программе)\s+[«“\"]([^»”\"]+)|"
    r"\b(?:entretien|interview)\b.*?\b(?:avec|à|accordée?\s+à)\s+[«“\"]\s?([^»”\"]+?)\s?[»”\"]|"
    r"\bentrevista\b.*?\b(?:con|a|al)\s+(?:el\s+|la\s+)?(?:diario\s+|periódico\s+|cadena\s+)?[«“\"]([^»”\"]+)",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\binterview\s+(?:of|by)\s+.{2,90}?\s(?:with|to|for|on)\s+(?:the\s+(?:newspaper|magazine|channel|agency)\s+)?(.+)|"
    r"\binterview\s+(?:to|with|for)\s+the\s+(?:newspaper|magazine|channel|agency)\s+(.+)|"
    r"\bwith\s+((?:[^\W\d_][\w.’'-]*\s+){1,4})of\s+(?!the\b)(.+)|"
    r"\b(?:interview|gespräch)\b.*?\bmit\s+(?:de[mnr]\s+|der\s+)?(.+)|"
    r"\b(?:entretien|interview)\b.*?\s(?:avec|à|au)\s+(?:la\s+|le\s+|l['’]\s?)?(.+)|"
    r"\bentrevista\b.*?\s(?:con|a|al|en)\s+(.+)|"
    r"\bинтервью\b.*?\s(?:агентств\w+|телеканал\w+|газет\w+|журнал\w+|радиостанци\w+|изданию)\s+(.+)|"
    r"\bинтервью\b.*\s((?-i:[A-ZА-ЯЁ]{2,8}))(?=[\s,.(]|$)",
    re.IGNORECASE,
)
"""Where the title says to whom after it has said who spoke, or in another language."""
_BESIDE = re.compile(r"\binterview\s*(?:,|[-–—])\s*(.+)", re.IGNORECASE)
_PARTS = re.compile(r"\s*(?:[,;()|]|\s[–—-]\s|[–—]|:|\.\s)\s*")
_END = re.compile(
    r"\s*(?:\bon \d|\bin [A-Z]|\bat the\b|\bon (?:mon|tues|wednes|thurs|fri|satur|sun)day)|"
    r"\s(?:on (?:the|his|her|its|their|our)|about|regarding|concerning|ahead of|following|prior to)\s",
    re.IGNORECASE,
)
_PEOPLES = re.compile(
    r"^(?:the\s+)?(?i:american|austrian|british|bulgarian|chinese|french|german|indian|iranian|italian|japanese|"
    r"russian|serbian|spanish|swiss|turkish|australian|canadian|polish|egyptian|korean|brazilian)"
    r"\s+(?=[A-Z]{2,}|[A-Z]\w+ [a-z])"
)
_KINDS = (
    r"radio|tv|televisi\w+|news\w*|channel|times|post|agency|magazine|network|press|programme?|media|daily|journal|"
    r"herald|tribune|gazette|telegraph|observer|guardian|today|tonight|report|show|broadcast\w*|podcast|review|monde"
)
_OUTLET = re.compile(rf"\b(?:(?i:{_KINDS})|\d*[A-Z]{{2,}}\d*|\d[A-Z]{{1,3}})\b")
_OUTLET_ABROAD = re.compile(
    rf"\b(?:(?i:{_KINDS}|zeitung|\w*spiegel|\w*funk|anzeiger|kurier|nachrichten|\w*blatt|inter|info|figaro|libération|"
    r"croix|parisien|quotidien|país|mundo|diario|periódico|cadena|noticias|vanguardia|corriere|repubblica|stampa|"
    r"giornale|gazzetta|радио\w*|эхо|газет\w+)|\d*[A-ZА-ЯЁ]{2,}\d*|\d[A-Z]{1,3})\b"
)
_OUTLET_SHOUTED = re.compile(rf"\b(?:{_KINDS}|\d[A-Z]{{1,3}}|[A-Z]{{1,3}}\d)\b", re.IGNORECASE)
_DATE = re.compile(r"\d{1,2}(?:st|nd|rd|th)?\s+\w+\s+\d{4}|\b(?:19|20)\d\d\b|\d{1,2}[./]\d")
_OF_OUTLET = re.compile(r"([A-Z]{2,})[’']s\s")
_AFTER_NAME = re.compile(r"(\S+(?:\s\S+){1,3}?)(?:,|\s[-–—])\s([^\W\d_][^,]{2,40})")
_AFTER_LABEL = re.compile(r"[(\[]([^()\[\]]*)[)\]]\s*$")


def in_title(title: str, people: Sequence[str], document: str) -> tuple[str, ...]:
    """Return the outlet that a title says the interview was given to; empty where it names a person or nobody.

    `people` are those who speak under a name, `document` the text, in which an interviewer is addressed by name.
    """
    return _asked_by(title, people, document) or _told_to(title)


def _told_to(title: str) -> tuple[str, ...]:
    """Return the outlet that stands after who spoke, where it is called one."""
    found = _TOLD.search(title)
    if found is None or title.isupper() or (found[3] and _is_official(found[3])):
        return ()
    text = found[found.lastindex or 0]
    text = _PARTS.split(text[: end.start()] if (end := _END.search(text)) else text)[0]
    name = _tidied(of[1] if (of := _OF_OUTLET.match(text)) else text)
    is_outlet = name not in STATES_AND_BODIES and not _is_official(name) and _OUTLET_ABROAD.search(name)
    return (name,) if is_outlet else ()


def _asked_by(title: str, people: Sequence[str], document: str) -> tuple[str, ...]:
    found = _ASKED_BY.search(title)
    if found is None:
        beside = _BESIDE.search(title)
        name = _tidied(_PARTS.split(beside[1])[0]) if beside else ""
        return (name,) if name and _sounds_like_outlet(name, title.isupper()) and not is_built(name) else ()
    quoted = found[3] or found[4] or found[5]
    if quoted:
        return (quoted.strip(),)
    text = (found[1] or found[2]).strip()
    text = text[: end.start()] if (end := _END.search(text)) else text
    parts = [part.strip(" «»“”\"'") for part in _PARTS.split(text)]
    parts = [part for part in parts if part and not _DATE.search(part)]
    surnames = {person.split()[-1].casefold() for person in people}
    for index, part in enumerate(parts[:3]):
        rest = _without_person(part, surnames)
        while rest is not None and (further := _without_person(rest, surnames)) is not None:
            rest = further
        if rest is None and index == 0 and _is_person(part, parts[1:], document, title.isupper()):
            continue
        name = _tidied(part if rest is None else rest)
        if name and not _is_official(name) and (index == 0 or _sounds_like_outlet(name, title.isupper())):
            return (name,)
    return ()


def in_labels(labels: Sequence[str], document: str) -> tuple[str, ...]:
    """Return the outlets that the labels of those who ask name: in brackets, or instead of a person; once each."""
    return tuple(dict.fromkeys(name for label in labels if (name := _in_label(label, document))))


def _in_label(label: str, document: str) -> str:
    if (found := _AFTER_LABEL.search(label)) is not None and found.start():
        return found[1].strip() if is_capital(found[1]) and not is_remark(label) else ""
    if (ending := next((end for end in PRESS_ENDINGS if label.endswith(end)), "")) and len(label) > len(ending):
        return label.removesuffix(ending).strip("【】 ")
    if (parts := _AFTER_NAME.fullmatch(label)) and all(map(is_capital, parts[1].split())):
        person, place = parts[1], parts[2]
        if not _OUTLET.search(person) and is_capital(place) and not _is_official(place) and not _is_official(person):
            return place
    if generic_role(label) is not None or len(label.split()) > 4 or _is_official(label):
        return ""
    return as_written(label, document) if _OUTLET_SHOUTED.search(label) else ""


def _without_person(part: str, surnames: set[str]) -> str | None:
    """Return what follows the name of a speaker in a part of a title; None where none is named in it."""
    words = part.split()
    for index, word in enumerate(words):
        if re.sub(r"['’]s?$", "", word).casefold() in surnames:
            return " ".join(words[index + 1 :]).removeprefix("& ").removeprefix("and ")
    return None


def _is_person(part: str, following: Sequence[str], document: str, shouted: bool) -> bool:
    """Say whether a part names a person: by how the words address them, or by an outlet that follows."""
    words = part.split()
    if not 2 <= len(words) <= 4 or not all(is_capital(word) for word in words) or _sounds_like_outlet(part, shouted):
        return False
    if following and (_sounds_like_outlet(following[0], shouted) or _is_official(following[0])):
        return True
    first = re.escape(words[0].capitalize() if words[0].isupper() else words[0])
    return bool(
        re.search(
            rf"(?:\b(?:morning|afternoon|evening|day|thanks|you|hello|hi|well|yes|no|look)|,)\s{first}\b", document
        )
    )


def _sounds_like_outlet(text: str, shouted: bool) -> bool:
    if shouted:
        return bool(_OUTLET_SHOUTED.search(text))
    return bool(_OUTLET.search(text))


def _is_official(name: str) -> bool:
    return any(word.casefold().strip(".,") in OFFICE_WORDS for word in name.split())


def _tidied(text: str) -> str:
    """Return a name without the people it belongs to, and without small words at its end; empty where none is left."""
    words = _PEOPLES.sub("", text).split()
    while words and words[0] in ("on", "of", "from", "for", "the", "at", "and"):
        words.pop(0)
    while words and not is_capital(words[-1]) and not words[-1][0].isdigit():
        words.pop()
    name = " ".join(words).strip(' «»“”"')
    if " and " in name and (kind := _OUTLET.search(name)) and kind.start() > name.index(" and "):
        # Two interviewers and the outlet after them.
        name = name[kind.start() :]
    return name if name and (is_capital(name) or name[0].isdigit()) else ""
