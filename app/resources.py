"""Finds templates/ and migrations/, in a checkout or in an installed wheel; reads nothing in them."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    for candidate in (_PACKAGE / name, _PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"{name}/ is neither in the package nor beside it: the installation is incomplete")


def templates() -> Path:
    """Return the folder of Jinja templates."""
    return _folder("templates")


def migrations() -> Path:
    """Return the folder of Alembic's scripts."""
    return _folder("migrations")


def static() -> Path:
    """Return the folder of the site's stylesheet and other assets."""
    return _PACKAGE / "web" / "static"
