"""The stylesheet and the other assets at addresses that name their bytes, kept in memory; nothing is built here."""

from __future__ import annotations

import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

_IMMUTABLE = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file of the site itself."""

    path: str
    """Where it is served, e.g. /static/style.4f0c81d2.css."""
    media_type: str
    data: bytes

    @property
    def cache_control(self) -> str:
        """For ever: other bytes have another address."""
        return _IMMUTABLE


class Assets:
    """The files of one folder, read once."""

    def __init__(self, folder: Path) -> None:
        files = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
        self._by_name = {path.name: _read(path) for path in files}
        self._by_path = {asset.path: asset for asset in self._by_name.values()}

    def path(self, name: str) -> str:
        """Return the address of the file `name`; KeyError where there is none."""
        return self._by_name[name].path

    def named(self, name: str) -> Asset:
        """Return the file `name`; KeyError where there is none."""
        return self._by_name[name]

    def at(self, path: str) -> Asset | None:
        """Return what is served at `path`."""
        return self._by_path.get(path)


def _read(path: Path) -> Asset:
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()[:12]
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if media_type.startswith("text/"):
        media_type += "; charset=utf-8"
    return Asset(f"/static/{path.stem}.{digest}{path.suffix}", media_type, data)
