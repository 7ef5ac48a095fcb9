"""Reads a person's name out of the words beside an office in a title; which office it is, titles decides."""

from __future__ import annotations

import re

from app.parsing.names import is_capital
from app.parsing.vocabulary import EVENT_WORDS, HONORIFICS, INSTITUTION_WORDS, NAME_PARTICLES, OFFICE_WORDS, PARTICLES

NO_NAMES = OFFICE_WORDS | HONORIFICS | PARTICLES | EVENT_WORDS
"""The words of titles that are no part of a name, but for small words within it."""
_POSTNOMINAL = frozenset("mp ac qc ch am ao kc obe cbe phd md mhr senator lsj gcb".split())  # noqa: SIM905
_GOVERNED = re.compile(
    r"\s+(?:(?:of|for)\s|(dell['’](?=\w)|(?:de|del|da|do|dos|das|des|du|di|della|degli|der|para)\s))"
    r"[^,;:()]{2,60}?,\s+(?=[^\W\d_])",
    re.IGNORECASE,
)
"""The rest of an office, up to the comma before a name; the group is a small word of a language other than English."""


def after_office(after: str, *, is_only: bool = False) -> str:
    """Return the name that stands right after an office: at most four words, after honorifics."""
    gap = re.match(r"(?:\s+of\s+(?:the\s+)?[A-Z][\w]*(?:\s+[A-Z]\w*)?)?\s*,?\s+(?=[^\W\d_])|'s\b|’s\b", after)
    if gap is None or gap[0].startswith(("'", "’")):
        return ""
    return _name_at(after[gap.end() :]) or _name_behind(after, is_only=is_only)


def _name_behind(after: str, *, is_only: bool) -> str:
    """Return the name that a comma parts from the whole of an office, as "of Trade, Mr Bo Lim" and "de Salud, Ana Gil".

    In English that is another office than the word alone, and counts where nobody else may hold it (`is_only`).

    Without a title before the name, two words must stand there that more words follow: a place and a day may else.
    """
    gap = _GOVERNED.match(after)
    if gap is None or not (gap[1] or is_only):
        return ""
    rest = after[gap.end() :]
    name = _name_at(rest)
    words = rest.split(maxsplit=1)
    if not name or words[0].casefold().strip(".") in HONORIFICS or words[0] in ("M.", "D.", "D.ª", "Dª"):
        return name.removeprefix("M. ").removeprefix("D. ")
    follows = rest[len(name) :]
    return name if len(name.split()) > 1 and gap[1] and re.match(r",?\s+[^\W\d_]", follows) else ""


def _name_at(text: str) -> str:
    """Return the name that begins a text: at most four words and the small ones in it, after honorifics."""
    name: list[str] = []
    small: list[str] = []
    for word in _spaced(re.split(r"['’]s?(?=\s|$)", text)[0]):
        bare = word.casefold().strip(".,;:")
        if bare in NAME_PARTICLES and (name or word in ("von", "van")):
            small.append(word)
            continue
        if bare in HONORIFICS and not name and len(bare) > 1:
            continue
        if (
            bare in _POSTNOMINAL
            or not is_capital(word)
            or (word[0].islower() and not name)
            or (bare in NO_NAMES and not is_initial(word))
            or len(name) - len(NAME_PARTICLES.intersection(name)) == 4
        ):
            break
        name += [*small, word.strip(",;:")]
        small = []
        if word[-1] in ",;:-–—":
            break
    return _checked(name)


def before_office(before: str) -> str:
    """Return the name that a comma parts from an office after it ("Ann Lee MP, Minister for Trade")."""
    if not re.search(r",\s*(?:the\s+)?$", before, re.IGNORECASE):
        return ""
    words = re.sub(r",\s*(?:the\s+)?$", "", before, flags=re.IGNORECASE).split()
    while words and words[-1].casefold().strip(".,") in _POSTNOMINAL:
        words.pop()
    name: list[str] = []
    for word in reversed(words):
        bare = word.casefold().strip(".,")
        if (
            word[-1] in ",;:–—-"
            or not is_capital(word)
            or (bare in NO_NAMES and not is_initial(word))
            or len(name) == 3
        ):
            break
        name.insert(0, word)
    return _checked(name) if len(name) > 1 else ""


def _spaced(text: str) -> list[str]:
    """Return the words of a text, initials that are glued to a name apart."""
    return [part for word in text.split() for part in re.split(r"(?<=\w\.)(?=\w{2})", word) if part]


def is_initial(word: str) -> bool:
    return len(word.strip(".")) == 1


def _checked(name: list[str]) -> str:
    while name and (len(name[-1].strip(".'’")) < 2 or any(map(str.isdigit, name[-1]))):
        name.pop()
    if not name or not all(re.fullmatch(r"[^\W\d_][\w'’.-]*", word) for word in name):
        return ""
    if any(word.casefold().strip(".'’") in INSTITUTION_WORDS for word in name):
        return ""
    return " ".join(name).strip(" -–—") if len(name[-1]) > 1 else ""
