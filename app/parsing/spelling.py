"""Writes names and offices as people write them, whatever a label's capitals; the document's own spelling leads."""

from __future__ import annotations

import re

from app.parsing.vocabulary import PARTICLES

_PART = re.compile(r"[^\W\d_]+")
_VOWEL = re.compile("[aeiouyаеёиоуыэюяіїєαεηιουω]", re.IGNORECASE)
_ABBREVIATIONS = frozenset(
    """pm dpm mp mps hm hrh uk us usa eu un uae nato imf ceo cfo fm dg afp adf nsw qld act nt wa abc bbc cnn sbs
    """.split()  # noqa: SIM905
)


def is_shouted(text: str) -> bool:
    """Say whether a text is all in capitals, and so tells nothing of how it is written elsewhere."""
    return text.isupper() and sum(map(str.isalpha, text)) > 1


def as_written(text: str, document: str, *, is_surname: bool = False) -> str:
    """Return a name or office in capitals as people write it; any other text unchanged.

    Each word takes the spelling that `document` uses of it, so that "MCCARTHY" becomes what stands there; where it
    stands nowhere, a capital and small letters. Initials and abbreviations stay; a short word with a vowel is a name
    and no abbreviation where `is_surname` says that an office or "Mr" stands before it.
    """
    if not is_shouted(text):
        return text
    words = text.split()
    whole = len(words) == 1 and len(text) < 4 and (len(text) == 2 or not _VOWEL.search(text))
    if is_surname and _VOWEL.search(text):
        whole = False
    if whole or text.casefold() in _ABBREVIATIONS:
        return text
    return " ".join(_word(word, document, 0 < index < len(words) - 1) for index, word in enumerate(words))


def _word(word: str, document: str, is_inside: bool) -> str:
    bare = word.casefold().strip(".,")
    if not is_shouted(word) or bare in _ABBREVIATIONS:
        return word
    if is_inside and bare in PARTICLES:
        return word.lower() if word.lower() in document or word.title() not in document else word.title()
    if len(bare) == 2 and not _VOWEL.search(bare) and bare not in ("mr", "ms", "dr", "st"):
        return word
    plain = _PART.sub(lambda part: part[0].capitalize(), word)
    plain = re.sub(r"(?<=\w)(['’])S\b", r"\1s", plain)
    scottish = re.sub(r"\bMc(\w)(?=\w{2})", lambda m: f"Mc{m[1].upper()}", plain)
    gaelic = re.sub(r"\bMac(\w)(?=\w{2})", lambda m: f"Mac{m[1].upper()}", plain)
    for spelling in (scottish, gaelic):
        if spelling != plain and spelling in document:
            return spelling
    if plain in document:
        return plain
    other = re.search(rf"\b(?=\w*[a-z]){re.escape(bare)}\b", document, re.IGNORECASE) if bare.isalpha() else None
    return other[0] if other and other[0][0].isupper() and not other[0].isupper() else scottish
