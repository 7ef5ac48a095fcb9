"""Permanent ids with a check character, slugs, and the paths made of them; nothing here knows what is stored."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Sequence

from anyascii import anyascii
from stdnum.iso7064 import mod_37_36

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32 in lower case: no i, l, o or u."""
ID_LENGTH = 13
_LOOKALIKES = str.maketrans({"o": "0", "i": "1", "l": "1"})
_ARTICLES = {"the", "a", "an", "le", "la", "les", "der", "die", "das", "el", "los", "las"}


def mint(interview: str, role: str, speaker: str | None, words: str, occurrence: int = 0) -> str:
    """Return the id of a turn first seen now: twelve base-32 characters and a check character.

    `interview` is the interview's identity key, `words` its paragraphs as first seen, `occurrence` how many turns of
    the same interview with the same role, speaker and words stand before it. The same arguments give the same id.
    """
    seed = json.dumps([interview, role, speaker or "", words, occurrence], ensure_ascii=False).encode()
    number = int.from_bytes(hashlib.sha256(seed).digest()[:8], "big") >> 4
    body = "".join(ALPHABET[number >> shift & 31] for shift in range(55, -5, -5))
    return body + check_character(body)


def check_character(body: str) -> str:
    """Return the check character of `body`: ISO 7064's hybrid system over 32 characters (MOD 33,32).

    Every mistake in a single character is found.
    """
    return str(mod_37_36.calc_check_digit(body, ALPHABET))


def is_well_formed(id: str) -> bool:
    """Say whether `id` could have been minted: its length, its alphabet and its check character are right."""
    return (
        len(id) == ID_LENGTH and all(character in ALPHABET for character in id) and check_character(id[:-1]) == id[-1]
    )


def unconfused(id: str) -> str | None:
    """Return the id somebody may have meant who typed `id` in capitals or with o for 0 and l for 1; None if none."""
    meant = unicodedata.normalize("NFKC", id).strip().lower().translate(_LOOKALIKES)
    return meant if meant != id and is_well_formed(meant) else None


def slugify(text: str, limit: int = 80) -> str:
    """Return `text` as lower-case ASCII words joined by hyphens, romanised, without a leading article.

    Empty where nothing of the text can be written so. Cut at a hyphen to `limit` characters.
    """
    roman = anyascii(unicodedata.normalize("NFKC", text)).lower()
    words = re.findall(r"[a-z0-9]+", re.sub(r"['`]", "", roman))
    if len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    slug = "-".join(words)
    return slug if len(slug) <= limit else slug[: limit + 1].rsplit("-", 1)[0][:limit]


def distinct(slug: str, key: str) -> str:
    """Return `slug` with four characters derived from `key`, for a thing whose plain slug is another's."""
    digest = int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big")
    return f"{slug}-{''.join(ALPHABET[digest >> shift & 31] for shift in (15, 10, 5, 0))}"


def interview_path(slug: str) -> str:
    """Return the path of an interview's page."""
    return f"/interviews/{slug}"


def answer_path(id: str) -> str:
    """Return the path of an answer's permanent page."""
    return f"/a/{id}"


def speaker_path(slug: str) -> str:
    """Return the path of a speaker's page."""
    return f"/speakers/{slug}"


def outlet_path(slug: str) -> str:
    """Return the path of an outlet's page."""
    return f"/outlets/{slug}"


def paragraph_anchor(id: str, number: int) -> str:
    """Return the fragment of a turn's paragraph, counted from 1."""
    return f"{id}.p{number}"


def words_of(paragraphs: Sequence[str]) -> str:
    """Return a turn's words in the one form that ids are derived from: paragraphs joined by line feeds."""
    return "\n".join(paragraphs)
