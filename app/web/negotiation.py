"""Which content coding a reader accepts, and encoding in it; nothing here knows what a page is."""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

import brotli

Coding = Literal["br", "gzip", "identity"]

_PREFERENCE: tuple[Coding, ...] = ("br", "gzip", "identity")
_WORTH_IT = 256
"""Bytes below which a coding costs more than it saves."""
_USUAL = 100
"""Bytes of an Accept-Encoding that may be one of the usual."""
_TEXTUAL = re.compile(
    r"text/|application/(json|xml|.*\+(json|xml)|javascript|x-bibtex|x-research-info-systems)|image/svg"
)


def accepted(header: str | bytes | None) -> tuple[Coding, ...]:
    """Return the codings that an Accept-Encoding header allows, best first (RFC 9110, 12.5.3).

    Among equal q-values Brotli comes before gzip and that before identity. Empty where nothing we have is allowed.
    """
    if header is None:
        return ("identity",)
    # Nearly all readers send one of a few headers; no long one is kept.
    return _usual(header) if len(header) <= _USUAL else _accepted(header)


@lru_cache(maxsize=256)
def _usual(header: str | bytes) -> tuple[Coding, ...]:
    return _accepted(header)


def _accepted(header: str | bytes) -> tuple[Coding, ...]:
    if isinstance(header, bytes):
        header = header.decode("latin-1")
    if not header.strip():
        return ("identity",)
    weights = _weights(header)
    others = weights.get("*")
    found: dict[Coding, float] = {}
    for coding in _PREFERENCE:
        weight = weights.get(coding, others)
        if weight is None and coding == "identity":
            # Not named, it stays allowed, but whoever names another coding wants that one more.
            weight = 0.0001
        if weight:
            found[coding] = weight
    return tuple(sorted(found, key=lambda coding: (-found[coding], _PREFERENCE.index(coding))))


def _weights(header: str) -> Mapping[str, float]:
    weights: dict[str, float] = {}
    for item in header.lower().split(","):
        name, *parameters = (part.strip() for part in item.split(";"))
        if name:
            weights["gzip" if name == "x-gzip" else name] = _quality(parameters)
    return weights


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            value = value.strip()
            return float(value) if re.fullmatch(r"[01](\.\d{0,3})?", value) else 0.0
    return 1.0


def is_worth_encoding(media_type: str, size: int) -> bool:
    """Say whether a body of `size` bytes gets smaller by a coding."""
    return size >= _WORTH_IT and _TEXTUAL.match(media_type) is not None


def encode(body: bytes, coding: Coding) -> bytes:
    """Return `body` in `coding`; the same bytes give the same result at any time."""
    if coding == "br":
        encoded: bytes = brotli.compress(body, quality=5)
        return encoded
    if coding == "gzip":
        return gzip.compress(body, compresslevel=6, mtime=0)
    return body
