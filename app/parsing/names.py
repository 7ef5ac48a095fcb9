"""Reads a label as a name: its words, its plain form, the person and the office in it; whose they are is in people."""

from __future__ import annotations

import re
from functools import lru_cache

from app.parsing.vocabulary import (
    BROADCASTS,
    CLIP_WORDS,
    ENUMERATIONS,
    HONORIFICS,
    INSTITUTION_WORDS,
    OFFICE_WORDS,
    PARTICLES,
    PRESS_WORDS,
)

UNSEEN = "\ufeff\u200b\u200c\u200d\u2060\u00ad"
_REMARK = re.compile(r"\s*[(\[][^()\[\]]*[)\]]|^\s*[>*_#•\s]+|[*_]+\s*$|[【】〔〕]")
"""What a label has besides words: a remark in brackets, the marks of plain-text markup, brackets of their own kind."""
_MANNER = re.compile(
    r"[(\[]\s*(?:(?:re)?translat|interpret|(?:as|in|through|via|off|zur|zum|zu|auf|как|по)\b|speak|перевод|"
    r"на \w+ языке|inaudible|off-|cont|laugh|smil|traduit|en \w+[)\]]|traducid|通訳|翻訳|[a-z ]*translation|"
    r"responding|interrupting)",
    re.IGNORECASE,
)
_CONTINUED = re.compile(r"\s+\(?\s?c[oa]nt(?:['’/]?\s?d|inued)?[.\s]*\)?$|\s+\(?ctd\.?\)?$", re.IGNORECASE)
_DAMAGED = re.compile(r"';|’;|&?#x?\d{2,5};")
"""What is left of a character reference that was not resolved."""
_CJK_OFFICE = re.compile(
    r"(?P<name>\S{0,10}?)(?P<office>"
    r"(?:内閣総理|内閣官房|外務|財務|防衛|経済産業|厚生労働|文部科学|国土交通|環境|法務|"
    r"総務|農林水産|外交部|国防部|国务院|商务部|副)?"
    r"(?:副?大臣|総理|長官|総裁|報道官|首相|总理|部长|发言人|主席|局长|事務次官))"
)
_FOREIGN_TO_NAMES = re.compile(r"[?!;“”«»\"…=<>|*@/\\+%]|\.\.|\d{3}|https?\b|www\.")
_ABBREVIATION = re.compile(r"(?:\w\.)*-?(?:\w\.)*[^\W\d_][\w'’-]*|(?:\w\.)+(?:-?\w\.)*|[^\W\d_]{1,4}\.")
_GLUED_INITIALS = re.compile(r"^((?:[^\W\d_]\.)+)(?=[^\W\d_]{2})")
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_GENITIVE = re.compile("(ской|цкой|нной|ого|ых|ации|ики|ии|сии)$")
"""How Russian names of countries and institutions end after an office, and first names and surnames hardly do."""
_ELIDED = re.compile(r"(?:(?:[dl]|dell|dall|de\sl)['’]|[ae]l-)[A-ZÀ-ÞĀ-ŽА-ЯЁ]")
"""A small word that has lost its vowel to the name after it, as in "d'Aubigné", or an article that a hyphen joins."""
_PATRONYMIC = re.compile("(вич|вна|ична|ич)$")
_PARTS = re.compile(r"\s*,\s*|\s+[–—-]\s+")
_POSTNOMINAL = re.compile("(?:A[OCM]|[OA]AM|APM|RAN|RAAF|AFC|DSC|CSC|[CO]BE|ML[AC]|MHA|MP|[QKS]C|PC|P[Hh]D),?")
_UNKNOWN = re.compile(r"speaker[ _]?\d+", re.IGNORECASE)
"""Somebody whom whoever wrote the words down could not name: no office of a parliament."""
_LINKS = frozenset({"of", "for", "and", "the", "to", "in", "at", "on", "und", "et", "y", "и", "für", "&"})
"""Small words that stand in the names of offices and institutions, and in no person's."""
_OFFICES = OFFICE_WORDS | PRESS_WORDS
_NOTHING = dict.fromkeys(map(ord, UNSEEN))


@lru_cache(maxsize=8192)
def plain(label: str) -> str:
    """Return a label in the form that labels are compared in: no remark in brackets, one space, no case."""
    text = _REMARK.sub("", label).translate(_NOTHING) if not label.isascii() or not label.isalpha() else label
    return _CONTINUED.sub("", " ".join(text.split())).casefold()


def words_of_label(label: str) -> list[str]:
    """Return the words of a label in its own spelling, without remarks in brackets."""
    return _DAMAGED.sub("'", _REMARK.sub("", label)).translate(_NOTHING).replace(",", " ").split()


@lru_cache(maxsize=8192)
def in_capitals(label: str) -> bool:
    """Say whether the words of a label, leaving remarks in brackets out, are all in capitals."""
    return " ".join(words_of_label(label)).isupper()


def is_remark(label: str) -> bool:
    """Say whether the brackets of a label say how somebody spoke, as "(retranslated)" does, and not for whom."""
    return bool(_MANNER.search(label))


def is_capital(text: str) -> bool:
    """Say whether the first letter of `text` is a capital, or of a script that has none."""
    letter = next((character for character in text if character.isalpha()), "")
    return bool(letter) and (not letter.islower() or bool(_ELIDED.match(text)))


@lru_cache(maxsize=8192)
def is_name_shaped(label: str) -> bool:
    """Say whether a label could name a person or an office: capitals, small linking words, no sentence marks."""
    if label.count("  ") > 2:
        return False
    label = _CONTINUED.sub("", label)
    words = words_of_label(label)
    if not words or len(words) > 14 or _FOREIGN_TO_NAMES.search(_DAMAGED.sub("'", _REMARK.sub("", label))):
        return False
    if words[0].casefold().strip(".") in ENUMERATIONS or not is_capital(words[0]):
        return False
    if any("." in word and not _ABBREVIATION.fullmatch(word) for word in words):
        return False
    if not is_capital(words[-1]) and not (words[-1].isdigit() and len(words) == 2):
        return False
    if any(word.casefold().strip(".") in _OFFICES for word in words):
        return True
    small = [word for word in words if not is_capital(word) and word.casefold() not in PARTICLES]
    if small == words[-1:] and words[0].casefold() in BROADCASTS:
        return True
    return not small and len(words) <= 7


@lru_cache(maxsize=8192)
def person_in(label: str) -> tuple[str, ...]:
    """Return the words of a label that name a person, without case, initials apart, without office and honorific.

    Empty for an office alone ("President of Russia", "Prime Minister").
    """
    return tuple(split_office(label)[0].casefold().split())


@lru_cache(maxsize=8192)
def split_office(label: str) -> tuple[str, str]:
    """Return the name and the office in a label, in its spelling, either of them empty.

    An office stands before the name ("President of Russia Vladimir Putin"), or a comma or dash parts the two. Where
    nothing shows where an office of several names ends, the last two words are the person.
    """
    bare = _CONTINUED.sub("", _REMARK.sub("", label).translate(_NOTHING).strip())
    if bare.replace(".", "").replace(" ", "").casefold() in ("pm", "dpm", "fm"):
        return "", bare
    if _UNKNOWN.fullmatch(bare):
        return bare, ""
    if (eastern := _CJK_OFFICE.fullmatch(bare)) is not None:
        return eastern["name"], eastern["office"]
    parts = [part for part in _PARTS.split(bare) if part and part.casefold() not in CLIP_WORDS]
    if len(parts) > 1 and (told := _in_parts(parts)) is not None:
        return told
    bare = ", ".join(parts)
    if "," in bare:
        one, _, other = bare.partition(",")
        if _has_office(other) and not _has_office(one):
            return _person(one.split()), " ".join(other.split())
        if _has_office(one):
            return _person(other.split()), " ".join(one.split())
    words = _without_postnominals(bare.replace(",", " ").split())
    last = max((i for i, word in enumerate(words) if word.casefold().strip(".") in _OFFICES), default=-1)
    if last < 0:
        return _person(words), ""
    end = _office_end(words, last)
    return _person(words[end:]), " ".join(words[:end])


def _in_parts(parts: list[str]) -> tuple[str, str] | None:
    """Return name and office where commas part them, in whatever order; None where no part is an office.

    "Minister for Trade, Tourism and Investment, the Hon. Ann Lee MP" has one part that can be a person's name.
    """
    if not any(map(_has_office, parts)):
        return None
    names = [_named_in(part) for part in parts]
    able = [at for at, name in enumerate(names) if name]
    if not able:
        return "", ", ".join(parts)
    bare = [at for at in able if not _has_office(parts[at])] or able
    at = 0 if 0 in bare else bare[-1]
    rest = [part for number, part in enumerate(parts) if number != at and not _POSTNOMINAL.fullmatch(part)]
    rank = parts[at].split()[: len(parts[at].split()) - len(names[at])]
    rest = rest or [" ".join(word for word in rank if word.casefold().strip(".") not in HONORIFICS)]
    return _person(names[at]), ", ".join(rest)


def _without_postnominals(words: list[str]) -> list[str]:
    """Return the words without the letters of orders and seats that follow a name."""
    end = len(words)
    while end > 2 and _POSTNOMINAL.fullmatch(words[end - 1]):
        end -= 1
    return words[:end]


def _named_in(part: str) -> list[str]:
    """Return the words of a part of a label that can be a person's name, after a rank; none where it is no name."""
    words = [word for word in part.split() if word.casefold().strip(".") not in HONORIFICS]
    last = max((at for at, word in enumerate(words) if word.casefold().strip(".") in _OFFICES), default=-1)
    name = words[last + 1 :]
    name = _without_postnominals(name)
    if not 0 < len(name) < 5 or not is_capital(name[0]) or name[0].casefold() in PARTICLES:
        return []
    for word in name:
        if word.casefold().strip(".'’") in INSTITUTION_WORDS or word.casefold() in _LINKS:
            return []
    return name


def _office_end(words: list[str], last: int) -> int:
    """Return where the office ends: the words after it are the person's."""
    glued = next((i for i, word in enumerate(words) if _GLUED_INITIALS.match(word)), 0)
    if glued > last:
        return glued
    rest = len(words) - last - 1
    following = words[last + 1].casefold() if rest else ""
    if following in PARTICLES or (rest and words[last + 1][0].islower()):
        tail = words[last + 2 :]
        if len(tail) == 2 and following not in PARTICLES and not any(map(_GENITIVE.search, tail)):
            # "Министр транспорта Имя Фамилия": what is governed is one small word, and the person follows.
            return len(words) - 2
        names = 0
        for word in reversed(tail):
            bare = word.casefold().strip(".'’")
            if not is_capital(word) or names == 2 or bare in PARTICLES or bare in INSTITUTION_WORDS:
                break
            names += 1
        if names < len(tail) and tail[-1 - names].casefold() in PARTICLES and names < 2:
            names = 0
        return len(words) - names if len(tail) > names else len(words)
    if rest > 2 and _CYRILLIC.match(words[-1]):
        return len(words) - (3 if _PATRONYMIC.search(words[-2]) else 2)
    if rest and words[-1].casefold().strip(".'’") in INSTITUTION_WORDS:
        return len(words)
    return len(words) - rest if rest <= 3 else len(words) - 2


def _has_office(text: str) -> bool:
    return any(word.casefold().strip(".") in _OFFICES for word in text.split())


def _person(words: list[str]) -> str:
    kept = [word for word in words if word.casefold().strip(".") not in HONORIFICS]
    kept = _without_postnominals(kept)
    spaced = [part for word in kept for part in _GLUED_INITIALS.sub(r"\1 ", word).split()]
    return " ".join(spaced)
