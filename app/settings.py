"""The settings of one process, read once from VERBATIM_… and handed down; nothing is read at import."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What whoever runs Verbatim can set; each field is the variable VERBATIM_<FIELD>."""

    model_config = SettingsConfigDict(env_prefix="VERBATIM_", frozen=True)

    archive: Path = Field(Path("data/archive.db"), description="the archive file")
    url: str = Field("http://127.0.0.1:8000", description="absolute address of the site, without a slash at its end")
    cache_bytes: int = Field(64 * 2**20, ge=0, description="bytes of rendered pages kept in memory; 0 keeps none")
    query_seconds: float = Field(2.0, gt=0, description="seconds that one database query may take")
