"""Guesses the encoding of bytes that no mark or declaration explains; a guess that reads like no language is none."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise

import chardet

_WEB_NAMES = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}
"""What browsers take these declared names for (WHATWG Encoding Standard)."""
_TEXT = re.compile(r"(utf-8|ascii|cp(125\d|866|874|932|949|950|10007)|koi8|mac|iso8859|gb|big5|euc|shift|iso2022|tis)")
"""Encodings that a page can declare in ASCII: Python's other codecs are no encodings of text, or have zero bytes."""
_SINGLE_BYTE = re.compile(r"(cp(125\d|866|874|10007)|koi8|mac|iso8859|tis)")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
_TRIED = 4
"""How many of chardet's guesses are tried, the likeliest first."""
_SAMPLE = 2**18
"""Bytes that are looked at."""
_PRINTED = frozenset("‘’“”„‚–—―…•€™©®°§«»‹›£ª º·№\u00a0\u00ad½¼¾²³×¿¡ـ،؛؟·")
_WORD = re.compile(r"[^\W\d_]+")
_ASIAN = re.compile("[\u2e80-\ud7ff\uf900-\ufaff\uff00-\uffef]")
_LATIN, _OTHER = re.compile("[A-Za-z]"), re.compile("[\u0370-\u1fff]")
_ODD = re.compile(r"(?<=\w)[¿¡ªº²³№](?=\w)")


def codec(name: str | None) -> str | None:
    """Return Python's name of an encoding of text, as browsers take it; None where there is none of this name."""
    if not name:
        return None
    try:
        known = codecs.lookup(name.strip()).name
    except (LookupError, UnicodeError, ValueError, TypeError):
        return None
    return _WEB_NAMES.get(known, known) if _TEXT.match(known) else None


def is_single_byte(name: str) -> bool:
    """Say whether an encoding takes one byte a character, so that nearly any bytes are right in it."""
    return bool(_SINGLE_BYTE.match(name))


def guesses(data: bytes) -> list[tuple[str, str]]:
    """Return the text and its encoding by each guess that reads like a language, the likeliest first."""
    found: list[tuple[str, str]] = []
    for name in dict.fromkeys(_guesses(data)):
        with suppress(UnicodeDecodeError, LookupError):
            text = data.decode(name)
            if not CONTROL.search(text) and is_plausible(text):
                found.append((text, name))
    return found


def _guesses(data: bytes) -> Iterator[str]:
    for found in chardet.detect_all(data[:_SAMPLE], compat_names=False)[:_TRIED]:
        if name := codec(found["encoding"]):
            yield name


def is_plausible(text: str) -> bool:
    """Say whether what is beyond ASCII in a text looks like words and print: one script a word, capitals first."""
    beyond = [letter for letter in text[:_SAMPLE] if letter > "\x7f"]
    if not beyond:
        return True
    if sum(bool(_ASIAN.match(letter)) for letter in beyond) > len(beyond) * 0.8:
        return True
    symbols = sum(not letter.isalpha() and letter not in _PRINTED and not _ASIAN.match(letter) for letter in beyond)
    words = [word for word in _WORD.findall(text[:_SAMPLE]) if not word.isascii()]
    wrong = sum(bool(_is_bent(word) or (_LATIN.search(word) and _OTHER.search(word))) for word in words)
    odd = len(_ODD.findall(text[:_SAMPLE]))
    return symbols * 12 <= len(beyond) and wrong * 12 <= len(words) and odd * 12 <= len(beyond)


def _is_bent(word: str) -> bool:
    """Say whether a capital follows a small letter, as it does where letters are taken for others."""
    return any(one.islower() and other.isupper() for one, other in pairwise(word))
