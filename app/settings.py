"""The settings of one process, read once from VERBATIM_… and handed down; nothing is read at import."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What whoever runs Verbatim can set; each field is the variable VERBATIM_<FIELD>."""

    model_config = SettingsConfigDict(env_prefix="VERBATIM_", env_ignore_empty=True, frozen=True)

    archive: Path = Field(default=Path("data/archive.db"), description="the archive file")
    url: str = Field(
        default="http://127.0.0.1:8000", description="absolute address of the site, without a slash at its end"
    )
    contact: str | None = Field(
        default=None, description="where readers tell of mistakes: an address of mail, or of a page"
    )
    cache_bytes: int = Field(
        default=64 * 2**20, ge=0, description="bytes of rendered pages kept in memory; 0 keeps none"
    )
    query_seconds: float = Field(default=2.0, gt=0, description="seconds that one database query may take")
    searches: int = Field(default=4, ge=1, description="searches that one process makes at once")

    @field_validator("url")
    @classmethod
    def _absolute(cls, url: str) -> str:
        """Take any http address and drop the slash at its end, since paths are put after it."""
        if not re.fullmatch(r"https?://[^/\s?#\"<>]+(/[A-Za-z0-9._~-]+)*/?", url):
            raise ValueError(
                "an absolute address is needed, as https://archive.example or https://host.example/archive"
            )
        return url.rstrip("/")

    @property
    def below(self) -> str:
        """The path that the site is served below, as /archive; empty where it has the whole host."""
        return urlsplit(self.url).path

    @field_validator("contact")
    @classmethod
    def _link(cls, contact: str | None) -> str | None:
        """Return what a link leads to: https://…, or mailto: before an address of mail (RFC 6068)."""
        if contact is None or re.fullmatch(r"https?://[^/\s\"<>]\S*", contact):
            return contact
        address = contact.removeprefix("mailto:")
        if not re.fullmatch(r"[A-Za-z0-9.!$'*+=_~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*", address):
            raise ValueError("an address of mail or of a page is needed, as corrections@archive.example")
        return f"mailto:{address}"
