"""COinS: what a program reads of an entry in a list, as an OpenURL context object (Z39.88-2004, in Dublin Core)."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote_plus

from app.citing.names import parse


def context_object(title: str, people: Iterable[str], date: str | None, language: str, url: str) -> str:
    """Return the title of an empty span of class Z3988; `people` are called as people write it, `url` is absolute.

    The type is one of Zotero's, which reads nothing else there.
    """
    stated = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.type", "interview"),
        ("rft.title", title),
        *(("rft.creator", parse(name).inverted) for name in people),
        ("rft.date", date or ""),
        ("rft.language", language),
        ("rft.identifier", url),
    ]
    return "&".join(f"{name}={_encoded(value)}" for name, value in stated if value)


def _encoded(value: str) -> str:
    """Return `value` for a query; letters of any script stand as they are: as bytes they would take thrice the room."""
    return value.translate(_ENCODED)


class _Encoded(dict[int, str]):
    """What stands for each character met so far, by its code; a page of results asks for thousands."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        self[code] = encoded = letter if letter.isalpha() else quote_plus(letter, safe="/:")
        return encoded


_ENCODED = _Encoded()
