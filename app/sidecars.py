"""Reads the sidecar of a source, a TOML file of what is known of it; nothing is looked up or guessed."""

from __future__ import annotations

from dataclasses import fields
from typing import cast, get_args

from app.records import Provenance, TranslationStatus
from app.stating import load

_KEYS = {item.name for item in fields(Provenance)} | {"outlet"}


def read_sidecar(name: str, data: bytes) -> Provenance:
    """Return what a sidecar states. Its keys are the fields of Provenance; `outlet` is one outlet.

    Raises SourceRefused with the line for text that is not TOML, an unknown key or a value of the wrong kind.
    """
    stated = load(name, data, "sidecar")
    stated.expect(_KEYS)
    outlet = stated.text_of("outlet")
    return Provenance(
        id=stated.text_of("id"),
        url=stated.text_of("url"),
        publisher=stated.text_of("publisher"),
        retrieved=stated.moment("retrieved"),
        licence=stated.text_of("licence"),
        outlets=tuple(dict.fromkeys([*stated.texts("outlets"), *([outlet] if outlet else [])])),
        language=stated.tag("language"),
        translation=cast(TranslationStatus | None, stated.one_of("translation", get_args(TranslationStatus))),
        translation_of=stated.text_of("translation_of"),
    )
