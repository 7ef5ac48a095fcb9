"""Reads what people state in TOML, telling each mistake with its line; which keys there are is decided elsewhere."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches

from app.errors import SourceRefused

_LINE = re.compile(r"at line (\d+)")
_HEADER = re.compile(r"^[ \t]*\[", re.MULTILINE)
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Table:
    """The keys of a TOML file, or of one table in it, with the text they stand in."""

    name: str
    """The file's."""
    text: str
    keys: dict[str, object]
    kind: str
    """What the file is, and the code of its errors: "sidecar"."""
    start: int = 0
    """Where in the text the table begins."""

    def refusal(self, key: str, reason: str) -> SourceRefused:
        """Return the error that says what is wrong with `key`, and where."""
        end = _HEADER.search(self.text, self.text.find("\n", self.start) + 1) if self.start else None
        pattern = re.compile(rf"""^\s*\[*\s*["']?{re.escape(key)}["']?\s*[.=\]]""", re.MULTILINE)
        found = pattern.search(self.text, self.start, end.start() if end else len(self.text))
        line = self.text.count("\n", 0, found.end() if found else self.start) + 1
        return SourceRefused(self.name, line, reason, self.kind)

    def expect(self, known: Collection[str]) -> None:
        """Raise SourceRefused for a key that is not known, with the one that may be meant."""
        for key in self.keys:
            if key not in known:
                meant = get_close_matches(key, known, 1, 0.5)
                hint = f"; did you mean {meant[0]}?" if meant else f" (known: {' '.join(sorted(known))})"
                raise self.refusal(key, f"unknown key {key!r}{hint}")

    def text_of(self, key: str) -> str | None:
        """Return a text that is not empty, or None where the key is not there."""
        value = self.keys.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip():
            raise self.refusal(key, f"{key} must be a text that is not empty")
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        """Return one text or a list of them; none where the key is not there."""
        value = self.keys.get(key)
        values = value if isinstance(value, list) else [] if value is None else [value]
        if not all(isinstance(one, str) and one.strip() for one in values):
            raise self.refusal(key, f"{key} must be a text or a list of texts, none of them empty")
        return tuple(str(one).strip() for one in values)

    def moment(self, key: str) -> str | None:
        """Return an ISO 8601 date, or date and time; TOML's own dates are taken too."""
        value = self.keys.get(key)
        if isinstance(value, datetime | date):
            return value.isoformat()
        text = self.text_of(key)
        if text is None:
            return None
        try:
            datetime.fromisoformat(text)
        except ValueError as error:
            raise self.refusal(key, f"{key} must be a date or a date and time, as 2015-12-11T18:47:00Z") from error
        return text

    def tag(self, key: str) -> str | None:
        """Return a language tag such as "en"."""
        text = self.text_of(key)
        if text is not None and not _TAG.fullmatch(text):
            raise self.refusal(key, f"{key} must be a language tag such as en, ru or zh-Hant")
        return text

    def slug(self, key: str) -> str | None:
        """Return what can stand in an address: small letters, digits and single hyphens."""
        text = self.text_of(key)
        if text is not None and not _SLUG.fullmatch(text):
            raise self.refusal(key, f"{key} must be small letters, digits and hyphens, as sergey-lavrov")
        return text

    def one_of(self, key: str, known: Collection[str]) -> str | None:
        """Return one of the words that are known."""
        text = self.text_of(key)
        if text is not None and text not in known:
            raise self.refusal(key, f"{key} must be one of: {' '.join(known)}")
        return text

    def tables(self, key: str) -> tuple[Table, ...]:
        """Return the tables that stand under [[key]], each with its place; none where the key is not there."""
        value = self.keys.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self.refusal(key, f"each {key} begins with a line [[{key}]]")
        headers = list(re.finditer(rf"""^[ \t]*\[\[\s*["']?{re.escape(key)}["']?\s*\]\]""", self.text, re.MULTILINE))
        if len(headers) != len(value):
            raise self.refusal(key, f"each {key} begins with a line [[{key}]]")
        return tuple(
            Table(self.name, self.text, dict(one), self.kind, header.start())
            for one, header in zip(value, headers, strict=True)
        )


def load(name: str, data: bytes, kind: str) -> Table:
    """Return what a TOML file states. Raises SourceRefused, whose code is `kind`, for what is no TOML."""
    try:
        text = data.decode("utf-8-sig")
        return Table(name, text, tomllib.loads(text), kind)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceRefused(name, line, f"a {kind} is UTF-8, this is not", kind) from error
    except tomllib.TOMLDecodeError as error:
        found = _LINE.search(str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        raise SourceRefused(name, line, f"not TOML: {error}", kind) from error
    except RecursionError as error:
        raise SourceRefused(name, 1, f"not a {kind}: nested too deeply", kind) from error
