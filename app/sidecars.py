"""Reads the sidecar of a source, a TOML file of what is known of it; nothing is looked up or guessed."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from datetime import date, datetime
from typing import get_args

from app.errors import SourceRefused
from app.records import Provenance, TranslationStatus

_KEYS = {item.name for item in fields(Provenance)} | {"outlet"}
_LINE = re.compile(r"at line (\d+)")
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


def read_sidecar(name: str, data: bytes) -> Provenance:
    """Return what a sidecar states. Its keys are the fields of Provenance; `outlet` is one outlet.

    Raises SourceRefused with the line for text that is not TOML, an unknown key or a value of the wrong kind.
    """
    try:
        text = data.decode("utf-8-sig")
        stated = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceRefused(name, line, "a sidecar is UTF-8, this is not", "sidecar") from error
    except tomllib.TOMLDecodeError as error:
        found = _LINE.search(str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        raise SourceRefused(name, line, f"not TOML: {error}", "sidecar") from error
    except RecursionError as error:
        raise SourceRefused(name, 1, "not a sidecar: nested too deeply", "sidecar") from error
    sound = _Sidecar(name, text)
    for key in stated:
        if key not in _KEYS:
            raise sound.refusal(key, f"unknown key {key!r} (known: {' '.join(sorted(_KEYS))})")
    outlets = sound.names("outlets", stated.get("outlets")) + sound.names("outlet", stated.get("outlet"))
    texts = {
        key: sound.text_of(key, stated.get(key)) for key in ("id", "url", "publisher", "licence", "translation_of")
    }
    return Provenance(
        id=texts["id"],
        url=texts["url"],
        publisher=texts["publisher"],
        retrieved=sound.moment("retrieved", stated.get("retrieved")),
        licence=texts["licence"],
        outlets=tuple(dict.fromkeys(outlets)),
        language=sound.tag("language", stated.get("language")),
        translation=sound.status("translation", stated.get("translation")),
        translation_of=texts["translation_of"],
    )


class _Sidecar:
    """One sidecar's text, to say on which line a key stands."""

    def __init__(self, name: str, text: str) -> None:
        self.name, self.text = name, text

    def refusal(self, key: str, reason: str) -> SourceRefused:
        """Return the error that says what is wrong with `key`, and where."""
        pattern = rf"""^\s*\[*\s*["']?{re.escape(key)}["']?\s*[.=\]]"""
        found = re.search(pattern, self.text, re.MULTILINE)
        line = self.text.count("\n", 0, found.end()) + 1 if found else 1
        return SourceRefused(self.name, line, reason, "sidecar")

    def text_of(self, key: str, value: object) -> str | None:
        """Return a text that is not empty, or None where the key is not there."""
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip():
            raise self.refusal(key, f"{key} must be a text that is not empty")
        return value.strip()

    def names(self, key: str, value: object) -> tuple[str, ...]:
        """Return one name or several."""
        values = value if isinstance(value, list) and key == "outlets" else [] if value is None else [value]
        if not all(isinstance(one, str) and one.strip() for one in values):
            kind = "a text or a list of texts" if key == "outlets" else "a text"
            raise self.refusal(key, f"{key} must be {kind}, none of them empty")
        return tuple(str(one).strip() for one in values)

    def moment(self, key: str, value: object) -> str | None:
        """Return an ISO 8601 date, or date and time; TOML's own dates are taken too."""
        if isinstance(value, datetime | date):
            return value.isoformat()
        text = self.text_of(key, value)
        if text is None:
            return None
        try:
            datetime.fromisoformat(text)
        except ValueError as error:
            raise self.refusal(key, f"{key} must be a date or a date and time, as 2015-12-11T18:47:00Z") from error
        return text

    def tag(self, key: str, value: object) -> str | None:
        """Return a language tag such as "en"."""
        text = self.text_of(key, value)
        if text is not None and not _TAG.fullmatch(text):
            raise self.refusal(key, f"{key} must be a language tag such as en, ru or zh-Hant")
        return text

    def status(self, key: str, value: object) -> TranslationStatus | None:
        """Return one of the words for what a text is."""
        text = self.text_of(key, value)
        for known in get_args(TranslationStatus):
            if text == known:
                status: TranslationStatus = known
                return status
        if text is None:
            return None
        raise self.refusal(key, f"{key} must be one of: {' '.join(get_args(TranslationStatus))}")
